import AuditModel
import Facts
import Testing

struct HealthFactsTests {
    @Test("health+json with a lifetime of none is read whole")
    func healthJSON() {
        let facts = health([
            visit(
                "/health", .given, [("Content-Type", "application/health+json"), ("Cache-Control", "no-store")],
                body: #"{"status":"pass","version":"1"}"#), notFound
        ]).facts(at: now)
        #expect(facts["endpoint.path"] == .text("/health"))
        #expect(facts["endpoint.kind"] == .text("aggregate"))
        #expect(facts["endpoint.format"] == .text("health+json"))
        #expect(facts["endpoint.status"] == .text("pass"))
        #expect(facts["endpoint.httpConsistent"] == .yes)
        #expect(facts["endpoint.cache.noStore"] == .yes)
        #expect(facts["endpoint.cache.sharedStorable"] == .no)
        #expect(facts["endpoint.leaks"] == .texts())
        #expect(facts["endpoint.version"] == .text("1"))
        #expect(facts["endpoint.components"] == .texts())
        #expect(facts["endpoint.contentType"] == .text("application/health+json"))
        #expect(facts["endpoint.auth.required"] == .no)
        #expect(facts["endpoint.catchAllSuspected"] == .no)
        #expect(facts["discovered"] == .texts())
        #expect(facts["degradedIs503"] == .absent)
        #expect(facts["policy.degradedStatus"] == .absent)
    }

    @Test("A failure under 200 is inconsistent, and its output and components leak")
    func inconsistent() {
        let facts = health([
            visit(
                "/health", .given, [("Content-Type", "application/health+json")],
                body: #"{"status":"fail","output":"FATAL: login failed","checks":{"pg:connections":[{"status":"fail","#
                    + #""componentType":"datastore"}]}}"#)
        ]).facts(at: now)
        #expect(facts["endpoint.status"] == .text("fail"))
        #expect(facts["endpoint.httpConsistent"] == .no)
        #expect(facts["endpoint.components"] == .texts("pg:connections"))
        #expect(facts["endpoint.failing"] == .texts("pg:connections"))
        #expect(facts["endpoint.leaks"] == .texts("component-names", "error-output"))
        #expect(facts["endpoint.checks.pg:connections.status"] == .text("fail"))
        #expect(facts["endpoint.cache.noStore"] == .no)
        #expect(facts["endpoint.catchAllSuspected"] == .absent)
    }

    @Test("Spring's details leak addresses, paths and classes")
    func spring() {
        let facts = health([
            visit(
                "/actuator/health", .given, status: 503,
                [("Content-Type", "application/vnd.spring-boot.actuator.v3+json")],
                body: #"{"status":"DOWN","components":{"db":{"status":"DOWN","details":{"error":"#
                    + #""org.postgresql.util.PSQLException: Connection to 10.9.8.7:5432 refused"}},"#
                    + #""diskSpace":{"status":"UP","details":{"path":"/srv/shop/."}}}}"#)
        ]).facts(at: now)
        #expect(facts["endpoint.format"] == .text("spring-actuator"))
        #expect(facts["endpoint.status"] == .text("fail"))
        #expect(facts["endpoint.statusText"] == .text("DOWN"))
        #expect(facts["endpoint.httpConsistent"] == .yes)
        #expect(
            facts["endpoint.leaks"]
                == .texts(
                    "component-details", "component-names", "exception-class", "filesystem-path", "private-ip",
                    "vendor-media-type"))
    }

    @Test("ASP.NET's degraded comes with 200 and is a warning")
    func aspnet() {
        let facts = health([
            visit(
                "/healthz", .given,
                [("Content-Type", "text/plain"), ("Cache-Control", "no-store, no-cache"), ("Pragma", "no-cache")],
                body: "Degraded")
        ]).facts(at: now)
        #expect(facts["endpoint.format"] == .text("aspnet-text"))
        #expect(facts["endpoint.status"] == .text("warn"))
        #expect(facts["endpoint.httpConsistent"] == .yes)
        #expect(facts["endpoint.cache.noCache"] == .yes)
        #expect(facts["degradedIs503"] == .no)
        #expect(facts["policy.degradedStatus"] == .integer(200))
    }

    @Test("A detailed body tells uptime, age and latencies")
    func detailed() {
        let facts = health([
            visit(
                "/health/detailed", .given,
                [("Content-Type", "application/json"), ("Date", "Sat, 21 Nov 2026 03:00:10 GMT")],
                body: #"{"status":"ok","uptime":12.5,"timestamp":"2026-11-21T03:00:00Z","releaseId":"r1","checks":"#
                    + #"{"db.main":{"status":"ok","latencyMs":3},"mq":{"status":"degraded"}}}"#)
        ]).facts(at: now)
        #expect(facts["endpoint.uptimeS"] == .number(12.5))
        #expect(facts["endpoint.ageS"] == .number(10))
        #expect(facts["endpoint.timestamp"] == .text("2026-11-21T03:00:00Z"))
        #expect(facts["endpoint.releaseId"] == .text("r1"))
        #expect(facts[#"endpoint.checks["db.main"].latencyMs"#] == .number(3))
        #expect(facts["endpoint.checks.mq.status"] == .text("warn"))
        #expect(facts["endpoint.checks.mq.latencyMs"] == .undeclared)
    }

    @Test("The Age field tells the age of a cached answer")
    func age() {
        let facts = health([
            visit("/health", .given, [("Content-Type", "application/json"), ("Age", "7")], body: #"{"status":"ok"}"#)
        ]).facts(at: now)
        #expect(facts["endpoint.ageS"] == .number(7))
    }

    @Test("HTML under 200 is unrecognised and states nothing; a page for every path is suspected")
    func singlePageApplication() {
        let page = [("Content-Type", "text/html")]
        let facts = health([
            visit("/health", .given, page, body: "<!doctype html><title>Shop 1</title><div id=a></div>"),
            visit("/nope", .control, page, body: "<!doctype html><title>Shop 2</title><div id=b></div>")
        ]).facts(at: now)
        #expect(facts["endpoint.httpStatus"] == .integer(200))
        #expect(facts["endpoint.format"] == .text("unrecognised"))
        #expect(facts["endpoint.status"] == .absent)
        #expect(facts["endpoint.httpConsistent"] == .absent)
        #expect(facts["endpoint.catchAllSuspected"] == .yes)
    }

    @Test("A body that is not whole leaves its facts unobserved with the reason, not the answer's")
    func cutBody() {
        let facts = health([
            visit(
                "/health", .given, body: #"{"status":"pass""#, bodyFailure: ProbeFailure(.tooLarge, "longer than 1 MiB")
            ),
            notFound
        ]).facts(at: now)
        for path in [
            "endpoint.format", "endpoint.status", "endpoint.components", "endpoint.leaks", "endpoint.checks.*.status"
        ] { #expect(facts.isUnobserved(path, as: .tooLarge), "\(path)") }
        #expect(facts.isUnobserved("paths./health.status", as: .tooLarge))
        #expect(facts["paths./health.httpStatus"] == .integer(200))
        #expect(facts["endpoint.httpStatus"] == .integer(200))
    }

    @Test("JSON nested too deep is not read", arguments: ["application/json", "application/health+json"])
    func deepBody(essence: String) {
        let body = #"{"status":"pass","x":"# + String(repeating: "[", count: 1000)
        let facts = health([visit("/health", .given, [("Content-Type", essence)], body: body)]).facts(at: now)
        #expect(facts.isUnobserved("endpoint.status", as: .tooLarge))
    }

    @Test("A given path that does not answer is there, its facts unobserved")
    func failedEndpoint() {
        let facts = health([failedVisit("/health", .given, .refused), failedVisit("/nope", .control)]).facts(at: now)
        #expect(facts["endpoint.path"] == .text("/health"))
        for path in ["endpoint.httpStatus", "endpoint.status", "endpoint.cache.noStore", "endpoint.catchAllSuspected"] {
            #expect(facts.isUnobserved(path, as: .refused), "\(path)")
        }
        #expect(facts.isUnobserved("paths./health.httpStatus", as: .refused))
        #expect(facts["endpoint.latency.n"] == .integer(0))
        #expect(facts["endpoint.latency.p95Ms"] == .absent)
    }

    @Test("Without an endpoint all of it is absent")
    func noEndpoint() {
        let facts = health([visit("/health", status: 404), notFound]).facts(at: now)
        for path in ["endpoint.path", "endpoint.kind", "endpoint.httpStatus", "endpoint.leaks", "endpoint.latency.n"] {
            #expect(facts[path] == .absent, "\(path)")
        }
        #expect(facts["liveness.path"] == .absent)
        #expect(facts["liveness.status"] == .absent)
        #expect(facts["livenessChecksDependencies"] == .absent)
        #expect(facts["paths./health.format"] == .text("unrecognised"))
    }

    @Test(
        "Percentiles are nearest-rank",
        arguments: [
            ([0.01], 10, 10, 10, 10), ([0.005, 0.001, 0.002, 0.004, 0.003], 3, 5, 5, 5),
            ((1...20).map { Double($0) / 1000 }, 10, 18, 19, 20), ([0.0123], 12.3, 12.3, 12.3, 12.3)
        ] as [([Double], Double, Double, Double, Double)])
    func percentiles(samples: [Double], p50: Double, p90: Double, p95: Double, max: Double) {
        let facts = health(
            [visit("/health", .given, body: #"{"status":"ok"}"#)], latencies: samples + [.nan, -1, .infinity]
        ).facts(at: now)
        #expect(facts["endpoint.latency.n"] == .integer(Int64(samples.count)))
        #expect(facts["endpoint.latency.p50Ms"] == .number(p50))
        #expect(facts["endpoint.latency.p90Ms"] == .number(p90))
        #expect(facts["endpoint.latency.p95Ms"] == .number(p95))
        #expect(facts["endpoint.latency.maxMs"] == .number(max))
    }

    @Test("Liveness, readiness and startup come from their parameters or from discovery")
    func orchestratorProbes() {
        let facts = health([
            visit("/readyz", body: #"{"status":"ok","checks":{"db":"ok"}}"#),
            visit("/livez", body: #"{"status":"ok"}"#),
            visit("/my-start", .startup, status: 503, body: #"{"status":"starting"}"#), notFound
        ]).facts(at: now)
        #expect(facts["liveness.path"] == .text("/livez"))
        #expect(facts["liveness.components"] == .texts())
        #expect(facts["readiness.path"] == .text("/readyz"))
        #expect(facts["readiness.components"] == .texts("db"))
        #expect(facts["startup.path"] == .text("/my-start"))
        #expect(facts["startup.httpStatus"] == .integer(503))
        #expect(facts["startup.status"] == .text("fail"))
        #expect(facts["livenessChecksDependencies"] == .no)
        #expect(facts["discovered"] == .texts("/readyz", "/livez"))
        #expect(facts["paths./my-start.kind"] == .text("startup"))
    }

    @Test("One path may be the endpoint and the liveness endpoint")
    func onePathForTwo() {
        let body = #"{"status":"ok"}"#
        let facts = health([visit("/healthz", .given, body: body), visit("/healthz", .liveness, body: body)]).facts(
            at: now)
        #expect(facts["endpoint.path"] == .text("/healthz"))
        #expect(facts["liveness.path"] == .text("/healthz"))
    }

    @Test(
        "Liveness checks dependencies when it lists some, or goes down with readiness",
        arguments: [
            (
                #"{"status":"UP","components":{"livenessState":{"status":"UP"},"ping":{"status":"UP"}}}"#, 200, 200,
                false
            ),
            (#"{"status":"UP","components":{"livenessState":{"status":"UP"},"db":{"status":"UP"}}}"#, 200, 200, true),
            (#"{"status":"DOWN"}"#, 503, 503, true), (#"{"status":"UP"}"#, 200, 503, false),
            (#"{"status":"DOWN"}"#, 503, 200, false)
        ])
    func livenessDependencies(body: String, liveness: Int, readiness: Int, checks: Bool) {
        let facts = health([
            visit("/live", .liveness, status: liveness, body: body),
            visit("/ready", .readiness, status: readiness, body: #"{"status":"x"}"#)
        ]).facts(at: now)
        #expect(facts["livenessChecksDependencies"] == .value(.boolean(checks)))
    }

    @Test("A path without an answer makes a pattern over all paths unobserved")
    func patternWithFailure() throws {
        let facts = health([visit("/health", body: #"{"status":"ok"}"#), failedVisit("/up", .discovery), notFound])
            .facts(at: now)
        let pattern = try #require(FactPath("paths.*.httpStatus"))
        #expect(throws: ProbeFailure.self) { try facts.values(of: pattern).get() }
    }
}
