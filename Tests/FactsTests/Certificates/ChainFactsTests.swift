import AuditModel
import CertificateFixtures
import Facts
import Testing
import WireFormats

@Suite struct ChainShapeTests {
    @Test(
        "order, root and copies",
        arguments: [
            (["leaf", "intermediate"], true, false, 0), (["leaf", "intermediate", "root"], true, true, 0),
            (["leaf", "root", "intermediate"], false, true, 0), (["leaf", "leaf", "intermediate"], false, false, 1),
            (["self-signed"], true, false, 0), (["leaf", "impostor"], false, true, 0)
        ])
    func shape(names: [String], isOrdered: Bool, containsRoot: Bool, duplicates: Int64) throws {
        var capture = CaptureOfChains(try names.map { try Fixture.certificate($0) })
        let places = names.map { name in names.firstIndex(of: name) ?? 0 }
        capture.chains = [PresentedChain(certificates: places, versions: [.tls12])]
        let facts = capture.facts(at: now)
        #expect(facts["chain.presented"] == .integer(Int64(names.count)))
        #expect(facts["chain.ordered"] == .boolean(isOrdered))
        #expect(facts["chain.containsRoot"] == .boolean(containsRoot))
        #expect(facts["chain.duplicates"] == .integer(duplicates))
    }

    @Test(
        "an anchor is public when it is the system's and the leaf asserts a policy of public CAs",
        arguments: [
            ("leaf", TrustAssessment.Store.system, "public"), ("leaf", .file, "private"),
            ("must-staple", .system, "private")
        ])
    func anchor(leaf: String, store: TrustAssessment.Store, kind: String) throws {
        let capture = try CaptureOfChains(
            fixtures: leaf, "intermediate", "root", trust: .path(3, anchor: store))
        #expect(capture.facts(at: now)["chain.anchor"] == .text(kind))
        let none = try CaptureOfChains(fixtures: leaf, trust: .none())
        #expect(none.facts(at: now)["chain.anchor"] == .text("none"))
    }

    @Test(
        "a short-lived leaf is left out of the days of what lives long",
        arguments: [("20270116000000Z", 5, 30), ("20270214000000Z", 30, 30)])
    func longLived(leafEnd: String, all: Int64, longLived: Int64) throws {
        let leaf = CertificateTemplate.leaf {
            $0.notBefore = DER.time("20270110000000Z")
            $0.notAfter = DER.time(leafEnd)
        }
        let authority = CertificateTemplate.authority { $0.notAfter = DER.time("20270210000000Z") }
        let facts = CaptureOfChains([leaf, authority], trust: .path(2)).facts(at: instant("2027-01-11T00:00:00Z"))
        #expect(facts["chain.minimumDaysRemaining"] == .integer(all))
        #expect(facts["chain.longLivedDaysRemaining"] == .integer(longLived))
        let alone = CaptureOfChains([leaf], trust: .path(1)).facts(at: instant("2027-01-11T00:00:00Z"))
        #expect(alone["chain.longLivedDaysRemaining"] == (all == 5 ? .absent : .integer(34)))
    }

    @Test("the least days are those of the whole path, and the weakest part is named")
    func weakest() throws {
        let facts = try CaptureOfChains(fixtures: "leaf", "intermediate", "root", trust: .path(3)).facts(
            at: instant("2029-12-31T00:00:00Z"))
        #expect(facts["chain.minimumDaysRemaining"] == .integer(-1036))
        #expect(
            facts["chain.weakest"]
                == .value(
                    .record([
                        "subject": .text("CN=Test Root,O=gonogo"), "part": .text("key"), "algorithm": .text("rsa 2048"),
                        "strength": .integer(112)
                    ])))
        let alone = try CaptureOfChains(fixtures: "sha1", "root", trust: .path(2)).facts(at: now)
        #expect(
            alone["chain.weakest"]
                == .value(
                    .record([
                        "subject": .text("CN=shop.example,O=gonogo"), "part": .text("signature"),
                        "algorithm": .text("sha1WithRSAEncryption"), "strength": .integer(61)
                    ])))
    }
}

/// A chain written by hand, its anchor last, and the problems that it has.
private struct PathCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let certificates: [[UInt8]]
    let problems: [String]
    var at = now
    var objection: String?

    init(
        _ description: String, _ certificates: [[UInt8]], _ problems: [String], at: Instant = now,
        objection: String? = nil
    ) {
        testDescription = description
        self.certificates = certificates
        self.problems = problems
        self.at = at
        self.objection = objection
    }

    private typealias Template = CertificateTemplate

    private static func intermediate(
        _ subject: String, by issuer: String, _ extensions: [[UInt8]] = [Template.basicConstraints()]
    ) -> [UInt8] {
        var template = Template()
        template.subject = Template.name(subject)
        template.issuer = Template.name(issuer)
        template.extensions = extensions
        return template.der
    }

    private static let sha1 = DER.sequence(DER.identifier("1.2.840.10045.4.1"))

    static let all: [PathCase] = [
        PathCase("a leaf under a root", [Template.leaf(), Template.authority()], []),
        PathCase(
            "the last second", [Template.leaf(), Template.authority()], [], at: instant("2027-03-01T00:00:00.999Z")),
        PathCase(
            "the second after", [Template.leaf(), Template.authority { $0.notAfter = DER.time("20300101000000Z") }],
            ["expired"], at: instant("2027-03-01T00:00:01Z")),
        PathCase("the first second", [Template.leaf(), Template.authority()], [], at: instant("2026-12-01T00:00:00Z")),
        PathCase(
            "the second before", [Template.leaf(), Template.authority()], ["not-yet-valid"],
            at: instant("2026-11-30T23:59:59.999Z")),
        PathCase(
            "an expired anchor", [Template.leaf(), Template.authority { $0.notAfter = DER.time("20270101000000Z") }],
            ["expired"]),
        PathCase("a root's own SHA-1", [Template.leaf(), Template.authority { $0.algorithm = sha1 }], []),
        PathCase("a leaf's SHA-1", [Template.leaf { $0.algorithm = sha1 }, Template.authority()], ["weak-signature"]),
        PathCase(
            "a root before version 3", [Template.leaf(), Template.authority { $0.extensions = [] }], ["not-a-ca"]),
        PathCase(
            "a purpose of all",
            [
                Template.leaf { $0.extensions.append(Template.purposes("2.5.29.37.0")) }, Template.authority()
            ], []),
        PathCase(
            "an intermediate for mail alone",
            [
                Template.leaf { $0.issuer = Template.name("Mail CA") },
                intermediate(
                    "Mail CA", by: "Test CA", [Template.basicConstraints(), Template.purposes("1.3.6.1.5.5.7.3.4")]),
                Template.authority()
            ], ["wrong-purpose"]),
        PathCase(
            "an anchor for mail alone",
            [
                Template.leaf(),
                Template.authority { $0.extensions.append(Template.purposes("1.3.6.1.5.5.7.3.4")) }
            ], []),
        PathCase(
            "a leaf that may only sign certificates",
            [
                Template.leaf { $0.extensions.append(Template.extension("2.5.29.15", DER.bits([0x04], unused: 2))) },
                Template.authority()
            ], ["wrong-purpose"]),
        PathCase(
            "an authority that may not sign certificates",
            [
                Template.leaf(),
                Template.authority { $0.extensions.append(Template.extension("2.5.29.15", DER.bits([0x80]))) }
            ], ["not-a-ca"]),
        PathCase(
            "a path length of the anchor",
            [
                Template.leaf { $0.issuer = Template.name("Inner CA") }, intermediate("Inner CA", by: "Test CA"),
                Template.authority { $0.extensions = [Template.basicConstraints(pathLength: 0)] }
            ], ["path-too-long"]),
        PathCase(
            "self-issued intermediates do not count",
            [
                Template.leaf(), intermediate("Test CA", by: "Test CA"),
                Template.authority { $0.extensions = [Template.basicConstraints(pathLength: 0)] }
            ], []),
        PathCase(
            "a precertificate",
            [
                Template.leaf {
                    $0.extensions.append(Template.extension("1.3.6.1.4.1.11129.2.4.3", critical: true, [5, 0]))
                }, Template.authority()
            ], ["unknown-critical-extension"]),
        PathCase(
            "two signature algorithms", [Template.leaf { $0.innerAlgorithm = sha1 }, Template.authority()],
            ["malformed"]),
        PathCase(
            "an objection of the library's alone", [Template.leaf(), Template.authority()], ["invalid-path"],
            objection: "no"),
        PathCase(
            "an objection that we understand",
            [Template.leaf { $0.algorithm = sha1 }, Template.authority()], ["weak-signature"], objection: "no"),
        PathCase(
            "several at once",
            [
                Template.leaf {
                    $0.algorithm = sha1
                    $0.notAfter = DER.time("20270101000000Z")
                    $0.extensions = [Template.names("other.example"), Template.purposes("1.3.6.1.5.5.7.3.2")]
                }, Template.authority()
            ], ["expired", "name-mismatch", "weak-signature", "wrong-purpose"])
    ]
}

@Suite struct PathProblemTests {
    @Test("every problem of a path is found, and no other", arguments: PathCase.all)
    private func problems(pathCase: PathCase) {
        let trust = TrustAssessment.path(pathCase.certificates.count, objection: pathCase.objection)
        let facts = CaptureOfChains(pathCase.certificates, trust: trust).facts(at: pathCase.at)
        #expect(facts["chain.problems"] == .value(.list(pathCase.problems.map(FactValue.text))))
        #expect(facts["chain.trusted"] == .boolean(pathCase.problems.isEmpty))
    }

    @Test("of several paths the best counts, then the one that lasts")
    func best() throws {
        // Through the cross-sign, which has expired, and directly.
        var capture = try CaptureOfChains(fixtures: "leaf", "intermediate", "cross", "other-root", "root")
        let paths = [[0, 1, 2, 3], [0, 1, 4]].map { CertificationPath(certificates: $0, anchor: .file) }
        let signatures = [(0, 1), (1, 2), (2, 3), (1, 4)].map {
            CheckedSignature(certificate: $0.0, issuer: $0.1, verifies: true)
        }
        for order in [paths, paths.reversed()] {
            capture.chains[0].trust = TrustAssessment(stores: [.file], paths: order, signatures: signatures)
            #expect(capture.facts(at: now)["chain.problems"] == .texts())
            #expect(capture.facts(at: now)["chain.minimumDaysRemaining"] == .integer(44))
        }
    }

    @Test("a signature that could not be verified leaves open what would else be trusted")
    func unverified() {
        let trusted = CaptureOfChains(
            [CertificateTemplate.leaf(), CertificateTemplate.authority()], trust: .path(2, verifies: nil))
        #expect(trusted.facts(at: now).isUnobserved("chain.trusted", as: .unsupported))
        #expect(trusted.facts(at: now).isUnobserved("chain.problems", as: .unsupported))
        let expired = trusted.facts(at: instant("2028-01-01T00:00:00Z"))
        #expect(expired["chain.problems"] == .texts("expired"))
        #expect(expired["chain.trusted"] == .boolean(false))
    }
}

/// Chains that lead to no anchor.
@Suite struct UnanchoredChainTests {
    private func problems(_ certificates: [[UInt8]], _ stores: [TrustAssessment.Store]) -> FactSet.Knowledge {
        CaptureOfChains(certificates, trust: .none(stores)).facts(at: now)["chain.problems"]
    }

    private static func authorityKey(_ issuerOfIssuer: String) -> [UInt8] {
        let name = DER.element(0xA4, CertificateTemplate.name(issuerOfIssuer))
        return CertificateTemplate.extension(
            "2.5.29.35", DER.sequence(DER.element(0xA1, name), DER.element(0x82, [1])))
    }

    private static let caIssuers = CertificateTemplate.extension(
        "1.3.6.1.5.5.7.1.1",
        DER.sequence(DER.sequence(DER.identifier("1.3.6.1.5.5.7.48.2"), DER.text("http://ca.example/i", tag: 0x86))))

    @Test(
        "a lone leaf lacks its intermediate where something says so, else its issuer is unknown",
        arguments: [
            ([], [.system], "unknown-issuer"), ([], [.system, .file], "incomplete"),
            ([caIssuers], [.system], "incomplete"),
            ([authorityKey("Root")], [.system], "incomplete"), ([authorityKey("Test CA")], [.file], "unknown-issuer")
        ] as [([[UInt8]], [TrustAssessment.Store], String)])
    func lone(extensions: [[UInt8]], stores: [TrustAssessment.Store], problem: String) {
        let leaf = CertificateTemplate.leaf { $0.extensions += extensions }
        #expect(problems([leaf], stores) == .value(.list([.text(problem)])))
    }

    @Test("an intermediate's issuer is unknown, unless the intermediate says that it lies deeper")
    func intermediates() throws {
        let chain = try ["leaf", "intermediate"].map { try Fixture.certificate($0) }
        #expect(problems(chain, [.system, .file]) == .texts("unknown-issuer"))
        let middle = CertificateTemplate.authority {
            $0.issuer = CertificateTemplate.name("Higher CA")
            $0.extensions.append(Self.authorityKey("Root"))
        }
        #expect(problems([CertificateTemplate.leaf(), middle], [.system]) == .texts("incomplete"))
    }

    @Test("a chain that is not whole has its other problems too")
    func others() throws {
        let chain = try ["expired", "intermediate"].map { try Fixture.certificate($0) }
        #expect(problems(chain, [.system]) == .texts("unknown-issuer", "expired"))
        let facts = CaptureOfChains(chain, trust: .none([.system])).facts(at: now)
        #expect(facts["chain.complete"] == .boolean(true))
        #expect(facts["chain.anchor"] == .text("none"))
    }
}

@Suite struct SeveralChainsTests {
    private func capture() throws -> CaptureOfChains {
        var capture = try CaptureOfChains(fixtures: "leaf", "intermediate", "root", "rsa1024")
        let direct = TrustAssessment(
            stores: [.file], paths: [CertificationPath(certificates: [3, 2], anchor: .file)],
            signatures: [CheckedSignature(certificate: 3, issuer: 2, verifies: true)])
        capture.chains = [
            PresentedChain(certificates: [0, 1], versions: [.tls12], trust: .path(3)),
            PresentedChain(certificates: [3], versions: [.tls12], trust: direct)
        ]
        return capture
    }

    @Test("a problem of any chain is seen, and which chain has it")
    func union() throws {
        let facts = try capture().facts(at: now)
        #expect(facts["chain.problems"] == .texts("weak-key"))
        #expect(facts["chain.trusted"] == .boolean(false))
        guard case .value(.list(let records)) = facts["certificates"] else {
            Issue.record("no certificates")
            return
        }
        let seen = records.map { record -> [FactValue?] in
            guard case .record(let members) = record else { return [] }
            return [members["keyType"], members["keyBits"], members["problems"], members["daysRemaining"]]
        }
        #expect(
            seen == [
                [.text("ecdsa"), .integer(256), .list([]), .integer(44)],
                [.text("rsa"), .integer(1024), .list([.text("weak-key")]), .integer(44)]
            ])
    }

    @Test("a chain that only came for no name or an unknown one is not the host's")
    func otherNames() throws {
        var capture = try capture()
        func exchange(_ purpose: TLSExchange.Purpose, _ chain: Int) -> TLSExchange {
            var answer = TLSAnswer(.hello)
            answer.chain = chain
            return TLSExchange(purpose: purpose, version: .tls12, answer: answer)
        }
        capture.exchanges = [
            exchange(.certificate, 0), exchange(.withoutServerName, 1), exchange(.unknownServerName, 1)
        ]
        #expect(capture.facts(at: now)["chain.problems"] == .texts())
        capture.exchanges.append(exchange(.certificate, 1))
        #expect(capture.facts(at: now)["chain.problems"] == .texts("weak-key"))
    }

    @Test("a leaf that several chains share is told once")
    func sharedLeaf() throws {
        var capture = try capture()
        capture.chains[1] = PresentedChain(certificates: [0], versions: [.tls13])
        guard case .value(.list(let records)) = capture.facts(at: now)["certificates"] else {
            Issue.record("no certificates")
            return
        }
        #expect(records.count == 1)
    }
}

@Suite struct HostileCaptureTests {
    @Test("a recording that names certificates that are not there traps nothing, and every fact is accounted for")
    func indices() throws {
        var capture = try CaptureOfChains(fixtures: "leaf")
        let wild = TrustAssessment(
            stores: [.system],
            paths: [
                CertificationPath(certificates: [], anchor: .system),
                CertificationPath(certificates: [7, -1], anchor: .file),
                CertificationPath(certificates: [Int](repeating: 0, count: 10_000), anchor: .file)
            ],
            signatures: [CheckedSignature(certificate: 0, issuer: 99, verifies: false)])
        for places in [[], [5], [-1, Int.max], [0, 0, 0], [Int](repeating: 0, count: 5000)] {
            capture.chains = [
                PresentedChain(certificates: places, versions: [], staple: "!", timestamps: "AA==", trust: wild),
                PresentedChain(certificates: places, versions: [.tls12], staple: "MAMKAQM=", trust: wild)
            ]
            for now in [Instant(milliseconds: .min / 2), Instant(milliseconds: .max / 2), now] {
                let facts = capture.facts(at: now)
                for fact in TLSFacts.description.facts { #expect(facts[fact.path] != .undeclared, "\(fact.path.text)") }
            }
        }
    }
}
