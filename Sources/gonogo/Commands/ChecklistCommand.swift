import ArgumentParser
import Audit
import AuditModel

struct ChecklistCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checklist", abstract: "List, show and lint checklists; the controls that they cover.",
        subcommands: [List.self, Show.self, Lint.self, CoverageCommand.self, Schema.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The built-in checklists.")

        mutating func run() throws {
            try printed(ChecklistListing.list())
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What a checklist asks, item by item.")

        @ArgumentParser.Argument(help: ArgumentHelp("A built-in checklist or a file.", valueName: "id|file"))
        var checklist: String

        @Flag(help: "As Markdown with a box per item, to go through in a meeting.")
        var markdown = false

        mutating func run() throws {
            try printed(markdown ? ChecklistMarkdown.text(checklist) : ChecklistListing.show(checklist))
        }
    }

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check checklists, audit files, attestations and waivers.",
            discussion:
                "Every mistake is listed as file:line:column with what was meant; exit code 65 when there is one.")

        @ArgumentParser.Argument(help: ArgumentHelp("Files of any of the four kinds.", valueName: "file"))
        var files: [String]

        mutating func run() throws {
            let diagnostics = Lint.check(files)
            guard diagnostics.isEmpty else { throw AuditError.malformed(diagnostics) }
            let what = files.count == 1 ? "\(files[0]) is" : "\(files.count) files are"
            try printed("\(what) well-formed.\n")
        }

        private static func check(_ files: [String]) -> [AuditModel.Diagnostic] { ChecklistFiles.lint(files) }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The JSON Schema of a kind of file, for editors.",
            discussion: "Kinds: \(SchemaFiles.kinds.joined(separator: ", ")).")

        @ArgumentParser.Argument(help: "checklist, audit, attestation or waiver.")
        var kind: String

        mutating func run() throws {
            guard let schema = SchemaFiles.text(of: kind) else {
                throw AuditError.usage(unknown("kind of file", kind, known: SchemaFiles.kinds))
            }
            try printed(schema)
        }
    }
}

/// Writes to standard output, or fails as a report that cannot be written does.
func printed(_ text: String) throws(AuditError) {
    if let problem = Terminal.write(Terminal.clean(text), to: .output) {
        throw .notWritten(["standard output: \(problem.reason)"])
    }
}
