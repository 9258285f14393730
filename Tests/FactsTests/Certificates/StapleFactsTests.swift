import AuditModel
import CertificateFixtures
import Facts
import Testing
import WireFormats

@Suite struct StapleFactsTests {
    /// The leaf's chain with this staple, one hour after the response was made unless said otherwise.
    private func facts(
        _ staple: [UInt8]?, leaf: String = "leaf", versions: [ProtocolVersion] = [.tls12, .tls13], hours: Int64 = 1
    ) throws -> FactSet {
        var capture = try CaptureOfChains(fixtures: leaf, "intermediate", "root", trust: .path(3))
        capture.chains = [
            PresentedChain(
                certificates: [0, 1], versions: versions, staple: staple.map(Base64.encode), trust: .path(3))
        ]
        let made = try #require(OCSPResponse(der: Fixture.response("ocsp-good"))?.producedAt)
        return capture.facts(at: Instant(seconds: made + hours * 3600))
    }

    @Test(
        "a staple is told by what it is worth",
        arguments: [
            ("ocsp-good", "good", 1), ("ocsp-good", "good", 7 * 24), ("ocsp-good", "expired", 7 * 24 + 1),
            ("ocsp-good", "not-yet-valid", -1), ("ocsp-revoked", "revoked", 1), ("ocsp-revoked", "revoked", 1000),
            ("ocsp-unknown", "unknown", 1), ("ocsp-try-later", "unsuccessful", 1)
        ])
    func statuses(name: String, status: String, hours: Int64) throws {
        let facts = try facts(try Fixture.response(name), hours: hours)
        #expect(facts["ocsp.stapled"] == .boolean(true))
        #expect(facts["ocsp.status"] == .text(status))
        #expect(facts["ocsp.matches"] == .boolean(name != "ocsp-try-later"))
    }

    @Test("dates of a staple are told")
    func dates() throws {
        let response = try #require(OCSPResponse(der: Fixture.response("ocsp-good")))
        let made = Instant(seconds: try #require(response.producedAt))
        let facts = try facts(try Fixture.response("ocsp-good"))
        #expect(facts["ocsp.producedAt"] == .text(made.iso8601))
        #expect(facts["ocsp.thisUpdate"] == .text(made.iso8601))
        #expect(facts["ocsp.nextUpdate"] == .text(made.adding(seconds: 7 * 86_400).iso8601))
    }

    @Test("a response for another certificate does not match")
    func other() throws {
        let facts = try facts(try Fixture.response("ocsp-revoked"), leaf: "must-staple")
        #expect(facts["ocsp.status"] == .text("other-certificate"))
        #expect(facts["ocsp.matches"] == .boolean(false))
        #expect(facts["ocsp.thisUpdate"] == .absent)
    }

    @Test("bytes that are no response are malformed, no bytes are absent")
    func malformed() throws {
        #expect(try facts([1, 2, 3])["ocsp.status"] == .text("malformed"))
        #expect(try facts(nil)["ocsp.status"] == .absent)
        #expect(try facts(nil)["ocsp.matches"] == .absent)
        #expect(try facts(nil)["ocsp.stapled"] == .boolean(false))
    }

    @Test(
        "what TLS 1.3 encrypts is unobserved",
        arguments: ["ocsp.stapled", "ocsp.status", "ocsp.matches", "ocsp.producedAt", "sct.extension", "sct.staple"])
    func encrypted(path: String) throws {
        #expect(try facts(nil, versions: [.tls13]).isUnobserved(path, as: .unsupported))
    }

    @Test("a revocation and a missing staple are problems of the chain, an encrypted one leaves trust open")
    func problems() throws {
        func problems(_ facts: FactSet) -> FactSet.Knowledge { facts["chain.problems"] }
        let during = 24 * 20 as Int64
        let revoked = try facts(try Fixture.response("ocsp-revoked"), hours: during)
        #expect(problems(revoked) == .texts("revoked"))
        #expect(problems(try facts(nil, hours: during)) == .texts())
        let missing = try facts(nil, leaf: "must-staple", hours: during)
        #expect(problems(missing) == .texts("must-staple-missing"))
        let hidden = try facts(nil, leaf: "must-staple", versions: [.tls13], hours: during)
        for path in ["chain.problems", "chain.trusted"] { #expect(hidden.isUnobserved(path, as: .unsupported)) }
        // Firefox refuses a certificate that demands a staple with one of no use as it does without.
        let useless = try facts(try Fixture.response("ocsp-good"), leaf: "must-staple", hours: during)
        #expect(problems(useless) == .texts("must-staple-missing"))
    }
}

@Suite struct TimestampFactsTests {
    @Test("timestamps are counted where they are")
    func counts() throws {
        var capture = try CaptureOfChains(fixtures: "timestamps")
        let list: [UInt8] = [0, 53, 0, 51, 0] + [UInt8](repeating: 7, count: 50)
        capture.chains[0].timestamps = Base64.encode(list)
        let facts = capture.facts(at: now)
        #expect(facts["sct.certificate"] == .integer(2))
        #expect(facts["sct.extension"] == .integer(1))
        #expect(facts["sct.staple"] == .integer(0))
    }
}
