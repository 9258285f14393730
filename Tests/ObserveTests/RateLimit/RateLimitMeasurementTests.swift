import AuditModel
import Facts
import Observe
import Testing

/// The measurement against limiters in simulated time: no clock, no socket.
struct RateLimitMeasurementTests {
    private static var everything: RateLimitMeasurement.Settings {
        var settings = RateLimitMeasurement.Settings()
        settings.permitted = Set(ActiveProbing.allCases)
        return settings
    }

    static let limiters: [SimulatedLimiter] = [
        .bucket(5, 11), .bucket(5, 11).advising(), .bucket(5, 1).denying(503), .bucket(2, 4), .bucket(10, 3),
        .bucket(1, 20).advising(), .bucket(8, 2).denying(503), .bucket(0.5, 10).advising(), .bucket(3, 30),
        .fixedWindow(10, 4).advising(), .fixedWindow(10, 4).advisingEarly(), .fixedWindow(10, 4), .fixedWindow(20, 2),
        .fixedWindow(5, 1).advising(),
        .fixedWindow(30, 8).advising(), .movingWindow(10, 4).advising(), .movingWindow(10, 2),
        .movingWindow(10, 4, countsDenied: true).advising(), .movingWindow(6, 3, countsDenied: true).advising()
    ]

    @Test("refill and capacity are measured within the stated band", arguments: limiters, [0, 0.01, 0.03])
    func bands(limiter: SimulatedLimiter, jitter: Double) throws {
        let run = limiter.measure(Self.everything, jitter: jitter)
        let facts = try #require(run.capture).facts(at: now)
        #expect(run.stop == .denial || run.stop == .budget)
        #expect(facts["mode"] == .value(.text("deny")))
        #expect(facts["deniedStatus"] == .value(.integer(Int64(limiter.denial))))
        #expect(facts["recovered"] == .value(.boolean(true)))
        let measured = try #require(facts.number("burstCapacity")), band = try #require(facts.number("errorBand"))
        #expect(abs(measured - (limiter.capacity ?? 0)) <= band + 0.5, "capacity \(measured) ± \(band)")
        let refill = try #require(facts.number("refillPerS")), error = try #require(facts.number("refillErrorBand"))
        #expect(abs(refill - (limiter.refill ?? 0)) <= error, "refill \(refill) ± \(error)")
        // A band that holds everything would say nothing.
        #expect(error <= max(3, refill * 2), "refill \(refill) ± \(error)")
        #expect(facts["spoof.bypass"] == .value(.list([])))
    }

    @Test("what refills steadily is a bucket, what comes back at once a window")
    func models() throws {
        for (limiter, model) in [
            (SimulatedLimiter.bucket(5, 11), "token-bucket"), (.bucket(5, 1).denying(503), "token-bucket"),
            (.bucket(2, 4), "token-bucket"), (.fixedWindow(10, 4).advising(), "window"),
            (.movingWindow(10, 4).advising(), "window"), (.fixedWindow(20, 2), "window")
        ] {
            let facts = try #require(limiter.measure(Self.everything).capture).facts(at: now)
            #expect(facts["model"] == .value(.text(model)), "\(limiter.testDescription)")
        }
    }

    @Test("neither budget nor rate nor time is ever exceeded", arguments: limiters + [.unlimited], [10, 25, 60, 200])
    func bounds(limiter: SimulatedLimiter, budget: Int) throws {
        var settings = Self.everything
        settings.budget = budget
        let capture = try #require(limiter.measure(settings).capture)
        #expect(capture.requests.count < budget)
        let times = capture.requests.map(\.sentAt)
        #expect(times == times.sorted())
        #expect(times.allSatisfy { $0 < settings.seconds })
        for (index, time) in times.enumerated() where index >= settings.perSecond {
            #expect(time - times[index - settings.perSecond] > 1)
        }
    }

    @Test("a slower rate is kept as well")
    func rate() throws {
        var settings = Self.everything
        settings.perSecond = 2
        let times = try #require(SimulatedLimiter.bucket(1, 3).measure(settings).capture).requests.map(\.sentAt)
        #expect(zip(times, times.dropFirst(2)).allSatisfy { $1 - $0 > 1 })
    }

    @Test("no limit within the requests is no limit, and at most two thirds of them are sent on the ladder")
    func unlimited() throws {
        let run = SimulatedLimiter.unlimited.measure(Self.everything)
        let capture = try #require(run.capture)
        #expect(run.stop == .budget)
        #expect(capture.facts(at: now)["mode"] == .value(.text("none")))
        #expect(capture.requests.count { $0.phase == .baseline || $0.phase == .ladder } == 40)
    }

    @Test(
        "without permission nothing but the baseline is sent",
        arguments: [Set<ActiveProbing>(), [.spoofedForwardingHeaders], [.malformedRequests, .otherMethods]])
    func notPermitted(permitted: Set<ActiveProbing>) throws {
        var settings = RateLimitMeasurement.Settings()
        settings.permitted = permitted
        let run = SimulatedLimiter.bucket(5, 11).measure(settings)
        #expect(run.stop == .notPermitted)
        #expect(run.capture?.requests.map(\.phase) == [.baseline, .baseline, .baseline])
    }

    @Test("invented names are sent with a permission of their own alone")
    func namesNotPermitted() throws {
        var settings = RateLimitMeasurement.Settings()
        settings.permitted = [.rateLimitBurst]
        settings.keyField = "X-Api-Key"
        for limiter in [SimulatedLimiter.bucket(5, 11), .unlimited] {
            let capture = try #require(limiter.measure(settings).capture)
            #expect(capture.requests.allSatisfy { $0.claim == nil })
        }
    }

    @Test("a measurement for fewer facts sends fewer requests")
    func stages() throws {
        var settings = Self.everything
        settings.stages = []
        #expect(SimulatedLimiter.bucket(5, 11).measure(settings).stop == .notAsked)
        settings.stages = [.ladder]
        let ladder = try #require(SimulatedLimiter.bucket(5, 11).measure(settings).capture)
        #expect(ladder.requests.last?.status == 429)
        #expect(ladder.requests.allSatisfy { $0.phase == .baseline || $0.phase == .ladder })
        // Whether 503 is the limiter's is only known when it goes away.
        let unavailable = try #require(SimulatedLimiter.bucket(5, 3).denying(503).measure(settings).capture)
        #expect(unavailable.requests.last?.phase == .recovery)
        #expect(unavailable.facts(at: now)["mode"] == .value(.text("deny")))
    }

    private static let forwarded: @Sendable (RateLimitMeasurement.Planned) -> String? = { planned in
        planned.claim?.name == "X-Forwarded-For" ? planned.claim?.value : "address"
    }

    @Test(
        "a name that the client may choose is a bypass, and the only one",
        arguments: [
            SimulatedLimiter.fixedWindow(10, 4).advising(), .bucket(5, 11), .bucket(1, 5), .bucket(10, 3),
            .movingWindow(10, 1)
        ])
    func bypass(limiter: SimulatedLimiter) throws {
        let trusting = limiter.keyed("trusting X-Forwarded-For", Self.forwarded)
        let facts = try #require(trusting.measure(Self.everything).capture).facts(at: now)
        #expect(facts["spoof.bypass"] == .value(.list([.text("X-Forwarded-For")])))
        #expect(facts["keySuppliedByClient"] == .value(.boolean(true)))
        #expect(facts["scope"] == .value(.text("per-ip")))
        let honest = try #require(limiter.measure(Self.everything).capture).facts(at: now)
        #expect(honest["spoof.bypass"] == .value(.list([])))
    }

    @Test("a limiter that only sees named clients is found by naming one")
    func onlyNamed() throws {
        let limiter = SimulatedLimiter.bucket(5, 1).denying(503).keyed("of named clients") { $0.claim?.value }
        let run = limiter.measure(Self.everything)
        let facts = try #require(run.capture).facts(at: now)
        #expect(run.stop == .budget)
        #expect(facts["mode"] == .value(.text("none")))
        #expect(facts["spoof.bypass"] == .value(.list([.text("X-Forwarded-For")])))
        #expect(facts["keySuppliedByClient"] == .value(.boolean(true)))
    }

    @Test("a key of the client's own making is found, and other spellings of the path")
    func keysAndVariants() throws {
        var settings = Self.everything
        settings.keyField = "X-Api-Key"
        settings.variants = ["case", "query"]
        let limiter = SimulatedLimiter.fixedWindow(8, 4).advising().keyed("by key and path") { planned in
            (planned.claim?.name == "X-Api-Key" ? planned.claim?.value ?? "" : "")
                + (planned.variant == "case" ? "/A" : "/a")
        }
        let facts = try #require(limiter.measure(settings).capture).facts(at: now)
        #expect(facts["scope"] == .value(.text("per-key")))
        #expect(facts["routeVariants.bypass"] == .value(.list([.text("case")])))
    }

    /// Answers one request after the other with what a list says, the last entry again and again.
    private func replay(
        _ entries: [RateLimitCapture.Request],
        _ settings: RateLimitMeasurement.Settings = RateLimitMeasurementTests.everything
    ) -> (RateLimitCapture.Stop, Int) {
        var measurement = RateLimitMeasurement(settings, startedAt: now)
        while case .send(let planned) = measurement.next(sent: measurement.requests.count) {
            var request = entries[min(measurement.requests.count, entries.count - 1)]
            (request.phase, request.round) = (planned.phase, planned.round)
            (request.claim, request.variant) = (planned.claim, planned.variant)
            request.sentAt = planned.notBefore
            measurement.record(request, sent: measurement.requests.count + 1)
        }
        guard case .finish(let stop) = measurement.next(sent: 0) else { return (.errors, -1) }
        return (stop, measurement.requests.count)
    }

    private static func answer(
        _ status: Int?, _ fields: [(String, String)] = [], seconds: Double = 0.01
    ) -> RateLimitCapture.Request {
        RateLimitCapture.Request(
            phase: .baseline, sentAt: 0, secondsToHead: status == nil ? nil : seconds, status: status,
            fields: fields.map { HTTPField($0.0, $0.1) },
            failure: status == nil ? ProbeFailure(.reset, "broke") : nil)
    }

    static let stops: [(String, [RateLimitCapture.Request], RateLimitCapture.Stop, Int)] = [
        ("the second failed connection", [answer(200), answer(nil), answer(200), answer(nil)], .errors, 4),
        ("the second error of the service", Array(repeating: answer(200), count: 3) + [answer(500)], .errors, 5),
        ("an error from the start", [answer(503)], .errors, 2),
        ("the third slow answer", Array(repeating: answer(200), count: 5) + [answer(200, seconds: 1.1)], .latency, 8),
        ("a first answer that is a denial, and so after a silence", [answer(429)], .denial, 2),
        ("a first denial that asks for a long silence", [answer(429, [("Retry-After", "60")])], .retryAfter, 1),
        (
            "the end of a ladder that began with a denial", [answer(429)] + Array(repeating: answer(200), count: 3),
            .budget, 52
        ),
        (
            "a quota that is nearly spent",
            [answer(200, [("X-RateLimit-Limit", "100"), ("X-RateLimit-Remaining", "4")])],
            .advertised, 3
        ),
        (
            "a quota larger than the budget",
            [answer(200, [("RateLimit-Policy", "\"a\";q=1000;w=60"), ("RateLimit", "\"a\";r=30")])], .advertised, 3
        ),
        (
            "a quota of something else", [answer(200, [("RateLimit-Policy", "\"a\";q=3;w=60;qu=\"content-bytes\"")])],
            .budget, 52
        ),
        (
            "a denial that asks for a long silence",
            Array(repeating: answer(200), count: 6) + [answer(429, [("Retry-After", "3600")])], .retryAfter, 18
        ),
        (
            "a denial without an end", Array(repeating: answer(200), count: 6) + [answer(429)], .denial, 21
        ),
        (
            "a denial without an end that asks for silences",
            Array(repeating: answer(200), count: 6) + [answer(429, [("Retry-After", "2")])], .denial, 21
        ),
        (
            "a service that broke", Array(repeating: answer(200), count: 6) + [answer(503)], .denial, 21
        )
    ]

    @Test("the measurement stops at", arguments: stops.indices)
    func stop(index: Int) {
        let (name, entries, stop, count) = Self.stops[index]
        let (seen, sent) = replay(entries)
        #expect(seen == stop, "\(name)")
        #expect(sent == count, "\(name)")
    }
}

extension FactSet {
    subscript(path: String) -> Knowledge { self[FactPath(path) ?? FactPath(segments: [path])] }

    /// nil unless the fact has a number.
    func number(_ path: String) -> Double? {
        guard case .value(let value) = self[path] else { return nil }
        return value.double
    }
}
