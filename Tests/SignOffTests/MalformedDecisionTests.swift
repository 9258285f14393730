import AuditModel
import ChecklistYAML
import Judge
import SignOff
import Testing

private let now = Instant(seconds: 1_800_000_000)  // 2027-01-15T08:00:00Z
private let place = SourceLocation(file: "t.yaml", line: 1, column: 1)
private let scope = Scope(service: "shop", environment: "production", commit: String(repeating: "1f3c", count: 10))
private let context = DecisionContext(
    scope: scope, members: ["owner": ["ana@example.com"], "lead": ["ben@example.com"]],
    authors: ["carl@example.com"], now: now)

private let attestation = """
    schema: gonogo.attestation/1
    item: i
    answer: pass
    statement: "Seen, and it is so."
    by: {id: ana@example.com, kind: human, role: owner}
    at: 2027-01-10T09:12:00Z
    expires: 2027-02-01T00:00:00+01:00
    scope: {service: shop, environment: production, commit: 1f3c1f3c1f3c1f3c}
    evidence: [{url: "https://wiki.example.com/i", collectedAt: 2027-01-09T08:00:00Z}]
    """

private let waiver = """
    schema: gonogo.waiver/1
    item: i
    reason: The vendor mends it.
    risk: A visitor may be told apart.
    requestedBy: ana@example.com
    approvedBy: {id: ben@example.com, role: lead}
    approvedAt: 2027-01-10T10:00:00Z
    expires: 2027-01-20T00:00:00Z
    scope: {service: shop, environment: production}
    """

/// Numbers that are the same in every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// The text with one or two changes: bytes set, cut, repeated, or a word of the other files put in.
private func mutated(_ text: String, _ numbers: inout Seeded) -> [UInt8] {
    let words = [
        "pass", "fail", "notApplicable", "9999-12-31T23:59:59Z", "2027-01-15T08:00:00Z", "0001-01-01T00:00:00Z",
        "agent", "owner", "lead", "\n", ": ", "{", "}", "'", "\"", "&a", "*a", "null", "~", "-", "expires", "at",
        "99999d",
        "\u{0}", "\u{FEFF}", "\u{202E}", "ana@example.com", "ben@example.com", "i", "item", "!!null", "0x7fffffff"
    ]
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...2, using: &numbers) where !bytes.isEmpty {
        let start = Int.random(in: 0..<bytes.count, using: &numbers)
        let end = min(bytes.count, start + Int.random(in: 1...24, using: &numbers))
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: bytes[start] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 3: bytes.replaceSubrange(start..<end, with: Array((words.randomElement(using: &numbers) ?? "").utf8))
        default: bytes.insert(contentsOf: Array((words.randomElement(using: &numbers) ?? "").utf8), at: start)
        }
    }
    return bytes
}

@Suite struct MalformedDecisionTests {
    private static let demand = AttestDemand(
        question: "Is it so?", validFor: .days(90), roles: ["owner"], requiresEvidence: true,
        bind: [.service, .commit], minAttesters: 1, independent: true, assurance: .unsigned)

    private static func item(asked: Bool) -> PlannedItem {
        let seen = AuditModel.Expectation(
            fact: FactPath(segments: ["good"]),
            conditions: [Condition(matcher: "equals", argument: .value(.boolean(true)))], location: place)
        return PlannedItem(
            item: Item(
                id: "i", title: "T", severity: .critical, probe: asked ? nil : .headers,
                expect: asked ? nil : .all([seen]), attest: asked ? demand : nil, location: place), checklist: "c",
            section: "s", severity: .critical, enforcement: .gate, observation: asked ? nil : 0)
    }

    private static func outcome(
        asked: Bool, _ observed: ObservedFacts, attestations: [Attestation] = [], waivers: [Waiver] = []
    ) -> Outcome {
        let probe = ProbeDescription(
            kind: .headers, summary: "", parameters: [],
            facts: [
                FactDeclaration(
                    path: FactPath(segments: ["good"]), type: .boolean, unit: nil, meaning: "m", source: "s")
            ])
        let own = attestations.filter { $0.item == "i" }
        let decisions = WeighedDecisions(
            attestations: asked ? demand.weigh(own, in: context) : [],
            waiver: waivers.filter { $0.item == "i" }.weigh(
                severity: .critical, policy: WaiverPolicy(), in: context))
        return judge(
            Case(
                items: [item(asked: asked)], observations: asked ? [] : [observed], decisions: ["i": decisions],
                gate: [], probes: [probe]), at: now
        ).verdict.outcome
    }

    private static let bad: ObservedFacts = {
        var facts = FactSet()
        facts.set(FactPath(segments: ["good"]), .boolean(false))
        return .observed(facts)
    }()

    /// What the words of an attestation must say to count, told apart from the code that weighs it.
    private static func isSound(_ made: Attestation) -> Bool {
        let longest = Instant(milliseconds: made.at.milliseconds + 90 * 86_400_000)
        return made.item == "i" && (made.answer == .pass || made.answer == .notApplicable)
            && made.by.id.lowercased() == "ana@example.com" && made.by.role == "owner" && made.at <= now
            && now < made.expires && now < longest && made.scope.service == "shop"
            && (made.scope.environment ?? "production") == "production"
            && (made.scope.commit.map { $0.utf8.count >= 12 && scope.commit?.hasPrefix($0) == true } ?? false)
            && made.scope.artifact == nil && !made.evidence.isEmpty
    }

    @Test("the files that are mutated count as they stand")
    func unmutated() throws {
        let said = try #require(loadAttestation(text: Array(attestation.utf8), file: "a.yaml").0)
        #expect(Self.outcome(asked: true, Self.bad, attestations: [said]) == .go)
        let accepted = try #require(loadWaiver(text: Array(waiver.utf8), file: "w.yaml").0)
        #expect(Self.outcome(asked: false, Self.bad, waivers: [accepted]) == .conditionalGo)
    }

    @Test("no attestation, however malformed, makes a go of what it does not soundly answer")
    func attestations() {
        var numbers = Seeded(state: 1)
        var sound = 0
        var readable = 0
        for _ in 0..<4000 {
            let (made, diagnostics) = loadAttestation(text: mutated(attestation, &numbers), file: "a.yaml")
            #expect((made == nil) == !diagnostics.isEmpty)
            guard let made else { continue }
            readable += 1
            let outcome = Self.outcome(asked: true, Self.bad, attestations: [made])
            #expect((outcome == .go) == Self.isSound(made), "\(made)")
            sound += Self.isSound(made) ? 1 : 0
            #expect(Self.outcome(asked: false, Self.bad, attestations: [made]) == .noGo)
        }
        #expect(
            sound > 100 && readable > sound + 100, "the mutations must leave files readable, and change what they say")
    }

    @Test("no waiver, however malformed, makes a failure more than a conditional go, or covers what was not seen")
    func waivers() {
        var numbers = Seeded(state: 2)
        var readable = 0
        for _ in 0..<4000 {
            let (made, diagnostics) = loadWaiver(text: mutated(waiver, &numbers), file: "w.yaml")
            #expect((made == nil) == !diagnostics.isEmpty)
            guard let made else { continue }
            readable += 1
            let outcome = Self.outcome(asked: false, Self.bad, waivers: [made])
            let isSound =
                made.item == "i" && made.approvedAt <= now && now < made.expires
                && made.expires.milliseconds - made.approvedAt.milliseconds <= 14 * 86_400_000
                && made.approvedBy.kind == .human && made.requestedBy != nil
                && made.requestedBy?.lowercased() != made.approvedBy.id.lowercased()
            #expect(outcome == .noGo || (outcome == .conditionalGo && isSound), "\(made)")
            let unseen = ObservedFacts.inconclusive(ProbeFailure(.refused, "closed"))
            #expect(Self.outcome(asked: false, unseen, waivers: [made]) == .undetermined)
        }
        #expect(readable > 200, "the mutations must leave some files readable")
    }
}
