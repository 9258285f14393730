import AuditModel

extension AuditResult {
    /// The answer with its reasons, in one sentence: the first thing that every report says.
    var verdictSentence: Sentence {
        let subject: Sentence =
            service.environment.map { "\(service.name) in \($0)" } ?? "\(service.name)"
        let reasons = verdict.reasons.map(\.phrase).joined(", ")
        switch verdict.outcome {
        case .noGo: return "\(subject) is not ready: \(reasons)."
        case .undetermined: return "It is not known whether \(subject) is ready: \(reasons)."
        case .awaiting: return "\(subject) is not ready yet: \(reasons)."
        case .conditionalGo: return "\(subject) is ready on conditions: \(reasons)."
        case .go: return "\(subject) is ready: every item that gates passes or does not apply."
        }
    }

    /// Until when the answer can be relied on; nil when nothing it relied on expires.
    var validitySentence: Sentence? {
        guard verdict.outcome == .go || verdict.outcome == .conditionalGo else { return nil }
        return verdict.validUntil.map { end in
            guard let cause = verdict.validUntilCause else {
                return "The answer holds until \(end), when the first thing it relies on expires."
            }
            return "The answer holds until \(end), when the first thing it relies on ends: \(cause)."
        }
    }

    /// When it was judged, and whether that was not the present.
    var judgedSentence: Sentence {
        judgedAsOf ? "Judged as of \(judgedAt), a given instant instead of now." : "Judged at \(judgedAt)."
    }
}

extension VerdictReason {
    /// The reason as a clause, `2 gating items fail`.
    var phrase: Sentence {
        let gating = counted(items.count, "gating item")
        let isOne = items.count == 1
        switch rule {
        case "gating-failure": return "\(words: gating) \(words: isOne ? "fails" : "fail")"
        case "gating-inconclusive": return "\(words: gating) could not be determined"
        case "gating-awaiting": return "\(words: gating) \(words: isOne ? "awaits" : "await") people"
        case "nothing-observed":
            return "no item gates, and \(words: counted(items.count, "item")) could not be determined"
        case "baseline":
            return "\(words: counted(items.count, "item")) \(words: isOne ? "fails" : "fail") as in the baseline"
        case "waived": return "\(words: counted(items.count, "item")) \(words: isOne ? "is" : "are") waived"
        default:
            if rule.hasPrefix("sign-off: ") {
                let state = outcome == .noGo ? "is refused" : outcome == .awaiting ? "is open" : "has a condition"
                return "the sign-off by \(String(rule.dropFirst(10))) \(words: state)"
            }
            guard rule.hasPrefix("gate-rule: ") else { return "\(rule)" }
            let isUnknown = outcome == .undetermined
            return
                "the gate rule “\(String(rule.dropFirst(11)))” \(words: isUnknown ? "could not be determined" : "does not hold")"
        }
    }
}
