import AuditModel
import Report
import Testing

@Suite struct DeferralTests {
    // One row is one line.
    // swift-format-ignore
    @Test(
        "an item that a date defers says until when, and how many days are left, in every report",
        arguments: [
            ("2026-11-21T03:00:05Z", "advisory until 2027-01-01, 41 days left"), ("2026-12-31T00:00:00Z", "advisory until 2027-01-01, 1 day left"),
            ("2026-12-30T23:59:59Z", "advisory until 2027-01-01, 2 days left"), ("2026-12-31T23:59:59Z", "advisory until 2027-01-01, 1 day left")
        ])
    func days(judged: String, sentence: String) throws {
        let item = item(
            "a", "A", .fail, enforcement: .advisory, message: "M", enforceFrom: Instant("2027-01-01T00:00:00Z"))
        try expect(sentence, of: item, judgedAt: judged)
    }

    @Test("a date with a time of day keeps it")
    func instant() throws {
        let item = item("a", "A", .fail, enforcement: .advisory, enforceFrom: Instant("2027-01-01T08:30:00Z"))
        try expect("advisory until 2027-01-01 08:30 UTC, 2 days left", of: item, judgedAt: "2026-12-31T08:29:00Z")
    }

    @Test("an item that its level defers says from which level on it gates, in every report")
    func level() throws {
        let item = item("a", "A", .fail, enforcement: .advisory, level: .strict, gatesFrom: .strict)
        try expect("gates from level strict on", of: item, judgedAt: "2026-11-21T03:00:05Z")
    }

    @Test("an item that its level and a date defer says both, in every report")
    func levelAndDate() throws {
        let item = item(
            "a", "A", .fail, enforcement: .advisory, level: .strict, gatesFrom: .strict,
            enforceFrom: Instant("2027-01-01T00:00:00Z"))
        try expect(
            "gates from level strict on; advisory until 2027-01-01, 41 days left", of: item,
            judgedAt: "2026-11-21T03:00:05Z")
    }

    @Test("an item that failed in the baseline already says so in every report")
    func baseline() throws {
        var item = item("a", "A", .fail, message: "M")
        item.isInBaseline = true
        try expect("failed in the baseline already", of: item, judgedAt: "2026-11-21T03:00:05Z")
    }

    @Test(
        "an item that waits for people until a probe is built names the probe wherever it is explained",
        arguments: [Enforcement.gate, .advisory])
    func planned(enforcement: Enforcement) throws {
        let question = AttestQuestion(
            question: "Is it?", validFor: .days(90), roles: [], requiresEvidence: false, willBe: "kubernetes")
        var result = Samples.go
        result.items = [item("a", "A", .pending, enforcement: enforcement, question: question)]
        for name in ["markdown", "html", "junit"] {
            let report = try #require(ReportFormat.named(name)).render(result)
            #expect(report.contains("planned: probe kubernetes"), "\(name)")
        }
        #expect(try #require(ReportFormat.named("json")).render(result).contains(#""willBe": "kubernetes""#))
    }

    @Test("of many items that a date defers each says so, in the text even those whose names alone are told")
    func many() throws {
        var result = Samples.go
        result.items = (0..<20).map { index in
            item(
                "a-\(index)", "A", index < 10 ? .fail : .pending, severity: .medium, enforcement: .advisory,
                enforceFrom: Instant("2027-01-01T00:00:00Z"))
        }
        for name in ["text", "markdown", "markdown-comment", "junit", "html"] {
            let report = try #require(ReportFormat.named(name)).render(result)
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let count = report.ranges(of: "advisory until 2027-01-01,").count
            #expect(count >= 20, "\(name): \(count)")
        }
    }

    private func expect(_ sentence: String, of item: ItemResult, judgedAt: String) throws {
        var result = Samples.go
        result.items = [item]
        result.judgedAt = try #require(Instant(judgedAt))
        for format in ReportFormat.all where format.name != "json" {
            #expect(format.render(result).contains(sentence), "\(format.name)")
        }
        let annotations = GitHubActions.annotations(of: result).joined()
        #expect(annotations.contains(sentence.replacing("%", with: "%25")))
        // The JSON holds what the sentence is made of.
        let json = try #require(ReportFormat.named("json")).render(result)
        let datum =
            item.enforceFrom.map { "\"enforceFrom\": \"\($0.iso8601)\"" }
            ?? (item.isInBaseline ? "\"isInBaseline\": true" : "\"gatesFrom\": \"strict\"")
        #expect(json.contains(datum))
    }
}
