import ChecklistYAML

/// The JSON Schemas of the files that people write, generated from the tables that read them.
package enum SchemaFiles {
    package static let kinds = ["checklist", "audit", "attestation", "waiver"]

    /// The schema of a kind of file as JSON; nil for a kind that is not one of `kinds`.
    package static func text(of kind: String) -> String? {
        guard let kind = FileKind(rawValue: "gonogo.\(kind)/1") else { return nil }
        return jsonSchema(for: kind, catalogue: catalogue, reportFormats: Reports.formats)
    }
}
