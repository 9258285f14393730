import AuditModel
import Facts
import JSON
import Testing
import WireFormats

/// What the facts of TLS have to keep over captures of every kind, and which questions they make the probe ask.
@Suite struct TLSCatalogueTests {
    static let captures: [TLSCapture] = [
        TLSCapture(host: "", port: 0), TLSCapture(host: "a.example", port: 443, questions: TLSQuestion.allCases),
        SampleServer.good.capture, SampleServer.onlyTLS13.capture, ProfileTests.intermediate.capture,
        SampleServer(suites: [:]).capture, hostile(.hello), hostile(.helloRetry), hostile(.alert), hostile(.malformed),
        silent
    ]

    /// Every purpose and version, with answers that no server should give.
    private static func hostile(_ kind: TLSAnswer.Kind) -> TLSCapture {
        var answer = TLSAnswer(kind)
        answer.version = kind == .hello ? 0xFFFF : nil
        answer.suite = 0xFFFF
        answer.ssl2Suites = [0xFFFF_FFFF, 0xFFFF_FFFF]
        answer.group = 0xFFFF
        answer.compression = 255
        answer.extensions = [0xFFFF, 0xFFFF]
        answer.alpn = "\u{0}\u{202E}"
        answer.sentinel = "tls99"
        answer.alert = 255
        answer.warnings = [255, 112]
        answer.chain = .max
        answer.dhBits = .min
        answer.dhPrime = "\u{0}"
        let exchanges = TLSExchange.Purpose.allCases.flatMap { purpose in
            ProtocolVersion.allCases.flatMap { version in
                [TLSExchange(purpose, version, answer, lane: .min, offered: .min, detail: "*", attempts: .min)]
                    + [TLSExchange(purpose, version, answer, lane: .max, offered: .max, attempts: .max)]
            }
        }
        return TLSCapture(
            host: "\u{0}", port: -1, address: "", serverName: "*", questions: TLSQuestion.allCases,
            exchanges: exchanges, handshakes: [TLSHandshake(chain: .min, keyType: "")], certificates: ["", "%", "MAA="],
            chains: [
                PresentedChain(certificates: [], versions: []),
                PresentedChain(certificates: [0, 1, 2, .max, .min], versions: [.tls13], staple: "%", timestamps: "MA==")
            ], connections: .min, retries: .max)
    }

    private static let silent: TLSCapture = {
        let exchanges = TLSExchange.Purpose.allCases.flatMap { purpose in
            ProtocolVersion.allCases.map { TLSExchange(purpose, $0, TLSAnswer(.timeout), attempts: 0) }
        }
        return TLSCapture(host: "a.example", port: 443, questions: TLSQuestion.allCases, exchanges: exchanges)
    }()

    @Test("Every declared fact is accounted for, and of its declared type", arguments: captures.indices)
    func accounting(index: Int) throws {
        let facts = Self.captures[index].facts(at: now)
        for fact in TLSFacts.description.facts where !fact.path.isPattern {
            #expect(facts[fact.path] != .undeclared, "\(fact.path.text)")
        }
        for (path, value) in facts.observed where value != .absent {
            let declaration = try #require(TLSFacts.description.declaration(of: path), "\(path.text)")
            #expect(declaration.type.accepts(value), "\(path.text) is \(value)")
        }
    }

    @Test("A recorded capture gives the same facts again", arguments: captures.indices)
    func recorded(index: Int) throws {
        let capture = Self.captures[index]
        #expect(try ProbeKind.tls.facts(of: JSONValue(encoding: capture), at: now) == capture.facts(at: now))
    }

    @Test("A server that is silent offers nothing that is known, and lacks nothing that is known")
    func silence() {
        let facts = Self.silent.facts(at: now)
        let own = [
            "modernClient", "serverName", "address", "connections", "retries", "anomalies", "sni", "sniUnknownName"
        ]
        for (path, value) in facts.observed where !own.contains(path.segments[0]) {
            let isTelling = ![FactValue.text("inconclusive"), .text("timeout")].contains(value)
            let isAllowed = path.segments.last == "version" || !isTelling
            #expect(isAllowed, "\(path.text) is \(value)")
        }
    }

    @Test(
        "Facts make the probe ask what they need and no more",
        arguments: [
            (["versions"], [.versions]),
            (["protocols"], [.versions, .suites]),
            (["protocols.tls12.offered"], [.versions]),
            (["protocols.tls12.end"], [.versions, .suites]), (["ssl2FormatHello"], [.versions, .tolerance]),
            (["weakSuites.rc4"], [.versions, .suites]),
            (["postQuantum"], [.versions, .groups]),
            (["alpn"], [.alpn]), (["tolerance"], [.tolerance]), (["sni", "sniUnknownName"], [.serverName]),
            (["fallbackSCSV"], [.versions, .fallback]), (["compression"], [.versions, .compression]),
            (["extensions.heartbeat"], [.versions, .extensions]),
            (["extensions.encryptThenMAC"], [.versions, .extensions]), (["modernClient"], [.handshake]),
            (["connections", "retries", "address", "serverName"], []), (["profiles.modern.version"], []),
            (
                ["profiles.modern.differences"], [.versions, .suites, .groups, .certificate, .certificates]
            ),
            (["nothing.like.it"], [])
        ] as [([String], Set<TLSQuestion>)])
    func questions(facts: [String], questions: Set<TLSQuestion>) {
        #expect(TLSFacts.questions(for: facts.compactMap { FactPath($0) }) == questions)
    }

    @Test("Without a wish everything is asked")
    func everything() {
        #expect(TLSFacts.questions(for: nil) == Set(TLSQuestion.allCases))
        #expect(TLSFacts.questions(for: []) == [])
    }

    @Test("Versions, protocols and the certificate need neither groups nor unusual hellos")
    func narrow() {
        let questions = TLSFacts.questions(for: ["versions", "protocols", "certificate"].compactMap { FactPath($0) })
        #expect(questions.isSuperset(of: [.versions, .suites]))
        let others: Set<TLSQuestion> = [
            .groups, .tolerance, .serverName, .fallback, .compression, .alpn, .handshake
        ]
        #expect(questions.isDisjoint(with: others))
    }

    @Test("A fact that was not asked for is unobserved, whatever the exchanges say")
    func notAsked() {
        var capture = SampleServer.good.capture
        capture.questions = [.versions]
        let facts = capture.facts(at: now)
        #expect(facts["versions"] == .texts("tls12", "tls13"))
        #expect(facts.isUnobserved("protocols.tls12.suites", as: .unsupported))
        #expect(facts.isUnobserved("groups.tls13", as: .unsupported))
        #expect(facts.isUnobserved("profiles.intermediate.differences", as: .unsupported))
    }
}
