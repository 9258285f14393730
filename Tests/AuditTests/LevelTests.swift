import Audit
import AuditModel
import Testing

/// Items of one severity each, from every level on.
private func items(severity: Severity = .high, _ more: String = "") -> String {
    ["essential", "standard", "strict"].map { level in
        "      - {id: \(level), title: T, severity: \(severity.rawValue), level: \(level), probe: headers,"
            + " expect: {status: 200}\(more)}"
    }.joined(separator: "\n")
}

@Suite struct LevelTests {
    // One row is one line.
    // swift-format-ignore
    @Test(
        "an item gates from its level on; the flag wins over the audit file, and without either it is standard",
        arguments: [
            (nil, nil, [.gate, .gate, .advisory]), ("essential", nil, [.gate, .advisory, .advisory]),
            ("strict", nil, [.gate, .gate, .gate]), ("strict", .essential, [.gate, .advisory, .advisory]),
            (nil, .strict, [.gate, .gate, .gate])
        ] as [(String?, Level?, [Enforcement])])
    func ambition(named: String?, given: Level?, enforcements: [Enforcement]) throws {
        let audit = named.map { "level: \($0)" } ?? ""
        let result = try Workplace(audit: audit, items: items(), parameter: "  {}").judged(level: given)
        #expect(result.items.map(\.enforcement) == enforcements)
        #expect(result.level == given ?? named.flatMap(Level.init) ?? .standard)
        #expect(result.items.map { $0.gatesFrom == nil } == enforcements.map { $0 == .gate })
    }

    @Test("an item of medium severity advises at any level, and its level is not the reason")
    func advisoryAnyhow() throws {
        let result = try Workplace(audit: "", items: items(severity: .medium), parameter: "  {}").judged()
        #expect(result.items.map(\.enforcement) == [.advisory, .advisory, .advisory])
        #expect(result.items.allSatisfy { $0.gatesFrom == nil })
    }

    @Test("--fail-on lifts no item above its level; a tailoring to gate does, whatever the item's date")
    func precedence() throws {
        let lifted = try Workplace(audit: "", items: items(severity: .medium), parameter: "  {}").judged(
            failOn: .medium)
        #expect(lifted.items.map(\.enforcement) == [.gate, .gate, .advisory])
        #expect(lifted.items[2].gatesFrom == .strict)
        let audit = "tailor: [{item: strict, enforcement: gate, reason: We hold it already}]"
        let tailored = try Workplace(audit: audit, items: items(", enforceFrom: 2099-01-01"), parameter: "  {}")
            .judged()
        #expect(tailored.items.map(\.enforcement) == [.advisory, .advisory, .gate])
        #expect(tailored.items.map { $0.enforceFrom == nil } == [false, false, true])
    }

    @Test("an item that its level and its date soften keeps both, so that reports say all it waits for")
    func levelAndDate() throws {
        let workplace = try Workplace(audit: "", items: items(", enforceFrom: 2099-01-01"), parameter: "  {}")
        let result = try workplace.judged(status: 404)
        #expect(result.items.map(\.enforcement) == [.advisory, .advisory, .advisory])
        #expect(result.items.map(\.gatesFrom) == [nil, nil, .strict])
        #expect(result.items.map(\.enforceFrom) == Array(repeating: Instant(date: "2099-01-01"), count: 3))
    }

    @Test("the date of an item that its level keeps advisory anyhow does not bound the verdict's validity")
    func levelBeyondDate() throws {
        let item =
            "      - {id: a, title: T, severity: high, level: strict, probe: headers, expect: {status: 200},"
            + " enforceFrom: 2099-01-01}"
        let workplace = try Workplace(audit: "", items: item, parameter: "  {}")
        #expect(try workplace.judged(status: 404).verdict.validUntil == nil)
        #expect(try workplace.judged(level: .strict, status: 404).verdict.validUntil == Instant(date: "2099-01-01"))
    }
}

@Suite struct LabelTests {
    private func items(_ labels: String) -> String {
        """
              - {id: a, title: A, severity: high, probe: headers, expect: {status: 200}}
              - {id: b, title: B, severity: high, probe: headers, with: {path: /b}, expect: {status: 200}, appliesWhen: {labels: \(labels)}}
        """
    }

    // One row is one line.
    // swift-format-ignore
    @Test(
        "an item that labels leave aside is not applicable, says why, and asks nothing",
        arguments: [
            ("{exposure: internal}", "the service's label exposure is public; this concerns internal"),
            ("{tier: [2, 3]}", "the service's label tier is 1; this concerns 2 or 3"),
            ("{has-database: false}", "the service's label has-database is true; this concerns false"),
            ("{exposure: public}", nil), ("{tier: '1'}", nil), ("{has-database: 'true'}", nil), ("{runs-on: vm}", nil)
        ])
    func leftAside(labels: String, reason: String?) throws {
        let result = try Workplace(
            audit: "", items: items(labels), parameter: "  {}",
            labels: "{exposure: public, tier: 1, has-database: true}"
        ).judged()
        #expect(result.items[1].status == (reason == nil ? .pass : .notApplicable))
        if let reason { #expect(result.items[1].message == reason) }
        #expect(result.observations.count == (reason == nil ? 2 : 1))
    }

    @Test("the labels of a checklist's head hold for all its items, together with their own")
    func inherited() throws {
        let workplace = try Workplace(
            audit: "", items: items("{exposure: public}"),
            parameter: "  {}\nappliesWhen: {labels: {kind: [page, api]}}",
            labels: "{exposure: internal, kind: api}")
        #expect(try workplace.judged().items.map(\.status) == [.pass, .notApplicable])
    }

    @Test("where labels leave every item aside nothing is selected, and that is no go")
    func nothingSelected() throws {
        let workplace = try Workplace(
            audit: "", items: items("{exposure: public}"),
            parameter: "  {}\nappliesWhen: {labels: {kind: [page, api]}}",
            labels: "{kind: worker}")
        #expect {
            try workplace.judged()
        } throws: { error in
            (error as? AuditError)?.lines == [
                "no selected item concerns this service: the service's label kind is worker; this concerns page or api"
            ]
        }
    }

    @Test("a known label with a value that no checklist asks for is a notice at its place, with the nearest value")
    func notices() throws {
        let audit = "environments: {staging: {labels: {runs-on: kubernets}}}"
        let workplace = try Workplace(
            audit: audit, items: items("{exposure: public}"), parameter: "  {}",
            labels: "{kind: woker, exposure: public, colour: blue}")
        let notices = try workplace.judged(environment: "staging").notices
        #expect(
            notices.map(\.message) == [
                "the label kind is \"woker\"; built-in checklists know page, api, worker; did you mean \"worker\"?",
                "the label runs-on is \"kubernets\"; built-in checklists know kubernetes, vm, paas; did you mean \"kubernetes\"?"
            ])
        #expect(notices.map(\.line) == [2, 5])
        #expect(try workplace.judged().notices.count == 1)
    }
}
