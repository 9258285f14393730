import AuditModel

extension ReportFormat {
    /// GitHub-flavoured Markdown for job summaries: at most 1 MiB, which is the most that GitHub takes.
    ///
    ///     # ⛔ NO-GO
    ///
    ///     `shop` in production is not ready: 1 gating item fails. Judged at 2026-11-21 03:00 UTC.
    ///
    ///     ## Blockers (1)
    ///
    ///     | Item | Severity | What is wrong | Fix |
    static let markdown = ReportFormat(
        name: "markdown", fileExtension: "md", mediaType: "text/markdown; charset=utf-8",
        summary: "Markdown for job summaries and wikis: the verdict and tables, details folded"
    ) { result in
        var report = MarkdownReport(result, limit: MarkdownReport.summaryLimit)
        return report.rendered()
    }
}
