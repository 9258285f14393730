import AuditModel
import Facts
import JSON
import TestSupport
import Testing

/// Two back ends behind one haproxy, of which one was forgotten: a refusal is not taken for the truth by luck.
@Suite(.serialized)
struct BalancerTests {
    private static let strong = """
        ssl_prefer_server_ciphers off; ssl_ecdh_curve X25519:prime256v1:secp384r1; ssl_ciphers \
        ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305
        """
    /// With the one suite that TLS 1.0 has in common with the suites of good servers.
    private static let mixed = "\(strong):ECDHE-RSA-AES128-SHA"
    private static let modern = "ssl_protocols TLSv1.2 TLSv1.3;"
    private static let old = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;"

    /// Expected of every run: a contradiction was seen, or the forgotten machine's answer was.
    ///
    /// Balancers by lot miss it in one of thirty to one of eight runs (see `askRefusalsAgain`), so that more than seven of
    /// twenty-four come by chance in less than one of a hundred runs of this test; who does not ask again misses half.
    private static let runs = 24
    private static let mostMisses = 7

    private func misses(
        _ how: String, _ forgotten: LabServer, _ good: LabServer, isSeen: (FactSet) -> Bool
    ) async throws -> Int {
        let authority = try await LabAuthority.shared()
        var misses = 0
        try await LabServer.haproxy(balancing: how, good, forgotten).run(authority) { endpoint in
            for _ in 1...Self.runs {
                let observation = await authority.observe(endpoint)
                let capture = try #require(observation.capture)
                let facts = try ProbeKind.tls.facts(of: capture, at: observation.startedAt)
                let isInDoubt = try facts[#require(FactPath("consistent"))] == .value(.boolean(false))
                if isInDoubt {
                    let versions = try facts[#require(FactPath("versions"))]
                    guard case .unobserved = versions else {
                        Issue.record("versions are known where answers contradict each other")
                        continue
                    }
                } else if !isSeen(facts) {
                    misses += 1
                }
            }
        }
        return misses
    }

    private func offers(_ version: String, _ facts: FactSet) -> Bool {
        FactPath("protocols.\(version).offered").map { facts[$0] == .value(.text("yes")) } ?? false
    }

    @Test("TLS 1.0 on one of two machines is not missed", arguments: ["roundrobin", "random"])
    func oldVersion(how: String) async throws {
        let misses = try await misses(
            how, .nginx("\(Self.old) \(Self.mixed):@SECLEVEL=0;"), .nginx("\(Self.modern) \(Self.mixed);")
        ) { offers("tls10", $0) }
        #expect(misses <= Self.mostMisses)
    }

    @Test("a weak suite on one of two machines is not missed", arguments: ["roundrobin", "random"])
    func weakSuite(how: String) async throws {
        let misses = try await misses(
            how, .nginx("\(Self.modern) \(Self.strong):AES128-SHA;"), .nginx("\(Self.modern) \(Self.strong);")
        ) { facts in
            FactPath("weakSuites.staticRSA").map {
                facts[$0] == .value(.list([.text("TLS_RSA_WITH_AES_128_CBC_SHA")]))
            } ?? false
        }
        #expect(misses <= Self.mostMisses)
    }

    @Test(
        "machines that are alike are consistent, whoever shares the connections out",
        arguments: ["roundrobin", "random"])
    func alike(how: String) async throws {
        let authority = try await LabAuthority.shared()
        try await LabServer.haproxy(balancing: how, .intermediate, .intermediate).run(authority) { endpoint in
            let observation = await authority.observe(endpoint)
            let facts = try ProbeKind.tls.facts(of: #require(observation.capture), at: observation.startedAt)
            #expect(try facts[#require(FactPath("consistent"))] == .value(.boolean(true)))
            #expect(
                try facts[#require(FactPath("versions"))] == .value(.list([.text("tls12"), .text("tls13")])))
        }
    }
}
