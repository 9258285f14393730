import AuditModel
import CertificateFixtures
import Facts
import Testing
import WireFormats

@Suite struct LeafFactsTests {
    @Test("a leaf is told as it is")
    func leaf() throws {
        let facts = try CaptureOfChains(fixtures: "leaf").facts(at: instant("2027-01-15T08:00:00Z"))
        let leaf = try #require(X509Certificate(der: Fixture.certificate("leaf")))
        let expected: [String: FactValue] = [
            "certificate.subject": .text("CN=shop.example,O=gonogo"),
            "certificate.issuer": .text("CN=Test Intermediate,O=gonogo"),
            "certificate.san": .list([.text("shop.example"), .text("*.shop.example")]),
            "certificate.matchesHost": .boolean(true), "certificate.nameSource": .text("san"),
            "certificate.serial": .text(leaf.serial.hexadecimal), "certificate.serialBits": .integer(103),
            "certificate.sha256": .text(SecureHash.sha256(leaf.der).hexadecimal),
            "certificate.spkiSha256": .text(SecureHash.sha256(leaf.publicKey.der).hexadecimal),
            "certificate.version": .integer(3), "certificate.keyType": .text("ecdsa"),
            "certificate.keyBits": .integer(256), "certificate.curve": .text("P-256"),
            "certificate.signature": .text("ecdsa-with-SHA256"), "certificate.defects": .list([]),
            "certificate.notBefore": .text("2026-12-01T00:00:00Z"),
            "certificate.notAfter": .text("2027-03-01T00:00:00Z"), "certificate.daysRemaining": .integer(44),
            "certificate.lifetimeDays": .integer(90), "certificate.maximumLifetimeDays": .integer(200),
            "certificate.shortLived": .boolean(false), "certificate.eku": .list([.text("serverAuth")]),
            "certificate.keyUsage": .list([.text("digitalSignature")]), "certificate.isCA": .boolean(false),
            "certificate.selfSigned": .boolean(false), "certificate.mustStaple": .boolean(false),
            "certificate.policies": .list([.text("2.23.140.1.2.1")]),
            "certificate.crlURLs": .list([.text("http://crl.test.example/i.crl")]),
            "certificate.ocspURLs": .list([.text("http://ocsp.test.example")]),
            "certificate.caIssuersURLs": .list([.text("http://ca.test.example/i.der")]),
            "sct.certificate": .integer(0), "sct.required": .integer(2)
        ]
        for (path, value) in expected { #expect(facts[path] == .value(value), "\(path)") }
    }

    @Test(
        "what a certificate does not say is absent",
        arguments: ["certificate.san", "certificate.eku", "certificate.keyUsage", "certificate.policies"])
    func absent(path: String) throws {
        #expect(try CaptureOfChains(fixtures: "no-extensions").facts(at: now)[path] == .absent)
    }

    @Test(
        "hosts are named by alternative names alone",
        arguments: [
            ("cn-only", "cn-only", false), ("ip", "san", false), ("idn", "san", false), ("leaf", "san", true),
            ("no-extensions", "cn-only", false)
        ])
    func names(fixture: String, source: String, matches: Bool) throws {
        let facts = try CaptureOfChains(fixtures: fixture).facts(at: now)
        #expect(facts["certificate.nameSource"] == .text(source))
        #expect(facts["certificate.matchesHost"] == .boolean(matches))
    }

    @Test("a certificate without any name has none")
    func nameless() {
        let capture = CaptureOfChains([
            CertificateTemplate.leaf {
                $0.subject = DER.sequence()
                $0.extensions = []
            }
        ])
        #expect(capture.facts(at: now)["certificate.nameSource"] == .text("none"))
    }

    @Test("all 10,000 names are told")
    func manyNames() throws {
        guard
            case .value(.list(let names)) = try CaptureOfChains(fixtures: "many-names").facts(at: now)[
                "certificate.san"]
        else { throw FactPathProblem.missing }
        #expect(names.count == 10_000)
    }

    @Test(
        "a self-signed leaf is told", arguments: [("self-signed", true), ("leaf", false), ("impostor", true)])
    func selfSigned(fixture: String, isSelfSigned: Bool) throws {
        #expect(
            try CaptureOfChains(fixtures: fixture).facts(at: now)["certificate.selfSigned"] == .boolean(isSelfSigned))
    }

    @Test("a leaf whose own key did not sign it is not self-signed, whatever it says")
    func forgedSelf() throws {
        let trust = TrustAssessment(
            stores: [.system], paths: [],
            signatures: [CheckedSignature(certificate: 0, issuer: 0, verifies: false)])
        let facts = try CaptureOfChains(fixtures: "self-signed", trust: trust).facts(at: now)
        #expect(facts["certificate.selfSigned"] == .boolean(false))
        #expect(facts["chain.problems"] == .texts("bad-signature"))
    }
}

private enum FactPathProblem: Error { case missing }

/// Certificates whose dates alone matter.
@Suite struct LeafValidityTests {
    private func facts(_ notBefore: String, _ notAfter: String, at now: String = "2027-01-01T00:00:00Z") -> FactSet {
        let der = CertificateTemplate.leaf {
            $0.notBefore = DER.time(notBefore)
            $0.notAfter = DER.time(notAfter)
        }
        return CaptureOfChains([der]).facts(at: instant(now))
    }

    @Test(
        "days remaining are whole ones, rounded down",
        arguments: [
            ("2027-02-28T00:00:00Z", 1), ("2027-02-28T00:00:01Z", 0), ("2027-03-01T00:00:00Z", 0),
            ("2027-03-01T00:00:01Z", -1), ("2027-03-01T23:59:59Z", -1), ("2027-03-02T00:00:00Z", -1),
            ("2027-03-02T00:00:01Z", -2), ("2027-03-31T02:00:00Z", -31), ("2027-02-23T00:00:00Z", 6),
            ("2027-02-23T00:00:00.001Z", 6), ("2027-02-22T23:59:59.999Z", 6), ("2026-03-01T00:00:00Z", 365),
            ("2024-02-29T00:00:00Z", 1096), ("1583-01-01T00:00:00Z", 162_227)
        ])
    func daysRemaining(at: String, days: Int64) {
        #expect(facts("20261201000000Z", "20270301000000Z", at: at)["certificate.daysRemaining"] == .integer(days))
    }

    @Test(
        "a lifetime goes from its first to its last second, and any second more counts as a day",
        arguments: [
            ("20260401000000Z", "20261017235959Z", 200), ("20260401000000Z", "20261018000000Z", 200),
            ("20260401000000Z", "20261018000001Z", 201), ("20260401000000Z", "20260401000000Z", 1),
            ("20260401000000Z", "20260401235959Z", 1), ("20260401000000Z", "20260402000000Z", 1),
            ("20260401000000Z", "20260402000001Z", 2),
            ("20280201000000Z", "20280229235959Z", 29), ("20270201000000Z", "20270228235959Z", 28),
            ("20280101000000Z", "20281231235959Z", 366), ("20250101000000Z", "20270406000000Z", 825),
            ("20200101000000Z", "99991231235959Z", 2_914_635)
        ])
    func lifetime(notBefore: String, notAfter: String, days: Int64) {
        #expect(facts(notBefore, notAfter)["certificate.lifetimeDays"] == .integer(days))
    }

    @Test("a lifetime that ends before it begins is none, and so is one without dates")
    func noLifetime() {
        for (notBefore, notAfter) in [("20270101000000Z", "20261231235959Z"), ("x", "20270101000000Z")] {
            let facts = facts(notBefore, notAfter)
            for path in ["certificate.lifetimeDays", "certificate.lifetimeFractionRemaining", "certificate.shortLived"]
            {
                #expect(facts[path] == .absent, "\(path)")
            }
        }
    }

    @Test(
        "the maximum lifetime follows the day on which a certificate begins",
        arguments: [
            ("20260314235959Z", 398), ("20260315000000Z", 200), ("20270314235959Z", 200), ("20270315000000Z", 100),
            ("20290314235959Z", 100), ("20290315000000Z", 47), ("20000101000000Z", 398)
        ])
    func maximum(notBefore: String, days: Int64) {
        #expect(facts(notBefore, "20300101000000Z")["certificate.maximumLifetimeDays"] == .integer(days))
    }

    @Test(
        "a certificate is short-lived up to 7 days, before 2026-03-15 up to 10",
        arguments: [
            ("20260401000000Z", "20260407235959Z", true), ("20260401000000Z", "20260408000000Z", false),
            ("20260301000000Z", "20260310235959Z", true), ("20260301000000Z", "20260311000000Z", false)
        ])
    func shortLived(notBefore: String, notAfter: String, isShort: Bool) {
        #expect(facts(notBefore, notAfter)["certificate.shortLived"] == .boolean(isShort))
    }

    @Test(
        "the fraction of the lifetime that is left",
        arguments: [
            ("2026-03-22T00:00:00Z", 1.0), ("2026-04-01T00:00:00Z", 1.0), ("2026-04-06T00:00:00Z", 0.5),
            ("2026-04-11T00:00:00Z", 0.0),
            ("2026-04-16T00:00:00Z", -0.5)
        ])
    func fraction(at: String, fraction: Double) {
        let facts = facts("20260401000000Z", "20260410235959Z", at: at)
        #expect(facts["certificate.lifetimeFractionRemaining"] == .value(.number(fraction)))
    }

    @Test(
        "browsers want two timestamps up to 180 days and three beyond",
        arguments: [("20260401000000Z", "20260927235959Z", 2), ("20260401000000Z", "20260928000000Z", 3)])
    func timestamps(notBefore: String, notAfter: String, count: Int64) {
        #expect(facts(notBefore, notAfter)["sct.required"] == .integer(count))
    }
}

@Suite struct MissingCertificateTests {
    private func capture(_ answers: [TLSAnswer], _ handshakes: [TLSHandshake] = []) -> CaptureOfChains {
        var capture = CaptureOfChains([])
        capture.chains = []
        capture.exchanges = answers.map { TLSExchange(purpose: .suites, version: .tls12, answer: $0) }
        capture.handshakes = handshakes
        return capture
    }

    private func hello(_ suite: UInt16) -> TLSAnswer {
        var answer = TLSAnswer(.hello)
        answer.suite = suite
        return answer
    }

    private static let paths = [
        "certificate.subject", "certificate.matchesHost", "certificates", "chain.presented", "chain.problems",
        "ocsp.stapled", "sct.certificate", "chain.minimumDaysRemaining", "chain.longLivedDaysRemaining", "chain.weakest"
    ]

    @Test("a server of anonymous suites has no certificate", arguments: paths)
    func anonymous(path: String) {
        let failed = TLSHandshake(failure: ProbeFailure(.tlsFailed, "no shared cipher"))
        #expect(capture([hello(0x0034), hello(0xC018), TLSAnswer(.alert)], [failed]).facts(at: now)[path] == .absent)
    }

    @Test("a certificate that could not be seen is not an absent one", arguments: paths)
    func unseen(path: String) {
        let failed = TLSHandshake(failure: ProbeFailure(.tlsFailed, "no shared signature algorithm"))
        let facts = capture([hello(0x1301)], [failed]).facts(at: now)
        #expect(facts[path] == .unobserved(ProbeFailure(.tlsFailed, "no shared signature algorithm")))
        #expect(capture([hello(0xC02F)]).facts(at: now).isUnobserved(path, as: .tlsFailed))
        #expect(capture([TLSAnswer(.timeout)]).facts(at: now).isUnobserved(path, as: .tlsFailed))
    }

    @Test("bytes that are no certificate are malformed")
    func garbage() {
        let facts = CaptureOfChains([[0x30, 0x03]], trust: .none()).facts(at: now)
        #expect(facts.isUnobserved("certificate.subject", as: .malformed))
        #expect(facts.isUnobserved("certificate.matchesHost", as: .malformed))
        #expect(facts["chain.presented"] == .integer(1))
        #expect(facts["chain.problems"] == .texts("name-mismatch", "malformed"))
    }

    @Test("what was not asked is unobserved, and only that")
    func notAsked() throws {
        var capture = try CaptureOfChains(fixtures: "leaf")
        capture.questions = [.certificate]
        let facts = capture.facts(at: now)
        #expect(facts["certificate.keyBits"] == .integer(256))
        for path in ["chain.problems", "chain.trusted", "certificates", "ocsp.stapled", "sct.extension"] {
            #expect(facts.isUnobserved(path, as: .unsupported), "\(path)")
        }
    }
}
