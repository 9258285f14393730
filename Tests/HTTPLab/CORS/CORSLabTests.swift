import AuditModel
import Facts
import Observe
import TestSupport
import Testing

/// The CORS probe against real servers on loopback.
@Suite(.serialized)
struct CORSLabTests {
    @Test("the probe finds what is there, in the requests that it says", arguments: CORSScenario.all)
    func scenario(_ scenario: CORSScenario) async throws {
        let certificate = try await TestCertificate.make(names: "DNS:api.example.com")
        try await scenario.server.run(certificate) { endpoint in
            let observation = await Self.observe(endpoint, certificate, scenario.parameters)
            #expect(observation.failure == nil)
            let facts = try ProbeKind.cors.facts(of: try #require(observation.capture), at: Instant(seconds: 0))
            for (path, value) in scenario.expected {
                #expect(facts[try #require(FactPath(path))] == .value(value), "\(path)")
            }
            #expect(facts[try #require(FactPath("requests"))] == .value(.integer(Int64(endpoint.requests.count))))
            #expect(endpoint.requests.allSatisfy { $0.hasPrefix("GET ") || $0.hasPrefix("OPTIONS ") })
        }
    }

    /// A probe of https://api.example.com, which leads to the server.
    private static func observe(
        _ endpoint: HTTPSServer.Endpoint, _ certificate: TestCertificate, _ parameters: [String: FactValue]
    ) async -> RecordedObservation {
        var context = ProbeContext(timeout: .seconds(30), retries: 0, userAgent: "gonogo/test") { Instant(seconds: 0) }
        context.extraTrustAnchors = certificate.pem
        context.resolve = [
            ResolveOverride(host: "api.example.com", port: nil, address: "127.0.0.1", toPort: endpoint.port)
        ]
        let request = ObservationRequest(probe: .cors, target: "https://api.example.com/", parameters: parameters)
        return await Observe.observe(request, in: context)
    }
}
