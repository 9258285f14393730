import AuditModel
import JSON

extension Finding {
    /// Bytes of a description: a line in a merge request.
    private static let descriptionLimit = 1000

    /// An issue of GitLab's Code Quality report.
    func codeQualityIssue(of result: AuditResult) -> JSONValue {
        let reason = reasons.map(\.plain).joined(separator: " ")
        let deferral = item?.deferral(at: result.judgedAt).map { " (\($0.plain))" } ?? ""
        return .members([
            "description": .string("\(title)\(deferral): \(reason)".clipped(to: Finding.descriptionLimit).harmlessLine),
            "check_name": .string(id.harmlessLine), "fingerprint": .string(result.fingerprint(of: id)),
            "severity": .string(severity.codeQualitySeverity),
            "location": .members([
                "path": .string(place.repositoryPath),
                "lines": .members(["begin": .integer(Int64(max(1, place.line)))])
            ])
        ])
    }
}

extension Severity {
    /// By the names that GitLab knows.
    fileprivate var codeQualitySeverity: String {
        switch self {
        case .critical: "blocker"
        case .high: "critical"
        case .medium: "major"
        case .low: "minor"
        case .info: "info"
        }
    }
}
