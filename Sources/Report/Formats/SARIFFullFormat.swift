import AuditModel

extension ReportFormat {
    /// SARIF 2.1.0 with every item under its kind, and waivers as suppressions, for viewers that understand these.
    ///
    ///     {"ruleId": "permissions-policy", "kind": "fail", "level": "warning", "suppressions": [{"kind": "external"}]}
    static let sarifFull = ReportFormat(
        name: "sarif-full", fileExtension: "full.sarif", mediaType: "application/sarif+json",
        summary: "SARIF 2.1.0 with every item, passes and waivers included",
        render: { SARIFLog($0, .everything).text })
}
