import AuditModel
import Foundation
import JSON
import Report
import Testing

struct ReportFormatTests {
    @Test("every file in Formats is in the list, under a name of its own")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Report/Formats").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(files.count == ReportFormat.all.count)
        #expect(Set(ReportFormat.all.map(\.name)).count == ReportFormat.all.count)
        #expect(Set(ReportFormat.all.map(\.fileExtension)).count == ReportFormat.all.count)
    }

    @Test(
        "a format is found by its name",
        arguments: [
            "text", "junit", "junit-extended", "html", "markdown", "markdown-comment", "json", "sarif", "sarif-full",
            "codequality"
        ])
    func named(name: String) {
        #expect(ReportFormat.named(name)?.name == name)
        #expect(ReportFormat.named(name.uppercased()) == nil)
    }

    /// Formats for alerts, which hold what fails and nothing else.
    private static let alerts: Set<String> = ["sarif", "codequality"]

    private func isExpected(_ item: ItemResult, in format: String) -> Bool {
        !Self.alerts.contains(format) || item.blocks || (item.status == .fail && item.disposition != .waived)
    }

    @Test(
        "every item is in every report, in those for alerts every failing one and no other",
        arguments: ReportFormat.all.map(\.name), Samples.all.map(\.name))
    func everyItem(format: String, sample: String) throws {
        let result = try #require(Samples.all.first { $0.name == sample }).result
        let report = try #require(ReportFormat.named(format)).render(result)
        for item in result.items {
            let shown = Self.alerts.contains(format) ? "\"\(item.id)\"" : item.id
            #expect(report.contains(shown) == isExpected(item, in: format), "\(item.id)")
        }
    }

    @Test(
        "every one of a thousand items is in every report",
        arguments: ReportFormat.all.map(\.name))
    func everyItemOfMany(format: String) throws {
        let result = largeResult(items: 1000)
        let report = try #require(ReportFormat.named(format)).render(result)
        let words = Set(report.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        let missing = result.items.filter { isExpected($0, in: format) && !words.contains($0.id) }
        #expect(missing.map(\.id) == [])
    }

    @Test(
        "the verdict comes first, in one sentence",
        arguments: [
            (Samples.go, "shop in production is ready: every item that gates passes or does not apply."),
            (Samples.conditionalGo, "shop in production is ready on conditions: 1 item is waived."),
            (Samples.awaiting, "shop in production is not ready yet: 1 gating item awaits people."),
            (
                result(
                    .undetermined,
                    reasons: [VerdictReason(rule: "gating-inconclusive", outcome: .undetermined, items: ["a", "b"])],
                    items: []),
                "It is not known whether shop in production is ready: 2 gating items could not be determined."
            ),
            (
                result(
                    .noGo,
                    reasons: [
                        VerdictReason(rule: "gating-failure", outcome: .noGo, items: ["a"]),
                        VerdictReason(rule: "gate-rule: few", outcome: .noGo, items: [])
                    ], items: [], service: ServiceIdentity(name: "api")),
                "api is not ready: 1 gating item fails, the gate rule “few” does not hold."
            )
        ])
    func verdict(result: AuditResult, sentence: String) throws {
        let text = try #require(ReportFormat.named("text")).render(result).replacing("\n", with: " ")
        let page = try #require(ReportFormat.named("html")).render(result)
        let markdown = try #require(ReportFormat.named("markdown")).render(result)
        #expect(text.contains(" \(sentence) "))
        #expect(page.contains("<p class=\"lead\">\(sentence)</p>"))
        #expect(markdown.contains(sentence))
    }

    @Test("a report says when it was not judged now", arguments: ["text", "html", "markdown"], [true, false])
    func judgedAsOf(format: String, asOf: Bool) throws {
        let report = try #require(ReportFormat.named(format))
            .render(result(.go, asOf: asOf, items: [item("a", "A", .pass)]))
        #expect(report.contains("a given instant instead of now") == asOf)
        #expect(report.contains("2026-11-21 03:00 UTC"))
    }

    @Test("a result decodes from its own JSON", arguments: Samples.all.map(\.name))
    func roundTrip(sample: String) throws {
        let result = try #require(Samples.all.first { $0.name == sample }).result
        let report = try #require(ReportFormat.named("json")).render(result)
        #expect(try JSONValue.parse(report).decode(AuditResult.self) == result)
    }

    @Test("lines of text are at most 100 columns, unless one word is longer")
    func wrapping() throws {
        for line in try #require(ReportFormat.named("text")).render(Samples.noGo).split(separator: "\n") {
            #expect(line.unicodeScalars.count <= 100, "\(line)")
        }
    }
}
