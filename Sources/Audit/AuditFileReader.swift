import AuditModel
import ChecklistYAML

/// The audit file of a run, when it has one.
struct AuditFileReader {
    var audit: AuditFile?
    /// The folder that its paths start at.
    var folder: String
    var diagnostics: [Diagnostic]

    /// Reads the file that was named, else `./gonogo.yaml` when it is there.
    static func read(_ request: AuditRequest) throws(AuditError) -> AuditFileReader {
        guard let path = request.configuration ?? (Files.exists("gonogo.yaml") ? "gonogo.yaml" : nil) else {
            if let environment = request.environment {
                throw .usage("--environment \(environment): there is no audit file that could name it")
            }
            return AuditFileReader(audit: nil, folder: ".", diagnostics: [])
        }
        let (text, problem) = ChecklistFiles.text(path)
        guard let text else { throw .malformed(problem.map { [$0] } ?? []) }
        let (audit, diagnostics) = loadAuditFile(text: text, file: path, reportFormats: Reports.formats)
        // Without the file nothing else of it can be checked.
        guard let audit else { throw .malformed(diagnostics) }
        return AuditFileReader(audit: audit, folder: Files.parent(of: path), diagnostics: diagnostics)
    }
}
