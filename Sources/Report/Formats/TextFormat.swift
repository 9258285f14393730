import AuditModel

extension ReportFormat {
    /// Text for a terminal; with colours the same text plus SGR sequences, which no untrusted value can hold.
    ///
    ///     NO-GO shop in production is not ready: 1 gating item fails.
    ///     Judged at 2026-11-21 03:00 UTC.
    ///
    ///     Blockers (1)
    ///       ✗ fail hsts (high): HSTS is on
    ///         headers.hsts.maxAge: expected at least 365 days, seen absent (not met)
    ///         fix: Send Strict-Transport-Security: max-age=31536000
    ///
    ///     NO-GO 11 pass, 1 fail, 12 in total
    package static func text(colour: Bool, detail: TextDetail = .normal) -> ReportFormat {
        ReportFormat(
            name: "text", fileExtension: "txt", mediaType: "text/plain; charset=utf-8",
            summary: "text for the terminal: the verdict, then what needs somebody"
        ) { result in
            var report = TextReport(result, colour: colour, detail: detail)
            return report.rendered()
        }
    }
}
