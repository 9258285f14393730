import AuditModel

extension ReportFormat {
    /// Text for a terminal; with colours the same text plus SGR sequences, which no untrusted value can hold.
    ///
    ///     NO-GO shop in production is not ready: 1 gating item fails.
    ///     Judged at 2026-11-21 03:00 UTC.
    ///
    ///     Blockers (1)
    ///       ✗ fail hsts (high): HSTS is on
    ///         Strict-Transport-Security is absent
    package static func text(colour: Bool) -> ReportFormat {
        ReportFormat(
            name: "text", fileExtension: "txt", mediaType: "text/plain; charset=utf-8",
            summary: "text for the terminal: the verdict, then what needs somebody"
        ) { result in
            var report = TextReport(result, colour: colour)
            return report.rendered()
        }
    }
}
