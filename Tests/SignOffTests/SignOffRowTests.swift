import AuditModel
import SignOff
import Testing

private let now = Instant(seconds: 1_800_000_000)
private func days(_ count: Int64) -> Instant { now.adding(seconds: count * 86_400) }

private let commit = "1f3c0000000000000000000000000000000000aa"
private let bound = Scope(service: "shop", commit: commit)

private func signature(
    _ answer: Attestation.Answer = .pass, by id: String = "ana", kind: Actor.Kind = .human, role: String = "owner",
    at: Instant = days(-1), expires: Instant = days(10), scope: Scope = bound, condition: String? = nil,
    evidence: [EvidenceProof] = []
) -> Attestation {
    Attestation(
        item: "sign-off", answer: answer, statement: "s", by: Actor(id: id, kind: kind, role: role), at: at,
        expires: expires, scope: scope, evidence: evidence.map { _ in Evidence(path: "e", sha256: "00") },
        condition: condition, location: SourceLocation(file: "\(id).yaml", line: 1, column: 1),
        proof: DecisionProof(evidence: evidence))
}

@Suite struct SignOffRowTests {
    // One row is one line.
    // swift-format-ignore
    static let cases: [(String, [Attestation], SignOffResult.State)] = [
        ("nobody", [], .missing),
        ("by the role", [signature()], .given),
        ("by another role", [signature(role: "sre")], .missing),
        ("against it", [signature(.fail)], .refused),
        ("on a condition", [signature(condition: "Alerts by Friday")], .conditional),
        ("one for, one against", [signature(), signature(.fail, by: "ben")], .refused),
        ("one for, one on a condition", [signature(condition: "c"), signature(by: "ben")], .conditional),
        ("against it, then for it", [signature(.fail, at: days(-2)), signature()], .given),
        ("for it, then against it", [signature(at: days(-2)), signature(.fail)], .refused),
        ("for it, on evidence that has changed", [signature(evidence: [.changed])], .stale),
        ("against it, on evidence that has changed", [signature(.fail, evidence: [.changed]), signature(by: "ben")], .refused),
        ("for another commit", [signature(scope: Scope(commit: "ffff00000000"))], .stale),
        ("for another service", [signature(scope: Scope(service: "blog", commit: commit))], .stale),
        ("for no commit and no artifact", [signature(scope: Scope(service: "shop"))], .missing),
        ("for an artifact that is not known", [signature(scope: Scope(artifact: "sha256:ab"))], .missing),
        ("for the commit and an artifact that is not known", [signature(scope: Scope(commit: commit, artifact: "sha256:ab"))], .given),
        ("for an abbreviated commit", [signature(scope: Scope(commit: "1f3c00000000"))], .given),
        ("expired", [signature(expires: now)], .stale),
        ("30 days ago", [signature(at: days(-30))], .stale),
        ("nearly 30 days ago", [signature(at: days(-30).adding(seconds: 1))], .given),
        ("dated tomorrow", [signature(at: days(1))], .missing),
        ("by an agent", [signature(kind: .agent)], .missing),
        ("by a service", [signature(kind: .service)], .missing),
        ("not applicable", [signature(.notApplicable)], .missing),
        ("by nobody of the role", [signature(by: "eve")], .missing),
        ("by nobody of the role, against it", [signature(.fail, by: "eve"), signature()], .given)
    ]

    @Test("what a role's sign-off comes to", arguments: cases)
    func row(_ what: String, attestations: [Attestation], state: SignOffResult.State) {
        let context = DecisionContext(
            scope: Scope(service: "shop", environment: "production", commit: commit),
            members: ["owner": ["ana", "ben"]], now: now)
        let row = SignOffResult(role: "owner", checklist: "c", over: attestations, in: context)
        #expect(row.state == state, "\(what)")
        #expect((row.reason == nil) == (state == .given || state == .conditional), "\(what)")
    }

    @Test(
        "a role that the file does not name signs nothing off, unless it names none at all",
        arguments: [([:], SignOffResult.State.given), (["sre": ["ana"]], .missing), (["owner": ["ana"]], .given)]
            as [([String: [String]], SignOffResult.State)])
    func unnamedRole(members: [String: [String]], state: SignOffResult.State) {
        let context = DecisionContext(scope: bound, members: members, now: now)
        #expect(SignOffResult(role: "owner", checklist: "c", over: [signature()], in: context).state == state)
    }
}
