import AuditModel
import Facts
import Foundation
import JSON
import Observe
import TestSupport
import Testing

/// The TLS probe against real servers on loopback, and against some that are not real.
@Suite(.serialized)
struct LabTests {
    @Test("the probe finds what is there", arguments: LabScenario.all)
    func scenario(_ scenario: LabScenario) async throws {
        let authority = try await LabAuthority.shared()
        try await scenario.server.run(authority) { endpoint in
            let observation = await authority.observe(scenario, at: endpoint)
            #expect(observation.failure?.code == scenario.failure, "\(observation.failure?.reason ?? "observed")")
            // A server that answers gets more time: each of its silences may last for one timeout.
            let timeouts: Int64 = scenario.failure == nil ? 7 : 2
            // Two seconds are for a loaded machine.
            #expect(observation.durationSeconds < Double(timeouts * scenario.timeout.components.seconds + 2))
            guard scenario.failure == nil, let capture = observation.capture else { return }
            let facts = try ProbeKind.tls.facts(of: capture, at: observation.startedAt)
            for (path, expected) in scenario.facts {
                if let problem = expected.problem(with: facts[try #require(FactPath(path))]) {
                    Issue.record("\(path) \(problem)")
                }
            }
            if let connections = endpoint.connections() {
                let expected = Expected.value(.integer(Int64(connections)))
                if let problem = expected.problem(with: facts[try #require(FactPath("connections"))]) {
                    Issue.record("the server saw \(connections) connections, the fact \(problem)")
                }
            }
        }
    }

    @Test("few connections are open at a time")
    func fewAtATime() async throws {
        let authority = try await LabAuthority.shared()
        let peak = ConnectionPeak()
        try await LabServer.legacy.behind(Relay.watched(by: peak)).run(authority) { endpoint in
            let observation = await authority.observe(endpoint)
            #expect(observation.failure == nil)
        }
        #expect(peak.most > 1)
        // Five are open for the probe; to the server, which hears of their ends a little later, some more are.
        #expect(peak.most <= 10)
    }

    @Test("the certificate alone takes one connection")
    func certificateAlone() async throws {
        let authority = try await LabAuthority.shared()
        try await LabServer.intermediate.behind { port in { try await $0.relay(toPort: port) } }.run(authority) {
            endpoint in
            let wanted = try #require(FactPath("certificate.daysRemaining"))
            let observation = await authority.observe(endpoint, facts: [wanted])
            let capture = try #require(observation.capture)
            let facts = try ProbeKind.tls.facts(of: capture, at: observation.startedAt)
            #expect(Expected.between(59, 60).problem(with: facts[wanted]) == nil)
            #expect(endpoint.connections() == 1)
        }
    }
}

extension LabAuthority {
    /// A probe of a server of the lab; names of `lab.test` lead to it.
    func observe(
        _ scenario: LabScenario, at endpoint: LabEndpoint, facts: [FactPath]? = nil
    ) async -> RecordedObservation {
        await observe(endpoint, host: scenario.host, timeout: scenario.timeout, facts: facts)
    }

    func observe(
        _ endpoint: LabEndpoint, host: String = "lab.test", timeout: Duration = .seconds(60),
        facts: [FactPath]? = nil
    ) async -> RecordedObservation {
        var context = ProbeContext(timeout: timeout, retries: 0, userAgent: "gonogo/test") {
            Instant(seconds: Int64(Date().timeIntervalSince1970))
        }
        context.extraTrustAnchors = root
        context.resolve = [ResolveOverride(host: host, port: nil, address: "127.0.0.1", toPort: nil)]
        if host.hasPrefix("[") || host.first?.isNumber == true { context.resolve = [] }
        let request = ObservationRequest(
            probe: .tls, target: "https://\(host):\(endpoint.port)", parameters: [:], facts: facts)
        return await Observe.observe(request, in: context)
    }
}
