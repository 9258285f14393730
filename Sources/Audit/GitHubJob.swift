import AuditModel
import Report

/// The job of GitHub Actions that the process runs in.
package struct GitHubJob: Sendable {
    /// The file whose Markdown the job shows; nil when the runner names none.
    private let summaryPath: String?

    /// The job that the environment tells of.
    ///
    /// - Parameter isForced: whether there must be one; without its summary's file that is wrong usage.
    /// - Parameter variable: reads the process's environment.
    package init?(isForced: Bool, variable: (String) -> String?) throws(AuditError) {
        let path = variable("GITHUB_STEP_SUMMARY").flatMap { $0.isEmpty ? nil : $0 }
        guard isForced || variable("GITHUB_ACTIONS") == "true" else { return nil }
        if isForced, path == nil { throw .usage("--github on: GITHUB_STEP_SUMMARY names no file") }
        summaryPath = path
    }

    /// Appends the Markdown report to the job's summary and gives the annotations to the log; returns a sentence when
    /// the summary could not be written.
    ///
    /// - Parameter log: writes a line where the runner reads commands: standard error, which no report shares.
    package func show(_ result: AuditResult, _ style: ReportStyle, log: (String) -> Void) -> [String] {
        let shown = style.shown(result)
        for line in GitHubActions.annotations(of: shown) { log(line) }
        guard let summaryPath else { return [] }
        do throws(FileProblem) {
            // Of what another command of the step wrote the summary holds as much.
            let size = Files.size(summaryPath)
            let room = GitHubActions.summaryLimit - size - 1
            guard room > GitHubJob.leastRoom else { throw FileProblem(reason: "it is full") }
            let summary = GitHubActions.summary(of: shown, limit: room)
            try Files.append((size > 0 ? "\n" : "") + summary, to: summaryPath)
            return []
        } catch {
            return ["the job summary could not be written to \(summaryPath): \(error.reason)"]
        }
    }

    /// Bytes below which a summary could not even say what it leaves out.
    private static let leastRoom = 2000
}
