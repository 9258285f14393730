import AuditModel

/// How much a run asks of a service.
struct Ambition {
    /// The severity from which on items gate (`--fail-on`); nil for each item's own word.
    var failOn: Severity?
    /// The level above which items do not gate.
    var level: Level
}

/// What a failure of an item means in one audit, and what keeps it from gating.
struct Weight: Equatable {
    var enforcement: Enforcement
    /// Set when its level is one that keeps the item advisory.
    var gatesFrom: Level?
    /// Set when its date is one that keeps the item advisory, alone or besides its level.
    var advisoryUntil: Instant?
}

extension Item {
    /// Its own word or its severity's, then `--fail-on`, then its level and its date, each of which softens it.
    ///
    /// `--fail-on` is about severity and lifts no item above its level or before its date; an audit file that
    /// tailors the item to gate does.
    func weight(severity: Severity, tailored: Enforcement?, _ ambition: Ambition, at now: Instant) -> Weight {
        var enforcement = tailored ?? self.enforcement ?? severity.enforcement
        if severity == .info, enforcement == .gate { enforcement = .info }
        if let failOn = ambition.failOn, enforcement != .info, severity != .info {
            enforcement = severity >= failOn ? .gate : .advisory
        }
        guard enforcement == .gate, tailored != .gate else { return Weight(enforcement: enforcement) }
        let gatesFrom = level.flatMap { $0 > ambition.level ? $0 : nil }
        let advisoryUntil = enforceFrom.flatMap { now < $0 ? $0 : nil }
        return Weight(
            enforcement: gatesFrom == nil && advisoryUntil == nil ? .gate : .advisory, gatesFrom: gatesFrom,
            advisoryUntil: advisoryUntil)
    }
}

extension Severity {
    /// What an item of this severity means for the verdict unless anyone says otherwise.
    fileprivate var enforcement: Enforcement {
        switch self {
        case .critical, .high: .gate
        case .medium, .low: .advisory
        case .info: .info
        }
    }
}
