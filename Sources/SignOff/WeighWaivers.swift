import AuditModel

extension Waiver {
    /// How the waiver is not about the audited release; what it names and the audit does not know does not match.
    func mismatch(with audit: Scope) -> ScopeMismatch? {
        scope.mismatch(
            with: audit, demanded: Binding.allCases.filter { scope[$0] != nil }, lineage: proof.lineage)
    }

    /// Why the policy does not let it count, as the end of a sentence about it; nil when it does.
    ///
    /// - Parameter severity: that of the item, as it is audited.
    package func objection(
        severity: Severity, policy: WaiverPolicy, members: [String: [String]]
    ) -> String? {
        let longest = policy.longest(for: severity)
        if expires > approvedAt.adding(seconds: longest.seconds) {
            return "lasts longer than the \(longest.text) that the policy allows for \(severity.rawValue) items"
        }
        guard let requestedBy else { return "does not say who asked for it" }
        if isSame(requestedBy, approvedBy.id) { return "was approved by \(approvedBy.id), who asked for it" }
        if approvedBy.kind != .human { return "was approved by \(approvedBy.id), which is no person" }
        if let allowed = policy.approvers[severity], !allowed.contains(approvedBy.role ?? "") {
            let role = approvedBy.role ?? "nobody"
            return
                "was approved as \(role); for \(severity.rawValue) items the policy asks \(allowed.joined(separator: " or "))"
        }
        // Whoever may accept a risk stands in the audit file; without any roles a notice says that nobody looked.
        if !members.isEmpty, approvedBy.role == nil {
            return "was approved by \(approvedBy.id) as nobody, a role that the audit file names nobody for"
        }
        let context = DecisionContext(scope: Scope(), members: members, now: approvedAt)
        if let objection = context.objection(toRoleOf: approvedBy) {
            return "was approved by \(approvedBy.id) \(objection)"
        }
        return proof.objection(to: policy.assurance, by: approvedBy.id)
    }
}

extension [Waiver] {
    /// The waiver of one item that counts: the longest valid one about this release, else the last expired one; nil
    /// when the policy lets none count.
    package func weigh(severity: Severity, policy: WaiverPolicy, in context: DecisionContext) -> WaiverResult? {
        let own = filter {
            $0.mismatch(with: context.scope) == nil && $0.approvedAt <= context.now
                && $0.objection(severity: severity, policy: policy, members: context.members) == nil
        }
        guard let best = own.max(by: { ($0.expires, $0.location.file) < ($1.expires, $1.location.file) }) else {
            return nil
        }
        return WaiverResult(
            reason: best.reason, risk: best.risk, ticket: best.ticket, compensatingControl: best.compensatingControl,
            requestedBy: best.requestedBy, approvedBy: best.approvedBy, approvedAt: best.approvedAt,
            expires: best.expires, isExpired: context.now >= best.expires, scope: best.scope,
            remediation: best.remediation, assurance: best.proof.assurance, file: best.location.file)
    }
}
