/// What was found out about a decision's file besides what it says.
package struct DecisionProof: Sendable, Equatable {
    /// The commit that brought the file as it stands; nil when it is not committed so.
    package var commit: CommitIdentity?
    /// The signature beside the file, verified; nil when there is none, or nothing to verify it with.
    package var signature: VerifiedSignature?
    /// What became of each piece of evidence, in the order of the file; empty when none was looked at.
    package var evidence: [EvidenceProof]

    /// How the commit that the decision is about came to the audited one; nil when it is that one, or names none.
    package var lineage: CommitLineage?

    package init(
        commit: CommitIdentity? = nil, signature: VerifiedSignature? = nil, evidence: [EvidenceProof] = [],
        lineage: CommitLineage? = nil
    ) {
        self.commit = commit
        self.signature = signature
        self.evidence = evidence
        self.lineage = lineage
    }

    /// The strongest thing known about who made the statement.
    package var assurance: AssuranceResult {
        if let signature {
            return AssuranceResult(
                level: signature.isTrusted ? .signed : .signedUntrusted,
                by: "\(signature.keyType) key \(signature.fingerprint)")
        }
        guard let commit else { return AssuranceResult() }
        return AssuranceResult(
            level: .committed, by: "\(commit.name) <\(commit.email)> in \(commit.commit.prefix(12))")
    }
}

/// What lies between the commit that a decision is about and the audited one.
package enum CommitLineage: Sendable, Equatable {
    /// The audited one descends from it, and differs from it in files of decisions alone: the code is the same.
    case onlyDecisions
    /// The audited one descends from it, and this path, no decision, is another.
    case changed(String)
    /// The audited one does not descend from it.
    case unrelated
    /// Git could not tell, for this reason.
    case unknown(String)
}

/// A commit and its author, as Git's log names them.
package struct CommitIdentity: Sendable, Equatable {
    /// Full hexadecimal.
    package var commit: String
    package var name: String
    package var email: String

    package init(commit: String, name: String, email: String) {
        self.commit = commit
        self.name = name
        self.email = email
    }
}

/// A signature that verifies over the file's bytes.
package struct VerifiedSignature: Sendable, Equatable {
    /// `ED25519`, `ECDSA`, `RSA`, …
    package var keyType: String
    /// `SHA256:…`
    package var fingerprint: String
    /// Whether the allowed signers list the key for the person who made the statement.
    package var isTrusted: Bool

    package init(keyType: String, fingerprint: String, isTrusted: Bool) {
        self.keyType = keyType
        self.fingerprint = fingerprint
        self.isTrusted = isTrusted
    }
}

/// A piece of evidence, looked at again.
package enum EvidenceProof: Sendable, Equatable {
    /// The file has the digest that was stated.
    case verified
    /// The file has another digest.
    case changed
    /// The file is not there, or not inside the audited folder.
    case missing
    /// An address, or a file or text without a stated digest.
    case unverifiable

    package var state: EvidenceResult.State {
        switch self {
        case .verified: .verified
        case .changed: .mismatch
        case .missing, .unverifiable: .unverifiable
        }
    }
}
