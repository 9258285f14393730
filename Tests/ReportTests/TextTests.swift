import AuditModel
import JSON
import Report
import Testing

struct TextTests {
    @Test("little is the verdict and a line for each thing that keeps it from go")
    func quiet() {
        let lines = text(Samples.changed, .quiet).split(separator: "\n")
        #expect(lines[0].hasPrefix("NO-GO shop in production is not ready"))
        #expect(lines.count { $0.hasPrefix("  ✗") || $0.hasPrefix("  ?") || $0.hasPrefix("  !") } >= 6)
        for id in ["hsts-max-age", "on-call-rotation", "gate-rule/at-most-1-cookie", "sign-off/security-lead"] {
            #expect(lines.contains { $0.contains(id) }, "\(id)")
        }
        #expect(!lines.contains { $0.contains("server-version") || $0.contains("permissions-policy") })
        #expect(text(Samples.go, .quiet).split(separator: "\n").count == 1)
    }

    @Test("as a rule the verdict opens and closes, and a blocker shows what was expected, seen, and how to mend it")
    func normal() {
        let text = text(Samples.changed, .normal)
        #expect(text.hasPrefix("NO-GO shop in production is not ready"))
        #expect(text.contains("\n\nNO-GO 2 pass, 6 fail, "))
        #expect(text.contains("headers.hsts.maxAge: expected at least 365 days, seen 1 day (not met)"))
        #expect(text.contains("fix: Send Strict-Transport-Security: max-age=31536000"))
        #expect(!text.contains("why: "))
        #expect(text.contains("\nPassed (1)\n  runbook\n"))
    }

    @Test("each item that waits for people has a line, of many the first ten, and the others their names")
    func manyAwaiting() {
        func lines(_ count: Int) -> [Substring] {
            let question = AttestQuestion(
                question: "Is it?", validFor: .days(90), roles: [], requiresEvidence: false, willBe: nil)
            let items = (0..<count).map {
                item("item-\($0)", "A", .pending, blocks: true, message: "Nobody has answered yet.", question: question)
            }
            return text(result(.awaiting, items: items), .normal).split(separator: "\n")
        }
        #expect(lines(5).count { $0.hasPrefix("  ○ pending item-") } == 5)
        #expect(lines(60).count { $0.hasPrefix("  ○ pending item-") } == 10)
        #expect(lines(60).contains { $0.hasPrefix("  ○ 50 pending: item-10, item-11, ") })
    }

    @Test("of many blockers the first ten show what was seen and how to mend it, the others have a line")
    func manyBlockers() {
        let items = (0..<14).map { index in
            item(
                "item-\(index)", "A", .fail, blocks: true,
                expectations: [
                    expectation("a.b", "equals", .boolean(true), .boolean(false), holds: false, "true", "false")
                ], fix: "Mend it.")
        }
        let lines = text(result(.noGo, items: items), .normal).split(separator: "\n")
        #expect(lines.count { $0 == "      a.b: expected true, seen false (not met)" } == 10)
        #expect(lines.count { $0 == "      fix: Mend it." } == 10)
        #expect(lines.count { $0.hasSuffix(" (high): a.b: expected true, seen false (not met)") } == 4)
    }

    @Test("a long fix is told by its first sentences, and whole where all is told")
    func longFix() {
        let fix = "Do this at once. " + String(repeating: "Then look at it for a while again. ", count: 8) + "End it."
        let sample = result(.noGo, items: [item("a", "A", .fail, blocks: true, fix: fix)])
        let normal = text(sample, .normal).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(normal.contains("fix: Do this at once. Then look at it") && normal.contains("again. … NO-GO"))
        #expect(!normal.contains("End it.") && text(sample, .verbose).contains("End it."))
    }

    @Test("an audit with hundreds of items that do not decide fits a screen but for their names")
    func crowd() {
        let statuses: [Status] = [.fail, .pending, .pass, .notApplicable, .inconclusive]
        let crowd = (0..<300).map { index in
            item("item-\(index)", "A", statuses[index % 5], severity: .medium, enforcement: .advisory, message: "M")
        }
        let text = text(result(.noGo, items: Samples.noGo.items + crowd), .normal)
        let names = text.split(separator: "\n").filter { $0.contains("item-") && !$0.contains(" (medium): ") }
        let rest = text.split(separator: "\n", omittingEmptySubsequences: false).count - names.count
        #expect(rest < 60, "\(rest)")
        #expect(text.contains("  ✗ 56 fail: item-") || text.contains("  ✗ 57 fail: "))
    }

    @Test("a go without failures fits a screen")
    func screen() {
        #expect(text(Samples.go, .normal).split(separator: "\n", omittingEmptySubsequences: false).count < 24)
        #expect(
            text(Samples.conditionalGo, .normal).split(separator: "\n", omittingEmptySubsequences: false).count < 24)
    }

    @Test("all is every item with its evidence, why it matters, and what was observed")
    func verbose() {
        let text = text(Samples.changed, .verbose)
        for part in [
            "why: Without it the first request", "nist-800-53: SC-8, SC-23", "owner        team-shop",
            "attempt 2 at 2026-11-21 03:00 UTC", "Observations (2)", "✓ pass runbook",
            "evidence: drills/2026-10.pdf, SHA-256", "risk: An embedded page", "✓ holds no open critical"
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("every detail names what changed and who signed", arguments: [TextDetail.normal, .verbose])
    func changes(detail: TextDetail) {
        let text = text(Samples.changed, detail)
        #expect(text.contains("Since 2026-11-14 03:00 UTC, when it was UNDETERMINED: "))
        #expect(text.contains("  new hsts-max-age: fail, was pass"))
        #expect(text.contains("Sign-offs (3)") && text.contains("○ security-lead: missing; nobody has spoken"))
    }

    private func text(_ result: AuditResult, _ detail: TextDetail) -> String {
        ReportFormat.text(colour: false, detail: detail).render(result)
    }
}
