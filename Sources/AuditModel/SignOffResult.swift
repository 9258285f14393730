/// A role's sign-off that a checklist demands.
package struct SignOffResult: Sendable, Equatable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Signed off.
        case given
        /// Signed off, with a condition that the statement names.
        case conditional
        /// Signed, and against the launch.
        case refused
        case missing
        /// Given once, and expired or for another release.
        case stale
    }

    /// The built-in item that sign-offs attest.
    package static let item = "sign-off"

    package var role: String
    package var checklist: String
    package var state: State
    /// Why it does not count; nil when it does.
    package var reason: String?
    /// nil when nobody of the role has spoken.
    package var attestation: AttestationResult?

    package init(
        role: String, checklist: String, state: State, reason: String? = nil, attestation: AttestationResult? = nil
    ) {
        self.role = role
        self.checklist = checklist
        self.state = state
        self.reason = reason
        self.attestation = attestation
    }
}
