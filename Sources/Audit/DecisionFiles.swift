import AuditModel
import ChecklistYAML

/// The attestations and waivers of a run, read from their folders.
struct DecisionFiles {
    var attestations: [Attestation] = []
    var waivers: [Waiver] = []
    var diagnostics: [Diagnostic] = []
    var notices: [Notice] = []

    /// Reads every `.yaml` and `.yml` file directly in the folders that the audit file names; what else is there, and a
    /// folder that is not, is a notice.
    static func read(_ audit: AuditFile?, folder: String) -> DecisionFiles {
        var files = DecisionFiles()
        for path in files.paths(in: audit?.attestations, from: folder) {
            guard let text = files.text(path) else { continue }
            let (attestation, diagnostics) = loadAttestation(text: text, file: path)
            files.diagnostics += diagnostics
            if let attestation { files.attestations.append(attestation) }
        }
        for path in files.paths(in: audit?.waivers, from: folder) {
            guard let text = files.text(path) else { continue }
            let (waiver, diagnostics) = loadWaiver(text: text, file: path)
            files.diagnostics += diagnostics
            if let waiver { files.waivers.append(waiver) }
        }
        return files
    }

    private mutating func paths(in name: String?, from base: String) -> [String] {
        guard let name else { return [] }
        let folder = Files.path(name, from: base)
        guard Files.exists(folder) else {
            notices.append(
                Notice(code: "no-such-folder", message: "there is no folder \(folder), so no decision is read from it"))
            return []
        }
        do {
            let (names, others) = try Files.names(in: folder, endingIn: [".yaml", ".yml"])
            for other in others {
                notices.append(
                    Notice(
                        code: "not-read",
                        message: "\(folder)/\(other) is not read: decisions are .yaml files directly in their folder"))
            }
            return names.map { "\(folder)/\($0)" }
        } catch {
            diagnostics.append(
                Diagnostic(
                    "unreadable", "the folder cannot be read: \(error.reason)",
                    at: SourceLocation(file: folder, line: 1, column: 1)))
            return []
        }
    }

    private mutating func text(_ path: String) -> [UInt8]? {
        let (text, problem) = ChecklistFiles.text(path)
        if let problem { diagnostics.append(problem) }
        return text
    }
}
