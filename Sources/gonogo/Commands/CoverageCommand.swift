import ArgumentParser
import Audit
import AuditModel
import JSON

/// `gonogo checklist coverage`
struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Which controls of a framework are covered, by which items.",
        discussion: """
            With a result of --report json the items are those of the result, and their statuses stand beside them; with \
            --checklist they are those of these checklists; else those of all built-in ones.
            """)

    @Option(
        help: ArgumentHelp(
            "One of \(ControlCoverage.frameworks.joined(separator: ", ")).", valueName: "framework"))
    var framework: String

    @ArgumentParser.Argument(help: ArgumentHelp("A result of --report json.", valueName: "result"))
    var result: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A built-in checklist or a file; may be repeated.", valueName: "id|file"))
    var checklist: [String] = []

    @Flag(help: "As JSON.")
    var json = false

    mutating func run() throws {
        guard let known = controlFrameworks.first(where: { $0.id == framework }) else {
            throw AuditError.usage(
                unknown("framework", framework, known: ControlCoverage.frameworks, option: "--framework"))
        }
        let saved = try result.map { path throws(AuditError) in try Results.read(path) }
        let coverage = try ControlCoverage(of: known, checklists: checklist, result: saved)
        try printed(json ? coverage.json.indented : coverage.text)
    }
}
