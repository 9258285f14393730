import AuditModel

/// What becomes of an item or a gate rule in JUnit: a consumer's build breaks on `failure` and on `error` alone.
enum JUnitOutcome: Equatable {
    case passed
    case skipped(message: String)
    case failure(type: String, message: String)
    case error(type: String, message: String)

    /// A failure or an error exactly when the item keeps the verdict from go and conditional-go.
    init(_ item: ItemResult, at now: Instant) {
        let message = item.reason.plain
        switch (item.blocks, item.status) {
        case (true, .fail): self = .failure(type: item.severity.rawValue, message: message)
        case (true, .error), (true, .inconclusive): self = .error(type: item.status.rawValue, message: message)
        case (true, .pending), (true, .stale): self = .failure(type: "awaiting", message: message)
        // Its own status is fine, but a rule of the audit file counts it.
        case (true, .pass), (true, .notApplicable): self = .failure(type: "gate-rule", message: message)
        case (false, .pass): self = .passed
        case (false, _): self = .skipped(message: item.dispositionSentence(at: now).plain)
        }
    }

    init(_ rule: GateOutcome) {
        switch rule.holds {
        case true: self = .passed
        case false: self = .failure(type: "gate-rule", message: rule.sentence.plain)
        case nil: self = .error(type: "inconclusive", message: rule.sentence.plain)
        }
    }

    /// A sign-off that is refused keeps the verdict from go for good, one that is missing until somebody signs.
    init(_ open: OpenSignOff) {
        switch open.outcome {
        case .undetermined: self = .error(type: "inconclusive", message: open.summary.plain)
        case .awaiting: self = .failure(type: "awaiting", message: open.summary.plain)
        case .noGo, .conditionalGo, .go: self = .failure(type: "sign-off", message: open.summary.plain)
        }
    }
}

/// One test case, with its text already cut to what consumers read.
struct JUnitCase {
    /// Bytes of evidence in one case: readers reject a text node of ten million, and people read less.
    static let evidenceLimit = 64 << 10
    static let lineLimit = 1 << 10

    var name: String
    var milliseconds: Int
    var outcome: JUnitOutcome
    var evidence: String
    /// Where the repository speaks of it.
    var place: SourceLocation
    /// What a consumer may filter and tag by.
    var properties: [(name: String, value: String?)] = []

    var isFailure: Bool { if case .failure = outcome { true } else { false } }
    var isError: Bool { if case .error = outcome { true } else { false } }
    var isSkipped: Bool { if case .skipped = outcome { true } else { false } }
}

/// One suite: a section of a checklist, the gate rules, or the sign-offs.
struct JUnitSuite {
    var package: String
    var name: String
    var cases: [JUnitCase]

    /// Stable, with one dot between package and class, where Jenkins splits it.
    var className: String { "\(package).\(name)" }
}
