import AuditModel
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

    @Test("of many items that wait for people a line each is told, of few the question and the fix")
    func manyAwaiting() {
        func lines(_ count: Int) -> Int {
            let question = AttestQuestion(
                question: "Is it?", validFor: .days(90), roles: [], requiresEvidence: false, willBe: nil)
            let items = (0..<count).map {
                item("item-\($0)", "A", .pending, blocks: true, message: "Nobody has answered yet.", question: question)
            }
            let text = text(result(.awaiting, items: items), .normal)
            return text.split(separator: "\n").count { $0.contains("item-") || $0.contains("asked: ") }
        }
        #expect(lines(5) == 10)
        #expect(lines(60) == 60)
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
