import AuditModel

// How every format names the nouns of the model.

extension Outcome {
    var label: String {
        switch self {
        case .noGo: "NO-GO"
        case .undetermined: "UNDETERMINED"
        case .awaiting: "AWAITING"
        case .conditionalGo: "CONDITIONAL GO"
        case .go: "GO"
        }
    }
}

extension Status {
    var label: String { self == .notApplicable ? "not applicable" : rawValue }

    /// One character beside the label, never instead of it.
    var symbol: String {
        switch self {
        case .pass: "✓"
        case .fail: "✗"
        case .inconclusive: "?"
        case .error: "!"
        case .pending: "○"
        case .stale: "◑"
        case .notApplicable: "–"
        }
    }

    var meaning: String {
        switch self {
        case .pass: "Everything the item expects was seen, or people attested it."
        case .fail: "Something the item expects was seen not to hold, or people denied it."
        case .inconclusive: "The target could not be observed; it is not known whether the item holds."
        case .error: "The audit itself failed to find out."
        case .pending: "People have not answered yet."
        case .stale: "An answer or its evidence has expired, or belongs to another release."
        case .notApplicable: "The item does not concern this service, for the reason given."
        }
    }
}

extension GateOutcome {
    var label: String {
        switch holds {
        case true: "✓ holds"
        case false: "✗ does not hold"
        case nil: "? not known"
        }
    }
}

extension Attestation.Answer {
    var label: String { self == .notApplicable ? "not applicable" : rawValue }
}

extension AttestationResult.State {
    var label: String {
        switch self {
        case .valid: "valid"
        case .expired: "expired"
        case .notYet: "dated in the future"
        case .otherScope: "about something else"
        case .insufficient: "insufficient"
        case .evidenceChanged: "its evidence has changed"
        case .superseded: "superseded"
        }
    }
}

extension ExpectationResult {
    /// Whether it holds, in words.
    var verdictLabel: String {
        switch holds {
        case true: "met"
        case false: "not met"
        case nil: "unknown"
        }
    }
}

/// `1 item`, `3 items`.
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// A length of time in milliseconds, rounded and never negative; 0 for a number that is none.
func milliseconds(_ seconds: Double) -> Int {
    guard seconds > 0 else { return 0 }
    return Int(min(seconds * 1000, 1e15).rounded())
}

/// Seconds with three decimals, `0.123`, as every dialect of JUnit accepts them.
func decimalSeconds(milliseconds: Int) -> String {
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)"
}
