import AuditModel

extension RateLimitFacts {
    /// The limit itself, from the times at which requests were accepted and denied.
    static let measured: [FactDefinition<RateLimitEvidence>] = [
        FactDefinition(
            "acceptedBeforeDenial", .integer, unit: "requests",
            meaning: "Requests accepted before the first denial; absent when none was denied.", source: "gonogo"
        ) { evidence in
            if let count = evidence.acceptedBeforeDenial { return .integer(count) }
            return evidence.mode == nil ? .unobserved(evidence.unmeasured) : .absent
        },
        FactDefinition(
            "firstDenialAfterMs", .number, unit: "milliseconds",
            meaning: "Time from the first request to the first denied one; absent when none was denied.",
            source: "gonogo"
        ) { evidence in
            if let index = evidence.ownDenial {
                return .figure((evidence.own[index].request.sentAt - evidence.own[0].request.sentAt) * 1000)
            }
            return evidence.mode == nil ? .unobserved(evidence.unmeasured) : .absent
        },
        FactDefinition(
            "shapedRatePerS", .number, unit: "requests per second",
            meaning: "The rate to which requests were slowed down; absent when they were not.", source: "gonogo"
        ) { evidence in
            evidence.mode == nil ? .unobserved(evidence.unmeasured) : .figure(evidence.shapedRate)
        },
        FactDefinition(
            "model", .choice(of: RateLimitRecovery.Model.self),
            meaning: "How the limiter counts: so many in a window, fixed or moving, or a bucket that refills; absent "
                + "when nothing was denied.",
            source: "gonogo"
        ) { $0.recovered { .choice($0.model) } },
        FactDefinition(
            "refillPerS", .number, unit: "requests per second",
            meaning: "Requests that a client may send for ever; of a window, its quota by its length.",
            source: "gonogo"
        ) { $0.recovered { $0.refill.map { .figure($0.value) } } },
        FactDefinition(
            "refillErrorBand", .number, unit: "requests per second",
            meaning: "How far the true refill may lie from the measured one.", source: "gonogo"
        ) { $0.recovered { $0.refill.map { .figure($0.band) } } },
        FactDefinition(
            "burstCapacity", .integer, unit: "requests", meaning: "Requests that a rested client may send at once.",
            source: "gonogo"
        ) { $0.recovered { $0.capacity.map { .wholeNumber($0.value) } } },
        FactDefinition(
            "errorBand", .number, unit: "requests",
            meaning: "How far the true capacity may lie from the measured one.", source: "gonogo"
        ) { $0.recovered { $0.capacity.map { .figure($0.band) } } },
        FactDefinition(
            "recovered", .boolean, meaning: "Whether requests were accepted again after a silence.", source: "gonogo"
        ) { $0.afterDenial { $0.isRecovered.map { .boolean($0) } } },
        FactDefinition(
            "recoveryS", .number, unit: "seconds",
            meaning: "The silence after which a request was accepted again; absent when none was.", source: "gonogo"
        ) { $0.afterDenial { evidence in evidence.isRecovered.map { _ in .figure(evidence.recoverySeconds) } } },
        FactDefinition(
            "retryAfterAccurate", .boolean,
            meaning: "Whether a request was accepted after the silence that the denial asks for; absent where it asks "
                + "for none.",
            source: "RFC 9110 §10.2.3"
        ) {
            $0.afterDenial { evidence in
                guard evidence.denialTiming?.retryAfterSeconds != nil else { return .absent }
                return evidence.afterSilence.first.map { .boolean($0.outcome == .accepted) }
            }
        },
        FactDefinition(
            "deniedConsumesQuota", .boolean,
            meaning: "Whether denied requests seem to count as well: after the silence that it asks for the limiter "
                + "denied once more; absent where it asks for none.",
            source: "gonogo"
        ) {
            $0.afterDenial { evidence in
                guard evidence.denialTiming?.wait != nil else { return .absent }
                return evidence.deniedConsumesQuota.map { .boolean($0) }
            }
        },
        FactDefinition(
            "limitMatchesAdvertised", .boolean,
            meaning: "Whether the measured capacity is the advertised quota, within the error band; absent without "
                + "advertised quota.",
            source: "gonogo"
        ) { evidence in
            if let matches = evidence.matchesAdvertised { return .boolean(matches) }
            guard evidence.advertised?.limit != nil else { return .absent }
            return .unobserved(evidence.unmeasured)
        }
    ]
}

extension RateLimitEvidence {
    /// Absent where nothing was denied; unobserved when `fact` is nil.
    fileprivate func afterDenial(_ fact: (RateLimitEvidence) -> DerivedFact?) -> DerivedFact {
        guard let mode else { return .unobserved(unmeasured) }
        guard mode == .deny else { return .absent }
        return fact(self) ?? .unobserved(unmeasuredRecovery)
    }

    fileprivate func recovered(_ fact: (RateLimitRecovery) -> DerivedFact?) -> DerivedFact {
        afterDenial { evidence in evidence.recovery.flatMap(fact) }
    }

    private var unmeasuredRecovery: ProbeFailure {
        switch capture.stop {
        case .denial where !isMeasured:
            ProbeFailure(.unsupported, "the limiter denied before anything could be measured")
        case .denial where afterSilence.isEmpty: .notAsked
        case .denial where isRecovered == false:
            ProbeFailure(.timeout, "the limiter still denied after the silences")
        default: unmeasured
        }
    }
}
