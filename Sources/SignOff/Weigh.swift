import AuditModel

extension AttestDemand {
    /// Weighs every attestation of one item at an instant: which count, and why the others do not.
    ///
    /// In the order of their `at`. Of several by one person about this release only the newest counts.
    ///
    /// - Parameter scope: the audited release; what is nil is not known.
    /// - Parameter members: the people by role, as the audit file names them; a role that it does not name is anyone's.
    package func weigh(
        _ attestations: [Attestation], for scope: Scope, members: [String: [String]] = [:], at now: Instant
    ) -> [AttestationResult] {
        let ordered = attestations.sorted { ($0.at, $0.location.file) < ($1.at, $1.location.file) }
        return ordered.map { attestation in
            let validUntil = min(attestation.expires, attestation.at.adding(seconds: validFor.seconds))
            let newer = ordered.last {
                $0.by.id == attestation.by.id && $0.at <= now && $0.scope.mismatch(with: scope, demanded: bind) == nil
            }
            let isReplaced = newer.map { $0.location != attestation.location && $0.at >= attestation.at } ?? false
            let (state, reason) =
                attestation.at > now || !isReplaced
                ? judged(attestation, validUntil: validUntil, for: scope, members: members, at: now)
                : (.superseded, "replaced by a newer statement")
            return AttestationResult(
                answer: attestation.answer, statement: attestation.statement, by: attestation.by, at: attestation.at,
                expires: attestation.expires, validUntil: validUntil, state: state, reason: reason,
                scope: attestation.scope, evidence: attestation.evidence.map { EvidenceResult($0) },
                file: attestation.location.file)
        }
    }

    private func judged(
        _ attestation: Attestation, validUntil: Instant, for scope: Scope, members: [String: [String]], at now: Instant
    ) -> (AttestationResult.State, String?) {
        let who = attestation.by.id
        guard attestation.at <= now else {
            return (.notYet, "the attestation by \(who) is dated \(attestation.at.forPeople), which is still to come")
        }
        if let mismatch = attestation.scope.mismatch(with: scope, demanded: bind) {
            return (mismatch.isUnknown ? .insufficient : .otherScope, "the attestation by \(who) \(mismatch.sentence)")
        }
        guard now < validUntil else {
            let cause = validUntil < attestation.expires ? ", \(validFor.text) after it was made" : ""
            return (.expired, "the attestation by \(who) expired on \(validUntil.forPeople)\(cause)")
        }
        if !roles.isEmpty, !roles.contains(attestation.by.role ?? "") {
            let role = attestation.by.role.map { "the role \($0)" } ?? "no role"
            return (.insufficient, "\(who) attests with \(role); asked are \(roles.joined(separator: " or "))")
        }
        if let role = attestation.by.role, let named = members[role], !named.contains(who) {
            return (
                .insufficient, "\(who) attests as \(role), and the audit file names \(named.joined(separator: ", "))"
            )
        }
        if requiresEvidence, attestation.evidence.isEmpty {
            return (.insufficient, "the attestation by \(who) names no evidence, which is required")
        }
        // What is demanded and cannot be verified satisfies nothing.
        if assurance != .unsigned {
            return (.insufficient, "the item demands a \(assurance.rawValue) statement, which is not verified yet")
        }
        if independent {
            return (.insufficient, "the item demands an independent attester, which is not verified yet")
        }
        return (.valid, nil)
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

extension Waiver {
    /// How the waiver is not about the audited release; what it names and the audit does not know does not match.
    func mismatch(with audit: Scope) -> ScopeMismatch? {
        scope.mismatch(with: audit, demanded: Binding.allCases.filter { scope[$0] != nil })
    }
}

extension [Waiver] {
    /// The waiver of one item that counts: the longest valid one about this release, else the last expired one.
    package func weigh(for scope: Scope, at now: Instant) -> WaiverResult? {
        let own = filter { $0.mismatch(with: scope) == nil && $0.approvedAt <= now }
        guard let best = own.max(by: { ($0.expires, $0.location.file) < ($1.expires, $1.location.file) }) else {
            return nil
        }
        return WaiverResult(
            reason: best.reason, risk: best.risk, ticket: best.ticket, compensatingControl: best.compensatingControl,
            requestedBy: best.requestedBy, approvedBy: best.approvedBy, approvedAt: best.approvedAt,
            expires: best.expires, isExpired: now >= best.expires, scope: best.scope, remediation: best.remediation,
            file: best.location.file)
    }
}
