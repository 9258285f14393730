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
        #expect(changes.entries.map(\.item) == Samples.noGo.items.map(\.id))
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
        let titles = ["New (1)", "Worse (1)", "Fixed (1)", "Changed (1)", "Added (1)", "Removed (1)"]
        let positions = titles.compactMap { normal.firstRange(of: $0)?.lowerBound }
        #expect(positions.count == titles.count && positions == positions.sorted())
        #expect(normal.contains("Since 2026-11-14 03:00 UTC, when it was UNDETERMINED: 1 new, 1 worse, 1 fixed,"))
        #expect(!normal.contains("Unchanged (") && text(.verbose).contains("Unchanged ("))
        #expect(text(.quiet).contains("Worse (1)") && !text(.quiet).contains("Fixed ("))
        #expect(
            ReportFormat.changes(colour: false, detail: .normal).render(Samples.go)
                .contains("It was not compared with an earlier result."))
    }
}
