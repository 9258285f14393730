import ArgumentParser
import Audit
import AuditModel

/// Which reports are written where, and how much they show.
struct ReportOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Write a report: \(Reports.names). Without =PATH (or with =-) to standard output; may be repeated. "
                + "(default: text)", valueName: "format[=path]"))
    var report: [String] = []

    @Flag(help: "The text is the verdict and a line for each thing that keeps it from go.")
    var quiet = false

    @Flag(help: "The text is every item with its evidence.")
    var verbose = false

    @Flag(
        help: ArgumentHelp(
            "Leave out what was captured, what people wrote, and all names and addresses, in every format; the digests "
                + "of commit and artifact stay."))
    var redact = false

    mutating func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    }

    /// The reports asked for here, else those of the audit file and the text on standard output.
    func requests(
        configured: [ReportRequest] = [], record: String? = nil
    ) throws(AuditError) -> [ReportRequest] {
        guard !report.isEmpty else {
            let text = configured.contains { $0.path == nil } ? [] : [ReportRequest(format: "text", path: nil)]
            return try Reports.checked(configured + text, record: record)
        }
        return try Reports.checked(
            report.map { argument in
                let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let path = parts.count == 2 && parts[1] != "-" ? String(parts[1]) : nil
                return ReportRequest(format: String(parts[0]), path: path)
            }, record: record)
    }

    /// Writes the reports, and what the job shows when there is one; returns a sentence for each that failed.
    func write(
        _ result: AuditResult, _ requests: [ReportRequest], in job: GitHubJob? = nil, isDifference: Bool = false
    ) -> [String] {
        let style = ReportStyle(
            isColoured: Terminal.isColoured(.output), detail: quiet ? .quiet : verbose ? .verbose : .normal,
            isRedacted: redact, isDifference: isDifference)
        let problems = Reports.write(result, requests, style) { Terminal.write($0, to: .output) }
        return problems + (job?.show(result, style) { Terminal.write($0 + "\n", to: .error) } ?? [])
    }
}
