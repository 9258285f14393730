import AuditModel
import JSON
import Judge
import Testing

private let place = SourceLocation(file: "t.yaml", line: 1, column: 1)
private let now = Instant(seconds: 1_800_000_000)
private let later = now.adding(seconds: 86_400)
private let earlier = now.adding(seconds: -86_400)

private let probe = ProbeDescription(
    kind: .headers, summary: "", parameters: [],
    facts: [
        FactDeclaration(path: FactPath(segments: ["days"]), type: .integer, unit: "days", meaning: "m", source: "s"),
        FactDeclaration(path: FactPath(segments: ["name"]), type: .text, unit: nil, meaning: "m", source: "s"),
        FactDeclaration(
            path: FactPath(segments: ["c", "*", "secure"]), type: .boolean, unit: nil, meaning: "m", source: "s")
    ])

private func facts(_ values: [String: FactValue], unobserved: [String] = []) -> ObservedFacts {
    var set = FactSet()
    for (name, value) in values { set.set(FactPath(name) ?? FactPath(segments: [name]), value) }
    for name in unobserved {
        set.setUnobserved(FactPath(name) ?? FactPath(segments: [name]), ProbeFailure(.timeout, "no answer"))
    }
    return .observed(set)
}

private func expectation(_ fact: String, _ matcher: String, _ argument: FactValue) -> AuditModel.Expectation {
    AuditModel.Expectation(
        fact: FactPath(fact) ?? FactPath(segments: [fact]),
        conditions: [Condition(matcher: matcher, argument: .value(argument))], location: place)
}

private let demand = AttestDemand(
    question: "Is it so?", validFor: .days(90), roles: [], requiresEvidence: false, bind: [], minAttesters: 1,
    independent: false, assurance: .unsigned)

private func planned(
    _ id: String = "i", expect: Expect? = .all([expectation("days", "atLeast", .integer(21))]),
    attest: AttestDemand? = nil,
    enforcement: Enforcement = .gate, appliesWhen: Applicability? = nil, enforceFrom: Instant? = nil
) -> PlannedItem {
    PlannedItem(
        item: Item(
            id: id, title: "T", severity: .high, probe: expect == nil ? nil : .headers, expect: expect, attest: attest,
            appliesWhen: appliesWhen, enforceFrom: enforceFrom, location: place),
        checklist: "c", section: "s", severity: .high, enforcement: enforcement, observation: expect == nil ? nil : 0)
}

private func attestation(
    _ state: AttestationResult.State, _ answer: Attestation.Answer = .pass, by id: String = "ana",
    until: Instant = later
) -> AttestationResult {
    AttestationResult(
        answer: answer, statement: "said", by: Actor(id: id), at: earlier, expires: until, validUntil: until,
        state: state,
        reason: state == .valid ? nil : "why not", scope: Scope(), evidence: [], file: "a.yaml")
}

private func waiver(expired: Bool) -> WaiverResult {
    WaiverResult(
        reason: "r", risk: nil, ticket: nil, compensatingControl: nil, requestedBy: nil, approvedBy: Actor(id: "ben"),
        approvedAt: earlier, expires: expired ? now : later, isExpired: expired, scope: Scope(), remediation: nil,
        file: "w.yaml")
}

private func judged(
    _ items: [PlannedItem], _ observed: ObservedFacts = facts(["days": .integer(30)]),
    decisions: [String: WeighedDecisions] = [:], gate: [GateRule] = []
) -> Judgement {
    judge(
        Case(items: items, observations: [observed], decisions: decisions, gate: gate, probes: [probe]),
        at: now)
}

@Suite struct ItemStatusTests {
    @Test(
        "an expectation over one fact",
        arguments: [
            (facts(["days": .integer(30)]), Status.pass), (facts(["days": .integer(3)]), .fail),
            (facts(["days": .absent]), .fail),
            (facts([:], unobserved: ["days"]), .inconclusive),
            (.inconclusive(ProbeFailure(.refused, "closed")), .inconclusive),
            (.error(ProbeFailure(.malformed, "ours")), .error)
        ])
    func single(observed: ObservedFacts, status: Status) {
        #expect(judged([planned()], observed).items[0].status == status)
    }

    @Test("nothing but absent: true accepts a missing fact", arguments: Matcher.all.map(\.name))
    func missing(matcher: String) {
        let expect = Expect.all([expectation("name", matcher, .boolean(true))])
        let status = judged([planned(expect: expect)], facts(["name": .absent])).items[0].status
        #expect(status == (matcher == "absent" ? .pass : .fail))
    }

    @Test("absent: true does not accept a fact that could not be observed")
    func unobservedIsNotAbsent() {
        let expect = Expect.all([expectation("name", "absent", .boolean(true))])
        #expect(judged([planned(expect: expect)], facts([:], unobserved: ["name"])).items[0].status == .inconclusive)
    }

    @Test("a failed expectation beats an unobserved one")
    func failBeatsUnknown() {
        let expect = Expect.all([
            expectation("days", "atLeast", .integer(21)), expectation("name", "present", .boolean(true))
        ])
        #expect(
            judged([planned(expect: expect)], facts(["days": .integer(1)], unobserved: ["name"])).items[0].status
                == .fail)
    }

    @Test(
        "anyOf: one that holds passes, else an unknown leaves it open, else it fails",
        arguments: [
            (facts(["days": .integer(30)], unobserved: ["name"]), Status.pass),
            (facts(["days": .integer(1)], unobserved: ["name"]), .inconclusive),
            (facts(["days": .integer(1), "name": .absent]), .fail)
        ])
    func anyOf(observed: ObservedFacts, status: Status) {
        let expect = Expect.anyOf([
            [expectation("days", "atLeast", .integer(21))], [expectation("name", "present", .boolean(true))]
        ])
        let item = judged([planned(expect: expect)], observed).items[0]
        #expect(item.status == status)
        #expect(item.expectations.map(\.alternative) == [1, 2])
    }

    @Test("a pattern stands for the list of all its values, named by key")
    func pattern() {
        let expect = Expect.all([
            AuditModel.Expectation(
                fact: FactPath(segments: ["c", "*", "secure"]),
                conditions: [Condition(matcher: "each", argument: .value(.boolean(true)))], location: place)
        ])
        let item = judged(
            [planned(expect: expect)], facts(["c.sid.secure": .boolean(false), "c.id.secure": .boolean(true)])
        ).items[0]
        #expect(item.status == .fail)
        #expect(item.expectations[0].observedText == "id: true, sid: false")
        #expect(judged([planned(expect: expect)], facts([:])).items[0].status == .pass)
        #expect(
            judged([planned(expect: expect)], facts([:], unobserved: ["c.*.secure"])).items[0].status == .inconclusive)
    }

    @Test("an item without its observation is inconclusive, never a pass")
    func notObserved() {
        let judgement = judge(
            Case(items: [planned()], observations: [], decisions: [:], gate: [], probes: [probe]), at: now)
        #expect(judgement.items[0].status == .inconclusive)
        #expect(judgement.verdict.outcome == .undetermined)
    }
}

@Suite struct AttestedStatusTests {
    @Test(
        "what people said",
        arguments: [
            ([], Status.pending, Disposition.none), ([attestation(.valid)], .pass, .attested),
            ([attestation(.valid, .fail)], .fail, .attested),
            ([attestation(.valid), attestation(.valid, .fail, by: "ben")], .fail, .attested),
            ([attestation(.valid, .notApplicable)], .notApplicable, .attested),
            ([attestation(.expired)], .stale, .none), ([attestation(.otherScope)], .stale, .none),
            ([attestation(.evidenceChanged)], .stale, .none),
            ([attestation(.notYet)], .pending, .none),
            ([attestation(.insufficient)], .pending, .none), ([attestation(.superseded)], .pending, .none),
            ([attestation(.superseded), attestation(.valid)], .pass, .attested)
        ] as [([AttestationResult], Status, Disposition)])
    func alone(attestations: [AttestationResult], status: Status, disposition: Disposition) {
        let item = judged(
            [planned(expect: nil, attest: demand)], decisions: ["i": WeighedDecisions(attestations: attestations)]
        ).items[0]
        #expect(item.status == status)
        #expect(item.disposition == disposition)
        #expect(!item.message.isEmpty)
    }

    @Test("a probe's failure is never overridden by an attestation, and an answer is still owed when the probe passes")
    func both() {
        let item = planned(attest: demand)
        let decisions = ["i": WeighedDecisions(attestations: [attestation(.valid)])]
        #expect(judged([item], facts(["days": .integer(1)]), decisions: decisions).items[0].status == .fail)
        #expect(judged([item], decisions: decisions).items[0].status == .pass)
        #expect(judged([item]).items[0].status == .pending)
        #expect(
            judged([item], .inconclusive(ProbeFailure(.timeout, "")), decisions: decisions).items[0].status
                == .inconclusive)
    }

    @Test(
        "an answer stands in for a probe that was not permitted, whether that is why all or one fact is not known",
        arguments: [
            (ProbeFailure.Code.notPermitted, false, [attestation(.valid)], Status.pass),
            (.notPermitted, false, [attestation(.valid, .fail)], .fail), (.notPermitted, false, [], .pending),
            (.notPermitted, true, [attestation(.valid)], .pass), (.notPermitted, true, [], .pending),
            (.timeout, true, [attestation(.valid)], .inconclusive),
            (.timeout, false, [attestation(.valid)], .inconclusive)
        ])
    func standsIn(code: ProbeFailure.Code, isFallback: Bool, answers: [AttestationResult], status: Status) {
        var fallback = demand
        fallback.isFallback = isFallback
        let failure = ProbeFailure(code, "why")
        var unknown = FactSet()
        unknown.setUnobserved(FactPath(segments: ["days"]), failure)
        let decisions = ["i": WeighedDecisions(attestations: answers)]
        for observed in [ObservedFacts.inconclusive(failure), .observed(unknown)] {
            let item = judged([planned(attest: fallback)], observed, decisions: decisions).items[0]
            #expect(item.status == status)
            #expect(item.disposition == (answers.isEmpty || status == .inconclusive ? .none : .attested))
        }
    }

    @Test("an answer that only stands in is not asked for where the probe saw what it was asked")
    func standsInForNothing() {
        var fallback = demand
        fallback.isFallback = true
        for (days, status) in [(30, Status.pass), (3, .fail)] {
            let item = judged([planned(attest: fallback)], facts(["days": .integer(Int64(days))])).items[0]
            #expect(item.status == status)
            #expect(item.question == nil)
        }
        let item = judged([planned(attest: fallback)], .inconclusive(ProbeFailure(.notPermitted, "why"))).items[0]
        #expect(item.question != nil)
        let bare = judged([planned()], .inconclusive(ProbeFailure(.notPermitted, "write allow"))).items[0]
        #expect(bare.status == .inconclusive)
        #expect(bare.message == "not-permitted: write allow")
    }

    @Test("two attesters are two people")
    func twoAttesters() {
        var two = demand
        two.minAttesters = 2
        let item = planned(expect: nil, attest: two)
        func status(_ attestations: [AttestationResult]) -> Status {
            judged([item], decisions: ["i": WeighedDecisions(attestations: attestations)]).items[0].status
        }
        #expect(status([attestation(.valid), attestation(.valid)]) == .pending)
        #expect(status([attestation(.valid), attestation(.valid, by: "ben")]) == .pass)
    }
}

@Suite struct ApplicabilityTests {
    @Test(
        "a fact that differs makes an item not applicable, and an unknown one leaves it open",
        arguments: [
            (facts(["days": .integer(1), "name": .text("html")]), Status.fail),
            (facts(["days": .integer(1), "name": .text("api")]), .notApplicable),
            (facts(["days": .integer(1), "name": .absent]), .notApplicable),
            (facts(["days": .integer(1)], unobserved: ["name"]), .inconclusive),
            (.inconclusive(ProbeFailure(.refused, "closed")), .inconclusive)
        ])
    func byFact(observed: ObservedFacts, status: Status) {
        let condition = Applicability(labels: [:], facts: [expectation("name", "equals", .text("html"))])
        #expect(judged([planned(appliesWhen: condition)], observed).items[0].status == status)
    }
}

/// One line a case: status of a gating item, its waiver, and what the verdict makes of it.
@Suite struct VerdictTests {
    static func item(_ status: Status, waiver: WaiverResult?) -> (PlannedItem, ObservedFacts, WeighedDecisions) {
        let observed: ObservedFacts =
            switch status {
            case .fail: facts(["days": .integer(1)])
            case .inconclusive: .inconclusive(ProbeFailure(.timeout, ""))
            case .error: .error(ProbeFailure(.malformed, ""))
            default: facts(["days": .integer(30)])
            }
        let attestations: [AttestationResult] =
            status == .stale ? [attestation(.expired)] : status == .pending ? [] : [attestation(.valid)]
        return (planned(attest: demand), observed, WeighedDecisions(attestations: attestations, waiver: waiver))
    }

    @Test(
        "status × waiver → disposition and verdict",
        arguments: [
            (.pass, nil, .attested, .go), (.pass, false, .attested, .go), (.pass, true, .attested, .go),
            (.fail, nil, .attested, .noGo), (.fail, false, .waived, .conditionalGo),
            (.fail, true, .waiverExpired, .noGo),
            (.pending, nil, .none, .awaiting), (.pending, false, .waived, .conditionalGo),
            (.pending, true, .waiverExpired, .awaiting),
            (.stale, nil, .none, .awaiting), (.stale, false, .waived, .conditionalGo),
            (.stale, true, .waiverExpired, .awaiting),
            (.inconclusive, nil, .none, .undetermined), (.inconclusive, false, .none, .undetermined),
            (.inconclusive, true, .none, .undetermined),
            (.error, nil, .none, .undetermined), (.error, false, .none, .undetermined),
            (.error, true, .none, .undetermined)
        ] as [(Status, Bool?, Disposition, Outcome)])
    func gating(status: Status, expired: Bool?, disposition: Disposition, outcome: Outcome) {
        let (item, observed, decisions) = Self.item(status, waiver: expired.map { waiver(expired: $0) })
        let judgement = judged([item], observed, decisions: ["i": decisions])
        #expect(judgement.items[0].status == status)
        #expect(judgement.items[0].disposition == disposition)
        #expect(judgement.verdict.outcome == outcome)
        #expect(judgement.items[0].blocks == (outcome != .go && outcome != .conditionalGo))
        #expect(judgement.counts[status] == 1)
        #expect(judgement.counts.waived == (disposition == .waived ? 1 : 0))
    }

    @Test("advisory and informing items never decide", arguments: [Enforcement.advisory, .info])
    func advisory(enforcement: Enforcement) {
        let judgement = judged([planned(enforcement: enforcement)], facts(["days": .integer(1)]))
        #expect(judgement.items[0].status == .fail)
        #expect(judgement.verdict.outcome == .go)
        #expect(!judgement.items[0].blocks)
    }

    @Test("the verdict is the worst of its reasons and lists all of them")
    func allReasons() {
        var failing = planned("failing")
        failing.observation = 1
        let items = [
            failing, planned("unknown"), planned("asked", expect: nil, attest: demand),
            planned("waived", expect: nil, attest: demand)
        ]
        let judgement = judge(
            Case(
                items: items, observations: [.inconclusive(ProbeFailure(.timeout, "")), facts(["days": .integer(1)])],
                decisions: ["waived": WeighedDecisions(waiver: waiver(expired: false))], gate: [],
                probes: [probe]),
            at: now)
        #expect(judgement.verdict.outcome == .noGo)
        #expect(
            judgement.verdict.reasons == [
                VerdictReason(rule: "gating-failure", outcome: .noGo, items: ["failing"]),
                VerdictReason(rule: "gating-inconclusive", outcome: .undetermined, items: ["unknown"]),
                VerdictReason(rule: "gating-awaiting", outcome: .awaiting, items: ["asked"]),
                VerdictReason(rule: "waived", outcome: .conditionalGo, items: ["waived"])
            ])
    }

    @Test("validUntil is the earliest end of what a gating item relied on")
    func validUntil() {
        let items = [planned("a", expect: nil, attest: demand), planned("b", expect: nil, attest: demand)]
        let decisions = [
            "a": WeighedDecisions(attestations: [attestation(.valid, until: later.adding(seconds: 500))]),
            "b": WeighedDecisions(waiver: waiver(expired: false))
        ]
        #expect(judged(items, decisions: decisions).verdict.validUntil == later)
        #expect(judged([planned()]).verdict.validUntil == nil)
    }

    @Test("a fact that ends bounds the verdict's validity where an expectation on it holds")
    func factsThatEnd() throws {
        var set = FactSet()
        let path = try #require(FactPath("days"))
        set.set(path, .integer(30))
        set.setEnd(of: path, later)
        // At least 21 days hold until 21 days before the end.
        let flip = later.adding(seconds: -21 * 86_400)
        #expect(judged([planned()], .observed(set)).verdict.validUntil == flip)
        #expect(judged([planned()], .observed(set)).items.first?.expectations.first?.validUntil == flip)
        #expect(
            judged([planned(enforcement: .advisory), planned("j", expect: nil)], .observed(set)).verdict.validUntil
                == nil)
        set.set(path, .integer(3))
        #expect(judged([planned()], .observed(set)).verdict.validUntil == nil)
    }

    @Test("an advisory failure that will gate bounds the verdict's validity")
    func scheduled() {
        let item = planned(enforcement: .advisory, enforceFrom: later)
        let judgement = judged([item], facts(["days": .integer(1)]))
        #expect(judgement.verdict.outcome == .go)
        #expect(judgement.verdict.validUntil == later)
        #expect(judgement.items[0].enforceInDays == now.days(until: later))
    }

    @Test("a gate rule that is exceeded is a no-go and names the items")
    func gateRule() {
        var predicate = GatePredicate()
        predicate.status = [.fail]
        let rule = GateRule(name: "no failures at all", predicate: predicate, min: nil, max: 0, location: place)
        let item = planned(enforcement: .advisory)
        let judgement = judged([item], facts(["days": .integer(1)]), gate: [rule])
        #expect(judgement.verdict.outcome == .noGo)
        #expect(
            judgement.verdict.reasons == [
                VerdictReason(rule: "gate-rule: no failures at all", outcome: .noGo, items: ["i"])
            ])
        #expect(judgement.items[0].blocks)
        #expect(judged([item], gate: [rule]).verdict.outcome == .go)
    }

    @Test(
        "a gate rule over what could not be observed is not known, neither held nor broken",
        arguments: [
            (.fail, nil, 0, nil), (.fail, nil, 1, true), (.pass, 1, nil, nil), (.pass, 2, nil, false)
        ] as [(Status, Int?, Int?, Bool?)])
    func gateRuleUnobserved(status: Status, min: Int?, max: Int?, holds: Bool?) {
        var predicate = GatePredicate()
        predicate.status = [status]
        let rule = GateRule(name: "r", predicate: predicate, min: min, max: max, location: place)
        let judgement = judged(
            [planned(enforcement: .advisory)], .inconclusive(ProbeFailure(.refused, "")), gate: [rule])
        #expect(judgement.gate[0].holds == holds)
        #expect(judgement.verdict.outcome == (holds == false ? .noGo : .undetermined))
    }

    @Test("a rule that too few items meet names none of them")
    func gateRuleMinimum() {
        var predicate = GatePredicate()
        predicate.status = [.pass]
        let rule = GateRule(name: "five pass", predicate: predicate, min: 5, max: nil, location: place)
        let judgement = judged([planned()], gate: [rule])
        #expect(judgement.verdict.outcome == .noGo)
        #expect(judgement.items.allSatisfy { !$0.blocks })
    }

    @Test("where nothing gates, what could not be observed is no go")
    func nothingGates() {
        let items = [planned(enforcement: .advisory)]
        #expect(judged(items, .inconclusive(ProbeFailure(.refused, ""))).verdict.outcome == .undetermined)
        #expect(judged(items).verdict.outcome == .go)
    }

    @Test(
        "what a demanded sign-off means for the verdict",
        arguments: [
            (SignOffResult.State.given, Outcome.go), (.conditional, .conditionalGo), (.refused, .noGo),
            (.missing, .awaiting), (.stale, .awaiting)
        ])
    func signOff(state: SignOffResult.State, outcome: Outcome) {
        let judgement = judge(
            Case(
                items: [planned()], observations: [facts(["days": .integer(30)])], decisions: [:],
                gate: [], probes: [probe],
                signOffs: [
                    SignOffResult(
                        role: "cto", checklist: "c", state: state, attestation: attestation(.valid, until: later))
                ]), at: now)
        #expect(judgement.verdict.outcome == outcome)
        #expect(judgement.verdict.reasons.map(\.rule) == (state == .given ? [] : ["sign-off: cto"]))
        #expect(judgement.verdict.validUntil == later)
        #expect(judgement.verdict.validUntilCause == "the sign-off by ana as cto")
    }

    @Test("what failed in the baseline and still fails does not gate and is marked; what it does not name gates")
    func baseline() {
        func judgement(_ days: Int64, _ baseline: Set<String>) -> Judgement {
            judge(
                Case(
                    items: [planned("a"), planned("b")], observations: [facts(["days": .integer(days)])],
                    decisions: [:], gate: [], probes: [probe], baseline: baseline), at: now)
        }
        #expect(judgement(1, []).verdict.outcome == .noGo)
        #expect(judgement(1, ["a"]).verdict.outcome == .noGo)
        let accepted = judgement(1, ["a", "b"])
        #expect(accepted.verdict.outcome == .conditionalGo)
        #expect(accepted.verdict.reasons.map(\.rule) == ["baseline"])
        #expect(accepted.items.allSatisfy { $0.isInBaseline && !$0.blocks && $0.status == .fail })
        let mended = judgement(30, ["a", "b"])
        #expect(mended.verdict.outcome == .go && mended.items.allSatisfy { !$0.isInBaseline })
    }

    @Test(
        "a waiver that expired gates, whatever the baseline names",
        arguments: [(nil, true), (true, false), (false, false)])
    func expiredInBaseline(expired: Bool?, isInBaseline: Bool) {
        let judgement = judge(
            Case(
                items: [planned("a")], observations: [facts(["days": .integer(1)])],
                decisions: ["a": WeighedDecisions(waiver: expired.map { waiver(expired: $0) })], gate: [],
                probes: [probe], baseline: ["a"]), at: now)
        #expect(judgement.items[0].isInBaseline == isInBaseline)
        #expect(judgement.verdict.outcome == (expired == true ? .noGo : .conditionalGo))
    }

    @Test("nothing that was said of an item that does not concern the service is relied on")
    func notConcerned() {
        var item = planned(expect: nil, attest: demand)
        item.notConcerned = "the service has no page"
        let decisions = WeighedDecisions(attestations: [attestation(.valid)], waiver: waiver(expired: false))
        let judgement = judged([item, planned("b")], decisions: ["i": decisions])
        #expect(judgement.items[0].attestations.isEmpty && judgement.items[0].waiver == nil)
        #expect(judgement.items[0].disposition == .none && judgement.verdict.validUntil == nil)
    }

    @Test("the verdict names whose end is the first")
    func cause() {
        let decisions = [
            "i": WeighedDecisions(attestations: [attestation(.valid, until: later.adding(seconds: 1))]),
            "j": WeighedDecisions(waiver: waiver(expired: false))
        ]
        let judgement = judged(
            [planned(expect: nil, attest: demand), planned("j", expect: nil, attest: demand)], decisions: decisions)
        #expect(judgement.verdict.validUntil == later)
        #expect(judgement.verdict.validUntilCause == "the waiver of j, approved by ben")
        #expect(
            judged([planned(expect: nil, attest: demand)], decisions: decisions).verdict.validUntilCause
                == "the attestation of i by ana")
    }

    @Test(
        "where several must answer they are people; where one does, a service may",
        arguments: [
            (1, [Actor.Kind.agent], Status.pass), (2, [.human, .human], .pass), (2, [.human, .agent], .pending),
            (2, [.service, .agent], .pending), (2, [.human, .human, .agent], .pass), (3, [.human, .human], .pending)
        ])
    func attesters(least: Int, kinds: [Actor.Kind], status: Status) {
        var asked = demand
        asked.minAttesters = least
        let answers = kinds.enumerated().map { index, kind in
            var answer = attestation(.valid, by: "p\(index)")
            answer.by.kind = kind
            return answer
        }
        let item = judged(
            [planned(expect: nil, attest: asked)], decisions: ["i": WeighedDecisions(attestations: answers)]
        ).items[0]
        #expect(item.status == status)
    }

    @Test("a waiver is shown only where it applies")
    func waiverShown() {
        let decisions = ["i": WeighedDecisions(waiver: waiver(expired: false))]
        #expect(
            judged([planned()], .inconclusive(ProbeFailure(.refused, "")), decisions: decisions).items[0].waiver == nil)
        #expect(judged([planned()], facts(["days": .integer(1)]), decisions: decisions).items[0].waiver != nil)
    }

    @Test(
        "what is absent for one key satisfies nothing but absent, inside lists as well",
        arguments: ["not", "noneOf", "oneOf", "absent"])
    func absentInList(matcher: String) {
        let argument: Argument = matcher == "absent" ? .value(.boolean(true)) : .list([.value(.text("none"))])
        let inner = Condition(matcher: matcher, argument: matcher == "not" ? .value(.text("none")) : argument)
        let expect = Expect.all([
            AuditModel.Expectation(
                fact: FactPath(segments: ["c", "*", "secure"]),
                conditions: [Condition(matcher: "each", argument: .conditions([inner]))], location: place)
        ])
        let status = judged([planned(expect: expect)], facts(["c.a.secure": .absent])).items[0].status
        #expect(status == (matcher == "absent" ? .pass : .fail))
    }

    @Test("an answer that the item does not concern this service is no second pass")
    func mixedAnswers() {
        var two = demand
        two.minAttesters = 2
        let mixed = [attestation(.valid), attestation(.valid, .notApplicable, by: "ben")]
        let judgement = judged(
            [planned(expect: nil, attest: two)], decisions: ["i": WeighedDecisions(attestations: mixed)])
        #expect(judgement.items[0].status == .pending)
    }
}
