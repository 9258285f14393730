/// A person's statement on an item, one file each.
package struct Attestation: Sendable, Equatable {
    package enum Answer: String, Sendable, Codable, CaseIterable {
        case pass, fail, notApplicable
    }

    package var item: String
    package var answer: Answer
    package var statement: String
    package var by: Actor
    package var at: Instant
    /// Exclusive.
    package var expires: Instant
    package var scope: Scope
    package var evidence: [Evidence]
    /// What must hold for a `pass` of the sign-off; nil for one without a condition.
    package var condition: String?
    /// The name of the attestation's file that this one replaces, in the same folder.
    package var supersedes: String?
    package var location: SourceLocation
    package var proof: DecisionProof

    package init(
        item: String, answer: Answer, statement: String, by: Actor, at: Instant, expires: Instant, scope: Scope,
        evidence: [Evidence], condition: String? = nil, supersedes: String? = nil, location: SourceLocation,
        proof: DecisionProof = DecisionProof()
    ) {
        self.condition = condition
        self.supersedes = supersedes
        self.proof = proof
        self.item = item
        self.answer = answer
        self.statement = statement
        self.by = by
        self.at = at
        self.expires = expires
        self.scope = scope
        self.evidence = evidence
        self.location = location
    }
}

/// Who made a statement.
package struct Actor: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case human, service, agent
    }

    package var id: String
    package var kind: Kind
    package var role: String?

    package init(id: String, kind: Kind = .human, role: String? = nil) {
        self.id = id
        self.kind = kind
        self.role = role
    }

    /// An id as ids are compared: those of two people differ by more than capitals, spaces around them and the name
    /// before an address (`Ana <ana@example.com>`).
    package static func key(_ id: String) -> String {
        let whole = id.trimmingSpaces.lowercased()
        guard whole.last == ">", let open = whole.lastIndex(of: "<") else { return whole }
        let address = String(whole[open...].dropFirst().dropLast()).trimmingSpaces
        return address.contains("@") ? address : whole
    }
}

/// What a decision is about; nil members are not restricted.
package struct Scope: Sendable, Hashable, Codable {
    package var service: String?
    package var environment: String?
    package var commit: String?
    package var artifact: String?

    package init(
        service: String? = nil, environment: String? = nil, commit: String? = nil, artifact: String? = nil
    ) {
        self.service = service
        self.environment = environment
        self.commit = commit
        self.artifact = artifact
    }

    package subscript(binding: Binding) -> String? {
        switch binding {
        case .service: service
        case .environment: environment
        case .commit: commit
        case .artifact: artifact
        }
    }
}

/// What an attestation rests on: exactly one of path, url and text.
package struct Evidence: Sendable, Hashable, Codable {
    package var path: String?
    package var url: String?
    package var text: String?
    /// Lower-case hexadecimal.
    package var sha256: String?
    package var collectedAt: Instant?

    package init(
        path: String? = nil, url: String? = nil, text: String? = nil, sha256: String? = nil,
        collectedAt: Instant? = nil
    ) {
        self.path = path
        self.url = url
        self.text = text
        self.sha256 = sha256
        self.collectedAt = collectedAt
    }
}

/// An accepted risk with an end, one file each.
package struct Waiver: Sendable, Equatable {
    package var item: String
    package var reason: String
    package var risk: String?
    package var ticket: String?
    package var compensatingControl: String?
    package var requestedBy: String?
    package var approvedBy: Actor
    package var approvedAt: Instant
    /// Exclusive.
    package var expires: Instant
    package var scope: Scope
    package var remediation: Remediation?
    package var location: SourceLocation
    package var proof: DecisionProof

    package init(
        item: String, reason: String, risk: String? = nil, ticket: String? = nil, compensatingControl: String? = nil,
        requestedBy: String? = nil, approvedBy: Actor, approvedAt: Instant, expires: Instant, scope: Scope,
        remediation: Remediation? = nil, location: SourceLocation, proof: DecisionProof = DecisionProof()
    ) {
        self.proof = proof
        self.item = item
        self.reason = reason
        self.risk = risk
        self.ticket = ticket
        self.compensatingControl = compensatingControl
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
        self.expires = expires
        self.scope = scope
        self.remediation = remediation
        self.location = location
    }
}

/// Who mends what a waiver accepts, and by when.
package struct Remediation: Sendable, Hashable, Codable {
    package var owner: String
    package var due: Instant?

    package init(owner: String, due: Instant?) {
        self.owner = owner
        self.due = due
    }
}
