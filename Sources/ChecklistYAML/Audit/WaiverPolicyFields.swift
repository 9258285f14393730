import AuditModel
import JSON

// The keys of the policy for waivers.

enum WaiverPolicyFields {
    static let longest = Field(
        "longest", Shape<TimeSpan>.duration.bySeverity,
        "The longest a waiver may last; without it critical 14d, high 30d, medium 90d, low 180d.")
    static let approvers = Field(
        "approvers", Shape<String>.text.list().bySeverity,
        "The roles that may approve; without it any role of \"roles\".")
    static let assurance = Field(
        "assurance", Shape<Assurance>.choice("assurance"), "How sure it must be who approved.")

    static let table = FieldTable("waiverPolicy", [longest.outline, approvers.outline, assurance.outline])
}

extension Shape<WaiverPolicy> {
    static let waiverPolicy = Shape.fields(WaiverPolicyFields.table) { fields, findings in
        WaiverPolicy(
            longest: fields.read(WaiverPolicyFields.longest, &findings) ?? [:],
            approvers: fields.read(WaiverPolicyFields.approvers, &findings) ?? [:],
            assurance: fields.read(WaiverPolicyFields.assurance, &findings) ?? .unsigned)
    }
}

extension Shape {
    /// A mapping from severities to such values.
    fileprivate var bySeverity: Shape<[Severity: Value]> {
        let names = Severity.allCases.map(\.rawValue)
        let value = schema
        let mapping = object([
            "type": .string("object"), "additionalProperties": .boolean(false),
            "properties": .object(names.map { .init($0, value) })
        ])
        return map.then(schema: mapping) { entries, _, _, findings in
            var values: [Severity: Value] = [:]
            for (entry, value) in entries {
                if let severity = Severity(rawValue: entry.key) {
                    values[severity] = value
                } else {
                    findings.addUnknown(
                        "unknown-value", "unknown severity \(quoted(entry.key))", entry.key, among: names,
                        at: entry.position)
                }
            }
            return values
        }
    }
}
