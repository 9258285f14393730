import AuditModel

/// How a decision's scope differs from what is audited.
enum ScopeMismatch {
    case missing(Binding)
    case unknown(Binding, String)
    case other(Binding, String, String)
    /// Of another commit, with what lies between the two.
    case otherCommit(String, String, CommitLineage)

    /// Whether it cannot be told, instead of being told and wrong.
    var isUnknown: Bool {
        switch self {
        case .missing, .unknown: true
        case .other, .otherCommit: false
        }
    }

    var sentence: String {
        switch self {
        case .missing(let binding): "does not name the \(binding.rawValue) that it must be bound to"
        case .unknown(let binding, let named): "is for \(binding.rawValue) \(named), and the audited one is not known"
        case .other(let binding, let named, let audited):
            "is for \(binding.rawValue) \(named); audited is \(audited)"
        case .otherCommit(let named, let audited, let lineage):
            "is for commit \(named); audited is \(audited)\(Self.remark(on: lineage))"
        }
    }

    private static func remark(on lineage: CommitLineage) -> String {
        switch lineage {
        case .onlyDecisions: ", since which only decisions were committed"
        case .changed(let path): ", where \(path.prefix(200)) differs"
        case .unrelated: ", which does not descend from it"
        case .unknown(let reason): ", and what was committed since is not known: \(reason)"
        }
    }
}

extension Scope {
    /// The first way in which this scope is not about the audited release.
    ///
    /// - Parameter lineage: how its commit came to the audited one; where only decisions were committed it is the same
    ///   release.
    func mismatch(with audit: Scope, demanded: [Binding], lineage: CommitLineage?) -> ScopeMismatch? {
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
            if matches(named, audited, binding) { continue }
            guard binding == .commit, let lineage else { return .other(binding, named, audited) }
            if lineage != .onlyDecisions { return .otherCommit(named, audited, lineage) }
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
