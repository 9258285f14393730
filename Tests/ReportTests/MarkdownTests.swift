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

    @Test("a report above one MiB loses whole sections at its end, and says which")
    func limit() throws {
        let report = try #require(ReportFormat.named("markdown")).render(largeResult(items: 6500))
        #expect(report.utf8.count <= 1 << 20)
        #expect(report.hasPrefix("# ⛔ NO-GO\n"))
        #expect(report.contains("## Blockers (2000)"))
        let note = try #require(report.split(separator: "\n").last)
        #expect(note.hasPrefix("> Left out, because the report would be longer than 1048576 bytes: "))
        #expect(note.contains("All items"))
        #expect(report.ranges(of: "<details>").count == report.ranges(of: "</details>").count)
    }
}
