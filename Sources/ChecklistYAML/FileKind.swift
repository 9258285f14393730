import AuditModel
import JSON

/// The files that people write, by the `schema` at their top.
package enum FileKind: String, Sendable, CaseIterable {
    case checklist = "gonogo.checklist/1"
    case audit = "gonogo.audit/1"
    case attestation = "gonogo.attestation/1"
    case waiver = "gonogo.waiver/1"

    /// With its article, for sentences.
    package var noun: String {
        switch self {
        case .checklist: "a checklist"
        case .audit: "an audit file"
        case .attestation: "an attestation"
        case .waiver: "a waiver"
        }
    }

    /// The field that every file of this kind begins with.
    var field: Field<FileKind> {
        let schema = object(["const": .string(rawValue)])
        let shape = Shape<FileKind>(schema: schema) { _, _, _ in self }
        return Field("schema", shape, required: true, "The kind and version of the file.")
    }
}

/// The kind that a file claims to be; otherwise why it cannot be told.
package func schemaOfFile(text: [UInt8], file: String) -> Result<FileKind, Diagnostics> {
    let document = YAMLDocument(text, file: file)
    guard let root = document.root else { return .failure(Diagnostics(document.diagnostics)) }
    var findings = Findings(file: file)
    guard let kind = claimedKind(of: root, &findings) else { return .failure(Diagnostics(findings.all)) }
    return .success(kind)
}

/// The file's root when it claims to be of the kind; nil after the findings that make reading on pointless.
func openedFile(text: [UInt8], as kind: FileKind, _ findings: inout Findings) -> YAMLNode? {
    let document = YAMLDocument(text, file: findings.file)
    findings = Findings(file: findings.file, document.diagnostics)
    guard let root = document.root, let claimed = claimedKind(of: root, &findings) else { return nil }
    guard claimed != kind else { return root }
    findings.add(
        "wrong-schema", "\(kind.noun) (\(kind.rawValue)) was expected; this is \(claimed.noun) (\(claimed.rawValue))",
        at: root.entries?.first { $0.key == "schema" }?.value.position ?? root.position)
    return nil
}

private func claimedKind(of root: YAMLNode, _ findings: inout Findings) -> FileKind? {
    let known = FileKind.allCases.map(\.rawValue)
    guard let entries = root.entries else {
        findings.add(
            "wrong-type", "a mapping that begins with schema: was expected, found \(root.description)",
            at: root.position)
        return nil
    }
    guard let schema = entries.first(where: { $0.key == "schema" })?.value else {
        findings.add(
            "missing-key", "the file needs the key \"schema\": one of \(known.joined(separator: ", "))",
            at: root.position)
        return nil
    }
    guard let text = schema.text else {
        findings.addWrongType(Label("schema"), "a text", schema)
        return nil
    }
    if let kind = FileKind(rawValue: text) { return kind }
    findings.addUnknown("unknown-schema", "unknown schema \(quoted(text))", text, among: known, at: schema.position)
    return nil
}
