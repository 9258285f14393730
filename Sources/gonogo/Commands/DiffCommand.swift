import ArgumentParser
import Audit

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", _superCommandName: Gonogo.name,
        abstract: "Compare two saved results: what is new, worse, fixed, changed, added or removed.",
        discussion: """
            Exits with 1 when something keeps the verdict from go that did not before, or does so worse than before, or \
            when an item that gated is no longer asked; else with 0. The text tells the differences; every other format is the newer result's report with them.
            """)

    @ArgumentParser.Argument(help: ArgumentHelp("The earlier result of --report json.", valueName: "old"))
    var old: String

    @ArgumentParser.Argument(help: ArgumentHelp("The later one.", valueName: "new"))
    var new: String

    @OptionGroup(title: "Reports") var reports: ReportOptions

    mutating func run() throws {
        let requested = try reports.requests()
        let result = Results.compared(try Results.read(new), with: try Results.read(old))
        let problems = reports.write(result, requested, isDifference: true)
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
        // Regressions are the second of the two things that exit with 1.
        if Results.hasRegressions(result) { throw ExitStatus.noGo }
    }
}
