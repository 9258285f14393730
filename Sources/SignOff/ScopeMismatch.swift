import AuditModel

/// How a decision's scope differs from what is audited.
enum ScopeMismatch {
    case missing(Binding)
    case unknown(Binding, String)
    case other(Binding, String, String)

    /// Whether it cannot be told, instead of being told and wrong.
    var isUnknown: Bool {
        if case .other = self { false } else { true }
    }

    var sentence: String {
        switch self {
        case .missing(let binding): "does not name the \(binding.rawValue) that it must be bound to"
        case .unknown(let binding, let named): "is for \(binding.rawValue) \(named), and the audited one is not known"
        case .other(let binding, let named, let audited):
            "is for \(binding.rawValue) \(named); audited is \(audited)"
        }
    }
}

extension Scope {
    /// The first way in which this scope is not about the audited release.
    func mismatch(with audit: Scope, demanded: [Binding]) -> ScopeMismatch? {
        for binding in Binding.allCases {
            guard let named = self[binding] else {
                if demanded.contains(binding) { return .missing(binding) }
                continue
            }
            guard let audited = audit[binding] else {
                // What the audit does not know cannot contradict, unless the item demands that it matches.
                if demanded.contains(binding) { return .unknown(binding, named) }
                continue
            }
            if !matches(named, audited, binding) { return .other(binding, named, audited) }
        }
        return nil
    }

    /// Commits and digests may be abbreviated to twelve digits or more.
    private func matches(_ named: String, _ audited: String, _ binding: Binding) -> Bool {
        switch binding {
        case .service, .environment: named == audited
        case .commit, .artifact:
            named == audited
                || (min(named.utf8.count, audited.utf8.count) >= 12
                    && (audited.hasPrefix(named) || named.hasPrefix(audited)))
        }
    }
}
