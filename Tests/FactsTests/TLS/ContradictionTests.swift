import AuditModel
import CertificateFixtures
import Facts
import Testing
import WireFormats

/// What still counts when machines that differ answer for one name.
@Suite struct ContradictionTests {
    /// One answer that contradicts the others of a good server, whatever else it says.
    static let contradictions: [TLSExchange] = [
        TLSExchange(.again, .tls12, .picks(ecdheRSA256, in: .tls12)),
        TLSExchange(.again, .tls12, .picks(ecdheRSA, in: .tls12).with { $0.chain = 3 }),
        TLSExchange(.order, .tls12, .alert(40)),
        TLSExchange(.confirmation, .tls12, .picks(rsaCBC, in: .tls12)),
        TLSExchange(.confirmation, .tls12, .alert(40), offered: 1, detail: TLSExchange.accepted),
        TLSExchange(.confirmation, .tls12, .alert(70)),
        TLSExchange(.confirmation, .tls11, .picks(rsaCBC, in: .tls10)),
        TLSExchange(.compression, .tls12, .picks(rsaCBC, in: .tls12))
    ]

    @Test("where answers contradict each other, no refusal counts and no list is whole", arguments: contradictions)
    func doubt(exchange: TLSExchange) {
        let facts = SampleServer.good.replacing(exchange).facts
        #expect(facts["consistent"] == .boolean(false))
        #expect(facts.isUnobserved("versions", as: .tlsFailed))
        #expect(facts["protocols.ssl3.offered"] == .text("inconclusive"))
        #expect(facts["protocols.tls12.offered"] == .text("yes"))
        #expect(facts.isUnobserved("protocols.tls12.suites", as: .tlsFailed))
        #expect(facts.isUnobserved("protocols.tls13.suites", as: .tlsFailed))
        #expect(facts.isUnobserved("weakSuites.rc4", as: .tlsFailed))
    }

    @Test("the first hello is compared with itself, not with the next part of a long list")
    func parts() {
        let psk = "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256"
        let server = SampleServer(suites: [.tls12: [psk]]).replacing(
            TLSExchange(.suites, .tls12, .alert(40), offered: 127),
            TLSExchange(.suites, .tls12, .picks(psk, in: .tls12, chain: nil), offered: 127),
            TLSExchange(.suites, .tls12, .alert(40), offered: 126),
            TLSExchange(.again, .tls12, .alert(40), offered: 127))
        #expect(server.facts["consistent"] == .boolean(true))
        #expect(server.facts["anomalies"] == .texts())
    }

    @Test(
        "two leaves for one name contradict each other when a client would take either",
        arguments: [
            (TLSExchange.Purpose.certificate, false, false), (.unknownServerName, false, true),
            (.certificate, true, true)
        ])
    func twoLeaves(purpose: TLSExchange.Purpose, isOtherKind: Bool, isConsistent: Bool) {
        var other = CertificateTemplate()
        other.serial = [9]
        if isOtherKind { other.algorithm = DER.sequence(DER.identifier("1.2.840.10045.4.1")) }
        let server = SampleServer.good.with {
            $0.leaves = [CertificateTemplate().der, other.der].map(Base64.encode)
        }.replacing(TLSExchange(purpose, .tls12, .picks(ecdheRSA, in: .tls12, chain: 1)))
        #expect(server.facts["consistent"] == .boolean(isConsistent))
        #expect(
            server.facts["anomalies"] == (isConsistent ? .texts() : .texts("disagreement: tls12 certificate")))
    }

    @Test("the versions alone are in doubt too when nothing else was asked for")
    func versionsAlone() {
        var capture = SampleServer.good.replacing(
            TLSExchange(.again, .tls12, .picks(ecdheRSA256, in: .tls12))
        ).capture
        capture.questions = [.versions]
        let facts = capture.facts(at: now)
        #expect(facts.isUnobserved("versions", as: .tlsFailed))
        #expect(facts["protocols.tls10.offered"] == .text("inconclusive"))
    }

    @Test("what another machine chose is offered")
    func seen() {
        let older = SampleServer.good.replacing(TLSExchange(.confirmation, .tls11, .picks(rsaCBC, in: .tls10))).facts
        #expect(older["protocols.tls10.offered"] == .text("yes"))
        #expect(older["protocols.tls11.offered"] == .text("inconclusive"))
        #expect(older["weakSuites.staticRSA"] == .texts(rsaCBC))
        #expect(older["anomalies"] == .texts("changed-mind: tls10 \(rsaCBC)"))
        let weak = SampleServer.good.replacing(TLSExchange(.confirmation, .tls12, .picks(rsaCBC, in: .tls12))).facts
        #expect(weak["weakSuites.staticRSA"] == .texts(rsaCBC))
    }

    @Test("refusals and choices that were confirmed leave everything as it was")
    func confirmed() {
        let facts = SampleServer.good.replacing(
            TLSExchange(.confirmation, .tls11, .alert(70)), TLSExchange(.confirmation, .tls12, .alert(40)),
            TLSExchange(
                .confirmation, .tls12, .picks(ecdheRSA256, in: .tls12), offered: 1, detail: TLSExchange.accepted),
            TLSExchange(.confirmation, .ssl2, TLSAnswer(.reset))
        ).facts
        #expect(facts["consistent"] == .boolean(true))
        #expect(facts["versions"] == .texts("tls12", "tls13"))
        #expect(facts["protocols.tls10.offered"] == .text("no"))
    }

    @Test("a name that a server does not know says nothing of versions when nothing is accepted", arguments: [112, 80])
    func unknownName(alert: UInt8) {
        let exchanges = ProtocolVersion.allCases.map { TLSExchange(.suites, $0, .alert(alert)) }
        let facts = TLSCapture(host: "a.example", port: 443, questions: TLSQuestion.allCases, exchanges: exchanges)
            .facts(at: now)
        #expect(facts["protocols.tls12.offered"] == .text("inconclusive"))
        #expect(facts.isUnobserved("versions", as: .tlsFailed))
    }
}

/// Groups of RFC 7919 with suites of TLS 1.2.
@Suite struct FiniteFieldTests {
    private static let ffdhe2048 = "9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966"
    private static let ffdhe3072 = "0eaf67db3a839156d5013494a5318a772b5697d270d721f37f092efc69ea5a17"

    private func groups(_ primes: String?...) -> FactSet.Knowledge {
        let curves = ["x25519", "secp256r1"].map {
            TLSExchange(.groups, .tls12, .picks(ecdheRSA, in: .tls12, group: groupCode($0)))
        }
        let fields = primes.map { prime in
            let answer = TLSAnswer.picks(dheRSA, in: .tls12).with { ($0.dhBits, $0.dhPrime) = (2048, prime) }
            return TLSExchange(
                .groups, .tls12, prime == nil ? .alert(40) : answer, detail: TLSExchange.finiteField)
        }
        return SampleServer(suites: [.tls12: [ecdheRSA, dheRSA]]).with {
            $0.replacing = curves + [TLSExchange(.groups, .tls12, .alert(40))] + fields
        }
        .facts["groups.tls12"]
    }

    @Test("groups are known by their primes, as long as the server takes what is on offer")
    func picked() {
        #expect(groups(Self.ffdhe2048, Self.ffdhe3072, nil) == .texts("x25519", "secp256r1", "ffdhe2048", "ffdhe3072"))
        #expect(groups(nil) == .texts("x25519", "secp256r1"))
        #expect(groups() == .texts("x25519", "secp256r1"))
    }

    @Test("a prime of the server's own is no group, even when it is that of one")
    func own() {
        #expect(groups(Self.ffdhe2048, Self.ffdhe2048) == .texts("x25519", "secp256r1"))
        #expect(groups(String(repeating: "0", count: 64)) == .texts("x25519", "secp256r1"))
    }
}
