import AuditModel

extension Verdict {
    /// The verdict over judged items, sign-offs and the audit file's own gate rules, with every reason and the items
    /// behind it.
    package static func over(_ items: [ItemResult], gate: [GateOutcome], signOffs: [SignOffResult] = []) -> Verdict {
        // By index: an item's result is large, and each rule picks from thousands.
        let gating = items.indices.filter { items[$0].enforcement == .gate }
        let open = gating.filter { items[$0].disposition != .waived && !items[$0].isInBaseline }
        var reasons: [VerdictReason] = []
        func add(_ rule: String, _ outcome: Outcome, _ places: [Int]) {
            guard !places.isEmpty else { return }
            reasons.append(VerdictReason(rule: rule, outcome: outcome, items: places.map { items[$0].id }))
        }
        add("gating-failure", .noGo, open.filter { items[$0].status == .fail })
        reasons += gate.filter { $0.holds != true }.map(\.reason)
        add("gating-inconclusive", .undetermined, open.filter { items[$0].isUnknown })
        if gating.allSatisfy({ items[$0].status == .notApplicable }) {
            // Nothing was asked of the gate: what could not be looked at is then no go either.
            add("nothing-observed", .undetermined, items.indices.filter { items[$0].isUnknown })
        }
        add("gating-awaiting", .awaiting, open.filter { items[$0].status == .pending || items[$0].status == .stale })
        reasons += signOffs.compactMap(\.reasonAgainstGo)
        add("waived", .conditionalGo, gating.filter { items[$0].disposition == .waived })
        add("baseline", .conditionalGo, gating.filter { items[$0].isInBaseline })
        let outcome = Outcome.allCases.first { outcome in reasons.contains { $0.outcome == outcome } } ?? .go
        let relied = gate.isEmpty ? gating : Array(items.indices)
        let end = firstEnd(items, relied: relied, signOffs: signOffs)
        return Verdict(outcome: outcome, validUntil: end?.at, validUntilCause: end?.cause(), reasons: reasons)
    }

    /// The earliest end of anything relied on, and whose it is: attestations, sign-offs, waivers and passing facts of
    /// the items that decide, and the days until which failing items are only advisory.
    private static func firstEnd(
        _ items: [ItemResult], relied: [Int], signOffs: [SignOffResult]
    ) -> End? {
        var ends: [End] = []
        for place in relied { ends += items[place].reliedEnds }
        for item in items where item.disposition != .waived && item.status != .pass && item.status != .notApplicable {
            // Beyond that day its level still keeps such an item advisory.
            guard let day = item.enforceFrom, item.gatesFrom == nil else { continue }
            ends.append((day, { "the grace period of \(item.id)" }))
        }
        for signOff in signOffs {
            guard let attestation = signOff.attestation, attestation.state == .valid else { continue }
            ends.append((attestation.validUntil, { "the sign-off by \(attestation.by.id) as \(signOff.role)" }))
        }
        return ends.min { $0.at < $1.at }
    }
}

/// When something relied on ends, and what that is; only the earliest is put into words.
private typealias End = (at: Instant, cause: () -> String)

extension ItemResult {
    /// When what the item's status or disposition rests on ends, and what that is.
    fileprivate var reliedEnds: [End] {
        var ends: [End] = attestations.filter { $0.state == .valid }.map { attestation in
            (attestation.validUntil, { "the attestation of \(id) by \(attestation.by.id)" })
        }
        if status == .pass {
            ends += expectations.compactMap { seen in
                seen.validUntil.map { ($0, { "\(seen.fact), by which \(id) passes" }) }
            }
        }
        if disposition == .waived, let waiver {
            ends.append((waiver.expires, { "the waiver of \(id), approved by \(waiver.approvedBy.id)" }))
        }
        return ends
    }
}

extension SignOffResult {
    /// Why the sign-off keeps the verdict from a plain go; nil when it does not.
    fileprivate var reasonAgainstGo: VerdictReason? {
        let outcome: Outcome
        switch state {
        case .given: return nil
        case .conditional: outcome = .conditionalGo
        case .refused: outcome = .noGo
        case .missing, .stale: outcome = .awaiting
        }
        return VerdictReason(rule: "sign-off: \(role)", outcome: outcome, items: [])
    }
}

extension GateRule {
    /// How the rule comes out over the judged items.
    package func outcome(over items: [ItemResult]) -> GateOutcome {
        let matching = items.filter(predicate.covers).map(\.id)
        let count = matching.count
        // What could not be observed may yet turn out to match, or not.
        let open = items.count { $0.isUnknown && predicate.mayCover($0) && !predicate.covers($0) }
        let isBroken = (max.map { count > $0 } ?? false) || (min.map { count + open < $0 } ?? false)
        let isUnsure = (max.map { count + open > $0 } ?? false) || (min.map { count < $0 } ?? false)
        return GateOutcome(
            name: name, holds: isBroken ? false : isUnsure ? nil : true, min: min, max: max, items: matching)
    }
}

extension ItemResult {
    fileprivate var isUnknown: Bool { status == .inconclusive || status == .error }
}

extension GateOutcome {
    /// Why the rule keeps the verdict from go; it names items only where there are too many of them.
    fileprivate var reason: VerdictReason {
        let isExceeded = max.map { items.count > $0 } ?? false
        return VerdictReason(
            rule: "gate-rule: \(name)", outcome: holds == false ? .noGo : .undetermined, items: isExceeded ? items : [])
    }
}

extension GatePredicate {
    /// Whether an item whose status is not known could match once it is.
    func mayCover(_ item: ItemResult) -> Bool {
        var predicate = self
        predicate.status = []
        predicate.disposition = []
        return predicate.covers(item)
    }

    func covers(_ item: ItemResult) -> Bool {
        func accepts<Value: Equatable>(_ accepted: [Value], _ value: Value?) -> Bool {
            accepted.isEmpty || value.map(accepted.contains) ?? false
        }
        return accepts(severity, item.severity) && accepts(status, item.status)
            && accepts(disposition, item.disposition) && accepts(enforcement, item.enforcement)
            && accepts(phase, item.phase) && accepts(checklist, item.checklist) && accepts(section, item.section)
            && accepts(self.item, item.id)
    }
}
