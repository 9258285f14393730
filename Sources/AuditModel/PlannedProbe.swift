/// The probes that are planned: what a checklist may name in `willBe`. One that is built moves to `ProbeKind`.
package enum PlannedProbe: String, Sendable, Codable, CaseIterable, Hashable {
    case alerts
    case branchProtection = "branch-protection"
    case compose
    case dockerfile
    case evidence
    case kubernetes
    case metrics
    case migrations
    case openapi
    case railway
    case repository
    case workflows
}
