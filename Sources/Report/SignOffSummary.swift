import AuditModel

/// A sign-off that keeps the verdict from go.
struct OpenSignOff {
    var role: String
    /// The outcome that it leads to.
    var outcome: Outcome
    /// What is known of it; nil when the result holds the verdict's reason alone.
    var row: SignOffResult?

    /// `sre-lead has not signed off`, with the reason.
    var summary: Sentence { row?.summary ?? "\(role): missing" }
}

extension AuditResult {
    /// The sign-offs among the verdict's reasons, each with its row.
    var openSignOffs: [OpenSignOff] {
        verdict.reasons.compactMap { reason in
            guard reason.rule.hasPrefix("sign-off: "), reason.outcome != .conditionalGo else { return nil }
            let role = String(reason.rule.dropFirst(10))
            return OpenSignOff(
                role: role, outcome: reason.outcome,
                row: signOffs.first { $0.role == role && !$0.state.isGiven })
        }
    }
}

extension SignOffResult.State {
    var isGiven: Bool { self == .given || self == .conditional }

    var mark: String {
        switch self {
        case .given: "✓"
        case .conditional: "◇"
        case .refused: "✗"
        case .missing: "○"
        case .stale: "◑"
        }
    }
}

extension SignOffResult {
    /// `sre-lead: given: ben@example.com answered pass at …`.
    var summary: Sentence {
        var parts: [Sentence] = ["\(role): \(words: state.rawValue)"]
        if let reason { parts.append("\(reason)") }
        if let condition = attestation?.condition { parts.append("on the condition: \(condition)") }
        if let attestation { parts.append(attestation.sentence) }
        return parts.joined("; ")
    }
}
