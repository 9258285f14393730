import AuditModel
import Facts
import JSON
import Testing
import TestSupport
import WireFormats

/// Elimination finds what trying each suite alone finds.
@Suite(.serialized)
struct AgreementTests {
    private static let names: Set<String> = [
        "Mozilla's intermediate", "TLS 1.3 alone", "everything that OpenSSL 3.0 still knows",
        "the server's order of five suites", "two certificates and HTTP/2", "DSA", "GnuTLS",
        "GnuTLS with anonymous and broken suites", "openssl s_server with NULL and anonymous suites", "haproxy",
        "stunnel", "OpenSSL 4 with ML-KEM", "Java's TLS with all that it has", "NSS", "Apache with the server's order",
        "lighttpd", "hitch", "Caddy, which is Go's TLS"
    ]

    static let scenarios = LabScenario.all.filter { names.contains($0.name) }

    @Test("every name is one of the lab's")
    func known() { #expect(Self.scenarios.count == Self.names.count) }

    @Test("the suites of every version are those of brute force", arguments: scenarios)
    func bruteForce(_ scenario: LabScenario) async throws {
        let authority = try await LabAuthority.shared()
        try await scenario.server.run(authority) { endpoint in
            let expected = try await BruteForce(client: HelloClient(port: endpoint.port)).suites()
            #expect(!expected.isEmpty)
            let wanted = try ["versions", "protocols"].map { try #require(FactPath($0)) }
            let observation = await authority.observe(scenario, at: endpoint, facts: wanted)
            let facts = try ProbeKind.tls.facts(of: try #require(observation.capture), at: observation.startedAt)
            for version in ProtocolVersion.allCases where version != .ssl2 {
                let path = try #require(FactPath("protocols.\(version.rawValue).suites"))
                let found = facts[path].texts
                #expect(Set(found ?? []) == expected[version] ?? [], "\(version.title)")
                #expect(found?.count == Set(found ?? []).count || found == nil)
            }
        }
    }

    /// What the resets of one run may change.
    private static let costs: Set<String> = ["connections", "retries"]

    @Test(
        "ten runs in a row find the same, and what is there",
        arguments: ["resets every fifth connection", "three connections at a time"])
    func again(_ name: String) async throws {
        let scenario = try #require(LabScenario.all.first { $0.name == name })
        let authority = try await LabAuthority.shared()
        try await scenario.server.run(authority) { endpoint in
            var first: FactSet?
            for run in 1...10 {
                let observation = await authority.observe(scenario, at: endpoint)
                let capture = try #require(observation.capture)
                let facts = try ProbeKind.tls.facts(of: capture, at: Instant(seconds: 1_800_000_000))
                for (path, expected) in scenario.facts {
                    if let problem = expected.problem(with: facts[try #require(FactPath(path))]) {
                        Issue.record("run \(run): \(path) \(problem)")
                    }
                }
                for path in ProbeKind.tls.catalogueEntry.facts.map(\.path) where !Self.costs.contains(path.text) {
                    let before = first?[path] ?? facts[path]
                    #expect(facts[path] == before, "run \(run): \(path.text)")
                }
                first = first ?? facts
            }
        }
    }
}

extension FactSet.Knowledge {
    /// The texts of a list; nil when it is absent or unobserved.
    fileprivate var texts: [String]? {
        guard case .value(let value) = self else { return nil }
        return value.json.array?.compactMap(\.string)
    }
}
