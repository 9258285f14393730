import AuditModel
import Facts
import Testing

struct ActuatorTests {
    static let up = #"{"status":"UP"}"#
    static let spring = [("Content-Type", "application/vnd.spring-boot.actuator.v3+json")]
    static let json = [("Content-Type", "application/json")]
    static let html = [("Content-Type", "text/html")]

    struct Planning: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let visits: [HealthCapture.Visit]
        let base: String?

        init(_ description: String, _ visits: [HealthCapture.Visit], _ base: String?) {
            testDescription = description
            self.visits = visits
            self.base = base
        }
    }

    @Test(
        "The actuator is asked only where something looks like Spring",
        arguments: [
            Planning(
                "the usual path", [visit("/actuator/health", .discovery, spring, body: up), notFound], "/actuator"),
            Planning("below a context", [visit("/shop/actuator/health", .given, body: up), notFound], "/shop/actuator"),
            Planning("its media type", [visit("/manage/health", .given, spring, body: up), notFound], "/manage"),
            Planning("its media type at the root", [visit("/health", .discovery, spring, body: up), notFound], ""),
            Planning("its words alone", [visit("/healthz", body: up), notFound], "/actuator"),
            Planning("closed", [visit("/actuator/health", status: 401), notFound], "/actuator"),
            Planning(
                "down", [visit("/actuator/health", status: 503, spring, body: #"{"status":"DOWN"}"#)], "/actuator"),
            Planning("absent", [visit("/actuator/health", status: 404, body: up), notFound], nil),
            Planning("all closed", [visit("/actuator/health", status: 401), visit("/x", .control, status: 401)], nil),
            Planning("one answer to all", [visit("/health", body: up), visit("/x", .control, body: up)], nil),
            Planning("Quarkus", [visit("/q/health", body: #"{"status":"UP","checks":[]}"#), notFound], nil),
            Planning("another service", [visit("/health", body: #"{"status":"ok"}"#), notFound], nil),
            Planning("nothing", [], nil)
        ])
    func plan(_ expected: Planning) { #expect(ActuatorPlan(visits: expected.visits)?.base == expected.base) }

    static func index(_ names: String...) -> HealthCapture.Visit {
        let links = names.map { #""\#($0)":{"href":"x"}"# }.joined(separator: ",")
        return visit("/actuator", .actuatorIndex, spring, body: #"{"_links":{\#(links)}}"#)
    }

    static func asked(_ name: String, _ status: Int, _ fields: [(String, String)] = spring) -> HealthCapture.Visit {
        visit("/actuator/" + name, .actuator, status: status, fields)
    }

    static let noIndex = visit("/actuator", .actuatorIndex, status: 404)

    @Test(
        "What is exposed is what answers, and what only the list can tell",
        arguments: [
            ([index("self", "health")], []), ([noIndex, asked("env", 404)], []),
            (
                [noIndex, asked("env", 200), asked("heapdump", 200, [("Content-Type", "application/octet-stream")])],
                ["env", "heapdump"]
            ),
            ([noIndex, asked("env", 401), asked("beans", 403)], []), ([noIndex, asked("env", 200, html)], []),
            ([index("env", "heapdump", "shutdown"), asked("env", 200)], ["env", "heapdump", "shutdown"]),
            ([index("env", "heapdump", "shutdown"), asked("env", 401), asked("heapdump", 401)], []),
            ([index("shutdown")], ["shutdown"]),
            ([index("loggers", "loggers-name"), asked("loggers", 200)], ["loggers"]),
            ([noIndex, asked("env", 302)], []),
            ([noIndex, asked("threaddump", 200), asked("mappings", 200)], ["threaddump", "mappings"])
        ] as [([HealthCapture.Visit], [String])])
    func exposed(visits: [HealthCapture.Visit], names: [String]) {
        let facts = health([visit("/actuator/health", .discovery, Self.spring, body: Self.up), notFound] + visits)
            .facts(
                at: now)
        #expect(facts["actuator.exposed"] == .value(.list(names.map(FactValue.text))))
    }

    @Test("A service that answers 200 to every path exposes nothing by that")
    func catchAll() {
        let any = visit("/x", .control, Self.json, body: "{}")
        let facts = health([
            visit("/actuator/health", .discovery, Self.spring, body: Self.up), any, Self.noIndex,
            Self.asked("env", 200, Self.json)
        ]).facts(at: now)
        #expect(facts["actuator.exposed"] == .texts())
    }

    @Test("Without an answer it is unobserved, unless something was found exposed all the same")
    func unobserved() {
        let silent = failedVisit("/actuator/beans", .actuator)
        let nothing = health([Self.noIndex, silent]).facts(at: now)
        #expect(nothing.isUnobserved("actuator.exposed", as: .timeout))
        let limited = health([Self.noIndex, Self.asked("env", 429)]).facts(at: now)
        #expect(limited.isUnobserved("actuator.exposed", as: .refused))
        let something = health([Self.noIndex, Self.asked("env", 200), silent]).facts(at: now)
        #expect(something["actuator.exposed"] == .texts("env"))
    }

    @Test(
        "heapdump is asked for only where nothing else tells",
        arguments: [
            ([noIndex], true), ([noIndex, asked("env", 200)], true), ([index("env")], false),
            ([index("heapdump")], true), ([index("env", "heapdump"), asked("env", 200)], false),
            ([index("env", "heapdump"), asked("env", 401)], true), ([noIndex, asked("env", 429)], false)
        ] as [([HealthCapture.Visit], Bool)])
    func heapdump(visits: [HealthCapture.Visit], needed: Bool) throws {
        let plan = try #require(
            ActuatorPlan(visits: [visit("/actuator/health", .discovery, Self.spring, body: Self.up)]))
        #expect(plan.needsHeapdump(after: visits) == needed)
        #expect(!plan.endpoints(after: visits[0]).contains(.shutdown))
        #expect(!plan.endpoints(after: visits[0]).contains(.heapdump))
    }
}
