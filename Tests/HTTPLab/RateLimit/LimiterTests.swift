import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

/// The rate limit probe against real limiters on loopback, one after the other: they keep time.
@Suite(.serialized)
struct LimiterTests {
    @Test("the limiter is measured as it is configured", arguments: LimiterScenario.all)
    func scenario(_ scenario: LimiterScenario) async throws {
        try await scenario.server.run { endpoint in
            let started = endpoint.requests
            let request = ObservationRequest(
                probe: .rateLimit, target: "http://127.0.0.1:\(endpoint.port)/", parameters: scenario.parameters)
            let context = ProbeContext(timeout: .seconds(30), userAgent: "gonogo/test") {
                Instant(seconds: 1_800_000_000)
            }
            let observation = await observe(request, in: context)
            let recorded = try #require(observation.capture, "\(observation.failure?.reason ?? "")")
            let capture = try recorded.decode(RateLimitCapture.self)
            let facts = capture.facts(at: observation.startedAt)
            let seen = Comment(rawValue: "\(facts.json.compact) \(capture.outline)")
            for (path, value) in scenario.facts {
                #expect(
                    facts[try #require(FactPath(path))] == (value == .absent ? .absent : .value(value)),
                    "\(path): \(seen)")
            }
            if let truth = scenario.refill {
                let (refill, band) = (facts.number("refillPerS"), facts.number("refillErrorBand"))
                #expect(abs(try #require(refill, seen) - truth) <= (try #require(band)), "refill \(truth): \(seen)")
            }
            if let truth = scenario.capacity {
                let (capacity, band) = (facts.number("burstCapacity"), facts.number("errorBand"))
                #expect(
                    abs(try #require(capacity, seen) - truth) <= (try #require(band)) + 0.5,
                    "capacity \(truth): \(seen)")
            }
            if facts.number("shapedRatePerS") != nil {
                #expect(abs(try #require(facts.number("shapedRatePerS")) - 5) <= 1, seen)
            }
            // The log is written after the answer.
            for _ in 0..<100 where endpoint.requests - started < capture.requests.count {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(endpoint.requests - started == capture.sent, seen)
            #expect(capture.sent <= capture.budget, seen)
        }
    }
}

extension FactSet {
    fileprivate func number(_ path: String) -> Double? {
        guard case .value(let value)? = FactPath(path).map({ self[$0] }) else { return nil }
        return value.double
    }
}

extension RateLimitCapture {
    /// A line for a failed expectation: when each request was sent, and what came.
    fileprivate var outline: String {
        requests.map { request in
            let time = Int(request.sentAt * 1000), took = Int((request.secondsToHead ?? 0) * 1000)
            return "\(request.phase.rawValue.prefix(2))@\(time)+\(took)=\(request.status ?? 0)"
        }.joined(separator: " ")
    }
}
