import ArgumentParser
import Audit
import AuditModel

/// What a command that judges compares its result with, and where it shows it besides its reports.
struct VerdictOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An earlier result of --report json: the reports tell what changed since.", valueName: "file"))
    var previous: String?

    @Option(help: GitHubMode.help)
    var github = GitHubMode.auto

    /// The earlier result and the job, read before anything is observed.
    func read() throws(AuditError) -> VerdictContext {
        let job = try github.job()
        guard let previous else { return VerdictContext(previous: nil, job: job) }
        return VerdictContext(previous: try Results.read(previous), job: job)
    }
}

struct VerdictContext {
    var previous: AuditResult?
    var job: GitHubJob?

    /// The result with its changes since the earlier one, when there is one.
    func compared(_ result: AuditResult) -> AuditResult {
        previous.map { Results.compared(result, with: $0) } ?? result
    }
}
