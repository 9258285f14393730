import AuditModel
import ChecklistYAML
import Judge
import SignOff

extension Preparation {
    /// What people decided, and what it is weighed against.
    package func decisionCase(for service: ServiceIdentity, at now: Instant) -> DecisionCase {
        DecisionCase(
            attestations: attestations, waivers: waivers, policy: rules?.waiverPolicy ?? WaiverPolicy(),
            expiryWarning: rules?.expiryWarning ?? AuditFile.defaultExpiryWarning,
            context: DecisionContext(
                scope: Scope(
                    service: service.name, environment: service.environment, commit: service.commit,
                    artifact: service.artifact), members: rules?.roles ?? [:],
                authors: service.commitAuthors ?? self.service.commitAuthors,
                now: now))
    }

    /// A row for each role whose sign-off is demanded by a checklist that was asked for or is included whole, each role
    /// once.
    package func signOffs(in decisions: DecisionCase) -> [SignOffResult] {
        let own = decisions.attestations.filter { $0.item == SignOffResult.item }
        let asked = Set(loaded.roots.map(\.checklist))
        let selected = Dictionary(grouping: loaded.roots.flatMap(\.items), by: \.checklist)
            .mapValues { Set($0.map(\.item)) }
        let demanding = loaded.checklists.filter { checklist in
            let items = selected[checklist.id] ?? []
            return asked.contains(checklist.id) || checklist.items.allSatisfy { items.contains($0.id) }
        }
        var seen: Set<String> = []
        return demanding.flatMap { checklist in
            checklist.signOffRoles.filter { seen.insert($0).inserted }.map {
                SignOffResult(role: $0, checklist: checklist.id, over: own, in: decisions.context)
            }
        }
    }

    /// The decisions about each item of the plan that has any.
    func weighed(_ decisions: DecisionCase, for plan: Plan) -> [String: WeighedDecisions] {
        let attestationsByItem = Dictionary(grouping: decisions.attestations, by: \.item)
        let waiversByItem = Dictionary(grouping: decisions.waivers, by: \.item)
        var weighed: [String: WeighedDecisions] = [:]
        for planned in plan.items {
            let id = planned.item.id
            guard attestationsByItem[id] != nil || waiversByItem[id] != nil else { continue }
            weighed[id] = WeighedDecisions(
                attestations: planned.item.attest?.weigh(attestationsByItem[id] ?? [], in: decisions.context) ?? [],
                waiver: waiversByItem[id]?.weigh(
                    severity: planned.severity, policy: decisions.policy, in: decisions.context))
        }
        return weighed
    }
}
