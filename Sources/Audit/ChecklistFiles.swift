import AuditModel
import ChecklistYAML
import Checklists
import Crypto
import Judge

/// Checklists from the binary and from disk.
package enum ChecklistFiles {
    /// What a file that people write may measure, in bytes; larger ones are refused by their reader with a place.
    static let limit = 1 << 20

    /// Loads the named checklists with all that they include; nil with every mistake of every file.
    package static func load(_ names: [LocatedName]) -> (LoadedChecklists?, [Diagnostic]) { load(names, ruled: nil) }

    /// - Parameter ruled: the revision whose local checklists count instead of those of the work tree.
    static func load(_ names: [LocatedName], ruled: RuledFiles?) -> (LoadedChecklists?, [Diagnostic]) {
        loadChecklists(
            names, builtIn: BuiltInChecklists.ids, catalogue: catalogue, patternProblem: Matcher.problem(ofPattern:),
            read: { name throws(Diagnostic) in
                if let ruled, let source = try source(name, in: ruled) { return source }
                return try source(name)
            })
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

    /// A local checklist of the revision; nil for one from elsewhere.
    private static func source(_ name: LocatedName, in ruled: RuledFiles) throws(Diagnostic) -> ChecklistSource? {
        guard Files.isPath(name.name), let path = ruled.path(of: name) else { return nil }
        switch ruled.text(of: path) {
        case .success(let text): return source(text, "\(ruled.revision):\(path)")
        case .failure(let problem):
            // What the pipeline itself names may be newer than the revision.
            guard let location = name.location else { return nil }
            throw Diagnostic(
                "unreadable", "the checklist \(path) of \(ruled.revision) cannot be read: \(problem.reason)",
                at: location)
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
        ChecklistSource(text: text, file: file, digest: digest(text))
    }

    static func digest(_ text: [UInt8]) -> String { hexadecimal(SHA256.hash(data: text)) }
}
