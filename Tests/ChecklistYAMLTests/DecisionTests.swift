import AuditModel
import ChecklistYAML
import Testing

struct DecisionTests {
    static let digest = String(repeating: "0a", count: 32)
    static let commit = String(repeating: "1f3c", count: 10)

    static let attestation = """
        schema: gonogo.attestation/1
        item: on-call-rotation
        answer: pass                              # pass | fail | notApplicable
        statement: Rotation and escalation are in the team calendar until March.
        by: {id: ana@example.com, kind: human, role: service-owner}        # kind: human | service | agent
        at: 2026-10-03T09:12:00Z
        expires: 2027-01-01T00:00:00Z             # exclusive; valid until min(expires, at + validFor)
        scope: {service: shop, environment: production, commit: \(commit), artifact: sha256:\(digest)}
        evidence: [{path: drills/2026-10.pdf, sha256: \(digest.uppercased()), collectedAt: 2026-10-03T08:00:00Z}]
        """

    static let waiver = """
        schema: gonogo.waiver/1
        item: permissions-policy
        reason: …
        risk: …
        ticket: SHOP-1234
        compensatingControl: …
        requestedBy: ana@example.com
        approvedBy: {id: ben@example.com, role: sre-lead}
        approvedAt: 2026-11-01T10:00:00Z
        expires: 2026-11-15T00:00:00Z
        scope: {service: shop, environment: production}
        remediation: {owner: ana@example.com, due: 2026-11-14T00:00:00Z}
        """

    @Test("the attestation of the contract loads into its noun")
    func contractAttestation() throws {
        let (attestation, diagnostics) = loadAttestation(text: Array(Self.attestation.utf8), file: "a.yaml")
        #expect(diagnostics.map(\.text) == [])
        let expected = Attestation(
            item: "on-call-rotation", answer: .pass,
            statement: "Rotation and escalation are in the team calendar until March.",
            by: Actor(id: "ana@example.com", kind: .human, role: "service-owner"),
            at: try #require(Instant("2026-10-03T09:12:00Z")), expires: try #require(Instant("2027-01-01T00:00:00Z")),
            scope: Scope(
                service: "shop", environment: "production", commit: Self.commit, artifact: "sha256:" + Self.digest),
            evidence: [
                Evidence(
                    path: "drills/2026-10.pdf", sha256: Self.digest, collectedAt: Instant("2026-10-03T08:00:00Z"))
            ], location: AuditModel.SourceLocation(file: "a.yaml", line: 1, column: 1))
        #expect(attestation == expected)
    }

    @Test("the waiver of the contract loads into its noun")
    func contractWaiver() throws {
        let (waiver, diagnostics) = loadWaiver(text: Array(Self.waiver.utf8), file: "w.yaml")
        #expect(diagnostics.map(\.text) == [])
        let expected = Waiver(
            item: "permissions-policy", reason: "…", risk: "…", ticket: "SHOP-1234", compensatingControl: "…",
            requestedBy: "ana@example.com", approvedBy: Actor(id: "ben@example.com", role: "sre-lead"),
            approvedAt: try #require(Instant("2026-11-01T10:00:00Z")),
            expires: try #require(Instant("2026-11-15T00:00:00Z")),
            scope: Scope(service: "shop", environment: "production"),
            remediation: Remediation(owner: "ana@example.com", due: Instant("2026-11-14T00:00:00Z")),
            location: AuditModel.SourceLocation(file: "w.yaml", line: 1, column: 1))
        #expect(waiver == expected)
    }

    /// A line of the attestation above, and the marked line that replaces it.
    // One row is one line.
    // swift-format-ignore
    static let attestationMistakes: [(String, Mistake)] = [
        ("item", Mistake("⟨itme⟩: x", "an attestation needs the key \"item\"", "unknown key \"itme\" in an attestation; did you mean \"item\"?")),
        ("answer", Mistake("answer: ⟨yes⟩", "unknown answer \"yes\"; known: pass, fail, notApplicable")),
        ("answer", Mistake("answer: ⟨not-applicable⟩", "unknown answer \"not-applicable\"; did you mean \"notApplicable\"?")),
        ("statement", Mistake("statement:⟨⟩", "\"statement\" must be a text, found nothing")),
        ("by", Mistake("by: ⟨{id: ana}⟩", "by needs the key \"kind\"")),
        ("by", Mistake("by: {id: ana, kind: ⟨person⟩}", "unknown kind of actor \"person\"; known: human, service, agent")),
        ("at", Mistake("at: ⟨2026-10-03T09:12:00⟩", "\"at\" lacks its zone; write 2026-10-03T09:12:00Z if it is UTC")),
        ("at", Mistake("at: ⟨yesterday⟩", "\"at\" must be an instant such as 2026-10-03T09:12:00Z, found the text \"yesterday\"")),
        ("expires", Mistake("expires: ⟨2027-01-01⟩", "\"expires\" lacks its time and zone; write 2027-01-01T00:00:00Z")),
        ("expires", Mistake("⟨expires⟩: 2026-10-03T10:12:00+01:00", "\"expires\" must be after \"at\"")),
        ("scope", Mistake("scope: {commit: ⟨main⟩}", "\"commit\" must be a commit of 7 to 64 lower-case hexadecimal digits, found \"main\"")),
        ("scope", Mistake("scope: {artifact: ⟨sha256:12⟩}", "\"artifact\" must be sha256: and 64 lower-case hexadecimal digits, found \"sha256:12\"")),
        ("scope", Mistake("scope: {⟨sevice⟩: shop}", "unknown key \"sevice\" in scope; did you mean \"service\"?")),
        ("evidence", Mistake("evidence: [{path: ⟨../secret⟩}]", "\"path\" must be a path below the folder of the audit file, without .., found \"../secret\"")),
        ("evidence", Mistake("evidence: [{path: ⟨/etc/passwd⟩}]", "\"path\" must be a path below the folder of the audit file, without .., found \"/etc/passwd\"")),
        ("evidence", Mistake("supersedes: ⟨../a.yaml⟩", "\"supersedes\" must be the name of a .yaml file in the same folder, found \"../a.yaml\"")),
        ("evidence", Mistake("⟨condition⟩: If so", "\"condition\" belongs to a pass of the item sign-off alone")),
        ("evidence", Mistake("evidence: [⟨{sha256: \(digest)}⟩]", "evidence needs exactly one of \"path\", \"url\" and \"text\"")),
        ("evidence", Mistake("evidence: [⟨{path: a, url: 'https://a.example'}⟩]", "evidence needs exactly one of \"path\", \"url\" and \"text\"")),
        ("evidence", Mistake("evidence: [{path: a, sha256: ⟨abc⟩}]", "\"sha256\" must be 64 hexadecimal digits, found \"abc\"")),
        ("evidence", Mistake("evidence: [{url: ⟨a.example⟩}]", "\"url\" must be an http:// or https:// address without spaces, found \"a.example\""))
    ]

    // One row is one line.
    // swift-format-ignore
    static let waiverMistakes: [(String, Mistake)] = [
        ("reason", Mistake("reason: ⟨''⟩", "\"reason\" is empty")),
        ("approvedBy", Mistake("approvedBy: ⟨{id: ben}⟩", "approvedBy needs the key \"role\"")),
        ("approvedBy", Mistake("approvedBy: ⟨ben⟩", "\"approvedBy\" must be a mapping, found the text \"ben\"")),
        ("expires", Mistake("⟨expires⟩: 2026-11-01T10:00:00Z", "\"expires\" must be after \"approvedAt\"")),
        ("remediation", Mistake("remediation: ⟨{due: 2026-11-14T00:00:00Z}⟩", "remediation needs the key \"owner\"")),
        ("ticket", Mistake("ticket: ⟨1234⟩", "\"ticket\" must be a text, found the integer 1234; put it in quotes"))
    ]

    @Test("each mistake of an attestation has its sentence and place", arguments: attestationMistakes)
    func attestationMistake(_ key: String, _ mistake: Mistake) {
        // A missing key is reported at the start of the mapping.
        let isMissing = mistake.sentences.count == 2
        mistake.check(in: { (isMissing ? "⟨⟩" : "") + Self.replaced(key, in: Self.attestation, by: $0) }) { bytes in
            let (attestation, diagnostics) = loadAttestation(text: bytes, file: "file.yaml")
            #expect(attestation == nil)
            return diagnostics
        }
    }

    @Test("each mistake of a waiver has its sentence and place", arguments: waiverMistakes)
    func waiverMistake(_ key: String, _ mistake: Mistake) {
        mistake.check(in: { Self.replaced(key, in: Self.waiver, by: $0) }) { bytes in
            let (waiver, diagnostics) = loadWaiver(text: bytes, file: "file.yaml")
            #expect(waiver == nil)
            return diagnostics
        }
    }

    static let mandatory =
        ["item", "answer", "statement", "by", "at", "expires"].map { ($0, attestation) }
        + ["item", "reason", "risk", "requestedBy", "approvedBy", "approvedAt", "expires"].map { ($0, waiver) }

    @Test("a mandatory key that is missing is named", arguments: mandatory)
    func mandatoryKey(_ key: String, _ text: String) {
        let bytes = Array(Self.replaced(key, in: text, by: "").utf8)
        let isWaiver = text == Self.waiver
        let found =
            isWaiver ? loadWaiver(text: bytes, file: "f").1 : loadAttestation(text: bytes, file: "f").1
        let noun = isWaiver ? "a waiver" : "an attestation"
        #expect(found.map(\.text) == ["f:1:1: \(noun) needs the key \"\(key)\""])
    }

    @Test("a file tells its kind")
    func kinds() {
        #expect((try? schemaOfFile(text: Array(Self.waiver.utf8), file: "f").get()) == .waiver)
        #expect((try? schemaOfFile(text: Array(Self.attestation.utf8), file: "f").get()) == .attestation)
        #expect((try? schemaOfFile(text: Array(AuditFileTests.contract.utf8), file: "f").get()) == .audit)
        let broken = schemaOfFile(text: Array("schema: gonogo.waver/1".utf8), file: "f")
        guard case .failure(let diagnostics) = broken else {
            Issue.record("a failure was expected")
            return
        }
        #expect(
            diagnostics.all.map(\.text) == [
                "f:1:9: unknown schema \"gonogo.waver/1\"; did you mean \"gonogo.waiver/1\"?"
            ])
    }

    private static func replaced(_ key: String, in text: String, by line: String) -> String {
        text.split(separator: "\n").map { $0.hasPrefix(key + ":") ? line : String($0) }.joined(separator: "\n")
    }
}
