import AuditModel

/// An item as one audit asks it: parameters filled in, tailored, with what decides about its enforcement.
package struct PlannedItem: Sendable {
    package var item: Item
    package var checklist: String
    package var section: String
    package var severity: Severity
    package var enforcement: Enforcement
    /// The level from which on it gates, when its level keeps it advisory.
    package var gatesFrom: Level?
    /// Why it differs from its checklist; nil when it was not tailored.
    package var tailored: String?
    /// Why it does not concern the service, whatever is observed; nil when facts decide.
    package var notConcerned: String?
    /// The index of its observation among those of the audit; nil when no probe is asked.
    package var observation: Int?
    /// Why its probe could not be asked at all; nil when it was, or when it has none.
    package var notAsked: ProbeFailure?

    package init(
        item: Item, checklist: String, section: String, severity: Severity, enforcement: Enforcement,
        gatesFrom: Level? = nil, tailored: String? = nil, notConcerned: String? = nil, observation: Int? = nil,
        notAsked: ProbeFailure? = nil
    ) {
        self.item = item
        self.checklist = checklist
        self.section = section
        self.severity = severity
        self.enforcement = enforcement
        self.gatesFrom = gatesFrom
        self.tailored = tailored
        self.notConcerned = notConcerned
        self.observation = observation
        self.notAsked = notAsked
    }
}

/// What a probe's observation came to, once facts were derived.
package enum ObservedFacts: Sendable {
    case observed(FactSet)
    case inconclusive(ProbeFailure)
    /// Our own fault.
    case error(ProbeFailure)
}

/// What people said about an item, already weighed at the judging instant.
package struct WeighedDecisions: Sendable {
    package var attestations: [AttestationResult]
    package var waiver: WaiverResult?

    package init(attestations: [AttestationResult] = [], waiver: WaiverResult? = nil) {
        self.attestations = attestations
        self.waiver = waiver
    }
}

extension PlannedItem {
    /// Judges this item alone; `blocks` is decided with the verdict.
    func judged(
        observed: ObservedFacts?, of probe: ProbeDescription?, decisions: WeighedDecisions, now: Instant
    ) -> ItemResult {
        var result = blank(decisions: decisions, now: now)
        let concern = concern(observed: observed, of: probe)
        guard concern.status == .pass else {
            (result.status, result.message) = (concern.status, concern.message)
            // Nothing that people said of it is relied on.
            if concern.status == .notApplicable { (result.attestations, result.waiver) = ([], nil) }
            return result.disposed()
        }
        var findings: [Finding] = []
        if let expect = item.expect, let probe {
            findings.append(seen(expect, observed: observed, of: probe, into: &result))
        }
        if let demand = item.attest {
            // Where the probe may not look, people's answers stand for it.
            let standsIn = findings.first?.status == .inconclusive && isNotPermitted(observed, result.expectations)
            if standsIn { findings = [] }
            if standsIn || !demand.isFallback {
                findings.append(demand.finding(from: decisions.attestations))
            } else {
                (result.question, result.attestations) = (nil, [])
            }
        }
        result.status = Status.combined(findings.map(\.status))
        result.message =
            findings.filter { $0.status == result.status }.map(\.message).joined(separator: "; ")
        return result.disposed()
    }

    private func blank(decisions: WeighedDecisions, now: Instant) -> ItemResult {
        let enforceFrom = item.enforceFrom.flatMap { now < $0 ? $0 : nil }
        return ItemResult(
            id: item.id, title: item.title, checklist: checklist, section: section, severity: severity,
            enforcement: enforcement, status: .error, disposition: .none, blocks: false, message: "",
            expectations: [], attestations: decisions.attestations, waiver: decisions.waiver,
            question: item.attest.map {
                AttestQuestion(
                    question: $0.question, validFor: $0.validFor, roles: $0.roles,
                    requiresEvidence: $0.requiresEvidence, willBe: item.willBe?.rawValue)
            },
            controls: item.controls, why: item.why, fix: item.fix, references: item.references, phase: item.phase,
            level: item.level, gatesFrom: gatesFrom, enforceFrom: enforceFrom,
            enforceInDays: enforceFrom.map { now.days(until: $0) }, tailored: tailored, observation: observation,
            location: item.location)
    }

    private func seen(
        _ expect: Expect, observed: ObservedFacts?, of probe: ProbeDescription, into result: inout ItemResult
    ) -> Finding {
        switch observed {
        case .observed(let facts):
            let (status, results) = expect.evaluated(on: facts, of: probe)
            result.expectations = results
            return Finding(status: status, message: message(status, results))
        case .inconclusive(let failure): return Finding(status: .inconclusive, message: sentence(failure))
        case .error(let failure): return Finding(status: .error, message: sentence(failure))
        case nil:
            let failure = notAsked ?? ProbeFailure(.unsupported, "the recording holds no such observation")
            return Finding(status: .inconclusive, message: sentence(failure))
        }
    }

    /// Whether all that is not known is what the probe was not permitted to ask.
    private func isNotPermitted(_ observed: ObservedFacts?, _ results: [ExpectationResult]) -> Bool {
        if case .inconclusive(let failure)? = observed { return failure.code == .notPermitted }
        let unknown = results.filter { $0.holds == nil }
        return !unknown.isEmpty && unknown.allSatisfy { $0.unobserved?.code == .notPermitted }
    }

    private func sentence(_ failure: ProbeFailure) -> String { "\(failure.code.rawValue): \(failure.reason)" }

    private func message(_ status: Status, _ results: [ExpectationResult]) -> String {
        switch status {
        case .pass:
            let holding = results.filter { $0.holds == true }
            return holding.map { "\($0.fact) is \($0.observedText)" }.joined(separator: "; ")
        case .inconclusive:
            return results.filter { $0.holds == nil }.map { "\($0.fact) was \($0.observedText)" }
                .joined(separator: "; ")
        default:
            return results.filter { $0.holds == false }
                .map { "\($0.fact): expected \($0.expectedText), seen \($0.observedText)" }.joined(separator: "; ")
        }
    }
}

extension PlannedItem {
    /// Whether the item concerns the service: `pass` when it does, `notApplicable` with the reason when not, and
    /// `inconclusive` or `error` when the facts that decide it are not known.
    private func concern(observed: ObservedFacts?, of probe: ProbeDescription?) -> Finding {
        if let notConcerned { return Finding(status: .notApplicable, message: notConcerned) }
        guard let condition = item.appliesWhen else { return Finding(status: .pass, message: "") }
        guard !condition.facts.isEmpty, let probe, case .observed(let facts)? = observed else {
            return Finding(status: .pass, message: "")
        }
        let results = condition.facts.map { $0.evaluated(on: facts, of: probe) }
        if let other = results.first(where: { $0.holds == false }) {
            return Finding(
                status: .notApplicable,
                message:
                    "\(other.fact) is \(other.observedText); this concerns services where it is \(other.expectedText)")
        }
        if let unknown = results.first(where: { $0.holds == nil }) {
            return Finding(
                status: .inconclusive,
                message: "whether this concerns the service is not known: \(unknown.fact) was \(unknown.observedText)")
        }
        return Finding(status: .pass, message: "")
    }
}

/// One input of an item: its status and the sentence behind it.
package struct Finding: Sendable {
    package var status: Status
    package var message: String
}

extension AttestDemand {
    /// The status that people's answers give: a valid `fail` decides, then enough valid answers, then what is missing.
    ///
    /// Where several must answer they are people; one service or agent suffices where one answer does.
    package func finding(from attestations: [AttestationResult]) -> Finding {
        let valid = attestations.filter { $0.state == .valid }
        if let against = valid.first(where: { $0.answer == .fail }) {
            return Finding(
                status: .fail, message: "\(against.by.id) attests that it does not hold: \(against.statement)")
        }
        let isNotApplicable = Self.isNotApplicable(valid)
        let names = answerers(in: attestations)
        if names.count >= minAttesters, let first = valid.first {
            return Finding(
                status: isNotApplicable ? .notApplicable : .pass,
                message: isNotApplicable
                    ? first.statement
                    : "attested by \(names.joined(separator: ", ")) until \(soonestEnd(valid).forPeople)")
        }
        if let lapsed = attestations.last(where: { $0.state.isLapsed }) {
            return Finding(
                status: .stale, message: lapsed.reason ?? "the attestation by \(lapsed.by.id) no longer counts")
        }
        if let weak = attestations.last(where: { $0.state == .insufficient || $0.state == .notYet }) {
            return Finding(status: .pending, message: weak.reason ?? "the attestation by \(weak.by.id) does not count")
        }
        let asked = roles.isEmpty ? "" : " (\(roles.joined(separator: " or ")))"
        guard valid.isEmpty else {
            return Finding(status: .pending, message: "\(names.count) of \(minAttesters) people have attested\(asked)")
        }
        return Finding(status: .pending, message: "nobody has attested\(asked)")
    }

    /// The ids of those whose answers count together, each once, sorted.
    package func answerers(in attestations: [AttestationResult]) -> [String] {
        let valid = attestations.filter { $0.state == .valid }
        let answers = valid.filter { $0.answer == .pass || Self.isNotApplicable(valid) }
        let counted = minAttesters > 1 ? answers.filter { $0.by.kind == .human } : answers
        return Dictionary(counted.map { (Actor.key($0.by.id), $0.by.id) }) { first, _ in first }.values.sorted()
    }

    private static func isNotApplicable(_ valid: [AttestationResult]) -> Bool {
        !valid.isEmpty && valid.allSatisfy { $0.answer == .notApplicable }
    }

    private func soonestEnd(_ attestations: [AttestationResult]) -> Instant {
        attestations.map(\.validUntil).min() ?? Instant(milliseconds: 0)
    }
}

extension ItemResult {
    /// The result with the disposition that its decisions give; a waiver covers fail, pending and stale alone.
    func disposed() -> ItemResult {
        var result = self
        if !status.canBeWaived { result.waiver = nil }
        if let waiver = result.waiver {
            result.disposition = waiver.isExpired ? .waiverExpired : .waived
        } else if attestations.contains(where: { $0.state == .valid }),
            status == .pass || status == .fail || status == .notApplicable
        {
            result.disposition = .attested
        }
        return result
    }
}

extension Status {
    /// Whether a waiver can cover it; what could not be observed is not known well enough to be accepted.
    package var canBeWaived: Bool { self == .fail || self == .pending || self == .stale }
}
