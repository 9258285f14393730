import AuditModel
import CertificateFixtures
import Crypto
import Facts
import Observe
import Testing
import WireFormats

/// What a server presents, the anchors a person gives, and the problems that a client should have with it.
struct TrustCase: Sendable, CustomTestStringConvertible {
    let presented: [String]
    let anchors: [String]
    let problems: [String]
    var host = "shop.example"
    /// Inside the lifetime of most fixtures.
    var at = "2027-01-15T08:00:00Z"

    init(_ presented: [String], _ anchors: [String], _ problems: [String], host: String = "shop.example") {
        self.presented = presented
        self.anchors = anchors
        self.problems = problems
        self.host = host
    }

    var testDescription: String { "\(presented) under \(anchors) for \(host)" }

    static let all: [TrustCase] = [
        TrustCase(["leaf", "intermediate"], ["root"], []),
        TrustCase(["leaf", "intermediate"], ["root", "other-root"], []),
        // Out of order, with the root, with copies, with strangers: clients sort it out.
        TrustCase(["leaf", "root", "intermediate"], ["root"], []),
        TrustCase(["leaf", "intermediate", "root"], ["root"], []),
        TrustCase(["leaf", "leaf", "intermediate", "intermediate"], ["root"], []),
        TrustCase(["leaf", "ed448-ca", "dsa", "intermediate"], ["root"], []),
        TrustCase(["leaf", "impostor", "intermediate"], ["root"], []),
        // An anchor need not be a root.
        TrustCase(["leaf"], ["intermediate"], []),
        TrustCase(["leaf"], ["leaf"], []),
        TrustCase(["self-signed"], ["self-signed"], []),
        TrustCase(["self-signed"], ["root"], ["self-signed"]),
        TrustCase(["self-signed"], ["root"], ["self-signed", "name-mismatch"], host: "other.example"),
        TrustCase(["leaf"], ["root"], ["incomplete"]),
        TrustCase(["leaf", "root"], ["root"], ["incomplete"]),
        TrustCase(["leaf", "intermediate"], ["other-root"], ["unknown-issuer"]),
        TrustCase(["leaf", "intermediate", "root"], ["other-root"], ["unknown-issuer"]),
        TrustCase(["leaf", "impostor"], ["root"], ["incomplete"]),
        // Cross-signs: the other root's, expired on 2027-01-01, leads nowhere; the loop is not followed.
        TrustCase(["leaf", "intermediate", "cross"], ["root"], []),
        TrustCase(["leaf", "intermediate", "cross"], ["other-root"], ["expired"]),
        TrustCase(["leaf", "intermediate", "cross"], ["root", "other-root"], []),
        TrustCase(["leaf", "intermediate", "cross", "cross-back", "root", "other-root"], ["root"], []),
        TrustCase(["expired", "intermediate"], ["root"], ["expired"]),
        TrustCase(["future", "intermediate"], ["root"], ["not-yet-valid"]),
        TrustCase(["leaf", "intermediate"], ["root"], ["name-mismatch"], host: "other.example"),
        TrustCase(["other-name"], ["root"], ["name-mismatch"]),
        TrustCase(["cn-only"], ["root"], ["name-mismatch"]),
        TrustCase(["ip"], ["root"], [], host: "127.0.0.1"), TrustCase(["ip"], ["root"], [], host: "2001:db8::1"),
        TrustCase(["ip"], ["root"], ["name-mismatch"], host: "127.0.0.2"),
        TrustCase(["idn"], ["root"], [], host: "xn--bcher-kva.example"),
        TrustCase(["many-names"], ["root"], []),
        TrustCase(["sha1"], ["root"], ["weak-signature"]),
        TrustCase(["ecdsa-sha1"], ["other-root"], ["weak-signature"]),
        TrustCase(["md5"], ["root"], ["weak-signature"]),
        TrustCase(["rsa1024"], ["root"], ["weak-key"]), TrustCase(["self-rsa1024"], ["self-rsa1024"], ["weak-key"]),
        TrustCase(["by-rsa1024-ca", "rsa1024-ca"], ["root"], ["weak-key"]),
        TrustCase(["client-only", "intermediate"], ["root"], ["wrong-purpose"]),
        TrustCase(["must-staple", "intermediate"], ["root"], ["must-staple-missing"]),
        TrustCase(["critical"], ["root"], ["unknown-critical-extension"]),
        TrustCase(["no-extensions"], ["root"], ["name-mismatch"]),
        TrustCase(["by-not-a-ca", "not-a-ca"], ["root"], ["not-a-ca"]),
        TrustCase(["by-sub-intermediate", "sub-intermediate", "intermediate"], ["root"], ["path-too-long"]),
        TrustCase(["inside", "constrained"], ["root"], []), TrustCase(["inside-address", "constrained"], ["root"], []),
        TrustCase(["outside", "constrained"], ["root"], ["name-constraints"]),
        TrustCase(["excluded", "constrained"], ["root"], ["name-constraints"]),
        // Keys and signatures of every kind that can be verified.
        TrustCase(["by-ed25519-ca", "ed25519-ca"], ["root"], []), TrustCase(["by-p521-ca", "p521-ca"], ["root"], []),
        TrustCase(["by-pss-ca", "pss-ca"], ["root"], []), TrustCase(["by-other-root"], ["other-root"], []),
        TrustCase(["pss-signed"], ["root"], []), TrustCase(["sha384"], ["root"], []),
        TrustCase(["sha512"], ["root"], []),
        TrustCase(["p-224"], ["root"], []), TrustCase(["p-384"], ["root"], []), TrustCase(["p-521"], ["root"], []),
        TrustCase(["brainpoolp256r1"], ["root"], []), TrustCase(["secp256k1"], ["root"], []),
        TrustCase(["explicit"], ["root"], []), TrustCase(["ed25519"], ["root"], []), TrustCase(["ed448"], ["root"], []),
        TrustCase(["dsa"], ["root"], []), TrustCase(["rsa-pss"], ["root"], []), TrustCase(["rsa2048"], ["root"], [])
    ]
}

/// The capture of one presented chain, its trust looked at.
private func capture(
    _ chain: [[UInt8]], stores: [AnchorStore], host: String = "shop.example"
) async -> TLSCapture {
    var index = CertificateIndex()
    let places = chain.map { index.index(of: $0) }
    let trust = await assess(chain: chain, against: stores, adding: &index)
    let presented = PresentedChain(certificates: places, versions: [.tls12], trust: trust)
    return TLSCapture(
        host: host, port: 443, questions: TLSQuestion.allCases, certificates: index.base64, chains: [presented])
}

private func file(_ names: [String]) throws -> AnchorStore {
    AnchorStore(pem: Array(try names.map { try "a comment\n" + Fixture.pem($0) }.joined().utf8))
}

private func facts(_ trustCase: TrustCase) async throws -> FactSet {
    let chain = try trustCase.presented.map { try Fixture.certificate($0) }
    let now = try #require(Instant(trustCase.at))
    return await capture(chain, stores: [try file(trustCase.anchors)], host: trustCase.host).facts(at: now)
}

private func knowledge(_ facts: FactSet, _ path: String) -> FactSet.Knowledge {
    facts[FactPath(path) ?? FactPath(segments: [path])]
}

@Suite struct TrustTests {
    @Test("every problem of a chain is found, and no other", arguments: TrustCase.all)
    func problems(trustCase: TrustCase) async throws {
        let facts = try await facts(trustCase)
        #expect(
            knowledge(facts, "chain.problems") == .value(.list(trustCase.problems.map(FactValue.text))))
        #expect(knowledge(facts, "chain.trusted") == .value(.boolean(trustCase.problems.isEmpty)))
    }

    @Test("the library accepts the paths that we accept", arguments: TrustCase.all.filter(\.problems.isEmpty))
    func accepted(trustCase: TrustCase) async throws {
        let chain = try trustCase.presented.map { try Fixture.certificate($0) }
        let trust = try #require(await capture(chain, stores: [try file(trustCase.anchors)]).chains.first?.trust)
        #expect(trust.paths.contains { $0.objection == nil })
    }

    @Test(
        "the library objects where it has a rule",
        arguments: [
            (["by-not-a-ca", "not-a-ca"], "not marked as a CA"), (["outside", "constrained"], "255, 0, 0, 0"),
            (["by-sub-intermediate", "sub-intermediate", "intermediate"], "maximum path length")
        ])
    func objections(presented: [String], words: String) async throws {
        let chain = try presented.map { try Fixture.certificate($0) }
        let trust = try #require(await capture(chain, stores: [try file(["root"])]).chains.first?.trust)
        #expect(trust.paths.first?.objection?.contains(words) == true, "\(trust.paths)")
    }

    @Test(
        "a signature that nobody here can verify leaves trust open",
        arguments: [
            (["by-ed448-ca", "ed448-ca"], "Ed448"), (["sha224"], "sha224WithRSAEncryption"),
            (["pss-odd-salt"], "RSASSA-PSS with SHA-256")
        ])
    func unverified(presented: [String], algorithm: String) async throws {
        let facts = try await facts(TrustCase(presented, ["root"], []))
        for path in ["chain.trusted", "chain.problems"] {
            guard case .unobserved(let failure) = knowledge(facts, path) else {
                Issue.record("\(path) is \(knowledge(facts, path))")
                continue
            }
            #expect(failure.code == .unsupported && failure.reason.contains(algorithm))
        }
    }

    @Test("a forged signature is told from a missing issuer")
    func forged() async throws {
        var leaf = try Fixture.certificate("leaf")
        leaf[leaf.count - 3] ^= 1
        let capture = await capture([leaf, try Fixture.certificate("intermediate")], stores: [try file(["root"])])
        #expect(
            knowledge(capture.facts(at: Instant(seconds: 1_800_000_000)), "chain.problems")
                == .value(.list([.text("bad-signature")])))
    }

    @Test("without anchors trust is not known, and the reason says so")
    func noStores() async throws {
        let capture = await capture([try Fixture.certificate("leaf")], stores: [])
        let facts = capture.facts(at: Instant(seconds: 1_800_000_000))
        for path in ["chain.trusted", "chain.problems", "chain.anchor", "chain.complete"] {
            guard case .unobserved(let failure) = knowledge(facts, path) else {
                Issue.record("\(path) is \(knowledge(facts, path))")
                continue
            }
            #expect(failure.reason.contains("no trust anchors"))
        }
    }

    @Test("anchors are added to the capture's table, and paths and signatures name them")
    func table() async throws {
        let chain = try ["leaf", "intermediate"].map { try Fixture.certificate($0) }
        let capture = await capture(chain, stores: [try file(["root"])])
        let trust = try #require(capture.chains.first?.trust)
        #expect(capture.certificates.count == 3)
        #expect(trust.paths == [CertificationPath(certificates: [0, 1, 2], anchor: .file)])
        #expect(
            trust.signatures == [
                CheckedSignature(certificate: 0, issuer: 1, verifies: true),
                CheckedSignature(certificate: 1, issuer: 2, verifies: true)
            ])
        let root = try Fixture.certificate("root")
        #expect(capture.certificates.last == Base64.encode(root))
    }

    @Test("two roads to two anchors are two paths")
    func paths() async throws {
        let chain = try ["leaf", "intermediate", "cross"].map { try Fixture.certificate($0) }
        let trust = await capture(chain, stores: [try file(["root", "other-root"])]).chains.first?.trust
        #expect(trust?.paths.map(\.certificates) == [[0, 1, 3], [0, 1, 2, 4]])
    }
}

/// Name constraints of kinds that the library does not know.
@Suite struct UnusualConstraintsTests {
    private static let key = P256.Signing.PrivateKey()

    /// The template's certificate with our key in it, signed with it.
    private func signed(_ template: CertificateTemplate) throws -> [UInt8] {
        var template = template
        template.key = [UInt8](Self.key.publicKey.derRepresentation)
        let body = try #require(X509Certificate(der: template.der)).toBeSigned
        let signature = try Self.key.signature(for: body).derRepresentation
        return DER.sequence(body, template.algorithm, DER.bits([UInt8](signature)))
    }

    /// What the library says of a leaf for `shop.example` under an anchor with these constraints.
    private func objection(_ subtrees: [UInt8]) async throws -> String? {
        var leaf = CertificateTemplate()
        leaf.extensions = [CertificateTemplate.names("shop.example")]
        var authority = CertificateTemplate()
        authority.subject = authority.issuer
        authority.extensions = [
            CertificateTemplate.extension("2.5.29.19", critical: true, DER.sequence(DER.element(0x01, [0xFF]))),
            CertificateTemplate.extension("2.5.29.30", critical: true, DER.sequence(subtrees))
        ]
        let anchor = Base64.encode(try signed(authority))
        let pem = "-----BEGIN CERTIFICATE-----\n\(anchor)\n-----END CERTIFICATE-----\n"
        var index = CertificateIndex()
        let store = AnchorStore(pem: Array(pem.utf8))
        let trust = await assess(chain: [try signed(leaf)], against: [store], adding: &index)
        return try #require(trust.paths.first).objection
    }

    private static let kinds = [
        DER.element(0xA4, CertificateTemplate.name("shop.example")), DER.text("shop.example", tag: 0x81),
        DER.element(0xA0, DER.identifier("1.3.6.1.4.1.311.20.2.3"), DER.element(0xA0, DER.text("shop")))
    ]

    @Test(
        "that the library cannot judge a kind of constraint is no objection",
        arguments: [0xA0, 0xA1] as [UInt8], kinds)
    func unsupported(tag: UInt8, base: [UInt8]) async throws {
        #expect(try await objection(DER.element(tag, DER.sequence(base))) == nil)
    }

    @Test("what it says of a kind that it knows is one")
    func known() async throws {
        let host = DER.sequence(DER.text("shop.example", tag: 0x82))
        #expect(try await objection(DER.element(0xA1, host))?.contains("excluded") == true)
    }
}

@Suite struct AnchorStoreTests {
    @Test("the system's store is found and read")
    func system() throws {
        let store = try #require(AnchorStore.system)
        #expect(store.kind == .system && !store.isEmpty)
        #expect(AnchorStore.stores(extra: nil).map(\.kind) == [.system])
        #expect(AnchorStore.stores(system: false, extra: nil).isEmpty)
        #expect(AnchorStore.stores(extra: try Fixture.pem("root")).map(\.kind) == [.system, .file])
    }

    @Test(
        "what is no certificate is no anchor",
        arguments: [
            "", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "-----END CERTIFICATE-----"
        ])
    func empty(pem: String) { #expect(AnchorStore.stores(system: false, extra: pem).isEmpty) }

    @Test("PEM with CRLF, blanks and comments is read")
    func forms() throws {
        let pem = try Fixture.pem("root")
        let odd = "Subject: root\r\n" + pem.replacing("\n", with: " \r\n") + "trailing"
        #expect(!AnchorStore.stores(system: false, extra: odd).isEmpty)
        let trusted = pem.replacing("BEGIN CERTIFICATE", with: "BEGIN TRUSTED CERTIFICATE")
        #expect(!AnchorStore.stores(system: false, extra: trusted).isEmpty)
    }
}

@Suite struct HostileChainTests {
    private func assessed(_ chain: [[UInt8]], _ anchors: [String] = ["root"]) async throws -> TrustAssessment {
        var index = CertificateIndex()
        return await assess(chain: chain, against: [try file(anchors)], adding: &index)
    }

    @Test("a chain of nothing, garbage and copies has no path and ends")
    func garbage() async throws {
        #expect(try await assessed([]).paths.isEmpty)
        #expect(try await assessed([[], [0x30], [UInt8](repeating: 0x30, count: 100_000)]).paths.isEmpty)
        let leaf = try Fixture.certificate("leaf")
        #expect(try await assessed([[UInt8](leaf.dropLast())] + [leaf]).paths.isEmpty)
        #expect(try await assessed([[UInt8]](repeating: leaf, count: 200)).paths.isEmpty)
    }

    @Test("a hundred certificates of one name cost a bounded number of signatures")
    func sameName() async throws {
        let chain = (0..<150).map { number -> [UInt8] in
            var template = CertificateTemplate()
            template.subject = CertificateTemplate.name("Test CA")
            template.serial = [1, UInt8(number)]
            template.algorithm = DER.sequence(DER.identifier("1.3.101.113"))
            template.key = DER.sequence(
                DER.sequence(DER.identifier("1.3.101.113")), DER.bits([UInt8](repeating: UInt8(number), count: 57)))
            return template.der
        }
        let trust = try await assessed(chain)
        #expect(trust.paths.isEmpty)
        #expect(trust.signatures.count <= 100)
    }

    @Test("authorities that signed one another are walked once")
    func crossSigns() async throws {
        let names = ["leaf", "intermediate", "cross", "cross-back", "root", "other-root", "cross", "impostor"]
        let trust = try await assessed(try names.map { try Fixture.certificate($0) }, ["root", "other-root"])
        #expect((2...16).contains(trust.paths.count))
        #expect(trust.paths.allSatisfy { $0.certificates.count <= 20 })
        #expect(Set(trust.paths.map(\.certificates)).count == trust.paths.count)
    }
}
