import AuditModel
import JSON
import Report
import Testing

struct ChangesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var before: ItemResult
        var now: ItemResult
        var kind: ResultChanges.Kind
        var message: String
    }

    private static func fails(_ severity: Severity = .high) -> ItemResult {
        item("a", "A", .fail, severity: severity, blocks: true)
    }

    private static func seen(_ text: String, status: Status = .pass) -> ItemResult {
        item(
            "a", "A", status,
            expectations: [
                expectation("tls.days", "atLeast", .integer(21), .integer(1), holds: true, "at least 21 days", text)
            ])
    }

    private static func waived(until end: String) -> ItemResult {
        item("a", "A", .fail, disposition: .waived, waiver: waiver("Old.", expires: end))
    }

    static let cases: [Case] = [
        Case(
            testDescription: "a failure that was none", before: item("a", "A", .pass), now: fails(), kind: .new,
            message: "fail, was pass"),
        Case(
            testDescription: "a failure that is mended", before: fails(), now: item("a", "A", .pass), kind: .fixed,
            message: "pass, was fail"),
        Case(
            testDescription: "a failure that is waived", before: fails(), now: waived(until: "2026-12-01T00:00:00Z"),
            kind: .fixed, message: "fail (waived), was fail; waiver until 2026-12-01 00:00 UTC, was none"),
        Case(
            testDescription: "a waiver that ended", before: waived(until: "2026-11-01T00:00:00Z"), now: fails(),
            kind: .new, message: "fail, was fail (waived); waiver until none, was 2026-11-01 00:00 UTC"),
        Case(
            testDescription: "a failure of higher severity", before: fails(.medium), now: fails(.critical),
            kind: .worse,
            message: "severity critical, was medium"),
        Case(
            testDescription: "a failure of lower severity", before: fails(.critical), now: fails(), kind: .changed,
            message: "severity high, was critical"),
        Case(
            testDescription: "a failure that nobody can see any more", before: fails(),
            now: item("a", "A", .inconclusive, blocks: true), kind: .worse, message: "inconclusive, was fail"),
        Case(
            testDescription: "what was not known and fails now", before: item("a", "A", .error, blocks: true),
            now: fails(), kind: .worse, message: "fail, was error"),
        Case(
            testDescription: "what waited for people and fails now", before: item("a", "A", .pending, blocks: true),
            now: fails(), kind: .worse, message: "fail, was pending"),
        Case(
            testDescription: "a failure that waits for people now", before: fails(),
            now: item("a", "A", .stale, blocks: true), kind: .changed, message: "stale, was fail"),
        Case(
            testDescription: "other evidence", before: seen("730 days"), now: seen("30 days"), kind: .changed,
            message: "tls.days: seen 30 days, was 730 days"),
        Case(
            testDescription: "an advisory failure", before: seen("730 days"), now: seen("1 day", status: .fail),
            kind: .changed, message: "fail, was pass; tls.days: seen 1 day, was 730 days"),
        Case(
            testDescription: "a longer waiver", before: waived(until: "2026-12-01T00:00:00Z"),
            now: waived(until: "2027-01-01T00:00:00Z"), kind: .changed,
            message: "waiver until 2027-01-01 00:00 UTC, was 2026-12-01 00:00 UTC"),
        Case(
            testDescription: "the same in other words", before: item("a", "A", .pass, message: "Old."),
            now: item("a", "B", .pass, message: "New."), kind: .unchanged, message: ""),
        Case(
            testDescription: "the same failure", before: fails(), now: fails(), kind: .unchanged, message: ""),
        Case(
            testDescription: "what a gate rule counts now", before: item("a", "A", .pass),
            now: item("a", "A", .pass, blocks: true), kind: .new, message: "it decides now")
    ]

    @Test("an item changes by what it does to the verdict, and the message says what differs", arguments: cases)
    func kinds(_ example: Case) {
        let changes = result(.noGo, items: [example.now]).changes(since: result(.noGo, items: [example.before]))
        #expect(
            changes.entries == [ResultChanges.Entry(item: "a", kind: example.kind, message: example.message)])
        #expect(changes.hasRegressions(now: .noGo) == (example.kind == .new || example.kind == .worse))
    }

    @Test("items that were not asked before, or are not asked any more")
    func addedAndRemoved() {
        let before = result(.go, items: [item("gone", "Gone", .pass), item("a", "A", .pass)])
        let now = result(.noGo, items: [item("a", "A", .pass), item("good", "G", .pass), Self.failing("bad")])
        #expect(
            now.changes(since: before).entries == [
                ResultChanges.Entry(item: "a", kind: .unchanged, message: ""),
                ResultChanges.Entry(item: "good", kind: .added, message: "was not asked before; it is pass"),
                ResultChanges.Entry(item: "bad", kind: .new, message: "was not asked before; it is fail"),
                ResultChanges.Entry(
                    item: "gone", kind: .removed, message: "is asked no longer; it was pass and gated", gated: true)
            ])
    }

    @Test(
        "an item that gated and is no longer asked is told, and is a regression: its failure was not mended",
        arguments: [
            (item("gone", "Gone", .fail, blocks: true), true), (item("gone", "Gone", .pass), true),
            (item("gone", "Gone", .fail, disposition: .waived), true), (item("gone", "Gone", .pending), true),
            (item("gone", "Gone", .fail, enforcement: .advisory), false), (item("gone", "Gone", .notApplicable), false)
        ])
    func vanished(gone: ItemResult, isRegression: Bool) {
        let before = result(gone.blocks ? .noGo : .go, items: [gone, item("a", "A", .pass)])
        let now = result(.go, items: [item("a", "A", .pass)]).compared(with: before)
        #expect(now.changes?.hasRegressions(now: .go) == isRegression)
        for detail in TextDetail.allCases {
            let text = ReportFormat.changes(colour: false, detail: detail).render(now)
            #expect(text.contains("Removed (1)\n  gone") == (isRegression || detail != .quiet))
            #expect(text.contains("and gated") == isRegression)
        }
        for format in ["text", "html", "markdown", "json"] {
            #expect(ReportFormat.named(format)?.render(now).contains("gone") == true, "\(format)")
        }
    }

    private static func signOff(_ state: SignOffResult.State?, _ condition: String? = nil) -> [SignOffResult] {
        var vote = attestation(.pass, "Ready.", by: ben)
        vote.condition = condition
        return state.map {
            [SignOffResult(role: "sre lead", checklist: "c", state: $0, attestation: $0 == .missing ? nil : vote)]
        } ?? []
    }

    // One row is one line.
    // swift-format-ignore
    static let signOffCases: [([SignOffResult], [SignOffResult], ResultChanges.Kind, String)] = [
        (signOff(.given), signOff(.given), .unchanged, ""),
        (signOff(.given), signOff(.refused), .new, "refused, was given"),
        (signOff(.given), signOff(.missing), .new, "missing, was given"),
        (signOff(.missing), signOff(.refused), .worse, "refused, was missing"),
        (signOff(.refused), signOff(.given), .fixed, "given, was refused"),
        (signOff(.stale), signOff(.missing), .changed, "missing, was stale"),
        (signOff(.given), signOff(.conditional, "c"), .changed, "conditional, was given; condition c, was none"),
        (signOff(.conditional, "c"), signOff(.conditional, "d"), .changed, "condition d, was c"),
        (signOff(nil), signOff(.missing), .new, "was not asked before; now: missing"),
        (signOff(nil), signOff(.given), .added, "was not asked before; now: given"),
        (signOff(.given), signOff(nil), .removed, "is asked no longer, and gated; before: given")
    ]

    @Test("a sign-off changes by what it does to the verdict, under the id that alerts have", arguments: signOffCases)
    func signOffs(before: [SignOffResult], now: [SignOffResult], kind: ResultChanges.Kind, message: String) {
        var (old, new) = (result(.go, items: []), result(.go, items: []))
        (old.signOffs, new.signOffs) = (before, now)
        let changes = new.changes(since: old)
        let gated = kind == .removed ? true : nil
        #expect(
            changes.entries == [
                ResultChanges.Entry(item: "sign-off/sre-lead", kind: kind, message: message, gated: gated)
            ])
        #expect(changes.hasRegressions(now: .go) == [.new, .worse, .removed].contains(kind))
        for format in ["html", "markdown", "json"] {
            let report = ReportFormat.named(format)?.render(new.compared(with: old)) ?? ""
            #expect(kind == .unchanged || report.contains("sign-off/sre-lead"), "\(format)")
            #expect(!report.contains("#item-sign-off"))
        }
    }

    private static func rule(_ holds: Bool?, _ count: Int = 0) -> [GateOutcome] {
        [GateOutcome(name: "few", holds: holds, min: nil, max: 1, items: (0..<count).map { "i\($0)" })]
    }

    // One row is one line.
    // swift-format-ignore
    static let ruleCases: [([GateOutcome], [GateOutcome], ResultChanges.Kind, String)] = [
        (rule(true), rule(true), .unchanged, ""),
        (rule(true), rule(false, 2), .new, "does not hold, was holds; 2 items match, at most 1 demanded, was 0 items match, at most 1 demanded"),
        (rule(false, 2), rule(true, 1), .fixed, "holds, was does not hold; 1 item matches, at most 1 demanded, was 2 items match, at most 1 demanded"),
        (rule(true), rule(nil), .new, "not known, was holds"),
        (rule(nil), rule(false), .worse, "does not hold, was not known"),
        ([], rule(false), .new, "was not asked before; now: does not hold"),
        (rule(true), [], .removed, "is asked no longer, and gated; before: holds")
    ]

    @Test("so does a gate rule", arguments: ruleCases)
    func gateRules(before: [GateOutcome], now: [GateOutcome], kind: ResultChanges.Kind, message: String) {
        let changes = result(.go, gate: now, items: []).changes(since: result(.go, gate: before, items: []))
        let gated = kind == .removed ? true : nil
        #expect(
            changes.entries == [ResultChanges.Entry(item: "gate-rule/few", kind: kind, message: message, gated: gated)])
    }

    private static func answered(_ change: (inout AttestationResult) -> Void = { _ in }) -> ItemResult {
        var made = attestation(
            .pass, "Tried.", by: ben, evidence: [Evidence(path: "e", sha256: "00")])
        change(&made)
        return item("a", "A", .pass, disposition: .attested, attestations: [made])
    }

    private static func accepted(_ change: (inout WaiverResult) -> Void) -> ItemResult {
        var made = waiver("Old.", expires: "2026-12-01T00:00:00Z")
        change(&made)
        return item("a", "A", .fail, disposition: .waived, waiver: made)
    }

    // One row is one line.
    // swift-format-ignore
    static let decisionCases: [(String, ItemResult, ItemResult, String)] = [
        ("the same answer", answered(), answered(), ""),
        ("the same evidence, collected later", answered(), answered { $0.evidence[0].collectedAt = morning }, ""),
        ("other evidence", answered(), answered { $0.evidence[0].sha256 = "11" }, "answer of ben@example.com: rests on other evidence"),
        ("another statement", answered(), answered { $0.statement = "Not tried." }, "answer of ben@example.com: says Not tried., was Tried."),
        ("another role", answered(), answered { $0.by.role = nil }, "answer of ben@example.com: as nobody, was sre-lead"),
        ("another assurance", answered { $0.assurance.level = .signed }, answered(), "answer of ben@example.com: unsigned, was signed"),
        ("another answer", answered(), answered { $0.answer = .notApplicable }, "answer of ben@example.com: not applicable, was pass"),
        ("somebody else", answered(), answered { $0.by = ana }, "answer of ana@example.com: pass, was none; answer of ben@example.com: none, was pass"),
        ("the same waiver", accepted { _ in }, accepted { _ in }, ""),
        ("another approver", accepted { _ in }, accepted { $0.approvedBy = ana }, "approved by ana@example.com (service-owner), was ben@example.com (sre-lead)"),
        ("another reason", accepted { _ in }, accepted { $0.reason = "New." }, "waiver's reason New., was Old."),
        ("another risk", accepted { $0.risk = "r" }, accepted { $0.risk = nil }, "waiver's risk none, was r")
    ]

    @Test("what people said changes an item, though its status is the same", arguments: decisionCases)
    func decisions(_ what: String, before: ItemResult, now: ItemResult, message: String) {
        let changes = result(.go, items: [now]).changes(since: result(.go, items: [before]))
        let kind: ResultChanges.Kind = message.isEmpty ? .unchanged : .changed
        #expect(changes.entries == [ResultChanges.Entry(item: "a", kind: kind, message: message)], "\(what)")
    }

    private static func failing(_ id: String) -> ItemResult { item(id, "B", .fail, blocks: true) }

    @Test(
        "an outcome that got worse without any item is a regression, unless it is a conditional go",
        arguments: [
            (Outcome.go, Outcome.awaiting, true), (.go, .conditionalGo, false), (.awaiting, .noGo, true),
            (.noGo, .awaiting, false), (.noGo, .noGo, false), (.go, .go, false), (.conditionalGo, .undetermined, true)
        ])
    func outcomes(before: Outcome, now: Outcome, isRegression: Bool) {
        let changes = result(now, items: []).changes(since: result(before, items: []))
        #expect(changes.hasRegressions(now: now) == isRegression)
    }

    @Test("a result without change has none")
    func same() {
        let changes = Samples.noGo.changes(since: Samples.noGo)
        #expect(changes.entries.allSatisfy { $0.kind == .unchanged && $0.message.isEmpty })
        #expect(
            changes.entries.map(\.item) == Samples.noGo.items.map(\.id) + [
                "gate-rule/at-most-1-cookie", "gate-rule/no-open-critical"
            ])
    }

    @Test("another service's result is compared, and a notice says so")
    func otherService() {
        let other = result(.go, items: [], service: ServiceIdentity(name: "blog"))
        #expect(Samples.go.compared(with: other).notices.map(\.code) == ["other-service"])
        #expect(Samples.go.compared(with: Samples.go).notices == [])
    }

    @Test("the text tells what got worse first, and by its detail more or less")
    func text() {
        func text(_ detail: TextDetail) -> String {
            ReportFormat.changes(colour: false, detail: detail).render(Samples.changed)
        }
        let normal = text(.normal)
        let titles = ["New (2)", "Worse (1)", "Fixed (1)", "Changed (1)", "Added (3)", "Removed (1)"]
        let positions = titles.compactMap { normal.firstRange(of: $0)?.lowerBound }
        #expect(positions.count == titles.count && positions == positions.sorted())
        #expect(normal.contains("Since 2026-11-14 03:00 UTC, when it was UNDETERMINED: 2 new, 1 worse, 1 fixed,"))
        #expect(!normal.contains("Unchanged (") && text(.verbose).contains("Unchanged ("))
        #expect(text(.quiet).contains("Worse (1)") && !text(.quiet).contains("Fixed ("))
        #expect(
            ReportFormat.changes(colour: false, detail: .normal).render(Samples.go)
                .contains("It was not compared with an earlier result."))
    }
}
