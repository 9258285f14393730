import AuditModel

extension ReportFormat {
    /// Markdown for a comment on a pull request: at most 65,536 bytes, and so at most as many characters.
    ///
    ///     # ⛔ NO-GO
    ///     …
    ///     > Left out, because the report would be longer than 65536 bytes: All items, Observations.
    static let markdownComment = ReportFormat(
        name: "markdown-comment", fileExtension: "comment.md", mediaType: "text/markdown; charset=utf-8",
        summary: "Markdown for a comment on a pull request: at most 65,536 characters"
    ) { result in
        var report = MarkdownReport(result, limit: 65_536, rows: 50)
        return report.rendered()
    }
}
