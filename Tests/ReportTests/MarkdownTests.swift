import AuditModel
import Report
import Testing

struct MarkdownTests {
    @Test(
        "prose that nothing can touch stays prose",
        arguments: [
            "Certificate stays valid for at least 21 days", "The header lasts 1 day.", "Does it hold (mostly)?",
            "Cross-origin requests don't work", "At least 99% pass, so far; good: yes!"
        ])
    func prose(text: String) {
        #expect(MarkdownText.neutral(text, inTable: false) == text)
        #expect(MarkdownText.neutral(text, inTable: true) == text)
    }

    @Test(
        "anything else becomes a code span",
        arguments: [
            ("", "`(empty)`"), ("a b  c", "`a b  c`"), ("1. one", "`1. one`"), ("- a", "`- a`"), ("# a", "`# a`"),
            ("www.evil.test", "`www.evil.test`"), ("https://a", "`https://a`"), ("@user", "`@user`"),
            ("see #12", "`see #12`"), ("GH-12", "`GH-12`"), (":smile:", "`:smile:`"), ("a*b*", "`a*b*`"),
            ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``a", "``` ``a ```"), (" a ", "`  a  `"), ("a|b", "`a|b`"),
            ("a\nb", "`a ⏎ b`"), ("a\tb", "`a b`"), ("<b>", "`<b>`"), ("a\u{0}", "`a\u{FFFD}`"), ("é", "`é`"),
            ("deploy 1234567", "`deploy 1234567`")
        ])
    func codeSpan(text: String, expected: String) {
        #expect(MarkdownText.neutral(text, inTable: false) == expected)
    }

    @Test(
        "prose of checklists stays readable: code where its author wrote code, or where a word could be markup",
        arguments: [
            (
                "Handle SIGTERM: fail readiness, wait 5 to 10 seconds.",
                "Handle SIGTERM: fail readiness, wait 5 to 10 seconds."
            ),
            ("At 99.9 % and/or p95 (the tail), 2,000 errors", "At 99.9 % and/or p95 (the tail), 2,000 errors"),
            ("End with `USER 1001:1001`, then go", "End with `USER 1001:1001`, then go"),
            ("Set it (`a b`).", "Set it (`a b`)."), ("a `b", "a `` `b ``"), ("``x``", "``` ``x`` ```"),
            ("see @user, #12 and GH-12.", "see `@user`, `#12` and `GH-12`."),
            ("**bold** <b> [x](y) https://a www.b.c", "`**bold**` `<b>` `[x](y)` `https://a` `www.b.c`"),
            ("deploy 1234567 or deadbeef1", "deploy `1234567` or `deadbeef1`"), ("a\nb\tc", "a b c"), ("  ", ""),
            ("x`y`z", "``x`y`z``"), ("(", "`(`"), (")", "`)`"), ("a|b", "`a|b`")
        ])
    func proseOfChecklists(text: String, expected: String) {
        #expect(MarkdownText.prose(text) == expected)
    }

    @Test("a bar does not end a cell", arguments: [("a|b", "`a\\|b`"), ("a\\|b", "`a\\\\|b`")])
    func tableCell(text: String, expected: String) {
        #expect(MarkdownText.neutral(text, inTable: true) == expected)
    }

    @Test(
        "a report above its limit loses whole sections at its end, and says which",
        arguments: [
            ("markdown", 1 << 20, 6500, true), ("markdown-comment", 65_536, 400, true),
            ("markdown-comment", 65_536, 6000, false)
        ])
    func limit(format: String, limit: Int, items: Int, isNamed: Bool) throws {
        let report = try #require(ReportFormat.named(format)).render(largeResult(items: items))
        #expect(report.utf8.count <= limit)
        #expect(report.hasPrefix("# ⛔ NO-GO\n"))
        #expect(report.contains("## Blockers ("))
        let note = try #require(report.split(separator: "\n").last)
        #expect(note.hasPrefix("> Left out, because the report would be longer than \(limit) bytes: "))
        #expect(note.contains("All items"))
        #expect(report.contains("<details><summary>All items, their names (\(items))</summary>") == isNamed)
        #expect(report.ranges(of: "<details>").count == report.ranges(of: "</details>").count)
    }

    @Test(
        "where the list of all items does not fit, each is named at least",
        arguments: [("markdown", 6500), ("markdown-comment", 400), ("markdown-comment", 1000)])
    func names(format: String, items: Int) throws {
        let result = largeResult(items: items)
        let report = try #require(ReportFormat.named(format)).render(result)
        let words = Set(report.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        #expect(result.items.filter { !words.contains($0.id) }.map(\.id) == [])
        #expect(report.contains("> Left out"))
    }

    @Test("what is named in place of a list cannot become markup, and does not fill the report by itself")
    func hostileNames() throws {
        let long = String(repeating: "x", count: 2000)
        let hostile = (0..<20).map { item("<b>@ana #1 | `\($0)", "A", .pass, message: long) }
        let wide = (0..<60).map { item("\($0)-\(long)", "A", .pass, message: long) }
        for items in [hostile, wide] {
            let report = try #require(ReportFormat.named("markdown-comment")).render(
                result(.go, items: items + (0..<200).map { item("i-\($0)", long, .pass, fix: long) }))
            #expect(report.utf8.count <= 65_536 && !report.contains(", <b>") && report.contains("> Left out"))
        }
    }

    @Test("a comment shows fifty items of a group and counts the others")
    func rows() throws {
        let report = try #require(ReportFormat.named("markdown-comment")).render(largeResult(items: 600))
        #expect(report.contains("## Blockers (186)") && report.contains("| and 136 more |"))
    }

    @Test("even a verdict that is longer than the report may be stays within the limit")
    func longVerdict() throws {
        let reasons = (0..<5000).map { VerdictReason(rule: "gate-rule: rule number \($0)", outcome: .noGo, items: []) }
        let report = try #require(ReportFormat.named("markdown-comment")).render(
            result(.noGo, reasons: reasons, items: [item("a", "A", .pass)]))
        #expect(report.utf8.count <= 65_536 && report.hasPrefix("# ⛔ NO-GO"))
        #expect(report.contains("[truncated ") && report.contains("> Left out"))
    }

    @Test("changes and sign-offs stand in the report")
    func changes() throws {
        let report = try #require(ReportFormat.named("markdown")).render(Samples.changed)
        #expect(report.contains("## Changes\n\nSince 2026-11-14 03:00 UTC, when it was UNDETERMINED: "))
        #expect(report.contains("| new | hsts-max-age |"))
        #expect(report.contains("- ○ security-lead: missing; nobody has spoken for the role\n"))
    }
}
