import AuditModel
import Facts
import Testing
import WireFormats

/// What one answer to a version's only hello says about it.
struct AnswerCase: Sendable, CustomTestStringConvertible {
    var answer: TLSAnswer
    var attempts = 1
    var version = ProtocolVersion.tls10
    var offered: String
    var end: String

    var testDescription: String { "\(version) \(answer.kind) \(answer.alert.map(String.init) ?? "") ×\(attempts)" }
}

@Suite struct VersionFactsTests {
    static let answers: [AnswerCase] = [
        AnswerCase(answer: .alert(40), offered: "no", end: "alert-handshake-failure"),
        AnswerCase(answer: .alert(47), offered: "no", end: "alert-illegal-parameter"),
        AnswerCase(answer: .alert(70), offered: "no", end: "alert-protocol-version"),
        AnswerCase(answer: .alert(71), offered: "no", end: "alert-insufficient-security"),
        AnswerCase(answer: .alert(80), offered: "no", end: "alert-internal-error"),
        AnswerCase(answer: .alert(86), offered: "no", end: "alert-inappropriate-fallback"),
        AnswerCase(answer: .alert(112), offered: "no", end: "alert-unrecognized-name"),
        AnswerCase(answer: .alert(50), offered: "inconclusive", end: "alert-decode-error"),
        AnswerCase(answer: .alert(120), offered: "inconclusive", end: "alert-no-application-protocol"),
        AnswerCase(answer: .alert(250), offered: "inconclusive", end: "alert-250"),
        AnswerCase(answer: TLSAnswer(.closed), offered: "inconclusive", end: "closed"),
        AnswerCase(answer: TLSAnswer(.closed), attempts: 2, offered: "no", end: "closed"),
        AnswerCase(answer: TLSAnswer(.reset), attempts: 5, offered: "inconclusive", end: "reset"),
        AnswerCase(answer: TLSAnswer(.timeout), attempts: 3, offered: "inconclusive", end: "timeout"),
        AnswerCase(answer: TLSAnswer(.refused), attempts: 5, offered: "inconclusive", end: "refused"),
        AnswerCase(answer: TLSAnswer(.notTLS), attempts: 2, offered: "inconclusive", end: "not-tls"),
        AnswerCase(answer: TLSAnswer(.malformed), attempts: 2, offered: "inconclusive", end: "malformed"),
        AnswerCase(
            answer: .picks(rsaCBC, in: .ssl3), version: .tls11, offered: "no", end: "version-ssl3"),
        AnswerCase(answer: .picks(ecdheRSA, in: .tls12), version: .tls13, offered: "no", end: "version-tls12"),
        AnswerCase(answer: .picks(ecdheRSA, in: .tls12), version: .tls10, offered: "no", end: "version-tls12"),
        AnswerCase(
            answer: .picks("TLS_FOO", in: .tls10), version: .tls10, offered: "inconclusive", end: "wrong-suite"),
        AnswerCase(answer: .picks(ecdheRSA, in: .tls10), offered: "inconclusive", end: "wrong-suite"),
        AnswerCase(answer: .picks(rsaCBC, in: .tls13), version: .tls13, offered: "inconclusive", end: "wrong-suite"),
        AnswerCase(answer: .alert(40), version: .ssl2, offered: "no", end: "alert-handshake-failure"),
        AnswerCase(answer: .alert(10), version: .ssl2, offered: "no", end: "alert-unexpected-message"),
        AnswerCase(answer: TLSAnswer(.notTLS), version: .ssl2, offered: "no", end: "not-tls"),
        AnswerCase(answer: TLSAnswer(.malformed), version: .ssl2, offered: "no", end: "malformed"),
        AnswerCase(answer: TLSAnswer(.reset), attempts: 3, version: .ssl2, offered: "no", end: "reset"),
        AnswerCase(answer: TLSAnswer(.reset), version: .ssl2, offered: "inconclusive", end: "reset"),
        AnswerCase(answer: TLSAnswer(.timeout), attempts: 3, version: .ssl2, offered: "inconclusive", end: "timeout"),
        AnswerCase(answer: .picks(rsaCBC, in: .tls10), version: .ssl2, offered: "no", end: "version-tls10")
    ]

    @Test("Only a refusal says that a version is not offered", arguments: answers)
    func oneAnswer(row: AnswerCase) {
        let exchange = TLSExchange(.suites, row.version, row.answer, attempts: row.attempts)
        let older = row.answer.version == ProtocolVersion.ssl3.code
        let facts = SampleServer.good.with {
            $0.suites[.tls13] = nil
            // Who chooses an older version speaks it.
            if older { $0.suites[.ssl3] = [rsaCBC] }
        }
        .replacing(exchange).facts
        #expect(facts["protocols.\(row.version.rawValue).offered"] == .text(row.offered))
        #expect(facts["protocols.\(row.version.rawValue).end"] == .text(row.end))
        if row.offered == "no" {
            #expect(facts["protocols.\(row.version.rawValue).suites"] == .absent)
            #expect(facts["versions"] == (older ? .texts("ssl3", "tls12") : .texts("tls12")))
        } else {
            guard case .unobserved = facts["versions"] else { return #expect(Bool(false), "versions is known") }
            guard case .unobserved = facts["protocols.\(row.version.rawValue).suites"] else {
                return #expect(Bool(false), "suites are known")
            }
        }
    }

    @Test("Silence means nothing of SSLv2 either when the server says nothing at all")
    func silentServer() {
        let exchanges = ProtocolVersion.allCases.map { TLSExchange(.suites, $0, TLSAnswer(.reset), attempts: 5) }
        let facts = TLSCapture(host: "a.example", port: 443, questions: TLSQuestion.allCases, exchanges: exchanges)
            .facts(at: now)
        #expect(facts["protocols.ssl2.offered"] == .text("inconclusive"))
        #expect(facts.isUnobserved("versions", as: .reset))
        #expect(facts.isUnobserved("weakSuites.rc4", as: .reset))
    }

    @Test("Versions are listed from the oldest")
    func order() {
        let server = SampleServer(suites: [
            .ssl2: ["SSL_CK_RC4_128_WITH_MD5"], .ssl3: [rsaCBC], .tls10: [rsaCBC], .tls11: [rsaCBC],
            .tls12: [ecdheRSA], .tls13: [aes128]
        ])
        #expect(server.facts["versions"] == .texts("ssl2", "ssl3", "tls10", "tls11", "tls12", "tls13"))
        #expect(server.facts["protocols.ssl2.suites"] == .texts("SSL_CK_RC4_128_WITH_MD5"))
        #expect(server.facts["protocols.ssl2.end"] == .text("listed"))
        #expect(server.facts["protocols.ssl2.order"] == .text("single"))
    }

    @Test("SSLv2 is offered even by a server that shares no cipher with us")
    func emptySSL2() {
        var answer = TLSAnswer(.hello)
        (answer.version, answer.ssl2Suites) = (2, [])
        let facts = SampleServer.good.replacing(TLSExchange(.suites, .ssl2, answer)).facts
        #expect(facts["versions"] == .texts("ssl2", "tls12", "tls13"))
        #expect(facts["protocols.ssl2.suites"] == .texts())
    }

    @Test("Suites stand in the order found, and an elimination that broke off is not a list")
    func suites() {
        let found = [
            TLSExchange(.suites, .tls12, .picks(ecdheRSA, in: .tls12)),
            TLSExchange(.suites, .tls12, .picks(rsaCBC, in: .tls12))
        ]
        let good = SampleServer.good
        let ended = good.with { $0.replacing = found + [TLSExchange(.suites, .tls12, .alert(40))] }.facts
        #expect(ended["protocols.tls12.suites"] == .texts(ecdheRSA, rsaCBC))
        #expect(ended["protocols.tls12.end"] == .text("alert-handshake-failure"))
        let broken = good.with { $0.replacing = found + [TLSExchange(.suites, .tls12, TLSAnswer(.reset), attempts: 5)] }
            .facts
        #expect(broken["protocols.tls12.offered"] == .text("yes"))
        #expect(broken["versions"] == .texts("tls12", "tls13"))
        #expect(broken.isUnobserved("protocols.tls12.suites", as: .reset))
        #expect(broken["weakSuites.staticRSA"] == .texts(rsaCBC), "what was seen is known")
        #expect(broken.isUnobserved("weakSuites.rc4", as: .reset), "what was not seen is not")
        let unfinished = good.with { $0.replacing = found }.facts
        #expect(unfinished["protocols.tls12.end"] == .text("unfinished"))
        #expect(unfinished.isUnobserved("protocols.tls12.suites", as: .cancelled))
        let all = [found[0], TLSExchange(.suites, .tls12, .picks(rsaCBC, in: .tls12), offered: 1)]
        #expect(good.with { $0.replacing = all }.facts["protocols.tls12.end"] == .text("all-accepted"))
    }

    @Test("A hello that was answered with no_application_protocol may be followed by one without ALPN")
    func withoutALPN() {
        let facts = SampleServer.good.replacing(
            TLSExchange(.suites, .tls12, .alert(120)), TLSExchange(.suites, .tls12, .picks(ecdheRSA, in: .tls12)),
            TLSExchange(.suites, .tls12, .alert(40))
        ).facts
        #expect(facts["protocols.tls12.suites"] == .texts(ecdheRSA))
    }

    @Test("A hello that hung may be answered in two other lengths, but a suite that was taken out is wrong")
    func lengths() {
        let picked = TLSExchange(.suites, .tls12, .picks(ecdheRSA, in: .tls12))
        let refused = TLSExchange(.suites, .tls12, .alert(40))
        let hung = SampleServer.good.replacing(
            TLSExchange(.suites, .tls12, TLSAnswer(.timeout)), picked, picked, refused)
        #expect(hung.facts["protocols.tls12.suites"] == .texts(ecdheRSA))
        #expect(hung.facts["anomalies"] == .texts())
        let wrong = SampleServer.good.replacing(picked, picked)
        #expect(wrong.facts["protocols.tls12.end"] == .text("wrong-suite"))
        #expect(wrong.facts["protocols.tls12.offered"] == .text("yes"))
    }

    @Test("Suites that are dealt out to lanes are known when every lane has ended")
    func lanes() {
        let first = TLSExchange(.suites, .tls12, .picks(ecdheRSA, in: .tls12))
        let second = [
            TLSExchange(.suites, .tls12, .picks(rsaCBC, in: .tls12), lane: 1),
            TLSExchange(.suites, .tls12, .alert(40), lane: 1)
        ]
        let good = SampleServer.good
        let ended = good.with { $0.replacing = [first] + second + [TLSExchange(.suites, .tls12, .alert(40), lane: 2)] }
        #expect(ended.facts["protocols.tls12.suites"] == .texts(ecdheRSA, rsaCBC))
        let open = good.with {
            $0.replacing = [first] + second + [TLSExchange(.suites, .tls12, TLSAnswer(.timeout), lane: 2)]
        }
        #expect(open.facts.isUnobserved("protocols.tls12.suites", as: .timeout))
    }

    @Test(
        "Who orders the suites shows when the first pick stands last",
        arguments: [
            ([ecdheRSA, rsaCBC], TLSAnswer.picks(ecdheRSA, in: .tls12), "server"),
            ([ecdheRSA, rsaCBC], .picks(rsaCBC, in: .tls12), "client"),
            ([ecdheRSA], .alert(40), "single")
        ] as [([String], TLSAnswer, String)])
    func order(suites: [String], answer: TLSAnswer, order: String) {
        let server = SampleServer(suites: [.tls12: suites]).replacing(TLSExchange(.order, .tls12, answer, offered: 2))
        #expect(server.facts["protocols.tls12.order"] == .text(order))
    }

    @Test(
        "With both orders of two suites, the order is the server's when both are answered alike",
        arguments: [(rsaCBC, "server"), (ecdheRSA, "client")])
    func bothOrders(second: String, order: String) {
        let server = SampleServer(suites: [.tls12: [ecdheRSA, rsaCBC]]).replacing(
            TLSExchange(.order, .tls12, .picks(rsaCBC, in: .tls12), offered: 2),
            TLSExchange(.order, .tls12, .picks(second, in: .tls12), offered: 2))
        #expect(server.facts["protocols.tls12.order"] == .text(order))
    }

    @Test(
        "An order hello without a usable answer says nothing about the order",
        arguments: [
            .alert(40), TLSAnswer(.timeout), .picks("TLS_RSA_WITH_RC4_128_SHA", in: .tls12), .picks(rsaCBC, in: .tls11)
        ] as [TLSAnswer])
    func unknownOrder(answer: TLSAnswer) {
        let server = SampleServer(suites: [.tls12: [ecdheRSA, rsaCBC]])
            .replacing(TLSExchange(.order, .tls12, answer, offered: 2))
        #expect(server.facts.isUnobserved("protocols.tls12.order", as: .tlsFailed))
    }

    @Test("A version that nobody asked for is inconclusive")
    func notAsked() {
        let facts = TLSCapture(host: "a.example", port: 443, questions: [.versions]).facts(at: now)
        #expect(facts["protocols.tls12.offered"] == .text("inconclusive"))
        #expect(facts.isUnobserved("protocols.tls12.suites", as: .unsupported))
        #expect(facts.isUnobserved("versions", as: .unsupported))
    }
}
