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
    /// The sign-offs that the checklists demand, weighed at the same instant.
    package var signOffs: [SignOffResult]
    /// The items that failed when the baseline was taken: while they still fail they do not gate.
    package var baseline: Set<String>

    package init(
        items: [PlannedItem], observations: [ObservedFacts], decisions: [String: WeighedDecisions],
        gate: [GateRule], probes: [ProbeDescription], signOffs: [SignOffResult] = [],
        baseline: Set<String> = []
    ) {
        self.items = items
        self.observations = observations
        self.decisions = decisions
        self.gate = gate
        self.probes = probes
        self.signOffs = signOffs
        self.baseline = baseline
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
    for index in items.indices where items[index].status == .fail && items[index].waiver == nil {
        items[index].isInBaseline = `case`.baseline.contains(items[index].id)
    }
    let gate = `case`.gate.map { $0.outcome(over: items) }
    let verdict = Verdict.over(items, gate: gate, signOffs: `case`.signOffs)
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
