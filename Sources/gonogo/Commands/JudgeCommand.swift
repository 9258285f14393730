import ArgumentParser
import Audit
import AuditModel

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge", _superCommandName: Gonogo.name,
        abstract: "Judge a saved recording again, without a network.",
        discussion: "Other checklists, attestations, waivers and dates may be used than when it was made.")

    @ArgumentParser.Argument(help: ArgumentHelp("A recording of observe or of audit --record.", valueName: "recording"))
    var recording: String

    @OptionGroup var files: AuditFileOptions

    @OptionGroup(title: "Reports") var reports: ReportOptions
    @OptionGroup(title: "Reports") var verdict: VerdictOptions
    @OptionGroup(title: "Judging") var judging: JudgingOptions

    mutating func run() throws {
        let requested = try reports.requests()
        let context = try verdict.read()
        let saved = try Recordings.read(recording)
        let request = AuditRequest(
            configuration: files.config, checklists: files.checklist, failOn: try judging.severity(),
            level: try judging.level(), decisionsFrom: files.decisionsFrom, environmentVariable: Terminal.variable)
        let (now, isAsOf) = try judging.instant()
        let preparation = try Preparation(request, recording: saved)
        let result = context.compared(try preparation.judged(saved, at: now, isAsOf: isAsOf))
        let problems = reports.write(result, requested, in: context.job)
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
        throw ExitStatus(result.verdict.outcome, isStrict: judging.strict)
    }
}
