import AuditModel

/// What a job on GitHub Actions shows beside its log.
package enum GitHubActions {
    /// Bytes of a job's summary; a longer one is dropped whole.
    package static let summaryLimit = MarkdownReport.summaryLimit

    /// The Markdown report within the bytes that are left of a step's summary.
    package static func summary(of result: AuditResult, limit: Int) -> String {
        var report = MarkdownReport(result, limit: limit)
        return report.rendered()
    }

    /// Annotations that GitHub shows of one step and one level; it drops the others.
    private static let annotationLimit = 10
    /// Bytes of a message: GitHub shows a few lines.
    private static let messageLimit = 2 << 10

    /// Workflow commands, a line each: an error for all that keeps the verdict from go, a warning for what else fails.
    package static func annotations(of result: AuditResult) -> [String] {
        let findings = result.findings
        return commands("error", findings.filter(\.blocks), now: result.judgedAt)
            + commands("warning", findings.filter { !$0.blocks }, now: result.judgedAt)
    }

    private static func commands(_ level: String, _ findings: [Finding], now: Instant) -> [String] {
        let isTooMany = findings.count > annotationLimit
        let shown = findings.prefix(isTooMany ? annotationLimit - 1 : annotationLimit)
        let lines = shown.map { finding in
            let title = "\(finding.id) (\(finding.severity.rawValue)): \(finding.title)"
            let sentences = finding.reasons + [finding.item?.deferral(at: now)].compactMap(\.self)
            let message = sentences.map(\.plain).joined(separator: "\n")
            return "::\(level) file=\(property(finding.place.repositoryPath)),line=\(max(1, finding.place.line)),"
                + "title=\(property(title))::\(data(message))"
        }
        guard isTooMany else { return lines }
        let rest = findings.dropFirst(shown.count)
        let names = rest.map(\.id).joined(separator: ", ")
        return lines + ["::\(level) title=\(rest.count) more::\(data(names))"]
    }

    /// The value of a command's property: it ends at a comma or a colon.
    private static func property(_ text: String) -> String {
        data(text.harmlessLine).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }

    /// What follows the second `::`: a line feed would begin another command, a percent sign an escape.
    private static func data(_ text: String) -> String {
        text.clipped(to: messageLimit).harmless.withoutAgentCommands.replacing("%", with: "%25")
            .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }
}
