import AuditModel
import Facts
import Testing

/// What one answer of a given path must say.
struct HealthVectorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let visit: HealthCapture.Visit
        let expected: [(path: String, value: FactSet.Knowledge)]

        init(
            _ description: String, _ path: String, status: Int = 200, _ fields: [(String, String)], _ body: String,
            _ expected: [(path: String, value: FactSet.Knowledge)]
        ) {
            testDescription = description
            visit = FactsTests.visit(path, .given, status: status, fields, body: body)
            self.expected = expected
        }
    }

    static let healthJSON = ("Content-Type", "application/health+json")
    static let springJSON = ("Content-Type", "application/vnd.spring-boot.actuator.v3+json")
    static let text = ("Content-Type", "text/plain")

    static let cases = [
        Case(
            "health+json that passes", "/health", [healthJSON, ("Cache-Control", "no-store")],
            #"{"status":"pass","version":"1"}"#,
            [
                ("endpoint.format", .text("health+json")), ("endpoint.status", .text("pass")),
                ("endpoint.httpConsistent", .yes), ("endpoint.cache.noStore", .yes), ("endpoint.leaks", .texts()),
                ("endpoint.detailUnauthenticated", .yes)
            ]),
        Case(
            "health+json that fails under 200", "/health", [healthJSON],
            #"{"status":"fail","output":"FATAL: password authentication failed for user app","#
                + #""checks":{"pg:connections":[{"status":"fail","componentType":"datastore"}]}}"#,
            [
                ("endpoint.status", .text("fail")), ("endpoint.httpConsistent", .no),
                ("endpoint.components", .texts("pg:connections")),
                ("endpoint.leaks", .texts("component-names", "error-output")), ("endpoint.cache.noStore", .no),
                ("endpoint.detailUnauthenticated", .yes)
            ]),
        Case(
            "Spring with all details", "/actuator/health", status: 503, [springJSON],
            #"{"status":"DOWN","components":{"db":{"status":"DOWN","details":{"error":"#
                + #""org.postgresql.util.PSQLException: Connection to 10.1.4.7:5432 refused"}},"#
                + #""diskSpace":{"status":"UP","details":{"path":"/srv/app/.","free":1}}}}"#,
            [
                ("endpoint.format", .text("spring-actuator")), ("endpoint.status", .text("fail")),
                ("endpoint.httpConsistent", .yes),
                (
                    "endpoint.leaks",
                    .texts(
                        "component-details", "component-names", "exception-class", "filesystem-path", "private-ip",
                        "vendor-media-type")
                )
            ]),
        Case(
            "ASP.NET Core, degraded", "/healthz",
            [text, ("Cache-Control", "no-store, no-cache"), ("Pragma", "no-cache")],
            "Degraded",
            [
                ("endpoint.format", .text("aspnet-text")), ("endpoint.status", .text("warn")),
                ("endpoint.httpConsistent", .yes), ("policy.degradedStatus", .integer(200)), ("degradedIs503", .no),
                ("endpoint.detailUnauthenticated", .no)
            ]),
        Case(
            "Spring without details", "/actuator/health", [springJSON], #"{"status":"UP"}"#,
            [
                ("endpoint.detailUnauthenticated", .no), ("endpoint.leaks", .texts("vendor-media-type")),
                ("actuator.exposed", .absent)
            ]),
        Case(
            "degraded as 503", "/health", status: 503, [healthJSON], #"{"status":"degraded"}"#,
            [
                ("policy.degradedStatus", .integer(503)), ("degradedIs503", .yes), ("endpoint.status", .text("warn")),
                ("endpoint.httpStatus", .integer(503)), ("endpoint.httpConsistent", .no)
            ]),
        Case(
            "degraded under an error of another kind", "/health", status: 500, [healthJSON], #"{"status":"degraded"}"#,
            [("endpoint.status", .text("warn")), ("endpoint.httpConsistent", .no)]),
        Case(
            "pass under 503", "/health", status: 503, [healthJSON], #"{"status":"pass"}"#,
            [("endpoint.httpConsistent", .no)]),
        Case(
            "out of service under 503", "/actuator/health", status: 503, [springJSON], #"{"status":"OUT_OF_SERVICE"}"#,
            [("endpoint.status", .text("fail")), ("endpoint.httpConsistent", .yes)]),
        Case(
            "alive", "/livez", [text], "alive",
            [("endpoint.status", .text("pass")), ("endpoint.kind", .text("liveness"))]),
        Case(
            "started", "/startupz", [text], "started",
            [("endpoint.status", .text("pass")), ("endpoint.kind", .text("startup"))]),
        Case(
            "uptime alone is detail", "/health", [healthJSON], #"{"status":"ok","uptime":3}"#,
            [("endpoint.detailUnauthenticated", .yes), ("endpoint.leaks", .texts())]),
        Case(
            "a time alone is none", "/health", [healthJSON], #"{"status":"ok","timestamp":"2026-11-21T03:00:00Z"}"#,
            [("endpoint.detailUnauthenticated", .no)]),
        Case(
            "a stack trace in a page", "/health", status: 500, [("Content-Type", "text/html")],
            "<pre>\nat shop.Db.open(Db.java:7)\n</pre>", [("endpoint.detailUnauthenticated", .yes)])
    ]

    @Test("An answer says what its convention means", arguments: cases)
    func answers(_ expected: Case) {
        let facts = health([expected.visit, notFound]).facts(at: now)
        for (path, value) in expected.expected { #expect(facts[path] == value, "\(path)") }
    }

    static let ok = #"{"status":"ok"}"#

    @Test(
        "HEAD is compared with GET",
        arguments: [
            (200, 200, true, false), (200, 405, false, true), (200, 501, false, true), (200, 404, false, true),
            (404, 404, true, false), (200, 503, true, true), (503, 503, true, false), (429, 429, true, false)
        ])
    func head(get: Int, head: Int, supported: Bool, differs: Bool) {
        let facts = health([
            visit("/health", .given, status: get, body: Self.ok), notFound, visit("/health", .head, status: head)
        ]).facts(at: now)
        #expect(facts["endpoint.headSupported"] == .value(.boolean(supported)))
        #expect(facts["endpoint.differsByMethod"] == .value(.boolean(differs)))
    }

    @Test("A HEAD that a limiter refused or that got no answer says nothing of the method")
    func unknownHead() {
        let given = visit("/health", .given, body: Self.ok)
        let limited = health([given, visit("/health", .head, status: 429)]).facts(at: now)
        #expect(limited.isUnobserved("endpoint.headSupported", as: .refused))
        #expect(limited["endpoint.rateLimited"] == .yes)
        let silent = health([given, failedVisit("/health", .head)]).facts(at: now)
        #expect(silent.isUnobserved("endpoint.differsByMethod", as: .timeout))
        #expect(health([given]).facts(at: now)["endpoint.headSupported"] == .absent)
    }

    @Test(
        "A rate limit shows in a status code or in the fields",
        arguments: [
            ([], nil, false), ([], [200, 200], false), ([], [200, 429], true),
            ([("X-RateLimit-Limit", "60")], nil, true),
            ([("RateLimit", "\"default\";r=50;t=30")], nil, true), ([("Retry-After", "1")], [200], false)
        ] as [([(String, String)], [Int]?, Bool)])
    func rateLimited(fields: [(String, String)], statuses: [Int]?, limited: Bool) {
        let facts = health([visit("/health", .given, fields, body: Self.ok), notFound], statuses: statuses)
            .facts(at: now)
        #expect(facts["endpoint.rateLimited"] == .value(.boolean(limited)))
    }

    @Test("What anyone can read is judged by the answer without the audit's header fields")
    func anonymous() {
        let detailed = visit("/h", .given, body: #"{"status":"ok","checks":{"db":{"status":"ok","x":"10.0.0.7"}}}"#)
        let closed = health([detailed, visit("/h", .anonymous, status: 401, body: #"{"error":"no"}"#)]).facts(at: now)
        #expect(closed["endpoint.components"] == .texts("db"))
        #expect(closed["endpoint.auth.required"] == .yes)
        let plain = health([detailed, visit("/h", .anonymous, body: Self.ok)]).facts(at: now)
        #expect(plain["endpoint.detailUnauthenticated"] == .no)
        #expect(plain["endpoint.leaks"] == .texts())
        #expect(plain["endpoint.auth.required"] == .no)
        let unknown = health([detailed, failedVisit("/h", .anonymous)]).facts(at: now)
        #expect(unknown.isUnobserved("endpoint.leaks", as: .timeout))
        #expect(unknown.isUnobserved("endpoint.detailUnauthenticated", as: .timeout))
    }
}
