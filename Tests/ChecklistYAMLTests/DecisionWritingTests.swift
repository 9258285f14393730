import AuditModel
import ChecklistYAML
import Testing

/// What is written reads back as it was.
struct DecisionWritingTests {
    // One row is one line.
    // swift-format-ignore
    static let texts = [
        "plain", "two words", "a: b", "- a", "'single' \"double\"", "back\\slash", "line\nfeed\r\n", "tab\t", "true", "No", "null", "~",
        "12", "1e3", "0x10", "2026-11-21", "#", "a #b", "{a}", "[a]", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "a:", "a,b", "ünï", "日本語",
        "🙂", "a\u{7}", "\u{85}", "\u{A0}", "\u{2028}", "\u{202E}abc", "\u{FEFF}a", "\u{FFFE}", " lead and trail ", "…", "y", "https://a.example/?q=1#f"
    ]

    @Test("every text of an attestation survives", arguments: texts)
    func attestation(text: String) throws {
        let at = try #require(Instant("2026-11-21T10:00:00.25+01:00"))
        let made = Attestation(
            item: "on-call", answer: .notApplicable, statement: text, by: Actor(id: text, kind: .agent, role: text),
            at: at, expires: at.adding(seconds: 1),
            scope: Scope(service: text, environment: text, commit: "1f3c1f3c", artifact: nil),
            evidence: [
                Evidence(path: "a/b c.pdf", sha256: String(repeating: "0", count: 64), collectedAt: at),
                Evidence(url: "https://a.example/x,y"), Evidence(text: text)
            ], supersedes: "a b.yaml", location: SourceLocation(file: "a.yaml", line: 1, column: 1))
        let (read, diagnostics) = loadAttestation(text: Array(made.fileText.utf8), file: "a.yaml")
        #expect(diagnostics.map(\.text) == [])
        #expect(read == made)
    }

    @Test("every text of a waiver survives", arguments: texts)
    func waiver(text: String) throws {
        let at = try #require(Instant("2026-11-21T10:00:00Z"))
        let made = Waiver(
            item: "hsts", reason: text, risk: text, ticket: text, compensatingControl: text, requestedBy: text,
            approvedBy: Actor(id: text, role: text), approvedAt: at, expires: at.adding(seconds: 1),
            scope: Scope(service: text), remediation: Remediation(owner: text, due: at),
            location: SourceLocation(file: "w.yaml", line: 1, column: 1))
        let (read, diagnostics) = loadWaiver(text: Array(made.fileText.utf8), file: "w.yaml")
        #expect(diagnostics.map(\.text) == [])
        #expect(read == made)
    }

    @Test("a sign-off on a condition survives, and its file is one line a key")
    func signOff() throws {
        let at = try #require(Instant("2026-11-21T10:00:00Z"))
        let made = Attestation(
            item: "sign-off", answer: .pass, statement: "Go", by: Actor(id: "ana@example.com", role: "sre-lead"),
            at: at,
            expires: at.adding(seconds: 86_400), scope: Scope(service: "shop", commit: "1f3c1f3c"), evidence: [],
            condition: "Alerts by Friday", location: SourceLocation(file: "a.yaml", line: 1, column: 1))
        #expect(
            made.fileText == """
                schema: gonogo.attestation/1
                item: sign-off
                answer: pass
                statement: "Go"
                condition: "Alerts by Friday"
                by: {id: ana@example.com, kind: human, role: sre-lead}
                at: 2026-11-21T10:00:00Z
                expires: 2026-11-22T10:00:00Z
                scope: {service: shop, commit: "1f3c1f3c"}

                """)
        #expect(loadAttestation(text: Array(made.fileText.utf8), file: "a.yaml").0 == made)
    }
}
