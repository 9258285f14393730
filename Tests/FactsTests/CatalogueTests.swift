import AuditModel
import Facts
import JSON
import Testing

/// What every probe's facts have to keep, over captures of every kind.
struct CatalogueTests {
    static let hostile = [
        ("Strict-Transport-Security", "max-age=1;\u{0}\u{1B}[2J\""), ("Set-Cookie", "*=1; Secure"),
        ("Set-Cookie", "=x"),
        ("Set-Cookie", "a[\"]\\.b=1"), ("Permissions-Policy", "a=("), ("Content-Security-Policy", ";,;,'"),
        ("Cache-Control", "=,\"=,max-age=-1"), ("Content-Type", ";;;"), ("Server", "((("), ("", ""),
        ("\u{0}", "\u{FFFD}"),
        ("Referrer-Policy", ",,"), ("X-Frame-Options", ""), ("Age", "99999999999999999999999")
    ]

    static let headersCaptures: [HeadersCapture] = [
        headers([]), headers(hostile),
        headers([("Set-Cookie", "sid=1; Path=/; SameSite=Lax")], url: "http://a.example/"),
        headers([], url: "not a URL", status: Int.min), HeadersCapture(page: PageObservation(url: "", exchanges: [])),
        HeadersCapture(
            page: PageObservation(
                url: "https://a.example/",
                exchanges: [
                    exchange(
                        [("Content-Type", "text/plain")], body: "x", bodyFailure: ProbeFailure(.timeout, "no end came"))
                ]))
    ]

    static let healthCaptures: [HealthCapture] = [
        health([]), health([failedVisit("/health", .given), failedVisit("/x", .control)]),
        health([failedVisit("/livez", .liveness), failedVisit("/readyz", .readiness), notFound]),
        health([
            visit("/health", .given, hostile, body: "{\"status\":"), visit("/*", .discovery, hostile, body: "\u{0}")
        ]),
        health(
            [
                visit(
                    "/health", .given,
                    body:
                        #"{"status":"UNKNOWN","uptime":1e308,"timestamp":9223372036854775807,"checks":{"*":"ok","":"up",".":1}}"#
                ),
                notFound
            ], latencies: [0.5, .nan]),
        health([visit("/health", .given, body: #"{"status":"ok","time":"9999-12-31T23:59:59-23:00"}"#)]),
        health([visit("/health", .given, body: "{", bodyFailure: ProbeFailure(.tooLarge, "too long"))]),
        health(
            [
                visit("/actuator/health", body: #"{"status":"UP"}"#), visit("/actuator/health", .head, hostile),
                visit("/actuator/health", .anonymous, hostile, body: "\u{0}"),
                visit("/", .actuatorIndex, hostile, body: #"{"_links":{"shutdown":1}}"#),
                visit("//env", .actuator, hostile), visit("", .actuator, status: 0)
            ], statuses: [-1, 429]),
        HealthCapture(url: "", visits: [], endpoint: "/never-visited", latencies: [1], requests: -1)
    ]

    static let imageCaptures: [ImageCapture] =
        ImageFactsTests.users.map(\.capture) + ImageFactsTests.others.map(\.capture)
        + [
            capture([], questions: []), capture([platform(user: "\u{1B}[2J\n:\u{0}:")], tag: "", pinned: ""),
            capture([platform("", "", user: String(repeating: "9", count: 10_000))], form: .engine),
            capture([PlatformImage(os: "plan9", architecture: "", manifest: descriptor(""))])
        ]

    static let rateLimitCaptures: [RateLimitCapture] =
        RateLimitFactsTests.responses.map(\.1) + RateLimitFactsTests.measurements.map(\.1)
        + [
            rateLimit([]), passive(200, hostile), passive(429, hostile, stop: .denial),
            rateLimit(
                (0..<30).map { index in
                    RateLimitRequest(
                        phase: RateLimitCapture.Phase.allCases[index % 10], round: index % 3,
                        sentAt: index.isMultiple(of: 2) ? -1e300 : 1e300, secondsToHead: index == 3 ? -1e300 : 1e300,
                        status: index.isMultiple(of: 4) ? 429 : 200)
                }),
            rateLimit(
                (0..<20).map { index in
                    RateLimitRequest(
                        phase: index < 5 ? .ladder : .recovery, round: index < 5 ? nil : index / 5, sentAt: 0,
                        secondsToHead: 0, status: index.isMultiple(of: 2) ? 429 : Int.min)
                })
        ]

    static let factSets: [(ProbeDescription, FactSet)] =
        headersCaptures.map { (HeadersFacts.description, $0.facts(at: now)) }
        + healthCaptures.map { (HealthFacts.description, $0.facts(at: now)) }
        + imageCaptures.map { (ImageFacts.description, $0.facts(at: now)) }
        + rateLimitCaptures.map { (RateLimitFacts.description, $0.facts(at: now)) }

    @Test("Every path is declared once, and none is a part of another", arguments: ProbeKind.allCases)
    func uniquePaths(kind: ProbeKind) {
        let paths = kind.catalogueEntry.facts.map(\.path)
        #expect(Set(paths).count == paths.count)
        for path in paths {
            let longer = paths.filter {
                $0.segments.count > path.segments.count && $0.segments.starts(with: path.segments)
            }
            #expect(longer.isEmpty, "\(path.text)")
        }
    }

    @Test("Every fact says what it means, in what unit and after which source", arguments: ProbeKind.allCases)
    func documentation(kind: ProbeKind) {
        for fact in kind.catalogueEntry.facts {
            #expect(fact.meaning.hasSuffix(".") && fact.meaning.count > 15, "\(fact.path.text)")
            #expect(!fact.source.isEmpty, "\(fact.path.text)")
            #expect(fact.path.text.first.map { $0.isLowercase || $0 == "*" } == true, "\(fact.path.text)")
            #expect(FactPath(fact.path.text) == fact.path, "\(fact.path.text)")
            let codes = ["status", "httpStatus", "deniedStatus", "degradedStatus"]
            let isCode = fact.path.segments.last.map(codes.contains) ?? false
            let isCounted = fact.type == .number || fact.type == .integer && !isCode
            #expect((fact.unit != nil) == isCounted, "\(fact.path.text)")
        }
    }

    @Test("Every declared fact is accounted for, whatever the capture", arguments: factSets.indices)
    func accounting(index: Int) {
        let (description, facts) = Self.factSets[index]
        for fact in description.facts where !fact.path.isPattern {
            #expect(facts[fact.path] != .undeclared, "\(fact.path.text)")
        }
    }

    @Test("Every value is declared and of its declared type", arguments: factSets.indices)
    func types(index: Int) throws {
        let (description, facts) = Self.factSets[index]
        for (path, value) in facts.observed where value != .absent {
            let declaration = try #require(description.declaration(of: path), "\(path.text)")
            #expect(declaration.type.accepts(value), "\(path.text) is \(value)")
        }
        for (path, _) in facts.unobserved { #expect(description.declaration(of: path) != nil, "\(path.text)") }
    }

    @Test("A recorded capture gives the same facts again", arguments: healthCaptures.indices)
    func recorded(index: Int) throws {
        var capture = Self.healthCaptures[index]
        capture.latencies = capture.latencies.filter(\.isFinite)  // JSON has no other numbers
        let facts = try ProbeKind.health.facts(of: JSONValue(encoding: capture), at: now)
        #expect(facts == capture.facts(at: now))
    }

    @Test("A recording of another form is an error, not an empty answer", arguments: ProbeKind.allCases)
    func malformedRecording(kind: ProbeKind) {
        #expect(throws: JSONError.self) { try kind.facts(of: .object([]), at: now) }
    }
}

struct FactTypeTests {
    @Test(
        "A type accepts its own values",
        arguments: [
            (.boolean, .boolean(true), true), (.boolean, .text("true"), false), (.integer, .integer(1), true),
            (.integer, .number(1.5), false), (.number, .integer(1), true), (.number, .number(1.5), true),
            (.text, .text(""), true), (.text, .absent, false), (.choice(["a"]), .text("a"), true),
            (.choice(["a"]), .text("A"), false), (.instant, .text("2026-11-21T03:00:00Z"), true),
            (.instant, .text("today"), false), (.list(.text), .list([]), true),
            (.list(.text), .list([.text("a")]), true),
            (.list(.text), .list([.integer(1)]), false), (.list(.text), .text("a"), false),
            (.record, .record([:]), true)
        ] as [(FactType, FactValue, Bool)])
    func accepts(type: FactType, value: FactValue, isAccepted: Bool) { #expect(type.accepts(value) == isAccepted) }
}
