/// What people are asked, as reports show it.
package struct AttestQuestion: Sendable, Equatable, Codable {
    package var question: String
    package var validFor: TimeSpan
    package var roles: [String]
    package var requiresEvidence: Bool
    /// The name of the probe that will answer the item; nil when none is planned.
    package var willBe: String?

    package init(question: String, validFor: TimeSpan, roles: [String], requiresEvidence: Bool, willBe: String?) {
        self.question = question
        self.validFor = validFor
        self.roles = roles
        self.requiresEvidence = requiresEvidence
        self.willBe = willBe
    }
}

/// An attestation as it counted when it was judged.
package struct AttestationResult: Sendable, Equatable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case valid
        case expired
        /// Its `at` lies in the future.
        case notYet = "not-yet"
        /// Bound to another service, environment, commit or artifact.
        case otherScope = "other-scope"
        /// It lacks something that the item demands: evidence, a role, a binding.
        case insufficient
        case superseded
        /// A file of its evidence is not what it was when the statement was made.
        case evidenceChanged = "evidence-changed"

        /// Whether the statement counted once, or counts for another release: what it answers is then stale.
        package var isLapsed: Bool { self == .expired || self == .otherScope || self == .evidenceChanged }
    }

    package var answer: Attestation.Answer
    package var statement: String
    package var by: Actor
    package var at: Instant
    package var expires: Instant
    /// The earlier of `expires` and the item's longest validity.
    package var validUntil: Instant
    package var state: State
    /// Why it does not count; nil when it does.
    package var reason: String?
    package var scope: Scope
    package var evidence: [EvidenceResult]
    /// What must hold for a sign-off; nil for one without a condition.
    package var condition: String?
    /// How sure it is who said so.
    package var assurance: AssuranceResult
    package var file: String

    package init(
        answer: Attestation.Answer, statement: String, by: Actor, at: Instant, expires: Instant, validUntil: Instant,
        state: State, reason: String?, scope: Scope, evidence: [EvidenceResult], condition: String? = nil,
        assurance: AssuranceResult = AssuranceResult(), file: String
    ) {
        self.condition = condition
        self.answer = answer
        self.statement = statement
        self.by = by
        self.at = at
        self.expires = expires
        self.validUntil = validUntil
        self.state = state
        self.reason = reason
        self.scope = scope
        self.evidence = evidence
        self.assurance = assurance
        self.file = file
    }
}

/// Evidence as it was found when it was judged.
package struct EvidenceResult: Sendable, Equatable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// The file has the digest that was stated.
        case verified
        /// The file has another digest.
        case mismatch
        /// A file that is not there, a URL, or no digest was stated.
        case unverifiable
    }

    package var path: String?
    package var url: String?
    package var text: String?
    /// As it was stated, lower-case hexadecimal.
    package var sha256: String?
    package var collectedAt: Instant?
    package var state: State

    package init(_ evidence: Evidence, state: State = .unverifiable) {
        path = evidence.path
        url = evidence.url
        text = evidence.text
        sha256 = evidence.sha256
        collectedAt = evidence.collectedAt
        self.state = state
    }
}

/// How sure it is who made a statement, and by what that was found out.
package struct AssuranceResult: Sendable, Equatable, Codable {
    package enum Level: String, Sendable, Codable, CaseIterable, Comparable {
        case unsigned
        /// In a commit of the repository as it stands there.
        case committed
        /// A signature that verifies, by a key that nobody listed for this person.
        case signedUntrusted = "signed-untrusted"
        /// A signature that verifies, by a key that the allowed signers list for this person.
        case signed

        package static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    package var level: Level
    /// The commit's author with its id, or the key's fingerprint; nil when unsigned.
    package var by: String?

    package init(level: Level = .unsigned, by: String? = nil) {
        self.level = level
        self.by = by
    }
}

/// A waiver as reports show it.
package struct WaiverResult: Sendable, Equatable, Codable {
    package var reason: String
    package var risk: String?
    package var ticket: String?
    package var compensatingControl: String?
    package var requestedBy: String?
    package var approvedBy: Actor
    package var approvedAt: Instant
    package var expires: Instant
    package var isExpired: Bool
    package var scope: Scope
    package var remediation: Remediation?
    /// How sure it is who approved.
    package var assurance: AssuranceResult
    package var file: String

    package init(
        reason: String, risk: String?, ticket: String?, compensatingControl: String?, requestedBy: String?,
        approvedBy: Actor, approvedAt: Instant, expires: Instant, isExpired: Bool, scope: Scope,
        remediation: Remediation?, assurance: AssuranceResult = AssuranceResult(), file: String
    ) {
        self.assurance = assurance
        self.reason = reason
        self.risk = risk
        self.ticket = ticket
        self.compensatingControl = compensatingControl
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
        self.expires = expires
        self.isExpired = isExpired
        self.scope = scope
        self.remediation = remediation
        self.file = file
    }
}
