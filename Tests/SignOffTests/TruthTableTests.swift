import AuditModel
import Judge
import SignOff
import Testing

private let place = SourceLocation(file: "t.yaml", line: 1, column: 1)

private let probe = ProbeDescription(
    kind: .headers, summary: "", parameters: [],
    facts: [FactDeclaration(path: FactPath(segments: ["good"]), type: .boolean, unit: nil, meaning: "m", source: "s")])

/// What the item's probe saw.
enum Seen: Sendable {
    case good, bad, unreachable, ownFault
    /// People alone answer.
    case nothing
}

/// A period as people write it: from when, until when (exclusive).
struct Period: Sendable {
    let from: String
    let until: String

    init(_ from: String, _ until: String) {
        self.from = from
        self.until = until
    }

    var start: Instant { Instant(from) ?? Instant(milliseconds: 0) }
    var end: Instant { Instant(until) ?? Instant(milliseconds: 0) }
}

/// One line of the table: what was seen and decided, at which instant, and what that comes to.
struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var seen: Seen
    var answer: (Attestation.Answer, Period)?
    var waiver: Period?
    var now: String
    var status: Status
    var disposition: Disposition
    var outcome: Outcome

    init(
        _ what: String, _ seen: Seen, yes: Period? = nil, no: Period? = nil, notApplicable: Period? = nil,
        waiver: Period? = nil, at now: String, _ status: Status, _ disposition: Disposition, _ outcome: Outcome
    ) {
        testDescription = what
        self.seen = seen
        answer = yes.map { (.pass, $0) } ?? no.map { (.fail, $0) } ?? notApplicable.map { (.notApplicable, $0) }
        self.waiver = waiver
        self.now = now
        (self.status, self.disposition, self.outcome) = (status, disposition, outcome)
    }

    /// Weighed and judged as an audit does; the item is critical, asks for 90 days, and the policy allows 14.
    func judged(isAsked: Bool) -> Judgement {
        let now = Instant(now) ?? Instant(milliseconds: 0)
        let context = DecisionContext(scope: Scope(service: "shop"), now: now)
        let demand = AttestDemand(
            question: "Is it so?", validFor: .days(90), roles: [], requiresEvidence: false, bind: [], minAttesters: 1,
            independent: false, assurance: .unsigned)
        let expectation = AuditModel.Expectation(
            fact: FactPath(segments: ["good"]),
            conditions: [Condition(matcher: "equals", argument: .value(.boolean(true)))], location: place)
        let item = Item(
            id: "i", title: "T", severity: .critical, probe: seen == .nothing ? nil : .headers,
            expect: seen == .nothing ? nil : .all([expectation]), attest: isAsked ? demand : nil, location: place)
        let planned = PlannedItem(
            item: item, checklist: "c", section: "s", severity: .critical, enforcement: .gate,
            observation: seen == .nothing ? nil : 0)
        let decisions = WeighedDecisions(
            attestations: isAsked ? demand.weigh(attestations, in: context) : [],
            waiver: waivers.weigh(severity: .critical, policy: WaiverPolicy(), in: context))
        return judge(
            Case(
                items: [planned], observations: observations, decisions: ["i": decisions], gate: [],
                probes: [probe]), at: now)
    }

    private var attestations: [Attestation] {
        guard let (answer, period) = answer else { return [] }
        return [
            Attestation(
                item: "i", answer: answer, statement: "s", by: Actor(id: "ana"), at: period.start,
                expires: period.end, scope: Scope(), evidence: [], location: place)
        ]
    }

    private var waivers: [Waiver] {
        guard let waiver else { return [] }
        return [
            Waiver(
                item: "i", reason: "r", requestedBy: "ana", approvedBy: Actor(id: "ben"), approvedAt: waiver.start,
                expires: waiver.end, scope: Scope(), location: place)
        ]
    }

    private var observations: [ObservedFacts] {
        var facts = FactSet()
        facts.set(FactPath(segments: ["good"]), .boolean(seen == .good))
        switch seen {
        case .good, .bad: return [.observed(facts)]
        case .unreachable: return [.inconclusive(ProbeFailure(.refused, "closed"))]
        case .ownFault: return [.error(ProbeFailure(.malformed, "ours"))]
        case .nothing: return []
        }
    }
}

/// Ten days of November, and instants around them.
private let november = Period("2026-11-10T00:00:00Z", "2026-11-20T00:00:00Z")
private let before = "2026-11-09T23:59:59Z"
private let start = "2026-11-10T00:00:00Z"
private let within = "2026-11-15T12:00:00Z"
private let last = "2026-11-19T23:59:59Z"
private let end = "2026-11-20T00:00:00Z"

/// The night on which Berlin's clocks go back from 03:00 to 02:00, and the one on which they go forward.
private let autumn = Period("2026-10-20T00:00:00+02:00", "2026-10-25T02:30:00+02:00")
private let spring = Period("2026-03-20T00:00:00+01:00", "2026-03-29T03:30:00+02:00")

@Suite struct TruthTableTests {
    // One row is one line.
    // swift-format-ignore
    static let people = [
        Row("nobody spoke", .nothing, at: within, .pending, .none, .awaiting),
        Row("yes", .nothing, yes: november, at: within, .pass, .attested, .go),
        Row("yes, the clock before it was said", .nothing, yes: november, at: before, .pending, .none, .awaiting),
        Row("yes, at the instant it was said", .nothing, yes: november, at: start, .pass, .attested, .go),
        Row("yes, a second before its end", .nothing, yes: november, at: last, .pass, .attested, .go),
        Row("yes, at its end", .nothing, yes: november, at: end, .stale, .none, .awaiting),
        Row("yes for longer than asked, a second before 90 days", .nothing, yes: Period("2026-08-01T00:00:00Z", "2027-08-01T00:00:00Z"), at: "2026-10-29T23:59:59Z", .pass, .attested, .go),
        Row("yes for longer than asked, after 90 days", .nothing, yes: Period("2026-08-01T00:00:00Z", "2027-08-01T00:00:00Z"), at: "2026-10-30T00:00:00Z", .stale, .none, .awaiting),
        Row("no", .nothing, no: november, at: within, .fail, .attested, .noGo),
        Row("no, at its end", .nothing, no: november, at: end, .stale, .none, .awaiting),
        Row("no, the clock before it was said", .nothing, no: november, at: before, .pending, .none, .awaiting),
        Row("not applicable", .nothing, notApplicable: november, at: within, .notApplicable, .attested, .go),
        Row("not applicable, at its end", .nothing, notApplicable: november, at: end, .stale, .none, .awaiting),
        Row("nobody spoke, waived", .nothing, waiver: november, at: within, .pending, .waived, .conditionalGo),
        Row("nobody spoke, waived until now", .nothing, waiver: november, at: end, .pending, .waiverExpired, .awaiting),
        Row("nobody spoke, waived from tomorrow", .nothing, waiver: november, at: before, .pending, .none, .awaiting),
        Row("expired, waived", .nothing, yes: Period("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), waiver: november, at: within, .stale, .waived, .conditionalGo),
        Row("yes, and waived in vain", .nothing, yes: november, waiver: november, at: within, .pass, .attested, .go),
        Row("no, waived", .nothing, no: november, waiver: november, at: within, .fail, .waived, .conditionalGo),
        Row("no, waived until now", .nothing, no: Period("2026-11-10T00:00:00Z", "2026-12-20T00:00:00Z"), waiver: november, at: end, .fail, .waiverExpired, .noGo),
        Row("no, waived for longer than the policy allows", .nothing, no: november, waiver: Period("2026-11-10T00:00:00Z", "2026-11-24T00:00:01Z"), at: within, .fail, .attested, .noGo),
        Row("the hour that comes twice, the first time", .nothing, yes: autumn, at: "2026-10-25T02:29:59+02:00", .pass, .attested, .go),
        Row("the hour that comes twice, at the end", .nothing, yes: autumn, at: "2026-10-25T02:30:00+02:00", .stale, .none, .awaiting),
        Row("the hour that comes twice, the second time", .nothing, yes: autumn, at: "2026-10-25T02:29:59+01:00", .stale, .none, .awaiting),
        Row("the hour that is skipped, a second before", .nothing, yes: spring, at: "2026-03-29T01:29:59Z", .pass, .attested, .go),
        Row("the hour that is skipped, at the end", .nothing, yes: spring, at: "2026-03-29T02:30:00+01:00", .stale, .none, .awaiting),
        Row("from a leap day, a second before 90 days", .nothing, yes: Period("2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z"), at: "2028-05-28T23:59:59Z", .pass, .attested, .go),
        Row("from a leap day, after 90 days", .nothing, yes: Period("2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z"), at: "2028-05-29T00:00:00Z", .stale, .none, .awaiting),
        Row("until a leap day ends, somewhere west", .nothing, yes: Period("2028-02-28T00:00:00Z", "2028-03-01T00:00:00-12:00"), at: "2028-03-01T11:59:59Z", .pass, .attested, .go),
        Row("until a leap day ends, somewhere west, and then", .nothing, yes: Period("2028-02-28T00:00:00Z", "2028-03-01T00:00:00-12:00"), at: "2028-03-01T12:00:00Z", .stale, .none, .awaiting),
        Row("across the turn of a year, a millisecond before", .nothing, yes: Period("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"), at: "2026-12-31T23:59:59.999Z", .pass, .attested, .go)
    ]

    // One row is one line.
    // swift-format-ignore
    static let probes = [
        Row("seen good", .good, at: within, .pass, .none, .go),
        Row("seen bad", .bad, at: within, .fail, .none, .noGo),
        Row("not reached", .unreachable, at: within, .inconclusive, .none, .undetermined),
        Row("our fault", .ownFault, at: within, .error, .none, .undetermined),
        Row("seen good, waived in vain", .good, waiver: november, at: within, .pass, .none, .go),
        Row("seen bad, waived", .bad, waiver: november, at: within, .fail, .waived, .conditionalGo),
        Row("seen bad, waived, at the first instant", .bad, waiver: november, at: start, .fail, .waived, .conditionalGo),
        Row("seen bad, waived, a second too early", .bad, waiver: november, at: before, .fail, .none, .noGo),
        Row("seen bad, waived, a second before the end", .bad, waiver: november, at: last, .fail, .waived, .conditionalGo),
        Row("seen bad, waived until now", .bad, waiver: november, at: end, .fail, .waiverExpired, .noGo),
        Row("seen bad, waived for exactly what the policy allows", .bad, waiver: Period("2026-11-10T00:00:00Z", "2026-11-24T00:00:00Z"), at: within, .fail, .waived, .conditionalGo),
        Row("seen bad, waived across the change of clocks for 14 days and an hour", .bad, waiver: Period("2026-10-20T00:00:00+02:00", "2026-11-03T00:00:00+01:00"), at: "2026-10-25T00:00:00Z", .fail, .none, .noGo),
        Row("not reached, waived", .unreachable, waiver: november, at: within, .inconclusive, .none, .undetermined),
        Row("our fault, waived", .ownFault, waiver: november, at: within, .error, .none, .undetermined)
    ]

    // One row is one line.
    // swift-format-ignore
    static let both = [
        Row("seen good, nobody spoke", .good, at: within, .pending, .none, .awaiting),
        Row("seen good, yes", .good, yes: november, at: within, .pass, .attested, .go),
        Row("seen good, yes until now", .good, yes: november, at: end, .stale, .none, .awaiting),
        Row("seen good, no", .good, no: november, at: within, .fail, .attested, .noGo),
        Row("seen good, not applicable", .good, notApplicable: november, at: within, .pass, .attested, .go),
        Row("seen bad, yes", .bad, yes: november, at: within, .fail, .attested, .noGo),
        Row("seen bad, not applicable", .bad, notApplicable: november, at: within, .fail, .attested, .noGo),
        Row("seen bad, yes, waived", .bad, yes: november, waiver: november, at: within, .fail, .waived, .conditionalGo),
        Row("not reached, yes", .unreachable, yes: november, at: within, .inconclusive, .none, .undetermined),
        Row("not reached, no", .unreachable, no: november, at: within, .fail, .attested, .noGo),
        Row("not reached, yes, waived", .unreachable, yes: november, waiver: november, at: within, .inconclusive, .none, .undetermined),
        Row("our fault, yes", .ownFault, yes: november, at: within, .error, .none, .undetermined),
        Row("seen good, nobody spoke, waived", .good, waiver: november, at: within, .pending, .waived, .conditionalGo)
    ]

    @Test("what people are asked alone", arguments: people)
    func askedAlone(_ row: Row) { check(row, isAsked: true) }

    @Test("what probes see alone", arguments: probes)
    func seenAlone(_ row: Row) { check(row, isAsked: false) }

    @Test("what a probe sees and people are asked as well", arguments: both)
    func seenAndAsked(_ row: Row) { check(row, isAsked: true) }

    private func check(_ row: Row, isAsked: Bool) {
        #expect(Instant(row.now) != nil)
        let judgement = row.judged(isAsked: isAsked)
        let item = judgement.items[0]
        #expect((item.status, item.disposition) == (row.status, row.disposition))
        #expect(judgement.verdict.outcome == row.outcome)
        #expect(item.blocks == [.noGo, .undetermined, .awaiting].contains(row.outcome))
        let relies = item.disposition == .waived || item.attestations.contains { $0.state == .valid }
        #expect((judgement.verdict.validUntil != nil) == relies, "what is relied on has an end")
        #expect((judgement.verdict.validUntilCause != nil) == relies)
    }
}
