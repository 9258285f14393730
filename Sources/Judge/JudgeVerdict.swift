import AuditModel

extension Verdict {
    /// The verdict over judged items and the audit file's own gate rules, with every reason and the items behind it.
    ///
    /// - Parameter signOffRoles: the roles whose sign-off a checklist demands; none can be given yet, so they are open.
    package static func over(_ items: [ItemResult], gate: [GateOutcome], signOffRoles: [String] = []) -> Verdict {
        // By index: an item's result is large, and each rule picks from thousands.
        let gating = items.indices.filter { items[$0].enforcement == .gate }
        let open = gating.filter { items[$0].disposition != .waived }
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
        reasons += signOffRoles.map { VerdictReason(rule: "sign-off: \($0)", outcome: .awaiting, items: []) }
        add("waived", .conditionalGo, gating.filter { items[$0].disposition == .waived })
        let outcome = Outcome.allCases.first { outcome in reasons.contains { $0.outcome == outcome } } ?? .go
        let relied = gate.isEmpty ? gating : Array(items.indices)
        return Verdict(outcome: outcome, validUntil: validUntil(items, relied: relied), reasons: reasons)
    }

    /// The earliest end of anything relied on: attestations, waivers and passing facts of the items that decide, and the
    /// days until which failing items are only advisory.
    private static func validUntil(_ items: [ItemResult], relied: [Int]) -> Instant? {
        var ends: [Instant] = []
        for place in relied {
            ends += items[place].attestations.filter { $0.state == .valid }.map(\.validUntil)
            if items[place].status == .pass { ends += items[place].expectations.compactMap(\.validUntil) }
            if items[place].disposition == .waived, let waiver = items[place].waiver { ends.append(waiver.expires) }
        }
        for place in items.indices {
            guard let enforceFrom = items[place].enforceFrom, items[place].disposition != .waived,
                items[place].status != .pass, items[place].status != .notApplicable
            else { continue }
            ends.append(enforceFrom)
        }
        return ends.min()
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
