import AuditModel
import Facts
import Observe
import Testing

/// A limiter in simulated time: what it answers to a request, and how long that takes.
struct SimulatedLimiter: Sendable, CustomTestStringConvertible {
    struct Answer {
        var status = 200
        var seconds = 0.002
        var fields: [HTTPField] = []
    }

    var testDescription: String
    /// Requests a second for ever, and at once; nil where there is no such limit.
    var refill: Double?
    var capacity: Double?
    var denial = 429
    /// What a denial says, from the seconds until the next request would be accepted.
    var advice: @Sendable (Double) -> [HTTPField] = { _ in [] }
    /// A fresh limiter; it takes the time and whose quota a request counts on.
    var start: @Sendable () -> (_ now: Double, _ client: String) -> (isAccepted: Bool, wait: Double)
    /// Whose quota a request counts on.
    var client: @Sendable (RateLimitMeasurement.Planned) -> String? = { _ in "address" }

    static func bucket(_ refill: Double, _ capacity: Double) -> SimulatedLimiter {
        SimulatedLimiter(
            testDescription: "a bucket of \(refill) a second, \(capacity) at once", refill: refill, capacity: capacity,
            start: {
                var levels: [String: (level: Double, time: Double)] = [:]
                return { now, client in
                    let (level, time) = levels[client] ?? (capacity, now)
                    let filled = min(capacity, level + (now - time) * refill)
                    levels[client] = (filled >= 1 ? filled - 1 : filled, now)
                    return (filled >= 1, (1 - filled) / refill)
                }
            })
    }

    /// - Parameter origin: when the first window began; nil for the first request of each client.
    static func fixedWindow(_ count: Int, _ seconds: Double, origin: Double? = nil) -> SimulatedLimiter {
        SimulatedLimiter(
            testDescription: "\(count) in each \(seconds) s", refill: Double(count) / seconds, capacity: Double(count),
            start: {
                var windows: [String: (start: Double, count: Int)] = [:]
                return { now, client in
                    var (start, used) = windows[client] ?? (origin ?? now, 0)
                    if now >= start + seconds {
                        start = origin == nil ? now : start + ((now - start) / seconds).rounded(.down) * seconds
                        used = 0
                    }
                    let isAccepted = used < count
                    windows[client] = (start, isAccepted ? used + 1 : used)
                    return (isAccepted, start + seconds - now)
                }
            })
    }

    static func movingWindow(_ count: Int, _ seconds: Double, countsDenied: Bool = false) -> SimulatedLimiter {
        SimulatedLimiter(
            testDescription: "\(count) in any \(seconds) s\(countsDenied ? ", denied ones too" : "")",
            refill: Double(count) / seconds, capacity: Double(count),
            start: {
                var times: [String: [Double]] = [:]
                return { now, client in
                    var recent = (times[client] ?? []).filter { $0 > now - seconds }
                    let isAccepted = recent.count < count
                    // Until all of them are over.
                    let wait = (recent.last ?? now) + seconds - now
                    if isAccepted || countsDenied { recent.append(now) }
                    times[client] = recent
                    return (isAccepted, wait)
                }
            })
    }

    static let unlimited = SimulatedLimiter(testDescription: "no limit", start: { { _, _ in (true, 0) } })

    func denying(_ status: Int) -> SimulatedLimiter {
        var copy = self
        copy.denial = status
        copy.testDescription += ", denied with \(status)"
        return copy
    }

    /// `Retry-After` in whole seconds, cut twice: the time of the reset first, then what is left until it.
    func advisingEarly() -> SimulatedLimiter {
        var copy = self
        copy.advice = { [HTTPField("Retry-After", "\(Int(max(0, $0.rounded(.down) - 1)))")] }
        copy.testDescription += ", with a Retry-After that is too early"
        return copy
    }

    /// `Retry-After` in whole seconds, rounded up.
    func advising() -> SimulatedLimiter {
        var copy = self
        copy.advice = { [HTTPField("Retry-After", "\(Int(max(1, $0.rounded(.up))))")] }
        copy.testDescription += ", with Retry-After"
        return copy
    }

    func keyed(_ words: String, _ client: @escaping @Sendable (RateLimitMeasurement.Planned) -> String?)
        -> SimulatedLimiter
    {
        var copy = self
        copy.client = client
        copy.testDescription += ", " + words
        return copy
    }

    /// Runs a measurement to its end.
    func measure(_ settings: RateLimitMeasurement.Settings, latency: Double = 0.002, jitter: Double = 0) -> SimulatedRun
    {
        var measurement = RateLimitMeasurement(settings, startedAt: Instant(seconds: 1_800_000_000))
        let limiter = start()
        var random = SeededNoise(seed: 7)
        var now = 0.0
        while measurement.requests.count <= settings.budget {
            let step = measurement.next(sent: measurement.requests.count)
            guard case .send(let planned) = step else {
                guard case .finish(let stop) = step else { break }
                let capture = RateLimitCapture(
                    url: "https://shop.example/", startedAt: Instant(seconds: 1_800_000_000),
                    requests: measurement.requests, sent: measurement.requests.count, budget: settings.budget,
                    stop: stop)
                return SimulatedRun(capture: capture, stop: stop)
            }
            now = max(now, planned.notBefore) + random.next() * jitter
            let took = latency + random.next() * jitter
            var request = RateLimitCapture.Request(
                phase: planned.phase, round: planned.round, sentAt: now, secondsToHead: took, status: 200,
                claim: planned.claim, variant: planned.variant)
            if let client = client(planned) {
                let (isAccepted, wait) = limiter(now + took / 2, client)
                if !isAccepted {
                    request.status = denial
                    request.fields = advice(wait)
                }
            }
            now += took
            measurement.record(request, sent: measurement.requests.count + 1)
        }
        return SimulatedRun(capture: nil, stop: nil)
    }
}

struct SimulatedRun {
    /// nil when the measurement sent more than it may.
    var capture: RateLimitCapture?
    var stop: RateLimitCapture.Stop?
}

/// Numbers from 0 to 1 that are the same each time.
private struct SeededNoise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
    }
}
