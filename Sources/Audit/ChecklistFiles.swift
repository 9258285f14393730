import AuditModel
import ChecklistYAML
import Checklists
import Crypto
import Judge

/// Checklists from the binary and from disk.
package enum ChecklistFiles {
    /// What a file that people write may measure, in bytes; larger ones are refused by their reader with a place.
    private static let limit = 1 << 20

    /// Loads the named checklists with all that they include; nil with every mistake of every file.
    package static func load(_ names: [LocatedName]) -> (LoadedChecklists?, [Diagnostic]) {
        loadChecklists(
            names, builtIn: BuiltInChecklists.ids, catalogue: catalogue, patternProblem: Matcher.problem(ofPattern:),
            read: source)
    }

    /// Every mistake in files of any of the four kinds; a checklist is read with all that it includes.
    package static func lint(_ files: [String]) -> [Diagnostic] {
        files.flatMap { file -> [Diagnostic] in
            let (text, problem) = text(file)
            guard let text else { return problem.map { [$0] } ?? [] }
            switch schemaOfFile(text: text, file: file) {
            case .failure(let diagnostics): return diagnostics.all
            case .success(.checklist): return load([LocatedName(file.contains("/") ? file : "./" + file)]).1
            case .success(.audit): return lintAuditFile(text, file)
            case .success(.attestation): return loadAttestation(text: text, file: file).1
            case .success(.waiver): return loadWaiver(text: text, file: file).1
            }
        }
    }

    private static func lintAuditFile(_ text: [UInt8], _ file: String) -> [Diagnostic] {
        let (audit, diagnostics) = loadAuditFile(text: text, file: file, reportFormats: Reports.formats)
        guard let audit, diagnostics.isEmpty, !audit.checklists.isEmpty else { return diagnostics }
        let (loaded, problems) = load(audit.checklists)
        return loaded.map { check(audit, against: $0) } ?? problems
    }

    /// The bytes of a file that a person wrote, or why it cannot be read.
    static func text(_ path: String) -> ([UInt8]?, Diagnostic?) {
        do throws(FileProblem) {
            return (try Files.read(path, limit: limit), nil)
        } catch {
            let place = SourceLocation(file: path, line: 1, column: 1)
            return (nil, Diagnostic("unreadable", "the file cannot be read: \(error.reason)", at: place))
        }
    }

    /// A built-in checklist by its id, or a file relative to the one that names it.
    private static func source(_ name: LocatedName) throws(Diagnostic) -> ChecklistSource? {
        let isPath = Files.isPath(name.name)
        if !isPath, let text = BuiltInChecklists.text(of: name.name) {
            return source(Array(text.utf8), "built-in:\(name.name).yaml")
        }
        // A built-in checklist includes built-in ones alone.
        if let location = name.location, location.file.hasPrefix("built-in:") { return nil }
        let path = Files.path(name.name, from: name.location.map { Files.parent(of: $0.file) } ?? ".")
        let shown = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        guard isPath || name.location == nil, Files.exists(shown) else { return nil }
        let (text, problem) = text(shown)
        if let problem { throw problem }
        return text.map { source($0, shown) }
    }

    private static func source(_ text: [UInt8], _ file: String) -> ChecklistSource {
        ChecklistSource(text: text, file: file, digest: hexadecimal(SHA256.hash(data: text)))
    }
}
