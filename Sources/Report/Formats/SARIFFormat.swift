import AuditModel

extension ReportFormat {
    /// SARIF 2.1.0 for code scanning: only what fails and is not waived, because GitHub opens an alert for every result.
    ///
    ///     {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "gonogo", "rules": [{"id": "hsts", …}]}},
    ///       "results": [{"ruleId": "hsts", "level": "error", "message": {"text": "…"}, "locations": […]}]}]}
    static let sarif = ReportFormat(
        name: "sarif", fileExtension: "sarif", mediaType: "application/sarif+json",
        summary: "SARIF 2.1.0 for code scanning: what fails and is not waived",
        render: { SARIFLog($0, .findings).text })
}
