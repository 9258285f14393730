import ArgumentParser
import Audit
import AuditModel

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", _superCommandName: Gonogo.name,
        abstract: "Observe a service or its image, judge it against checklists, report the verdict.")

    @OptionGroup var selection: SelectionOptions
    @OptionGroup(title: "Reports") var reports: ReportOptions
    @OptionGroup(title: "Reports") var verdict: VerdictOptions
    @OptionGroup(title: "Judging") var judging: JudgingOptions
    @OptionGroup(title: "Network") var network: NetworkOptions

    @Option(help: ArgumentHelp("Save what was seen, to judge it again later.", valueName: "file"))
    var record: String?

    mutating func run() async throws {
        _ = try reports.requests(record: record)
        let (severity, level) = (try judging.severity(), try judging.level())
        _ = try judging.instant()
        let context = try verdict.read()
        let preparation = try Preparation(selection.request(failOn: severity, level: level))
        let requested = try reports.requests(configured: preparation.reports, record: record)
        let recording = try await observe(preparation, network, isQuiet: reports.quiet)
        var problems: [String] = []
        if let record { problems += Recordings.write(recording, to: record) }
        let (now, isAsOf) = try judging.instant()
        let result = context.compared(try preparation.judged(recording, at: now, isAsOf: isAsOf))
        problems += reports.write(result, requested, in: context.job)
        guard problems.isEmpty else { throw AuditError.notWritten(problems) }
        throw ExitStatus(result.verdict.outcome, isStrict: judging.strict)
    }
}

/// Observes what the preparation asks, with progress on a terminal; throws when the run was cancelled.
func observe(
    _ preparation: Preparation, _ network: NetworkOptions, isQuiet: Bool = false
) async throws -> Recording {
    let context = try network.context(
        requestHeaders: preparation.requestHeaders, allowed: preparation.allowed)
    try await preparation.checkImages()
    let recording = await preparation.observed(in: context) { done, total in
        guard !isQuiet else { return }
        Terminal.progress(done < total ? "observing \(preparation.service.name): \(done) of \(total)" : "")
    }
    try Task.checkCancellation()
    return recording
}
