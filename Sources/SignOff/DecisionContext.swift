import AuditModel

/// What decisions are weighed against: the audited release, its people and the instant.
package struct DecisionContext: Sendable {
    /// The audited release; what is nil is not known.
    package var scope: Scope
    /// People by role, as the audit file names them; empty where it names none, and then roles are not checked.
    package var members: [String: [String]]
    /// Who wrote the audited commit; nil when that is not known.
    package var authors: [String]?
    package var now: Instant

    package init(scope: Scope, members: [String: [String]] = [:], authors: [String]? = nil, now: Instant) {
        self.scope = scope
        self.members = members
        self.authors = authors
        self.now = now
    }

    /// Why somebody does not hold the role that they speak in; nil when they do, or roles are not checked.
    func objection(toRoleOf actor: Actor) -> String? {
        guard let role = actor.role, !members.isEmpty else { return nil }
        guard let named = members[role] else {
            let hint = nearestName(to: role, among: members.keys).map { "; did you mean \"\($0)\"?" } ?? ""
            return "as \(role), a role that the audit file names nobody for\(hint)"
        }
        guard !named.contains(where: { isSame($0, actor.id) }) else { return nil }
        return "as \(role), and the audit file names \(named.joined(separator: ", "))"
    }
}

/// Whether two names are of one person.
func isSame(_ one: String, _ other: String) -> Bool { Actor.key(one) == Actor.key(other) }

extension DecisionProof {
    /// Why the statement is not as sure as demanded, as the end of a sentence about it; nil when it is.
    func objection(to demand: Assurance, by id: String) -> String? {
        if demand == .unsigned || signature?.isTrusted == true { return nil }
        if demand == .signed {
            guard let signature else { return "carries no signature that could be verified, and must be signed" }
            return "is signed with the key \(signature.fingerprint), which is not among the allowed signers for \(id)"
        }
        guard let commit else { return "is in no commit as it stands, and must be committed" }
        guard isSame(commit.email, id) || isSame(commit.name, id) else {
            return "was committed by \(commit.email), and must be committed by \(id)"
        }
        return nil
    }
}
