import AuditModel

/// Reads an audit file (`gonogo.audit/1`); nil with all the mistakes of the file when it has any.
///
/// Names of items, sections and parameters are checked by `check(_:against:)` once the checklists are loaded.
package func loadAuditFile(
    text: [UInt8], file: String, reportFormats: [String]
) -> (AuditFile?, [Diagnostic]) {
    var findings = Findings(file: file)
    guard let root = openedFile(text: text, as: .audit, &findings),
        let fields = Fields(root, AuditFields.table, Label("audit file"), &findings)
    else { return (nil, findings.sorted) }
    let service = fields.read(AuditFields.service, &findings)
    let audit = AuditFile(
        service: service ?? ServiceDescription(name: ""),
        targets: fields.read(AuditFields.targets, &findings) ?? Targets(),
        environments: fields.read(AuditFields.environments, &findings) ?? [:],
        checklists: fields.read(AuditFields.checklists, &findings) ?? [],
        level: fields.read(AuditFields.level, &findings),
        tailor: fields.read(AuditFields.tailor, &findings) ?? [],
        roles: fields.read(AuditFields.roles, &findings) ?? [:],
        attestations: fields.read(AuditFields.attestations, &findings),
        waivers: fields.read(AuditFields.waivers, &findings),
        decisionsFrom: fields.read(AuditFields.decisionsFrom, &findings),
        waiverPolicy: fields.read(AuditFields.waiverPolicy, &findings) ?? WaiverPolicy(),
        allowedSigners: fields.read(AuditFields.allowedSigners, &findings),
        baseline: fields.read(AuditFields.baseline, &findings),
        expiryWarning: fields.read(AuditFields.expiryWarning, &findings) ?? AuditFile.defaultExpiryWarning,
        allow: fields.read(AuditFields.allow, &findings) ?? [],
        gate: fields.read(AuditFields.gate, &findings) ?? [],
        reports: reports(fields, known: reportFormats, &findings), location: findings.location(root.position))
    reportRepetitions(in: audit, &findings)
    return (findings.isEmpty ? audit : nil, findings.sorted)
}

private func reports(_ fields: Fields, known: [String], _ findings: inout Findings) -> [ReportRequest] {
    (fields.read(AuditFields.reports, &findings) ?? []).compactMap { entry, path in
        guard known.contains(entry.key) else {
            findings.addUnknown(
                "unknown-value", "unknown report format \(quoted(entry.key))", entry.key, among: known,
                at: entry.position)
            return nil
        }
        return ReportRequest(
            format: entry.key, path: path == "-" ? nil : path, location: findings.location(entry.position))
    }
}

/// Two tailorings of one item, or two rules of one name, leave open which one counts.
private func reportRepetitions(in audit: AuditFile, _ findings: inout Findings) {
    func report(_ names: [(String, SourceLocation)], _ code: String, _ noun: String) {
        var first: [String: SourceLocation] = [:]
        for (name, location) in names where !name.isEmpty {
            if let earlier = first.updateValue(location, forKey: name) {
                findings.add(
                    code, "\(noun) \(quoted(name)) stands at line \(earlier.line) already",
                    at: YAMLPosition(line: location.line, column: location.column))
            }
        }
    }
    func tailored(_ name: (Tailoring.Subject) -> String?) -> [(String, SourceLocation)] {
        audit.tailor.compactMap { tailoring in name(tailoring.subject).map { ($0, tailoring.location) } }
    }
    report(tailored { if case .item(let name) = $0 { name } else { nil } }, "duplicate-tailoring", "a tailoring of")
    report(
        tailored { if case .checklist(let name) = $0 { name } else { nil } }, "duplicate-tailoring", "a tailoring of")
    report(audit.gate.map { ($0.name, $0.location) }, "duplicate-gate", "a gate rule")
}
