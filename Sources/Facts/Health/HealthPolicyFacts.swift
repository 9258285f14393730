import AuditModel
import WireFormats

extension HealthFacts {
    /// What the service does when it is degraded, as far as a path stated it while the probe looked.
    static let policy: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "policy.degradedStatus", .integer,
            meaning: "The status code of the first path that states warn or degraded; absent when none stated it.",
            source: "draft-inadarei-api-health-check-06 §3.1"
        ) { .integer(ifPresent: $0.degradedStatuses.first.map(Int64.init)) },
        FactDefinition(
            "degradedIs503", .boolean,
            meaning: "Whether a path that states warn or degraded answers 503; absent when none stated it.",
            source: "draft-inadarei-api-health-check-06 §3.1"
        ) { evidence in
            let statuses = evidence.degradedStatuses
            return statuses.isEmpty ? .absent : .boolean(statuses.contains(503))
        }
    ]
}

extension HealthEvidence {
    /// The status codes of the paths that state warn, in the order looked at.
    fileprivate var degradedStatuses: [Int] {
        answers.filter { $0.body?.status == .warn }.compactMap(\.visit.exchange?.status)
    }
}
