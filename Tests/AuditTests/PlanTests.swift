import Audit
import AuditModel
import Foundation
import JSON
import Testing

private let now = Instant(seconds: 1_800_000_000)

/// A folder for one test, with an audit file and a checklist in it.
final class Workplace: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "audit-tests-\(UUID().uuidString)")

    init(
        audit: String, items: String, parameter: String = "  days: {type: integer, default: 21, meaning: Days}",
        labels: String = "{exposure: public}"
    ) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try """
        schema: gonogo.audit/1
        service: {name: shop, environment: production, labels: \(labels)}
        targets: {url: "http://127.0.0.1:9/", health: /healthz}
        checklists: [./own.yaml]
        \(audit)
        """.write(to: url.appending(path: "gonogo.yaml"), atomically: true, encoding: .utf8)
        try """
        schema: gonogo.checklist/1
        id: own
        version: 1.0.0
        title: Own
        parameters:
        \(parameter)
        sections:
          - id: all
            title: All
            items:
        \(items)
        """.write(to: url.appending(path: "own.yaml"), atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func preparation(
        environment: String? = nil, failOn: Severity? = nil, level: Level? = nil
    ) throws -> Preparation {
        try Preparation(
            AuditRequest(
                configuration: url.appending(path: "gonogo.yaml").path, environment: environment, failOn: failOn,
                level: level, environmentVariable: { _ in nil }))
    }

    func judged(
        environment: String? = nil, failOn: Severity? = nil, level: Level? = nil, status: Int = 200
    ) throws -> AuditResult {
        let preparation = try preparation(environment: environment, failOn: failOn, level: level)
        let recording = Recording(
            tool: Tool.identity, service: preparation.service, checklists: preparation.selection, startedAt: now,
            finishedAt: now,
            observations: preparation.requests(at: now).map { request in
                RecordedObservation(
                    request: request, startedAt: now, durationSeconds: 0, attempts: [], capture: capture(status),
                    failure: nil)
            })
        return try preparation.judged(recording, at: now, isAsOf: true)
    }

    private func capture(_ status: Int) -> JSONValue {
        .object([
            .init("url", .string("http://127.0.0.1:9/")),
            .init(
                "exchanges",
                .array([
                    .object([
                        .init("method", .string("GET")), .init("url", .string("http://127.0.0.1:9/")),
                        .init("status", .integer(Int64(status))), .init("httpVersion", .string("1.1")),
                        .init("fields", .array([])),
                        .init("body", .object([.init("text", .string("")), .init("byteCount", .integer(0))])),
                        .init("secondsToHead", .number(0.01))
                    ])
                ]))
        ])
    }
}

private let statusItems = """
          - {id: a, title: Status is at most {days}, severity: high, probe: headers, expect: {status: {atMost: $days}}}
          - {id: b, title: Status is 200, severity: medium, probe: headers, expect: {status: 200}}
    """.replacing("title: Status is at most {days}", with: "title: \"Status is at most {days}\"")

@Suite struct PlanTests {
    @Test("parameters fill expectations and titles; a tailoring changes them for one item, with its reason")
    func parameters() throws {
        let plain = try Workplace(audit: "", items: statusItems).judged()
        #expect(plain.items[0].title == "Status is at most 21" && plain.items[0].status == .fail)
        #expect(plain.items[0].expectations[0].expectedText == "at most 21")
        let tailored = try Workplace(
            audit: "tailor: [{item: a, parameters: {days: 500}, severity: low, reason: Because}]", items: statusItems
        ).judged()
        #expect(tailored.items[0].title == "Status is at most 500" && tailored.items[0].status == .pass)
        #expect(tailored.items[0].tailored == "Because" && tailored.items[0].severity == .low)
    }

    @Test("a tailoring of a checklist sets a parameter for all of its items; one of an item wins over it")
    func checklistParameters() throws {
        let audit = "tailor: [{checklist: own, parameters: {days: 600}, reason: All}"
        let all = try Workplace(audit: audit + "]", items: statusItems).judged()
        #expect(all.items.map(\.title) == ["Status is at most 600", "Status is 200"])
        #expect(all.items.map(\.tailored) == ["All", nil])
        let one = try Workplace(
            audit: audit + ", {item: a, parameters: {days: 7}, reason: One}]", items: statusItems
        ).judged()
        #expect(one.items[0].title == "Status is at most 7" && one.items[0].tailored == "One")
    }

    @Test("a parameter that decides which items are asked, set for one of them alone, is a notice")
    func setAlone() throws {
        let items = """
                  - {id: a, title: "Status {mode}", severity: high, probe: headers, expect: {status: 404}}
                  - {id: b, title: B, severity: high, probe: headers, expect: {status: 404}, appliesWhen: {parameters: {mode: lax}}}
                  - {id: c, title: C, severity: high, probe: headers, expect: {status: 404}, appliesWhen: {parameters: {mode: strict}}}
            """
        let parameter = "  mode: {type: text, default: strict, choices: [strict, lax, loose], meaning: M}"
        func judged(_ tailor: String) throws -> AuditResult {
            try Workplace(audit: "tailor: [\(tailor)]", items: items, parameter: parameter).judged()
        }
        let alone = "{item: a, parameters: {mode: lax}, reason: R}"
        let whole = "{checklist: own, parameters: {mode: lax}, reason: R}"
        let notices = try judged(alone).notices
        #expect(
            notices.map(\.message) == [
                "the parameter mode is set for a alone, and decides about 2 items more; tailor \"checklist: own\" to "
                    + "set it for all"
            ])
        #expect(notices.map(\.code) == ["parameter-set-alone"] && notices.map(\.line) == [5])
        let result = try judged(whole)
        #expect(result.notices == [] && result.items[0].title == "Status lax")
        #expect(result.items.map { $0.status == .notApplicable } == [false, false, true])
        #expect(try judged("\(whole), {item: a, parameters: {mode: loose}, reason: R}").notices == [])
    }

    @Test("an item that a parameter's value leaves aside is not applicable, says why, and asks nothing")
    func leftAside() throws {
        let items = """
                  - {id: a, title: "Status {mode}", severity: high, probe: headers, expect: {status: 404}, appliesWhen: {parameters: {mode: [strict, lax]}}}
                  - {id: b, title: B, severity: high, probe: headers, with: {path: /b}, expect: {status: 404}, appliesWhen: {parameters: {mode: lax}}}
            """
        let parameter = "  mode: {type: text, default: strict, choices: [strict, lax], meaning: M}"
        let result = try Workplace(audit: "", items: items, parameter: parameter).judged()
        #expect(result.items.map(\.status) == [.fail, .notApplicable])
        #expect(result.items[1].message == "the parameter mode is strict; this concerns lax")
        #expect(result.observations.count == 1)
    }

    @Test("an observation is asked for the facts that its items need, and for no other")
    func neededFacts() throws {
        let items =
            statusItems
            + "\n      - {id: c, title: C, severity: high, probe: headers, expect: {hsts.maxAge: 1}, appliesWhen: {facts: {hsts.present: true}}}"
        let requests = try Workplace(audit: "", items: items).preparation().requests(at: now)
        #expect(requests.map { $0.facts?.map(\.text) } == [["hsts.maxAge", "hsts.present", "status"]])
    }

    @Test("one observation is asked for all items of the same probe, target and parameters")
    func shared() throws {
        let items =
            statusItems + """

                      - {id: c, title: C, severity: high, probe: headers, with: {path: /x}, expect: {status: 200}}
                """
        let result = try Workplace(audit: "", items: items).judged()
        #expect(result.observations.count == 2)
        #expect(result.items.map(\.observation) == [0, 0, 1])
    }

    @Test(
        "--fail-on moves the line between gate and advisory",
        arguments: [
            (nil, [Enforcement.gate, .advisory]), (.medium, [.gate, .gate]), (.critical, [.advisory, .advisory])
        ]
            as [(Severity?, [Enforcement])])
    func failOn(severity: Severity?, enforcements: [Enforcement]) throws {
        #expect(
            try Workplace(audit: "", items: statusItems).judged(failOn: severity).items.map(\.enforcement)
                == enforcements)
    }

    @Test(
        "enforceFrom makes a gating item advisory until that day",
        arguments: [("2027-01-15", Enforcement.gate), ("2027-01-16", .advisory)])
    func scheduled(date: String, enforcement: Enforcement) throws {
        let items =
            statusItems
            + "\n      - {id: c, title: C, severity: high, probe: headers, expect: {status: 404}, enforceFrom: \(date)}"
        let result = try Workplace(audit: "", items: items).judged()
        #expect(result.items[2].enforcement == enforcement)
        #expect((result.items[2].enforceFrom == nil) == (enforcement == .gate))
    }

    @Test("an environment overrides targets and labels")
    func environments() throws {
        let audit = "environments: {staging: {targets: {url: \"http://127.0.0.2:9/\"}, labels: {exposure: internal}}}"
        let result = try Workplace(audit: audit, items: statusItems).judged(environment: "staging")
        #expect(result.service.url == "http://127.0.0.2:9/" && result.service.labels == ["exposure": "internal"])
        #expect(result.service.environment == "staging" && result.service.health == "/healthz")
        #expect(throws: AuditError.self) {
            try Workplace(audit: audit, items: statusItems).judged(environment: "stagin")
        }
    }

    @Test("a gate rule counts the items it names")
    func gateRules() throws {
        let audit = "gate: [{name: none advisory, where: {severity: medium, status: fail}, max: 0}]"
        #expect(
            try Workplace(audit: audit, items: statusItems).judged(status: 404).verdict.reasons.contains {
                $0.rule == "gate-rule: none advisory"
            })
        #expect(
            try !Workplace(audit: audit, items: statusItems).judged().verdict.reasons.contains {
                $0.rule == "gate-rule: none advisory"
            })
    }

    @Test(
        "a gate rule that no selected item can ever match is an error",
        arguments: [
            "{severity: info, enforcement: gate}", "{item: a, severity: low}", "{phase: design}",
            "{checklist: own, item: x}"
        ])
    func impossible(predicate: String) throws {
        let workplace = try Workplace(audit: "gate: [{name: r, where: \(predicate), max: 0}]", items: statusItems)
        #expect(throws: AuditError.self) { try workplace.judged() }
    }

    @Test("a result survives its JSON")
    func roundTrip() throws {
        let result = try Workplace(audit: "", items: statusItems).judged()
        #expect(try JSONValue.parse(JSONValue(encoding: result).indented).decode(AuditResult.self) == result)
    }
}
