import AuditModel
import Facts
import Testing
import WireFormats

/// A server, and how far it is from a guideline.
struct ProfileCase: Sendable, CustomTestStringConvertible {
    var profile: String
    var differences: [String]
    var server: SampleServer

    init(_ profile: String, _ differences: [String], _ server: SampleServer) {
        (self.profile, self.differences, self.server) = (profile, differences, server)
    }

    var testDescription: String { "\(profile): \(differences.joined(separator: ", "))" }
}

private let rsa = SampleLeaf(key: .rsa(bits: 2048), signature: "1.2.840.113549.1.1.11")
private let ecdsa = SampleLeaf()

@Suite struct ProfileTests {
    /// Conforms to TLSRef's intermediate, to Mozilla's and to BCP 195.
    static let intermediate: SampleServer = SampleServer.good.with { $0.leaves = [rsa.text] }
    static let modern: SampleServer = SampleServer.onlyTLS13.with {
        $0.leaves = [ecdsa.text]
        $0.groups[.tls13] = ["X25519MLKEM768", "x25519", "secp256r1", "secp384r1"]
    }

    private static func leaf(_ change: (inout SampleLeaf) -> Void) -> SampleServer {
        var leaf = rsa
        change(&leaf)
        return intermediate.with { $0.leaves = [leaf.text] }
    }

    private static func suites(_ names: String..., in version: ProtocolVersion = .tls12) -> SampleServer {
        intermediate.with { $0.suites[version] = names }
    }

    static let guidelines: [ProfileCase] = [
        ProfileCase("intermediate", [], intermediate), ProfileCase("mozilla57Intermediate", [], intermediate),
        ProfileCase("modern", [], modern),
        ProfileCase("mozilla57Modern", ["group-offered: X25519MLKEM768"], modern),
        ProfileCase("mozilla57Modern", [], modern.with { $0.groups[.tls13] = ["x25519"] }),
        ProfileCase("modern", [], modern.with { $0.groups[.tls13] = ["x25519"] }),
        ProfileCase(
            "modern", ["group-offered: secp521r1"], modern.with { $0.groups[.tls13] = ["x25519", "secp521r1"] }),
        ProfileCase(
            "modern", ["suite-offered: TLS_AES_128_CCM_SHA256"],
            modern.with {
                $0.suites[.tls13] = [aes128, "TLS_AES_128_CCM_SHA256"]
            }),
        ProfileCase(
            "modern",
            [
                "version-offered: tls12", "suite-offered: \(ecdheRSA)", "suite-offered: \(ecdheRSA256)",
                "certificate-key: rsa 2048", "certificate-signature: sha256WithRSAEncryption"
            ], intermediate),
        ProfileCase("intermediate", ["version-missing: tls12"], modern),
        ProfileCase("intermediate", ["version-missing: tls13"], intermediate.with { $0.suites[.tls13] = nil }),
        ProfileCase(
            "intermediate", ["version-offered: tls11", "suite-offered: \(rsaCBC)"],
            intermediate.with { $0.suites[.tls11] = [rsaCBC] }),
        ProfileCase("intermediate", ["suite-offered: \(dheRSA)"], suites(ecdheRSA, dheRSA)),
        ProfileCase("mozilla57Intermediate", [], suites(ecdheRSA, dheRSA)),
        ProfileCase(
            "mozilla57Intermediate", ["dh-bits: 1024"], suites(ecdheRSA, dheRSA).with { $0.dhBits = 1024 }),
        ProfileCase("mozilla57Intermediate", [], suites(ecdheRSA, dheRSA).with { $0.dhBits = 4096 }),
        ProfileCase(
            "intermediate", ["group-offered: x448"],
            intermediate.with {
                $0.groups[.tls12] = ["x25519", "x448"]
                $0.groups[.tls13] = ["x448"]
            }),
        ProfileCase(
            "intermediate", ["group-offered: ffdhe2048"],
            intermediate.with {
                $0.groups[.tls13] = ["x25519", "ffdhe2048"]
            }),
        ProfileCase("intermediate", ["order: server"], intermediate.with { $0.serverOrder = true }),
        ProfileCase("intermediate", [], leaf { $0.key = .rsa(bits: 4096) }),
        ProfileCase("intermediate", ["certificate-key: rsa 1024"], leaf { $0.key = .rsa(bits: 1024) }),
        ProfileCase(
            "intermediate", ["certificate-signature: sha1WithRSAEncryption"],
            leaf { $0.signature = "1.2.840.113549.1.1.5" }),
        ProfileCase("intermediate", [], leaf { $0.days = 366 }),
        ProfileCase("intermediate", ["certificate-lifetime: 367 days"], leaf { $0.days = 367 }),
        ProfileCase(
            "modern", ["certificate-lifetime: 91 days"],
            modern.with {
                $0.leaves = [SampleLeaf(days: 91).text]
            }),
        ProfileCase(
            "intermediate", ["certificate-key: ecdsa P-521"], leaf { $0.key = .curve("1.3.132.0.35", bytes: 66) }),
        ProfileCase("intermediate", ["certificate-key: ed25519"], leaf { $0.key = .ed25519 })
    ]

    static let bestPractice: [ProfileCase] = [
        ProfileCase("bcp195", [], intermediate),
        ProfileCase("bcp195", ["version-missing: tls12"], modern),
        ProfileCase("bcp195", [], intermediate.with { $0.suites[.tls13] = nil }),
        ProfileCase(
            "bcp195", ["version-offered: tls10"],
            intermediate.with {
                $0.suites[.tls10] = ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"]
            }),
        ProfileCase("bcp195", ["suite-offered: \(dheRSA)"], suites(ecdheRSA, dheRSA)),
        ProfileCase("bcp195", ["suite-offered: \(rsaCBC)"], suites(ecdheRSA, rsaCBC)),
        ProfileCase(
            "bcp195", ["suite-offered: \(rsaCBC)", "forward-secrecy-missing"],
            suites(rsaCBC).with { $0.suites[.tls13] = nil }),
        ProfileCase("bcp195", [], suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA")),
        ProfileCase("bcp195", [], suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA")),
        ProfileCase("bcp195", [], suites(ecdheRSA, "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256")),
        ProfileCase(
            "bcp195", ["suite-offered: TLS_DH_RSA_WITH_AES_128_GCM_SHA256"],
            suites(ecdheRSA, "TLS_DH_RSA_WITH_AES_128_GCM_SHA256")),
        ProfileCase(
            "bcp195", ["suite-offered: TLS_ECDHE_RSA_WITH_RC4_128_SHA"],
            suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_RC4_128_SHA")
        ),
        ProfileCase(
            "bcp195", ["suite-offered: TLS_ECDHE_RSA_WITH_NULL_SHA"], suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_NULL_SHA")),
        ProfileCase(
            "bcp195", ["suite-offered: TLS_ECDH_anon_WITH_AES_128_CBC_SHA"],
            suites(ecdheRSA, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA")),
        ProfileCase(
            "bcp195", ["suite-offered: \(dheRSA)", "dh-bits: 1024"],
            suites(ecdheRSA, dheRSA).with { $0.dhBits = 1024 }),
        ProfileCase(
            "bcp195", ["group-offered: secp192r1"],
            intermediate.with {
                $0.groups[.tls12] = ["secp256r1", "secp192r1"]
            }),
        ProfileCase("bcp195", [], intermediate.with { $0.groups[.tls12] = ["secp256r1", "secp224r1"] }),
        ProfileCase("bcp195", ["certificate-key: rsa 1024"], leaf { $0.key = .rsa(bits: 1024) }),
        ProfileCase("bcp195", [], leaf { $0.key = .ed25519 }),
        ProfileCase(
            "bcp195", ["certificate-key: ecdsa P-192"], leaf { $0.key = .curve("1.2.840.10045.3.1.1", bytes: 24) }),
        ProfileCase(
            "bcp195", ["certificate-signature: sha1WithRSAEncryption"],
            leaf { $0.signature = "1.2.840.113549.1.1.5" }),
        ProfileCase("bcp195", [], leaf { $0.days = 825 }),
        ProfileCase("bcp195", ["extended-master-secret-missing"], intermediate.with { $0.extensions = [0xFF01] }),
        ProfileCase("bcp195", ["renegotiation-info-missing"], intermediate.with { $0.extensions = [23] }),
        ProfileCase("bcp195", ["truncated-hmac"], intermediate.with { $0.extensions = [0xFF01, 23, 4] })
    ]

    static let wishes: [ProfileCase] = [
        ProfileCase("bcp195", [], intermediate),
        ProfileCase("bcp195", ["version-missing: tls13"], intermediate.with { $0.suites[.tls13] = nil }),
        ProfileCase(
            "bcp195", ["suite-offered: TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", "encrypt-then-mac-missing"],
            suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA")),
        ProfileCase(
            "bcp195", ["suite-offered: TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256"],
            suites(ecdheRSA, "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256")),
        ProfileCase(
            "bcp195", ["encrypt-then-mac-missing"], suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA")),
        ProfileCase(
            "bcp195", [],
            suites(ecdheRSA, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA").with {
                $0.extensions = goodExtensions + [22]
            }),
        ProfileCase(
            "bcp195", ["compression"],
            intermediate.replacing(
                TLSExchange(.compression, .tls12, TLSAnswer.picks(ecdheRSA, in: .tls12).with { $0.compression = 1 }))),
        ProfileCase(
            "bcp195", ["unknown-server-name: same-certificate"],
            intermediate.replacing(TLSExchange(.unknownServerName, .tls12, .picks(ecdheRSA, in: .tls12)))),
        ProfileCase(
            "bcp195", [], intermediate.replacing(TLSExchange(.unknownServerName, .tls12, .alert(40)))),
        ProfileCase(
            "bcp195", ["alpn-missing"],
            intermediate.with { $0.handshakes = [] }.replacing(
                TLSExchange(.alpn, .tls12, .picks(ecdheRSA, in: .tls12), detail: "h2"),
                TLSExchange(.alpn, .tls12, .picks(ecdheRSA, in: .tls12), detail: "http/1.1")))
    ]

    @Test("Guidelines name every difference and no other", arguments: guidelines + bestPractice)
    func differences(row: ProfileCase) {
        #expect(row.server.facts["profiles.\(row.profile).differences"] == texts(row.differences))
    }

    @Test("What BCP 195 only advises against stands in a list of its own", arguments: wishes)
    func recommendations(row: ProfileCase) {
        #expect(row.server.facts["profiles.\(row.profile).recommendations"] == texts(row.differences))
    }

    private func texts(_ texts: [String]) -> FactSet.Knowledge { .value(.list(texts.map(FactValue.text))) }

    @Test(
        "That there is no difference is not claimed of what was not seen",
        arguments: [
            (TLSExchange(.suites, .tls10, TLSAnswer(.timeout)), .timeout),
            (TLSExchange(.suites, .tls12, TLSAnswer(.reset), attempts: 5), .reset),
            (TLSExchange(.groups, .tls13, TLSAnswer(.timeout)), .timeout),
            (TLSExchange(.order, .tls12, TLSAnswer(.timeout)), .tlsFailed)
        ] as [(TLSExchange, ProbeFailure.Code)])
    func unobserved(exchange: TLSExchange, code: ProbeFailure.Code) {
        let facts = Self.intermediate.replacing(exchange).facts
        #expect(facts.isUnobserved("profiles.intermediate.differences", as: code))
        #expect(facts.isUnobserved("profiles.mozilla57Intermediate.differences", as: code))
    }

    @Test("Without a readable certificate nothing is claimed")
    func noCertificate() {
        let none = SampleServer.good.facts
        guard case .unobserved = none["profiles.intermediate.differences"] else {
            Issue.record("differences are claimed")
            return
        }
        let broken = SampleServer.good.with { $0.leaves = ["AAAA"] }.facts
        #expect(broken.isUnobserved("profiles.bcp195.differences", as: .malformed))
    }

    @Test("A difference that is certain is told although something else was not seen")
    func certain() {
        let facts = Self.intermediate.with { $0.suites[.tls11] = [rsaCBC] }
            .replacing(TLSExchange(.suites, .tls10, TLSAnswer(.timeout))).facts
        #expect(
            facts["profiles.intermediate.differences"]
                == .texts("version-offered: tls11", "suite-offered: \(rsaCBC)"))
    }

    @Test("Certificates that only come without the name, or for another, are not judged")
    func otherNames() {
        let other = SampleLeaf(key: .rsa(bits: 1024)).text
        let server = Self.intermediate.with { $0.leaves.append(other) }.replacing(
            TLSExchange(.withoutServerName, .tls12, .picks(ecdheRSA, in: .tls12, chain: 1)))
        #expect(server.facts["profiles.intermediate.differences"] == .texts())
    }

    @Test("Every leaf is judged, each difference named once")
    func everyLeaf() {
        let weak = SampleLeaf(key: .rsa(bits: 1024), signature: "1.2.840.113549.1.1.11")
        let server = Self.intermediate.with {
            $0.leaves += [
                weak.text,
                SampleLeaf(
                    key: .rsa(bits: 1024),
                    signature: "1.2.840.113549.1.1.11", days: 91
                ).text
            ]
        }.replacing(
            TLSExchange(.certificate, .tls12, .picks(ecdheRSA, in: .tls12, chain: 1), detail: "rsa"),
            TLSExchange(.certificate, .tls12, .picks(ecdheRSA, in: .tls12, chain: 2), detail: "ecdsa"))
        #expect(server.facts["profiles.intermediate.differences"] == .texts("certificate-key: rsa 1024"))
    }

    @Test(
        "Each profile says which edition it is",
        arguments: [
            ("modern", "TLSRef 6.0"), ("intermediate", "TLSRef 6.0"), ("mozilla57Modern", "Mozilla 5.7"),
            ("mozilla57Intermediate", "Mozilla 5.7"), ("bcp195", "RFC 9325 with RFC 10015")
        ])
    func version(profile: String, version: String) {
        let facts = TLSCapture(host: "a.example", port: 443).facts(at: now)
        #expect(facts["profiles.\(profile).version"] == .text(version))
    }
}
