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

    @Option(help: GitHubMode.help)
    var github = GitHubMode.off

    mutating func run() throws {
        let requested = try reports.requests()
        let job = try github.job()
        let problems = reports.write(try Results.read(result), requested, in: job)
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
    }
}
