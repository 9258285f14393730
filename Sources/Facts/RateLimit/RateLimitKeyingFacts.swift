import AuditModel

extension RateLimitFacts {
    /// By what the limiter tells clients apart.
    enum Scope: String, CaseIterable {
        case perIP = "per-ip"
        case perKey = "per-key"
        case perUser = "per-user"
        case global
        case unknown
    }

    /// What identifies a client to the limiter, and whether a client can choose it.
    static let keying: [FactDefinition<RateLimitEvidence>] = [
        FactDefinition(
            "scope", .choice(of: Scope.self),
            meaning: "By what clients are told apart; unknown unless an invented address or key was taken for another "
                + "client.",
            source: "gonogo"
        ) { evidence in
            guard evidence.mode != nil || evidence.isDenied else { return .unobserved(evidence.unmeasured) }
            if !evidence.bypasses(.key).isEmpty { return .choice(Scope.perKey) }
            return .choice(evidence.bypasses(.spoof).isEmpty ? Scope.unknown : .perIP)
        },
        FactDefinition(
            "keySuppliedByClient", .boolean,
            meaning: "Whether a client can choose what it is counted as, with an invented address or key; absent when "
                + "nothing was tried.",
            source: "CWE-348"
        ) { evidence in
            let found = evidence.bypasses(.spoof) + evidence.bypasses(.key)
            if !found.isEmpty { return .boolean(true) }
            if evidence.isTested(.spoof) || evidence.isTested(.key) { return .boolean(false) }
            return evidence.unnamed
        },
        FactDefinition(
            "spoof.tested", .boolean,
            meaning: "Whether invented client addresses were sent while the limiter denied.", source: "CWE-348"
        ) { .boolean($0.isTested(.spoof)) },
        FactDefinition(
            "spoof.bypass", .list(.text),
            meaning: "The request fields that got a denied client accepted again when they held an invented address; "
                + "absent when nothing was denied.",
            source: "CWE-348"
        ) { evidence in
            evidence.isTested(.spoof) ? .texts(evidence.bypasses(.spoof)) : evidence.unnamed
        },
        FactDefinition(
            "routeVariants.tested", .boolean,
            meaning: "Whether other spellings of the path were asked for while the limiter denied.", source: "CWE-180"
        ) { .boolean($0.isTested(.variant)) },
        FactDefinition(
            "routeVariants.bypass", .list(.text),
            meaning: "The spellings that were accepted while the path itself was denied: trailing-slash, case, query; "
                + "absent when none was tried.",
            source: "CWE-180"
        ) { evidence in
            evidence.isTested(.variant) ? .texts(evidence.bypasses(.variant)) : .absent
        },
        FactDefinition(
            "healthExempt", .boolean,
            meaning: "Whether the health endpoint was answered while the path was denied; absent when it was not asked "
                + "for.",
            source: "Kubernetes, probes"
        ) { evidence in
            guard let health = evidence.capture.requests.first(where: { $0.phase == .health }) else { return .absent }
            guard let status = health.status else {
                return .unobserved(health.failure ?? ProbeFailure(.malformed, "the recording holds no response"))
            }
            return .boolean(status != 429 && status != evidence.denial?.status)
        }
    ]
}

extension RateLimitEvidence {
    /// Why no invented name was tried: not permitted, or there was nothing to get around.
    fileprivate var unnamed: DerivedFact {
        if let refusal = capture.refusals.first(where: { $0.kind == .spoofedForwardingHeaders }) {
            return .unobserved(refusal.failure)
        }
        guard let mode else { return .unobserved(unmeasured) }
        return mode == .deny ? .unobserved(.notAsked) : .absent
    }
}
