import AuditModel
import Report

/// Reports asked for, checked and written.
package enum Reports {
    /// The names of all formats, sorted.
    package static let formats: [String] = ReportFormat.all.map(\.name).sorted()

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
        _ result: AuditResult, _ requests: [ReportRequest], isColoured: Bool,
        output: (String) -> FileProblem?
    ) -> [String] {
        var problems: [String] = []
        for request in requests {
            guard let format = ReportFormat.named(request.format) else { continue }
            if let path = request.path {
                do throws(FileProblem) {
                    try Files.write(format.render(result), to: path)
                } catch {
                    problems.append("the \(format.name) report could not be written to \(path): \(error.reason)")
                }
            } else {
                let isText = format.name == ReportFormat.text(colour: false).name
                let shown = isColoured && isText ? ReportFormat.text(colour: true) : format
                if let problem = output(shown.render(result)) {
                    problems.append(
                        "the \(format.name) report could not be written to standard output: \(problem.reason)")
                }
            }
        }
        return problems
    }
}
