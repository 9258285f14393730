import ArgumentParser
import Audit

/// What a job of GitHub Actions shows of a result: its summary and annotations.
enum GitHubMode: String, ExpressibleByArgument, CaseIterable {
    /// Where the process runs in such a job.
    case auto
    case on, off

    static let help = ArgumentHelp(
        "Append the report to a GitHub job's summary, with annotations in its log: auto, on, off.", valueName: "mode")

    /// The job to show the result in; throws wrong usage when there must be one and is none.
    func job() throws(AuditError) -> GitHubJob? {
        switch self {
        case .auto: try GitHubJob(isForced: false, variable: Terminal.variable)
        case .on: try GitHubJob(isForced: true, variable: Terminal.variable)
        case .off: nil
        }
    }
}
