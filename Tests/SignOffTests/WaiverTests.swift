import AuditModel
import SignOff
import Testing

private let now = Instant(seconds: 1_800_000_000)
private func days(_ count: Int64) -> Instant { now.adding(seconds: count * 86_400) }

private let release = Scope(service: "shop", environment: "production")
private let members = ["sre-lead": ["ben"], "security": ["chris"]]
private let context = DecisionContext(scope: release, members: members, now: now)

private func waiver(
    _ file: String = "w", approvedAt: Instant = days(-1), expires: Instant = days(5), scope: Scope = Scope(),
    item: String = "i", requestedBy: String? = "ana", by: Actor = Actor(id: "ben", role: "sre-lead")
) -> Waiver {
    Waiver(
        item: item, reason: "r", requestedBy: requestedBy, approvedBy: by, approvedAt: approvedAt, expires: expires,
        scope: scope, location: SourceLocation(file: file, line: 1, column: 1))
}

extension [Waiver] {
    fileprivate func weighed(
        _ severity: Severity = .high, _ policy: WaiverPolicy = WaiverPolicy(), in context: DecisionContext = context
    ) -> WaiverResult? {
        weigh(severity: severity, policy: policy, in: context)
    }
}

@Suite struct WaiverWeighingTests {
    @Test("a waiver bound to what the audit does not know covers nothing")
    func unknownRelease() {
        #expect([waiver(scope: Scope(commit: "aaaaaaaaaaaa"))].weighed() == nil)
        #expect([waiver()].weighed() != nil)
    }

    @Test("the longest waiver about this release counts; its end is exclusive")
    func chooses() {
        let waivers = [
            waiver("short", expires: days(1)), waiver("long", expires: days(5)),
            waiver("other", expires: days(9), scope: Scope(environment: "staging")),
            waiver("future", approvedAt: days(1), expires: days(20)), waiver("too long", expires: days(200))
        ]
        #expect(waivers.weighed()?.file == "long")
        #expect([waiver(expires: now)].weighed()?.isExpired == true)
        #expect([waiver(expires: now.adding(seconds: 1))].weighed()?.isExpired == false)
        #expect([Waiver]().weighed() == nil)
    }

    private static let approvers = WaiverPolicy(approvers: [.critical: ["security"], .high: ["sre-lead", "security"]])
    private static let chris = Actor(id: "chris", role: "security")

    // One row is one line.
    // swift-format-ignore
    static let cases: [(String, Waiver, Severity, WaiverPolicy, Bool)] = [
        ("14 days are the most for critical", waiver(expires: days(13)), .critical, WaiverPolicy(), true),
        ("15 days are too long for critical", waiver(expires: days(14)), .critical, WaiverPolicy(), false),
        ("a second too long", waiver(expires: days(13).adding(seconds: 1)), .critical, WaiverPolicy(), false),
        ("30 days for high", waiver(expires: days(29)), .high, WaiverPolicy(), true),
        ("31 days for high", waiver(expires: days(30)), .high, WaiverPolicy(), false),
        ("90 days for medium", waiver(expires: days(89)), .medium, WaiverPolicy(), true),
        ("91 days for medium", waiver(expires: days(90)), .medium, WaiverPolicy(), false),
        ("180 days for low", waiver(expires: days(179)), .low, WaiverPolicy(), true),
        ("181 days for low", waiver(expires: days(180)), .low, WaiverPolicy(), false),
        ("a longer policy", waiver(expires: days(30)), .critical, WaiverPolicy(longest: [.critical: .days(31)]), true),
        ("a shorter policy", waiver(expires: days(2)), .low, WaiverPolicy(longest: [.low: .days(2)]), false),
        ("approved by who asked", waiver(requestedBy: "ben"), .high, WaiverPolicy(), false),
        ("approved by who asked, in capitals", waiver(requestedBy: "BEN"), .high, WaiverPolicy(), false),
        ("nobody asked", waiver(requestedBy: nil), .high, WaiverPolicy(), false),
        ("approved by who asked, with a space", waiver(requestedBy: " Ben "), .high, WaiverPolicy(), false),
        ("approved by an agent", waiver(by: Actor(id: "ben", kind: .agent, role: "sre-lead")), .high, WaiverPolicy(), false),
        ("approved by a service", waiver(by: Actor(id: "ben", kind: .service, role: "sre-lead")), .high, WaiverPolicy(), false),
        ("approved by nobody of the role", waiver(by: Actor(id: "eve", role: "sre-lead")), .high, WaiverPolicy(), false),
        ("a role that the file does not name", waiver(by: Actor(id: "eve", role: "cto")), .high, WaiverPolicy(), false),
        ("a role that the policy names and the file does not", waiver(by: Actor(id: "eve", role: "cto")), .high, WaiverPolicy(approvers: [.high: ["cto"]]), false),
        ("a member in other letters", waiver(by: Actor(id: "BEN ", role: "sre-lead")), .high, WaiverPolicy(), true),
        ("a role that the policy does not name", waiver(by: Actor(id: "eve", role: "cto")), .high, approvers, false),
        ("the wrong role for the severity", waiver(), .critical, approvers, false),
        ("the right role for the severity", waiver(by: chris), .critical, approvers, true),
        ("any role below", waiver(), .medium, approvers, true),
        ("unsigned where a signature is asked", waiver(), .high, WaiverPolicy(assurance: .signed), false)
    ]

    @Test("what the policy lets count", arguments: cases)
    func policy(_ what: String, waiver: Waiver, severity: Severity, policy: WaiverPolicy, counts: Bool) {
        #expect(([waiver].weighed(severity, policy) != nil) == counts, "\(what)")
        #expect((waiver.objection(severity: severity, policy: policy, members: members) == nil) == counts, "\(what)")
    }
}

@Suite struct DecisionNoticeTests {
    static func item(
        _ status: Status, _ disposition: Disposition = .none, waiver: WaiverResult? = nil,
        attestations: [AttestationResult] = [], isAsked: Bool = false
    ) -> ItemResult {
        ItemResult(
            id: "i", title: "T", checklist: "c", section: "s", severity: .high, enforcement: .gate, status: status,
            disposition: disposition, blocks: false, message: "", expectations: [], attestations: attestations,
            waiver: waiver,
            question: isAsked
                ? AttestQuestion(question: "?", validFor: .days(90), roles: [], requiresEvidence: false, willBe: nil)
                : nil, controls: [:], why: nil, fix: nil, references: [], phase: nil, level: nil, enforceFrom: nil,
            tailored: nil, observation: nil)
    }

    private static func notices(
        _ attestations: [Attestation] = [], _ waivers: [Waiver] = [], items: [ItemResult],
        signOffs: [SignOffResult] = [], warning: TimeSpan = .days(14)
    ) -> [Notice] {
        DecisionCase(attestations: attestations, waivers: waivers, expiryWarning: warning, context: context)
            .notices(items: items, signOffs: signOffs)
    }

    @Test(
        "a waiver that does nothing, ends soon, ended or names nothing is announced",
        arguments: [
            (waiver(expires: days(20)), Status.fail, Disposition.waived, [String]()),
            (waiver(expires: days(3)), .fail, .waived, ["expires-soon"]),
            (waiver(expires: days(20)), .pass, .none, ["waiver-unused"]),
            (waiver(expires: days(0)), .fail, .waiverExpired, ["waiver-expired"]),
            (waiver(expires: days(20), scope: Scope(environment: "staging")), .fail, .none, ["waiver-unused"]),
            (waiver(approvedAt: days(1), expires: days(20)), .fail, .none, ["waiver-unused"]),
            (waiver(expires: days(40)), .fail, .none, ["waiver-out-of-policy"]),
            (waiver(expires: days(20), item: "j"), .fail, .none, ["unknown-item"]),
            (waiver(expires: days(20), item: "sign-off"), .fail, .none, ["waiver-unused"])
        ])
    func waivers(waiver: Waiver, status: Status, disposition: Disposition, codes: [String]) {
        let found = Self.notices([], [waiver], items: [Self.item(status, disposition, waiver: [waiver].weighed())])
        #expect(found.map(\.code) == codes)
        #expect(found.allSatisfy { $0.file == "w" })
    }

    @Test("without any roles an approval counts, and a notice says that nobody looked at its role")
    func uncheckedRoles() {
        let anyone = DecisionContext(scope: release, now: now)
        let made = waiver(expires: days(20), by: Actor(id: "eve", role: "cto"))
        let result = [made].weighed(in: anyone)
        #expect(result != nil)
        let found = DecisionCase(attestations: [], waivers: [made], context: anyone)
            .notices(items: [Self.item(.fail, .waived, waiver: result)], signOffs: [])
        #expect(found.map(\.code) == ["roles-unchecked"])
        #expect(found[0].message.hasPrefix("roles are not configured: approval by cto is unchecked"))
    }

    @Test("without any roles an answer counts, and one notice says that nobody looked at whose they are")
    func uncheckedAnswers() {
        let anyone = DecisionContext(scope: release, now: now)
        let made = ["b", "a"].map { Self.attestation(by: Actor(id: $0, role: "role-\($0)")) }
        let answered = made.map { Self.answered($0, in: anyone) }
        let found = DecisionCase(attestations: made, waivers: [], context: anyone).notices(
            items: answered, signOffs: [])
        #expect(found.map(\.code) == ["roles-unchecked"])
        #expect(found[0].message.contains("who answers as role-a, role-b is unchecked"))
    }

    @Test("a no that counts although its evidence has changed is announced, an item's and a sign-off's")
    func changedNo() {
        var no = Self.attestation()
        (no.answer, no.evidence, no.proof.evidence) = (.fail, [Evidence(path: "e", sha256: "00")], [.changed])
        #expect(Self.notices([no], items: [Self.answered(no)]).map(\.code) == ["evidence-changed"])
        (no.item, no.by.role, no.scope) = ("sign-off", "sre-lead", Scope(commit: "1f3c00000000"))
        no.by.id = "ben"
        let there = DecisionContext(scope: Scope(commit: "1f3c00000000"), members: members, now: now)
        let row = SignOffResult(role: "sre-lead", checklist: "c", over: [no], in: there)
        #expect(row.state == .refused)
        #expect(Self.notices([no], items: [Self.item(.pass)], signOffs: [row]).map(\.code) == ["evidence-changed"])
    }

    @Test("what a waiver accepts and was to be mended by now is announced")
    func overdue() {
        var late = waiver(expires: days(20))
        late.remediation = Remediation(owner: "ana", due: now)
        let item = Self.item(.fail, .waived, waiver: [late].weighed())
        #expect(Self.notices([], [late], items: [item]).map(\.code) == ["remediation-overdue"])
    }

    private static func attestation(by: Actor = Actor(id: "ana"), expires: Instant = days(30)) -> Attestation {
        Attestation(
            item: "i", answer: .pass, statement: "s", by: by, at: days(-1), expires: expires, scope: Scope(),
            evidence: [], location: SourceLocation(file: "a", line: 1, column: 1))
    }

    private static func answered(_ attestation: Attestation, in context: DecisionContext = context) -> ItemResult {
        let demand = AttestDemand(
            question: "?", validFor: .days(90), roles: [], requiresEvidence: false, bind: [], minAttesters: 1,
            independent: false, assurance: .unsigned)
        return item(.pass, .attested, attestations: demand.weigh([attestation], in: context), isAsked: true)
    }

    @Test("an attestation of an item that a probe answers, or of an unknown one, is announced with the nearest name")
    func attestations() {
        #expect(Self.notices([Self.attestation()], items: [Self.item(.pass)]).map(\.code) == ["attestation-unused"])
        var stray = Self.attestation()
        stray.item = "on-call-rotatoin"
        var other = Self.item(.pass)
        other.id = "on-call-rotation"
        let found = Self.notices([stray], items: [other])
        #expect(found.map(\.code) == ["unknown-item"])
        #expect(found[0].message.contains("did you mean \"on-call-rotation\"?"))
    }

    @Test("what ends within the warning is announced, as long as the file says", arguments: [(14, 0), (31, 1)])
    func warning(days: Int64, count: Int) {
        let made = Self.attestation()
        let found = Self.notices([made], items: [Self.answered(made)], warning: .days(days))
        #expect(found.map(\.code) == Array(repeating: "expires-soon", count: count))
    }

    @Test("statements by services and agents are counted apart from people's")
    func actors() {
        let made = Self.attestation(by: Actor(id: "bot", kind: .agent))
        let found = Self.notices([made], items: [Self.answered(made)])
        #expect(found.map(\.code) == ["not-by-people"])
        #expect(found[0].message.contains("0 are by people, 0 by services and 1 by agents"))
    }

    @Test("a replacement of nothing, and a sign-off that nobody asks for, are announced")
    func strays() {
        var made = Self.attestation()
        made.supersedes = "gone.yaml"
        #expect(Self.notices([made], items: [Self.answered(made)]).map(\.code) == ["supersedes-nothing"])
        var signed = Self.attestation(by: Actor(id: "ana", role: "cto"))
        signed.item = "sign-off"
        #expect(Self.notices([signed], items: [Self.item(.pass)]).map(\.code) == ["attestation-unused"])
    }
}
