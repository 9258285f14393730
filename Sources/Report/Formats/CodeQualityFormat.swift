import AuditModel
import JSON

extension ReportFormat {
    /// GitLab's Code Quality report: what fails and is not waived, at the line that declares the target.
    ///
    ///     [{"description": "HSTS is on: …", "check_name": "hsts", "fingerprint": "9f86…", "severity": "critical",
    ///       "location": {"path": "gonogo.yaml", "lines": {"begin": 4}}}]
    static let codeQuality = ReportFormat(
        name: "codequality", fileExtension: "codequality.json", mediaType: "application/json",
        summary: "GitLab Code Quality JSON: what fails and is not waived"
    ) { result in
        JSONValue.array(result.findings.map { $0.codeQualityIssue(of: result) }).indented
    }
}
