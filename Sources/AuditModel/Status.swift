/// How bad it is when an item fails; ordered from `critical`, the worst, to `info`.
package enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case critical, high, medium, low, info

    /// `critical` is the greatest.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .critical: 4
        case .high: 3
        case .medium: 2
        case .low: 1
        case .info: 0
        }
    }
}

/// What an item's status means for the verdict.
package enum Enforcement: String, Sendable, Codable, CaseIterable {
    /// It can keep the verdict from go.
    case gate
    /// It is shown and never decides.
    case advisory
    /// It informs only.
    case info
}

/// What we know of an item.
package enum Status: String, Sendable, Codable, CaseIterable {
    case pass
    case fail
    /// The target could not be observed.
    case inconclusive
    /// Our own fault.
    case error
    /// A person's answer is missing.
    case pending
    /// An answer or its evidence expired, or is bound to another release.
    case stale
    /// The item does not concern this service, for a stated reason.
    case notApplicable

    /// The status of an item with several inputs: the first of fail, error, inconclusive, stale, pending, pass;
    /// `notApplicable` only if all inputs are. No input at all is `error`.
    package static func combined(_ inputs: [Status]) -> Status {
        let order: [Status] = [.fail, .error, .inconclusive, .stale, .pending, .pass, .notApplicable]
        return order.first(where: inputs.contains) ?? .error
    }
}

/// What people decided about an item; it never rewrites the status.
package enum Disposition: String, Sendable, Codable, CaseIterable {
    case none, waived, waiverExpired, attested
}

/// The answer to the one question, from worst to best.
package enum Outcome: String, Sendable, Codable, CaseIterable {
    case noGo = "no-go"
    case undetermined
    case awaiting
    case conditionalGo = "conditional-go"
    case go
}

/// When in a service's life an item is looked at.
package enum Phase: String, Sendable, Codable, CaseIterable {
    case design
    case preLaunch = "pre-launch"
    case release
    case periodic
}

/// From which level of ambition on an item gates; ordered from `essential`, the least.
package enum Level: String, Sendable, Codable, CaseIterable, Comparable {
    case essential, standard, strict

    /// `strict` is the greatest.
    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .essential: 0
        case .standard: 1
        case .strict: 2
        }
    }
}
