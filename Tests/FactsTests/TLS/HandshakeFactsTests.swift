import AuditModel
import Facts
import Testing
import WireFormats

/// A change to a good server, and what a fact then is.
struct FactCase: Sendable, CustomTestStringConvertible {
    var fact: String
    var expected: FactSet.Knowledge?
    /// Of a fact that is unobserved.
    var code: ProbeFailure.Code?
    var server: SampleServer

    init(_ fact: String, _ expected: FactSet.Knowledge, _ server: SampleServer) {
        (self.fact, self.expected, self.server) = (fact, expected, server)
    }

    init(_ fact: String, unobserved code: ProbeFailure.Code, _ server: SampleServer) {
        (self.fact, self.code, self.server) = (fact, code, server)
    }

    /// A good server with one answer of a purpose.
    init(
        _ fact: String, _ expected: FactSet.Knowledge, _ purpose: TLSExchange.Purpose, _ answer: TLSAnswer,
        detail: String? = nil, attempts: Int = 1, version: ProtocolVersion = .tls12
    ) {
        let exchange = TLSExchange(purpose, version, answer, detail: detail, attempts: attempts)
        self.init(fact, expected, .good.replacing(exchange))
    }

    init(
        _ fact: String, unobserved code: ProbeFailure.Code, _ purpose: TLSExchange.Purpose, _ answer: TLSAnswer,
        detail: String? = nil, attempts: Int = 1, version: ProtocolVersion = .tls12
    ) {
        let exchange = TLSExchange(purpose, version, answer, detail: detail, attempts: attempts)
        self.init(fact, unobserved: code, .good.replacing(exchange))
    }

    func check() {
        let known = server.facts[fact]
        guard let code else { return #expect(known == expected) }
        guard case .unobserved(let failure) = known else {
            Issue.record("\(known)")
            return
        }
        #expect(failure.code == code, "\(failure.reason)")
    }

    var testDescription: String { "\(fact) \(expected.map { "\($0)" } ?? code?.rawValue ?? "")" }
}

private let hello: TLSAnswer = TLSAnswer.picks(ecdheRSA, in: .tls12)
private let retry: TLSAnswer = TLSAnswer.picks(aes128, in: .tls13)

@Suite struct HandshakeFactsTests {
    static let protocols: [FactCase] = [
        FactCase("alpn", .texts("h2", "http/1.1"), .good),
        FactCase(
            "alpn", .texts("http/1.1"),
            .good.replacing(
                TLSExchange(.alpn, .tls12, hello, detail: "h2"),
                TLSExchange(.alpn, .tls12, hello.with { $0.alpn = "http/1.1" }, detail: "http/1.1"))),
        FactCase(
            "alpn", .texts(),
            .good.replacing(
                TLSExchange(.alpn, .tls12, .alert(120), detail: "h2"),
                TLSExchange(.alpn, .tls12, hello, detail: "http/1.1"))),
        FactCase(
            "alpn", .texts("h2"),
            .onlyTLS13.replacing(
                TLSExchange(.alpn, .tls13, retry, detail: "h2"),
                TLSExchange(.alpn, .tls13, .alert(120), detail: "http/1.1"))),
        FactCase(
            "alpn", unobserved: .unsupported,
            .onlyTLS13.with { $0.handshakes = [] }.replacing(TLSExchange(.alpn, .tls13, retry, detail: "h2"))),
        FactCase(
            "alpn", .texts("h2"),
            .onlyTLS13.with {
                $0.handshakes = [TLSHandshake(version: .tls13, alpn: "h2"), TLSHandshake(version: .tls13)]
            }
            .replacing(TLSExchange(.alpn, .tls13, retry, detail: "http/1.1"))),
        FactCase(
            "alpn", .texts(),
            .onlyTLS13.with { $0.handshakes = [TLSHandshake(version: .tls13)] }
                .replacing(TLSExchange(.alpn, .tls13, retry, detail: "h2"))),
        FactCase("alpn", unobserved: .timeout, .alpn, TLSAnswer(.timeout), detail: "http/1.1"),
        FactCase("alpnRejectsUnknown", .yes, .good),
        FactCase("alpnRejectsUnknown", .no, .alpn, hello, detail: "x-unknown"),
        FactCase("alpnRejectsUnknown", .yes, .alpn, .alert(40), detail: "x-unknown"),
        FactCase("alpnRejectsUnknown", unobserved: .unsupported, .alpn, retry, detail: "x-unknown"),
        FactCase("alpnRejectsUnknown", unobserved: .reset, .alpn, TLSAnswer(.reset), detail: "x-unknown")
    ]

    static let extensions: [FactCase] = [
        FactCase("extensions.extendedMasterSecret", .yes, .good),
        FactCase("extensions.extendedMasterSecret", .no, .good.with { $0.extensions = [0xFF01] }),
        FactCase("extensions.extendedMasterSecret", .absent, .onlyTLS13),
        FactCase("extensions.secureRenegotiation", .yes, .good),
        FactCase("extensions.secureRenegotiation", .no, .good.with { $0.extensions = [23] }),
        FactCase("extensions.secureRenegotiation", .absent, .onlyTLS13),
        FactCase("extensions.sessionTicket", .yes, .good.with { $0.extensions = [35] }),
        FactCase("extensions.sessionTicket", .no, .good),
        FactCase("extensions.heartbeat", .yes, .good.with { $0.extensions = [15] }),
        FactCase("extensions.heartbeat", .no, .good),
        FactCase("extensions.truncatedHMAC", .yes, .good.with { $0.extensions = [4] }),
        FactCase("extensions.truncatedHMAC", .no, .good),
        FactCase("extensions.statusRequest", .yes, .good.with { $0.extensions = [5] }),
        FactCase("extensions.encryptThenMAC", .absent, .good),
        FactCase("extensions.encryptThenMAC", .absent, .onlyTLS13),
        FactCase("extensions.encryptThenMAC", .no, SampleServer(suites: [.tls12: [rsaCBC]])),
        FactCase(
            "extensions.encryptThenMAC", .yes,
            SampleServer(suites: [.tls12: [rsaCBC]]).with { $0.extensions = [0xFF01, 22, 23] }),
        FactCase(
            "extensions.encryptThenMAC", unobserved: .timeout, .suites, TLSAnswer(.timeout), version: .tls10),
        FactCase("compression", .no, .good),
        FactCase("compression", .yes, .compression, hello.with { $0.compression = 1 }),
        FactCase("compression", .no, .compression, .alert(47)),
        FactCase("compression", unobserved: .timeout, .compression, TLSAnswer(.timeout))
    ]

    static let downgrade: [FactCase] = [
        FactCase("fallbackSCSV", .text("yes"), .good),
        FactCase("fallbackSCSV", .text("no"), .fallback, hello),
        FactCase("fallbackSCSV", unobserved: .tlsFailed, .fallback, .alert(40)),
        FactCase("fallbackSCSV", unobserved: .reset, .fallback, TLSAnswer(.reset), attempts: 5),
        FactCase("downgradeSentinel", .yes, .good),
        FactCase("downgradeSentinel", .absent, .onlyTLS13),
        FactCase("downgradeSentinel", .absent, SampleServer(suites: [.tls11: [rsaCBC], .tls12: [ecdheRSA]])),
        FactCase("downgradeSentinel", .no, .suites, hello),
        FactCase(
            "downgradeSentinel", .no,
            SampleServer(suites: [.tls10: [rsaCBC], .tls13: [aes128]]).replacing(
                TLSExchange(.suites, .tls10, .picks(rsaCBC, in: .tls10).with { $0.sentinel = "tls12" }))),
        FactCase(
            "downgradeSentinel", .yes,
            SampleServer(suites: [.tls10: [rsaCBC], .tls12: [ecdheRSA], .tls13: [aes128]]))
    ]

    static let names: [FactCase] = [
        FactCase("sni", .text("ignored"), .good.with { $0.leaves = ["AA=="] }),
        FactCase("sni", .absent, .good.with { $0.serverName = nil }),
        FactCase("sni", .text("required"), .withoutServerName, .alert(112)),
        FactCase("sni", unobserved: .unsupported, .good),
        FactCase("sni", .text("required"), .withoutServerName, TLSAnswer(.closed), attempts: 2),
        FactCase("sni", unobserved: .closedEarly, .withoutServerName, TLSAnswer(.closed)),
        FactCase(
            "sni", .text("different-certificate"),
            .good.with { $0.leaves = ["AA==", "AQ=="] }.replacing(
                TLSExchange(.withoutServerName, .tls12, .picks(ecdheRSA, in: .tls12, chain: 1)))),
        FactCase("sni", unobserved: .unsupported, .withoutServerName, retry),
        FactCase("sniUnknownName", .text("alert-unrecognized-name"), .good),
        FactCase("sniUnknownName", .absent, .good.with { $0.serverName = nil }),
        FactCase("sniUnknownName", .text("refused"), .unknownServerName, .alert(40)),
        FactCase("sniUnknownName", .text("default-certificate"), .unknownServerName, hello.with { $0.chain = 7 }),
        FactCase("sniUnknownName", unobserved: .unsupported, .unknownServerName, retry),
        FactCase(
            "sniUnknownName", .text("same-certificate"),
            .good.with { $0.leaves = ["AA=="] }.replacing(TLSExchange(.unknownServerName, .tls12, hello))),
        FactCase(
            "sniUnknownName", .text("warning-unrecognized-name"), .unknownServerName, hello.with { $0.warnings = [112] }
        ),
        FactCase("serverName", .text("shop.example"), .good),
        FactCase("serverName", .absent, .good.with { $0.serverName = nil }),
        FactCase("address", .text("192.0.2.1"), .good)
    ]

    static let tolerance: [FactCase] = [
        FactCase("tolerance.grease", .yes, .good), FactCase("tolerance.longHello", .yes, .good),
        FactCase("tolerance.manySuites", .yes, .good),
        FactCase("tolerance.grease", .no, .grease, .alert(47)),
        FactCase("tolerance.grease", .no, .grease, .alert(50)),
        FactCase("tolerance.manySuites", .no, .manySuites, TLSAnswer(.closed), attempts: 2),
        FactCase("tolerance.longHello", .no, .longHello, TLSAnswer(.timeout), attempts: 2),
        FactCase("tolerance.longHello", unobserved: .timeout, .longHello, TLSAnswer(.timeout)),
        FactCase("tolerance.longHello", unobserved: .refused, .longHello, TLSAnswer(.refused), attempts: 5),
        FactCase("ssl2FormatHello", .no, .good), FactCase("ssl2FormatHello", .yes, .ssl2Format, hello),
        FactCase("ssl2FormatHello", .no, .ssl2Format, TLSAnswer(.notTLS)),
        FactCase("ssl2FormatHello", .no, .onlyTLS13.with { $0.isFramedInSSL2 = false })
    ]

    static let clients: [FactCase] = [
        FactCase("modernClient.connects", .yes, .good), FactCase("modernClient.version", .text("tls13"), .good),
        FactCase("modernClient.alpn", .text("h2"), .good),
        FactCase("modernClient.alpn", .absent, .good.with { $0.handshakes = [TLSHandshake(version: .tls12)] }),
        FactCase(
            "modernClient.connects", .no,
            .good.with { $0.handshakes = [TLSHandshake(failure: ProbeFailure(.tlsFailed, "no common suite"))] }),
        FactCase(
            "modernClient.version", .absent,
            .good.with { $0.handshakes = [TLSHandshake(failure: ProbeFailure(.tlsFailed, "no common suite"))] }),
        FactCase(
            "modernClient.connects", unobserved: .timeout,
            .good.with { $0.handshakes = [TLSHandshake(failure: ProbeFailure(.timeout, "no answer"))] }),
        FactCase("modernClient.connects", unobserved: .unsupported, .good.with { $0.handshakes = [] }),
        FactCase("clientCertificate", .text("none"), .good),
        FactCase(
            "clientCertificate", .text("requested"),
            .good.replacing(
                TLSExchange(.suites, .tls12, hello.with { $0.requestsClientCertificate = true }),
                TLSExchange(.suites, .tls12, .alert(40)))),
        FactCase("clientCertificate", .text("required"), .good.with { $0.handshakes = [demanding] }),
        FactCase("modernClient.connects", .yes, .good.with { $0.handshakes = [demanding] }),
        FactCase(
            "clientCertificate", unobserved: .tlsFailed,
            .good.with { $0.handshakes = [] }.replacing(
                TLSExchange(.suites, .tls12, hello.with { $0.requestsClientCertificate = true }))),
        FactCase("clientCertificate", .text("none"), .onlyTLS13),
        FactCase("clientCertificate", unobserved: .unsupported, .onlyTLS13.with { $0.handshakes = [] }),
        FactCase("retries", .integer(0), .good)
    ]

    private static let demanding = TLSHandshake(
        version: .tls13, demandsClientCertificate: true,
        failure: ProbeFailure(.tlsFailed, "the server wants a certificate"))

    static let anomalies: [FactCase] = [
        FactCase("consistent", .yes, .good), FactCase("anomalies", .texts(), .good),
        FactCase("consistent", .no, .again, .picks(ecdheRSA256, in: .tls12)),
        FactCase(
            "anomalies", .texts("disagreement: tls12 \(ecdheRSA), then \(ecdheRSA256)"), .again,
            .picks(ecdheRSA256, in: .tls12)),
        FactCase(
            "anomalies", .texts("disagreement: tls12 \(ecdheRSA), then alert-handshake-failure"), .again, .alert(40)),
        FactCase("consistent", .no, .again, hello.with { $0.chain = 3 }),
        FactCase(
            "anomalies", .texts("disagreement: tls12 \(ecdheRSA) with one certificate chain, then with another"),
            .again,
            hello.with { $0.chain = 3 }),
        FactCase("consistent", .yes, .again, TLSAnswer(.reset)),
        FactCase(
            "consistent", .yes,
            SampleServer.onlyTLS13.replacing(
                TLSExchange(.suites, .tls13, .alert(40)), TLSExchange(.suites, .tls13, retry),
                TLSExchange(.suites, .tls13, .alert(40)))),
        FactCase(
            "consistent", unobserved: .reset,
            SampleServer(suites: [.tls12: [ecdheRSA]]).replacing(
                TLSExchange(.again, .tls12, TLSAnswer(.reset)))),
        FactCase("anomalies", .texts("changed-mind: tls12 alert-handshake-failure"), .order, .alert(40)),
        FactCase("consistent", .no, .order, .alert(40)),
        FactCase("anomalies", .texts("changed-mind: tls12 \(rsaCBC)"), .order, .picks(rsaCBC, in: .tls12)),
        FactCase(
            "anomalies", .texts("wrong-suite: tls12 \(ecdheRSA)"),
            SampleServer(suites: [.tls12: [ecdheRSA]]).replacing(
                TLSExchange(.suites, .tls12, hello), TLSExchange(.suites, .tls12, hello))),
        FactCase(
            "anomalies", .texts("wrong-suite: tls10 0xABCD"), .suites,
            hello.with {
                $0.version = 0x0301
                $0.suite = 0xABCD
            }, version: .tls10),
        FactCase("anomalies", .texts("wrong-version: tls10 tls12"), .suites, hello, version: .tls10),
        FactCase(
            "anomalies", .texts("wrong-version: tls10 0x7f1c"), .suites, hello.with { $0.version = 0x7F1C },
            version: .tls10),
        FactCase(
            "anomalies", .texts("changed-mind: ssl3 \(rsaCBC)"), .suites, .picks(rsaCBC, in: .ssl3), version: .tls10),
        FactCase(
            "anomalies", .texts("wrong-group: tls13 x448"),
            .good.replacing(
                TLSExchange(.groups, .tls13, retry.with { $0.group = groupCode("x448") }),
                TLSExchange(.groups, .tls13, retry.with { $0.group = groupCode("x448") }))),
        FactCase(
            "anomalies", .texts("unexpected-sentinel: tls12"),
            SampleServer(suites: [.tls12: [ecdheRSA]]).replacing(
                TLSExchange(.suites, .tls12, hello.with { $0.sentinel = "tls12" })))
    ]

    @Test("Application protocols", arguments: protocols) func applicationProtocols(row: FactCase) { row.check() }
    @Test("Extensions and compression", arguments: extensions) func acknowledgements(row: FactCase) { row.check() }
    @Test("Protection against downgrades", arguments: downgrade) func olderVersions(row: FactCase) { row.check() }
    @Test("Server names", arguments: names) func serverNames(row: FactCase) { row.check() }
    @Test("Hellos that are unusual", arguments: tolerance) func unusualHellos(row: FactCase) { row.check() }
    @Test("Whole handshakes", arguments: clients) func wholeHandshakes(row: FactCase) { row.check() }
    @Test("Answers that contradict", arguments: anomalies) func contradictions(row: FactCase) { row.check() }

    @Test("Without a fallback hello it depends on the versions whether one was missed")
    func fallbackNotAsked() {
        func facts(_ versions: [ProtocolVersion: [String]]) -> FactSet {
            var capture = SampleServer(suites: versions).capture
            capture.exchanges.removeAll { $0.purpose == .fallback }
            return capture.facts(at: now)
        }
        #expect(facts([.tls12: [ecdheRSA]])["fallbackSCSV"] == .text("not-applicable"))
        #expect(facts([.tls12: [ecdheRSA], .tls13: [aes128]])["fallbackSCSV"] == .text("not-applicable"))
        #expect(facts([.tls11: [rsaCBC], .tls12: [ecdheRSA]]).isUnobserved("fallbackSCSV", as: .unsupported))
    }

    @Test("TLS 1.3 has no compression, so nothing need be asked")
    func compressionOfTLS13() {
        var capture = SampleServer.onlyTLS13.capture
        capture.exchanges.removeAll { $0.purpose == .compression }
        #expect(capture.facts(at: now)["compression"] == .no)
    }

    @Test("Where suites are not asked for, suites in CBC mode alone show how they authenticate")
    func cbcAlone() {
        func fact(_ answer: TLSAnswer) -> FactSet.Knowledge {
            var capture = SampleServer.good.replacing(TLSExchange(.cbc, .tls12, answer)).capture
            capture.questions = [.versions, .extensions]
            return capture.facts(at: now)["extensions.encryptThenMAC"]
        }
        #expect(fact(.picks(rsaCBC, in: .tls12, extensions: [22])) == .yes)
        #expect(fact(.picks(rsaCBC, in: .tls12)) == .no)
        #expect(fact(.alert(40)) == .absent)
        guard case .unobserved = fact(TLSAnswer(.timeout)) else {
            Issue.record("silence is taken for an answer")
            return
        }
    }
}
