import AuditModel
import JSON

// The keys of a gate's rule.

enum GateFields {
    static let name = Field("name", .text, required: true, "How reports call the rule.")
    static let predicate = Field("where", .predicate, "Which items are counted; without it all.")
    static let max = Field("max", .integer(from: 0), "The most items that may match.")
    static let min = Field("min", .integer(from: 0), "The fewest items that must match.")

    static let table = FieldTable("a gate rule", [name.outline, predicate.outline, max.outline, min.outline])
}

extension Shape<GateRule> {
    static let gateRule = Shape.fields(GateFields.table) { fields, findings in
        let name = fields.read(GateFields.name, &findings)
        let predicate = fields.read(GateFields.predicate, &findings)
        let max = fields.read(GateFields.max, &findings)
        let min = fields.read(GateFields.min, &findings)
        if !fields.has(GateFields.max), !fields.has(GateFields.min) {
            findings.add("missing-key", "a gate rule needs \"max\" or \"min\"", at: fields.node.position)
        }
        if let min, let max, min > max {
            findings.add("out-of-range", "\"min\" is above \"max\"", at: fields.position(of: GateFields.min))
        }
        if min == 0, !fields.has(GateFields.max) {
            findings.add("no-effect", "\"min: 0\" always holds", at: fields.position(of: GateFields.min))
        }
        return GateRule(
            name: name ?? "", predicate: predicate ?? GatePredicate(), min: min, max: max,
            location: findings.location(fields.node.position))
    }
}

enum PredicateFields {
    static let severity = Field("severity", Shape<Severity>.choice("severity").oneOrMore, "Severities that count.")
    static let status = Field("status", Shape<Status>.choice("status").oneOrMore, "Statuses that count.")
    static let disposition = Field(
        "disposition", Shape<Disposition>.choice("disposition").oneOrMore, "Dispositions that count.")
    static let enforcement = Field(
        "enforcement", Shape<Enforcement>.choice("enforcement").oneOrMore, "Enforcements that count.")
    static let phase = Field("phase", Shape<Phase>.choice("phase").oneOrMore, "Phases that count.")
    static let checklist = Field("checklist", Shape<String>.text.oneOrMore, "Ids of checklists that count.")
    static let section = Field("section", Shape<String>.text.oneOrMore, "Ids of sections that count.")
    static let item = Field("item", Shape<String>.text.oneOrMore, "Ids of items that count.")

    static let table = FieldTable(
        "where",
        [
            severity.outline, status.outline, disposition.outline, enforcement.outline, phase.outline,
            checklist.outline, section.outline, item.outline
        ])
}

extension Shape<GatePredicate> {
    static let predicate = Shape.fields(PredicateFields.table) { fields, findings in
        var predicate = GatePredicate()
        predicate.severity = fields.read(PredicateFields.severity, &findings) ?? []
        predicate.status = fields.read(PredicateFields.status, &findings) ?? []
        predicate.disposition = fields.read(PredicateFields.disposition, &findings) ?? []
        predicate.enforcement = fields.read(PredicateFields.enforcement, &findings) ?? []
        predicate.phase = fields.read(PredicateFields.phase, &findings) ?? []
        predicate.checklist = fields.read(PredicateFields.checklist, &findings) ?? []
        predicate.section = fields.read(PredicateFields.section, &findings) ?? []
        predicate.item = fields.read(PredicateFields.item, &findings) ?? []
        if !predicate.canMatch {
            let statuses = predicate.status.map(\.rawValue).joined(separator: " or ")
            let dispositions = predicate.disposition.map(\.rawValue).joined(separator: " or ")
            findings.add(
                "never-matches", "no item is ever both \(statuses) and \(dispositions)",
                at: fields.position(of: PredicateFields.disposition))
        }
        return predicate
    }
}

extension GatePredicate {
    /// Whether some item could have one of the statuses together with one of the dispositions.
    var canMatch: Bool {
        guard !status.isEmpty, !disposition.isEmpty else { return true }
        return disposition.contains { disposition in status.contains(where: disposition.isPossible) }
    }
}

extension Disposition {
    /// Whether an item of this disposition may have the status.
    fileprivate func isPossible(with status: Status) -> Bool {
        switch self {
        case .none: true
        // A waiver covers nothing else, and says nothing about an item that it does not cover.
        case .waived, .waiverExpired: [.fail, .pending, .stale].contains(status)
        // People answer yes, no or not applicable, and their answers grow old; the rest is what probes say.
        case .attested: [.pass, .fail, .notApplicable, .stale].contains(status)
        }
    }
}
