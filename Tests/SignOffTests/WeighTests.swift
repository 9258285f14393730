import AuditModel
import SignOff
import Testing

private let now = Instant(seconds: 1_800_000_000)
private func days(_ count: Int64) -> Instant { now.adding(seconds: count * 86_400) }

private func demand(bind: [Binding] = [], roles: [String] = [], evidence: Bool = false) -> AttestDemand {
    AttestDemand(
        question: "Is it so?", validFor: .days(90), roles: roles, requiresEvidence: evidence, bind: bind,
        minAttesters: 1,
        independent: false, assurance: .unsigned)
}

private func attestation(
    at: Instant = days(-1), expires: Instant = days(10), by id: String = "ana", role: String? = nil,
    scope: Scope = Scope(),
    file: String = "a.yaml"
) -> Attestation {
    Attestation(
        item: "i", answer: .pass, statement: "s", by: Actor(id: id, role: role), at: at, expires: expires, scope: scope,
        evidence: [], location: SourceLocation(file: file, line: 1, column: 1))
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
        let results = demand().weigh([attestation(at: at, expires: expires)], for: Scope(), at: now)
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
        #expect(demand(bind: bind).weigh([attestation(scope: scope)], for: release, at: now).map(\.state) == [state])
    }

    @Test("a binding that the audit does not know satisfies nothing")
    func unknownCommit() {
        let results = demand(bind: [.commit]).weigh([attestation(scope: release)], for: Scope(), at: now)
        #expect(results.map(\.state) == [.insufficient])
    }

    @Test("the role must be asked for, and required evidence there")
    func demands() {
        #expect(
            demand(roles: ["sre"]).weigh([attestation(role: "dev")], for: Scope(), at: now)[0].state == .insufficient)
        #expect(demand(roles: ["sre"]).weigh([attestation(role: "sre")], for: Scope(), at: now)[0].state == .valid)
        #expect(demand(evidence: true).weigh([attestation()], for: Scope(), at: now)[0].state == .insufficient)
    }

    @Test("what an item demands and nobody can verify yet does not count, and a role is that of its members")
    func unverifiable() {
        var signed = demand()
        signed.assurance = .signed
        var independent = demand()
        independent.independent = true
        #expect(signed.weigh([attestation()], for: Scope(), at: now)[0].state == .insufficient)
        #expect(independent.weigh([attestation()], for: Scope(), at: now)[0].state == .insufficient)
        let members = ["sre": ["ben"]]
        let asked = demand(roles: ["sre"])
        #expect(
            asked.weigh([attestation(by: "ana", role: "sre")], for: Scope(), members: members, at: now)[0].state
                == .insufficient)
        #expect(
            asked.weigh([attestation(by: "ben", role: "sre")], for: Scope(), members: members, at: now)[0].state
                == .valid)
    }

    @Test("of several statements by one person about this release the newest counts")
    func newest() {
        let old = attestation(at: days(-3), file: "old.yaml")
        let new = attestation(at: days(-2), file: "new.yaml")
        let elsewhere = attestation(at: days(-1), scope: Scope(environment: "staging"), file: "elsewhere.yaml")
        let other = attestation(at: days(-3), by: "ben", file: "ben.yaml")
        let states = demand().weigh([new, old, elsewhere, other], for: release, at: now)
        #expect(
            Dictionary(uniqueKeysWithValues: states.map { ($0.file, $0.state) }) == [
                "old.yaml": .superseded, "new.yaml": .valid, "elsewhere.yaml": .otherScope, "ben.yaml": .valid
            ])
    }
}

private func waiver(
    _ file: String, approvedAt: Instant = days(-1), expires: Instant, scope: Scope = Scope(), item: String = "i"
) -> Waiver {
    Waiver(
        item: item, reason: "r", approvedBy: Actor(id: "ben"), approvedAt: approvedAt, expires: expires, scope: scope,
        location: SourceLocation(file: file, line: 1, column: 1))
}

@Suite struct WaiverWeighingTests {
    @Test("a waiver bound to what the audit does not know covers nothing")
    func unknownRelease() {
        let bound = [waiver("w", expires: days(5), scope: Scope(commit: "aaaaaaaaaaaa"))]
        #expect(bound.weigh(for: Scope(service: "shop"), at: now) == nil)
        #expect([waiver("w", expires: days(5))].weigh(for: Scope(), at: now) != nil)
    }

    @Test("the longest waiver about this release counts; its end is exclusive")
    func chooses() {
        let waivers = [
            waiver("short", expires: days(1)), waiver("long", expires: days(5)),
            waiver("other", expires: days(9), scope: Scope(environment: "staging")),
            waiver("future", approvedAt: days(1), expires: days(20))
        ]
        #expect(waivers.weigh(for: release, at: now)?.file == "long")
        #expect([waiver("w", expires: now)].weigh(for: release, at: now)?.isExpired == true)
        #expect([waiver("w", expires: now.adding(seconds: 1))].weigh(for: release, at: now)?.isExpired == false)
        #expect([Waiver]().weigh(for: release, at: now) == nil)
    }
}

@Suite struct DecisionNoticeTests {
    static func item(_ status: Status, _ disposition: Disposition, waiver: WaiverResult?) -> ItemResult {
        ItemResult(
            id: "i", title: "T", checklist: "c", section: "s", severity: .high, enforcement: .gate, status: status,
            disposition: disposition, blocks: false, message: "", expectations: [], attestations: [], waiver: waiver,
            question: nil,
            controls: [:], why: nil, fix: nil, references: [], phase: nil, level: nil, enforceFrom: nil, tailored: nil,
            observation: nil)
    }

    @Test(
        "a waiver that does nothing, ends soon, ended or names nothing is announced",
        arguments: [
            (waiver("w", expires: days(30)), Status.fail, Disposition.waived, [String]()),
            (waiver("w", expires: days(3)), .fail, .waived, ["expires-soon"]),
            (waiver("w", expires: days(30)), .pass, .none, ["waiver-unused"]),
            (waiver("w", expires: days(-1)), .fail, .waiverExpired, ["waiver-expired"]),
            (waiver("w", expires: days(30), scope: Scope(environment: "staging")), .fail, .none, ["waiver-unused"]),
            (waiver("w", approvedAt: days(1), expires: days(30)), .fail, .none, ["waiver-unused"]),
            (waiver("w", expires: days(30), item: "j"), .fail, .none, ["unknown-item"])
        ])
    func waivers(waiver: Waiver, status: Status, disposition: Disposition, codes: [String]) {
        let item = Self.item(status, disposition, waiver: [waiver].weigh(for: release, at: now))
        let notices = decisionNotices(attestations: [], waivers: [waiver], items: [item], scope: release, now: now)
        #expect(notices.map(\.code) == codes)
        #expect(notices.allSatisfy { $0.file == "w" })
    }

    @Test("an attestation of an item that a probe answers, or of an unknown one, is announced with the nearest name")
    func attestations() {
        let known = Self.item(.pass, .none, waiver: nil)
        #expect(
            decisionNotices(attestations: [attestation()], waivers: [], items: [known], scope: Scope(), now: now).map(
                \.code) == ["attestation-unused"])
        var stray = attestation()
        stray.item = "on-call-rotatoin"
        var other = known
        other.id = "on-call-rotation"
        let notices = decisionNotices(attestations: [stray], waivers: [], items: [other], scope: Scope(), now: now)
        #expect(notices.map(\.code) == ["unknown-item"])
        #expect(notices[0].message.contains("did you mean \"on-call-rotation\"?"))
    }
}
