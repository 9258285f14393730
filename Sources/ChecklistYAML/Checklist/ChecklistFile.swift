import AuditModel

/// Reads a checklist (`gonogo.checklist/1`); nil with all the mistakes of the file when it has any.
///
/// `digest` is the SHA-256 of the bytes; `patternProblem` says what is wrong with a regular expression.
package func loadChecklist(
    text: [UInt8], file: String, digest: String, catalogue: Catalogue,
    patternProblem: @escaping @Sendable (String) -> String?
) -> (Checklist?, [Diagnostic]) {
    var reader = ChecklistReader(file: file, catalogue: CatalogueIndex(catalogue), patternProblem: patternProblem)
    let checklist = reader.checklist(text: text, digest: digest)
    return (reader.findings.isEmpty ? checklist : nil, reader.findings.sorted)
}
