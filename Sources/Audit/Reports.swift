import AuditModel
import Report

/// How reports are shown, whatever their format and path.
package struct ReportStyle: Sendable {
    /// How much the text tells.
    package enum Detail: Sendable {
        case quiet, normal, verbose
    }

    /// Whether a text on standard output has colours.
    package var isColoured: Bool
    package var detail: Detail
    /// Whether captures, names and addresses are left out, in every format.
    package var isRedacted: Bool
    /// Whether the text tells what changed instead of everything.
    package var isDifference: Bool

    package init(
        isColoured: Bool = false, detail: Detail = .normal, isRedacted: Bool = false, isDifference: Bool = false
    ) {
        self.isColoured = isColoured
        self.detail = detail
        self.isRedacted = isRedacted
        self.isDifference = isDifference
    }

    /// The result as it is shown.
    func shown(_ result: AuditResult) -> AuditResult { isRedacted ? result.redacted : result }

    /// The format of that name in this style, coloured only where a terminal may read it; nil when there is none.
    fileprivate func format(_ name: String, onOutput: Bool) -> ReportFormat? {
        let detail: TextDetail
        switch self.detail {
        case .quiet: detail = .quiet
        case .normal: detail = .normal
        case .verbose: detail = .verbose
        }
        let colour = isColoured && onOutput
        let text =
            isDifference
            ? ReportFormat.changes(colour: colour, detail: detail) : ReportFormat.text(colour: colour, detail: detail)
        return name == text.name ? text : ReportFormat.named(name)
    }
}

/// Reports asked for, checked and written.
package enum Reports {
    /// The names of all formats, sorted.
    package static let formats: [String] = ReportFormat.all.map(\.name).sorted()
    /// The names of all formats for the help, the usual ones first.
    package static let names = ReportFormat.all.map(\.name).joined(separator: ", ")

    /// The requests, when every format is known and at most one goes to standard output.
    ///
    /// - Parameter record: the path of the recording that is written beside them.
    package static func checked(
        _ requests: [ReportRequest], record: String? = nil
    ) throws(AuditError) -> [ReportRequest] {
        for request in requests where ReportFormat.named(request.format) == nil {
            let hint = nearestName(to: request.format, among: formats).map { "did you mean \"\($0)\"?" }
            throw .usage(
                "--report: unknown format \"\(request.format)\"; \(hint ?? "known are \(formats.joined(separator: ", "))")"
            )
        }
        if let request = requests.first(where: { $0.path?.isEmpty == true }) {
            throw .usage("--report \(request.format)=: a path was expected after the equals sign")
        }
        guard requests.filter({ $0.path == nil }).count <= 1 else {
            throw .usage("--report: only one report can go to standard output; give the others a path, FORMAT=PATH")
        }
        let paths = (requests.map(\.path) + [record]).compactMap { $0.map(normalised) }
        for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
            throw .usage("two outputs have the same path \(path); one would replace the other")
        }
        return requests
    }

    private static func normalised(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// Renders and writes every report, one failure never losing another; returns a sentence for each that failed.
    ///
    /// - Parameter output: writes to standard output.
    package static func write(
        _ result: AuditResult, _ requests: [ReportRequest], _ style: ReportStyle = ReportStyle(),
        output: (String) -> FileProblem?
    ) -> [String] {
        let shown = style.shown(result)
        var problems: [String] = []
        for request in requests {
            guard let format = style.format(request.format, onOutput: request.path == nil) else { continue }
            if let path = request.path {
                do throws(FileProblem) {
                    try Files.write(format.render(shown), to: path)
                } catch {
                    problems.append("the \(format.name) report could not be written to \(path): \(error.reason)")
                }
            } else if let problem = output(format.render(shown)) {
                problems.append(
                    "the \(format.name) report could not be written to standard output: \(problem.reason)")
            }
        }
        return problems
    }
}
