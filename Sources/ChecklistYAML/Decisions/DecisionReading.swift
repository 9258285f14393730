import AuditModel

/// Reads an attestation (`gonogo.attestation/1`); nil with all the mistakes of the file when it has any.
package func loadAttestation(text: [UInt8], file: String) -> (Attestation?, [Diagnostic]) {
    var findings = Findings(file: file)
    guard let root = openedFile(text: text, as: .attestation, &findings),
        let fields = Fields(root, AttestationFields.table, Label("attestation"), &findings)
    else { return (nil, findings.sorted) }
    let item = fields.read(AttestationFields.item, &findings)
    let answer = fields.read(AttestationFields.answer, &findings)
    let statement = fields.read(AttestationFields.statement, &findings)
    let by = fields.read(AttestationFields.by, &findings)
    let at = fields.read(AttestationFields.at, &findings)
    let expires = fields.read(AttestationFields.expires, &findings)
    let scope = fields.read(AttestationFields.scope, &findings) ?? Scope()
    let evidence = fields.read(AttestationFields.evidence, &findings) ?? []
    let condition = fields.read(AttestationFields.condition, &findings)
    let supersedes = fields.read(AttestationFields.supersedes, &findings)
    checkCondition(fields, item, answer, &findings)
    checkOrder(at, AttestationFields.at, expires, at: fields.position(of: AttestationFields.expires), &findings)
    guard findings.isEmpty, let item, let answer, let statement, let by, let at, let expires else {
        return (nil, findings.sorted)
    }
    let attestation = Attestation(
        item: item, answer: answer, statement: statement, by: by, at: at, expires: expires, scope: scope,
        evidence: evidence, condition: condition, supersedes: supersedes, location: findings.location(root.position))
    return (attestation, [])
}

/// Reads a waiver (`gonogo.waiver/1`); nil with all the mistakes of the file when it has any.
package func loadWaiver(text: [UInt8], file: String) -> (Waiver?, [Diagnostic]) {
    var findings = Findings(file: file)
    guard let root = openedFile(text: text, as: .waiver, &findings),
        let fields = Fields(root, WaiverFields.table, Label("waiver"), &findings)
    else { return (nil, findings.sorted) }
    let item = fields.read(WaiverFields.item, &findings)
    let reason = fields.read(WaiverFields.reason, &findings)
    let risk = fields.read(WaiverFields.risk, &findings)
    let ticket = fields.read(WaiverFields.ticket, &findings)
    let control = fields.read(WaiverFields.compensatingControl, &findings)
    let requestedBy = fields.read(WaiverFields.requestedBy, &findings)
    let approvedBy = fields.read(WaiverFields.approvedBy, &findings)
    let approvedAt = fields.read(WaiverFields.approvedAt, &findings)
    let expires = fields.read(WaiverFields.expires, &findings)
    let scope = fields.read(WaiverFields.scope, &findings) ?? Scope()
    let remediation = fields.read(WaiverFields.remediation, &findings)
    checkOrder(
        approvedAt, WaiverFields.approvedAt, expires, at: fields.position(of: WaiverFields.expires), &findings)
    guard findings.isEmpty, let item, let reason, let approvedBy, let approvedAt, let expires else {
        return (nil, findings.sorted)
    }
    let waiver = Waiver(
        item: item, reason: reason, risk: risk, ticket: ticket, compensatingControl: control,
        requestedBy: requestedBy, approvedBy: approvedBy, approvedAt: approvedAt, expires: expires, scope: scope,
        remediation: remediation, location: findings.location(root.position))
    return (waiver, [])
}

/// Only a sign-off has conditions, and only consent; other items hold or do not.
private func checkCondition(
    _ fields: Fields, _ item: String?, _ answer: Attestation.Answer?, _ findings: inout Findings
) {
    guard fields.has(AttestationFields.condition), let item, let answer else { return }
    guard item != SignOffResult.item || answer != .pass else { return }
    findings.add(
        "misplaced-condition", "\"condition\" belongs to a pass of the item \(SignOffResult.item) alone",
        at: fields.position(of: AttestationFields.condition))
}

private func checkOrder(
    _ start: Instant?, _ field: Field<Instant>, _ expires: Instant?, at position: YAMLPosition,
    _ findings: inout Findings
) {
    guard let start, let expires, expires <= start else { return }
    findings.add("invalid-period", "\"expires\" must be after \(quoted(field.name))", at: position)
}
