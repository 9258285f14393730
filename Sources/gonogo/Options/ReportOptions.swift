import ArgumentParser
import Audit
import AuditModel

/// Which reports are written where.
struct ReportOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Write a report: text, junit, html, markdown, json. Without =PATH (or with =-) to standard output; "
                + "may be repeated. (default: text)", valueName: "format[=path]"))
    var report: [String] = []

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
}
