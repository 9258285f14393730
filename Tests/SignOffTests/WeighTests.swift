import AuditModel
import Judge
import SignOff
import Testing

private let now = Instant(seconds: 1_800_000_000)
private func days(_ count: Int64) -> Instant { now.adding(seconds: count * 86_400) }

private func demand(
    bind: [Binding] = [], roles: [String] = [], evidence: Bool = false, independent: Bool = false,
    assurance: Assurance = .unsigned
) -> AttestDemand {
    AttestDemand(
        question: "Is it so?", validFor: .days(90), roles: roles, requiresEvidence: evidence, bind: bind,
        minAttesters: 1, independent: independent, assurance: assurance)
}

private func attestation(
    _ answer: Attestation.Answer = .pass, at: Instant = days(-1), expires: Instant = days(10), by id: String = "ana",
    role: String? = nil, scope: Scope = Scope(), supersedes: String? = nil, file: String = "a.yaml"
) -> Attestation {
    Attestation(
        item: "i", answer: answer, statement: "s", by: Actor(id: id, role: role), at: at, expires: expires,
        scope: scope, evidence: [], supersedes: supersedes, location: SourceLocation(file: file, line: 1, column: 1))
}

private func context(
    _ scope: Scope = Scope(), members: [String: [String]] = [:], authors: [String]? = nil
) -> DecisionContext {
    DecisionContext(scope: scope, members: members, authors: authors, now: now)
}

private let release = Scope(
    service: "shop", environment: "production", commit: "1f3c0000000000000000000000000000000000aa",
    artifact: "sha256:ab")

@Suite struct AttestationWeighingTests {
    @Test(
        "an attestation counts from its instant to its end, which is exclusive",
        arguments: [
            (days(-1), days(1), AttestationResult.State.valid), (now, days(1), .valid),
            (now.adding(seconds: 1), days(1), .notYet),
            (days(-1), now, .expired), (days(-1), now.adding(seconds: 1), .valid), (days(-90), days(100), .expired),
            (days(-90).adding(seconds: 1), days(100), .valid), (days(-200), days(-100), .expired)
        ])
    func validity(at: Instant, expires: Instant, state: AttestationResult.State) {
        let results = demand().weigh([attestation(at: at, expires: expires)], in: context())
        #expect(results.map(\.state) == [state])
        #expect((results[0].reason == nil) == (state == .valid))
    }

    @Test(
        "a scope must be about this release, and name what the item binds",
        arguments: [
            (Scope(), [], AttestationResult.State.valid), (Scope(service: "shop"), [], .valid),
            (Scope(service: "blog"), [], .otherScope),
            (Scope(), [Binding.commit], .insufficient), (Scope(commit: "1f3c00000000"), [.commit], .valid),
            (Scope(commit: "1f3c"), [.commit], .otherScope),
            (Scope(commit: "ffff00000000"), [], .otherScope),
            (Scope(environment: "staging"), [.environment], .otherScope),
            (Scope(artifact: "sha256:ab"), [.artifact], .valid)
        ] as [(Scope, [Binding], AttestationResult.State)])
    func scopes(scope: Scope, bind: [Binding], state: AttestationResult.State) {
        #expect(demand(bind: bind).weigh([attestation(scope: scope)], in: context(release)).map(\.state) == [state])
    }

    @Test("a binding that the audit does not know satisfies nothing")
    func unknownCommit() {
        let results = demand(bind: [.commit]).weigh([attestation(scope: release)], in: context())
        #expect(results.map(\.state) == [.insufficient])
    }

    @Test("the role must be asked for, and required evidence there")
    func demands() {
        func state(_ demand: AttestDemand, _ attestation: Attestation) -> AttestationResult.State {
            demand.weigh([attestation], in: context())[0].state
        }
        #expect(state(demand(roles: ["sre"]), attestation(role: "dev")) == .insufficient)
        #expect(state(demand(roles: ["sre"]), attestation(role: "sre")) == .valid)
        #expect(state(demand(evidence: true), attestation()) == .insufficient)
    }

    @Test(
        "what evidence is worth: required, and looked at again",
        arguments: [
            ([], false, AttestationResult.State.valid), ([], true, .insufficient), ([.verified], true, .valid),
            ([.changed], false, .evidenceChanged), ([.changed], true, .evidenceChanged),
            ([.missing], false, .valid), ([.missing], true, .insufficient), ([.unverifiable], true, .valid),
            ([.missing, .unverifiable], true, .insufficient), ([.verified, .missing], true, .insufficient),
            ([.verified, .missing], false, .valid), ([.missing, .changed], true, .evidenceChanged),
            ([.verified, .changed], true, .evidenceChanged),
            ([.missing, .missing], true, .insufficient)
        ] as [([EvidenceProof], Bool, AttestationResult.State)])
    func evidence(proofs: [EvidenceProof], isRequired: Bool, state: AttestationResult.State) {
        var made = attestation()
        made.evidence = proofs.indices.map { Evidence(path: "e\($0)", sha256: "00") }
        made.proof.evidence = proofs
        let result = demand(evidence: isRequired).weigh([made], in: context())[0]
        #expect(result.state == state)
        #expect(result.evidence.map(\.state) == proofs.map(\.state))
    }

    @Test("a no needs no evidence where a yes does, and counts when its evidence is gone")
    func evidenceOfNo() {
        var no = attestation(.fail)
        #expect(demand(evidence: true).weigh([no], in: context())[0].state == .valid)
        no.evidence = [Evidence(path: "e", sha256: "00")]
        no.proof.evidence = [.missing]
        #expect(demand(evidence: true).weigh([no], in: context())[0].state == .valid)
        #expect(demand(evidence: true).weigh([attestation(.notApplicable)], in: context())[0].state == .insufficient)
    }

    @Test("nobody's no is set aside by evidence that has changed, whoever said yes")
    func changedEvidenceOfNo() {
        var no = attestation(.fail, at: days(-2))
        no.evidence = [Evidence(path: "e", sha256: "00")]
        no.proof.evidence = [.changed]
        let weighed = demand(evidence: true).weigh([no, attestation(by: "ben", file: "b.yaml")], in: context())
        #expect(demand().finding(from: weighed).status == .fail)
        #expect(weighed.first { $0.answer == .fail }?.state == .valid)
        var yes = attestation(file: "b.yaml")
        (yes.evidence, yes.proof.evidence) = (no.evidence, no.proof.evidence)
        #expect(demand().finding(from: demand().weigh([no, yes], in: context())).status == .fail)
    }

    @Test(
        "a role that the file does not name is nobody's, once it names any",
        arguments: [
            ([:], AttestationResult.State.valid), (["dev": ["ana"]], .insufficient), (["sre": ["ana"]], .valid),
            (["sre": ["ben"]], .insufficient), (["sre": []], .insufficient)
        ] as [([String: [String]], AttestationResult.State)])
    func unnamedRole(members: [String: [String]], state: AttestationResult.State) {
        let result = demand(roles: ["sre"]).weigh([attestation(role: "sre")], in: context(members: members))[0]
        #expect(result.state == state)
        #expect(demand().weigh([attestation()], in: context(members: members))[0].state == .valid)
    }

    @Test(
        "an answer about another commit counts when the audited one only brought decisions since",
        arguments: [
            (CommitLineage?.none, AttestationResult.State.otherScope), (.onlyDecisions, .valid),
            (.changed("main.swift"), .otherScope), (.unrelated, .otherScope), (.unknown("no git"), .otherScope)
        ])
    func lineage(lineage: CommitLineage?, state: AttestationResult.State) {
        var made = attestation(scope: Scope(commit: "ffff00000000"))
        made.proof.lineage = lineage
        #expect(demand(bind: [.commit]).weigh([made], in: context(release))[0].state == state)
        made.scope.service = "blog"
        #expect(demand(bind: [.commit]).weigh([made], in: context(release))[0].state == .otherScope)
    }

    @Test("one person under two spellings of an address is one of two who must answer")
    func spellings() {
        var asked = demand()
        asked.minAttesters = 2
        let twice = [attestation(by: "ana@example.com"), attestation(by: " Ana@Example.com", file: "b.yaml")]
        #expect(asked.finding(from: asked.weigh(twice, in: context())).status == .pending)
        let valid = twice.flatMap { demand().weigh([$0], in: context()) }
        #expect(asked.finding(from: valid).status == .pending)
        let two = [attestation(by: "ana"), attestation(by: "ben", file: "b.yaml")]
        #expect(asked.finding(from: asked.weigh(two, in: context())).status == .pass)
    }

    static let commit = CommitIdentity(commit: "1f3c", name: "Ana", email: "Ana@Example.com")
    static func signature(_ isTrusted: Bool) -> VerifiedSignature {
        VerifiedSignature(keyType: "ED25519", fingerprint: "SHA256:x", isTrusted: isTrusted)
    }

    // One row is one line.
    // swift-format-ignore
    static let assurances: [(DecisionProof, Assurance, AssuranceResult.Level, AttestationResult.State)] = [
        (DecisionProof(), .unsigned, .unsigned, .valid),
        (DecisionProof(), .committed, .unsigned, .insufficient),
        (DecisionProof(), .signed, .unsigned, .insufficient),
        (DecisionProof(commit: commit), .unsigned, .committed, .valid),
        (DecisionProof(commit: commit), .committed, .committed, .valid),
        (DecisionProof(commit: commit), .signed, .committed, .insufficient),
        (DecisionProof(commit: CommitIdentity(commit: "1f3c", name: "Ben", email: "ben@example.com")), .committed, .committed, .insufficient),
        (DecisionProof(signature: signature(false)), .unsigned, .signedUntrusted, .valid),
        (DecisionProof(signature: signature(false)), .committed, .signedUntrusted, .insufficient),
        (DecisionProof(commit: commit, signature: signature(false)), .committed, .signedUntrusted, .valid),
        (DecisionProof(signature: signature(false)), .signed, .signedUntrusted, .insufficient),
        (DecisionProof(signature: signature(true)), .committed, .signed, .valid),
        (DecisionProof(signature: signature(true)), .signed, .signed, .valid)
    ]

    @Test("how sure it is who spoke, and how sure it must be", arguments: assurances)
    func assurance(
        proof: DecisionProof, demanded: Assurance, level: AssuranceResult.Level, state: AttestationResult.State
    ) {
        var made = attestation(by: "ana@example.com")
        made.proof = proof
        let result = demand(assurance: demanded).weigh([made], in: context())[0]
        #expect((result.assurance.level, result.state) == (level, state))
        #expect((result.assurance.by == nil) == (level == .unsigned))
    }

    @Test(
        "the author of the audited commit is not independent, and an unknown one satisfies nobody",
        arguments: [
            (nil, AttestationResult.State.insufficient), ([], .valid), (["ben"], .valid),
            (["ben", "Ana"], .insufficient)
        ] as [([String]?, AttestationResult.State)])
    func independence(authors: [String]?, state: AttestationResult.State) {
        #expect(demand(independent: true).weigh([attestation()], in: context(authors: authors))[0].state == state)
        #expect(demand().weigh([attestation()], in: context(authors: authors))[0].state == .valid)
    }

    @Test("a role is that of its members")
    func members() {
        let people = context(members: ["sre": ["ben"]])
        let asked = demand(roles: ["sre"])
        #expect(asked.weigh([attestation(by: "ana", role: "sre")], in: people)[0].state == .insufficient)
        #expect(asked.weigh([attestation(by: "ben", role: "sre")], in: people)[0].state == .valid)
    }

    // One row is one line.
    // swift-format-ignore
    static let replacements: [(String, Attestation, Attestation, AttestationResult.State)] = [
        ("by oneself", attestation(at: days(-3)), attestation(file: "b"), .superseded),
        ("by somebody else", attestation(at: days(-3)), attestation(by: "ben", file: "b"), .valid),
        ("by a namesake in other capitals", attestation(at: days(-3)), attestation(by: "ANA", file: "b"), .superseded),
        ("by name, without a role", attestation(at: days(-3)), attestation(by: "ben", supersedes: "a.yaml", file: "b"), .valid),
        ("by name, in the same role", attestation(at: days(-3), role: "sre"), attestation(by: "ben", role: "sre", supersedes: "a.yaml", file: "b"), .superseded),
        ("by name, in another role", attestation(at: days(-3), role: "sre"), attestation(by: "ben", role: "dev", supersedes: "a.yaml", file: "b"), .valid),
        ("in the same role without naming it", attestation(at: days(-3), role: "sre"), attestation(by: "ben", role: "sre", file: "b"), .valid),
        ("by a no", attestation(at: days(-3)), attestation(.fail, file: "b"), .superseded),
        ("a no by a yes", attestation(.fail, at: days(-3)), attestation(file: "b"), .superseded),
        ("a no by a yes that does not count", attestation(.fail, at: days(-3), role: "sre"), attestation(role: "dev", file: "b"), .valid),
        ("a no by a yes that ran out", attestation(.fail, at: days(-3)), attestation(at: days(-2), expires: days(-1), file: "b"), .superseded),
        ("by what is still to come", attestation(at: days(-3)), attestation(at: days(1), file: "b"), .valid),
        ("by what is about another release", attestation(at: days(-3)), attestation(scope: Scope(service: "blog"), file: "b"), .valid)
    ]

    @Test("what replaces a statement", arguments: replacements)
    func replaced(_ how: String, older: Attestation, newer: Attestation, state: AttestationResult.State) {
        var asked = demand(roles: older.by.role.map { [$0] } ?? [])
        if older.by.role == nil { asked.roles = [] }
        let results = asked.weigh([newer, older], in: context(release))
        #expect(results[0].state == state, "\(how)")
    }

    @Test("of a yes and a no by one person at one instant the no counts, whatever their files are called")
    func tie() {
        for (yes, no) in [("a.yaml", "b.yaml"), ("b.yaml", "a.yaml")] {
            let states = demand().weigh(
                [attestation(file: yes), attestation(.fail, file: no)], in: context(release))
            #expect(states.map(\.state) == [.superseded, .valid])
            #expect(states.map(\.answer) == [.pass, .fail])
        }
    }

    @Test("of several statements by one person about this release the newest counts")
    func newest() {
        let old = attestation(at: days(-3), file: "old.yaml")
        let new = attestation(at: days(-2), file: "new.yaml")
        let elsewhere = attestation(at: days(-1), scope: Scope(environment: "staging"), file: "elsewhere.yaml")
        let other = attestation(at: days(-3), by: "ben", file: "ben.yaml")
        let states = demand().weigh([new, old, elsewhere, other], in: context(release))
        #expect(
            Dictionary(uniqueKeysWithValues: states.map { ($0.file, $0.state) }) == [
                "old.yaml": .superseded, "new.yaml": .valid, "elsewhere.yaml": .otherScope, "ben.yaml": .valid
            ])
    }
}
