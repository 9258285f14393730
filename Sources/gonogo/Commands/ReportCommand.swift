import ArgumentParser
import Audit

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", _superCommandName: Gonogo.name,
        abstract: "Render a saved result: the same bytes as the audit that wrote it.",
        discussion: "The exit code says whether the reports were written; the verdict is in them.")

    @ArgumentParser.Argument(help: ArgumentHelp("A result of --report json.", valueName: "result"))
    var result: String

    @OptionGroup(title: "Reports") var reports: ReportOptions

    mutating func run() throws {
        let requested = try reports.requests()
        let saved = try Results.read(result)
        let problems = Reports.write(saved, requested, isColoured: Terminal.isColoured(.output)) {
            Terminal.write($0, to: .output)
        }
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
    }
}
