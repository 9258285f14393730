import AuditModel

/// What is judged: everything that the verdict depends on, besides the instant.
package struct Case: Sendable {
    package var items: [PlannedItem]
    /// By the index that planned items name.
    package var observations: [ObservedFacts]
    /// Weighed at the same instant, by item id.
    package var decisions: [String: WeighedDecisions]
    package var gate: [GateRule]
    package var probes: [ProbeDescription]
    /// The roles whose sign-off the checklists demand.
    package var signOffRoles: [String]

    package init(
        items: [PlannedItem], observations: [ObservedFacts], decisions: [String: WeighedDecisions],
        gate: [GateRule], probes: [ProbeDescription], signOffRoles: [String] = []
    ) {
        self.items = items
        self.observations = observations
        self.decisions = decisions
        self.gate = gate
        self.probes = probes
        self.signOffRoles = signOffRoles
    }
}

/// The judgement: every item with its status, the gate rules and the verdict.
package struct Judgement: Sendable {
    package var items: [ItemResult]
    package var counts: Counts
    package var gate: [GateOutcome]
    package var verdict: Verdict
}

/// Judges a case at an instant: pure, total, in the order of the items.
package func judge(_ case: Case, at now: Instant) -> Judgement {
    let probes = Dictionary(uniqueKeysWithValues: `case`.probes.map { ($0.kind, $0) })
    var items = `case`.items.map { planned in
        let observed = planned.observation.flatMap { index in
            `case`.observations.indices.contains(index) ? `case`.observations[index] : nil
        }
        return planned.judged(
            observed: observed, of: planned.item.probe.flatMap { probes[$0] },
            decisions: `case`.decisions[planned.item.id] ?? WeighedDecisions(), now: now)
    }
    let gate = `case`.gate.map { $0.outcome(over: items) }
    let verdict = Verdict.over(items, gate: gate, signOffRoles: `case`.signOffRoles)
    let blocking = Set(verdict.reasons.filter { $0.outcome != .conditionalGo }.flatMap(\.items))
    var counts = Counts()
    for index in items.indices {
        items[index].blocks = blocking.contains(items[index].id)
        counts[items[index].status] += 1
        counts.waived += items[index].disposition == .waived ? 1 : 0
    }
    counts.total = items.count
    return Judgement(items: items, counts: counts, gate: gate, verdict: verdict)
}
