import AuditModel

extension SignOffResult {
    /// The longest a sign-off is valid; a launch that waits longer is signed again.
    package static let longestValidity = TimeSpan.days(30)

    /// What the built-in item asks a role.
    package static func demand(role: String) -> AttestDemand {
        AttestDemand(
            question: "Is this release ready for production?", validFor: longestValidity, roles: [role],
            requiresEvidence: false, bind: [], minAttesters: 1, independent: false, assurance: .unsigned)
    }

    /// What a role's sign-off that a checklist demands comes to, over the attestations of the built-in item.
    ///
    /// One member suffices; a refusal by any member outweighs everyone's consent.
    package init(
        role: String, checklist: String, over attestations: [Attestation], in context: DecisionContext
    ) {
        let weighed = Self.demand(role: role).weigh(attestations.filter { $0.by.role == role }, in: context) {
            $0.signOffObjection(in: context)
        }
        let valid = weighed.filter { $0.state == .valid }
        if let refusal = valid.last(where: { $0.answer == .fail }) {
            self.init(
                role: role, checklist: checklist, state: .refused,
                reason: "\(refusal.by.id) refuses: \(refusal.statement)", attestation: refusal)
        } else if let conditional = valid.last(where: { $0.condition != nil }) {
            self.init(role: role, checklist: checklist, state: .conditional, attestation: conditional)
        } else if let given = valid.last {
            self.init(role: role, checklist: checklist, state: .given, attestation: given)
        } else if let lapsed = weighed.last(where: { $0.state.isLapsed }) {
            self.init(role: role, checklist: checklist, state: .stale, reason: lapsed.reason, attestation: lapsed)
        } else {
            let open = weighed.last
            self.init(
                role: role, checklist: checklist, state: .missing,
                reason: open?.reason ?? "nobody has signed off as \(role)", attestation: open)
        }
    }
}

extension Attestation {
    /// What keeps it from being a sign-off besides what keeps any statement from counting.
    fileprivate func signOffObjection(in context: DecisionContext) -> Weight? {
        guard at <= context.now else { return nil }
        if by.kind != .human { return (.insufficient, "\(by.id) is no person, and people sign off") }
        if answer == .notApplicable {
            return (.insufficient, "\(by.id) answers notApplicable; a sign-off is pass or fail")
        }
        let bound = [Binding.commit, .artifact].filter { scope[$0] != nil }
        guard !bound.isEmpty else {
            return (.insufficient, "the sign-off by \(by.id) names neither the commit nor the artifact that it is for")
        }
        guard bound.contains(where: { context.scope[$0] != nil }) else {
            let names = bound.map(\.rawValue).joined(separator: " and ")
            return (.insufficient, "the sign-off by \(by.id) is for a \(names), and the audited one is not known")
        }
        return nil
    }
}
