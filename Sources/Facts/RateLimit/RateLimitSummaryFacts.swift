import AuditModel
import WireFormats

extension RateLimitFacts {
    /// What shows that requests have a limit.
    enum Evidence: String, CaseIterable { case measured, advertised, none }

    /// Whether there is a limit at all, how that is known, and what finding out cost.
    static let summary: [FactDefinition<RateLimitEvidence>] = [
        FactDefinition(
            "evidence", .choice(of: Evidence.self),
            meaning: "What shows a limit: measured denial or delay, else a policy in fields that no measurement "
                + "contradicts.",
            source: "gonogo"
        ) { evidence in
            switch evidence.mode {
            case .deny, .shaped: return .choice(Evidence.measured)
            case let mode:
                if let fields = evidence.advertised?.fields, fields.isValid, evidence.matchesAdvertised != false {
                    return .choice(Evidence.advertised)
                }
                return mode == nil ? .unobserved(evidence.unmeasured) : .choice(Evidence.none)
            }
        },
        FactDefinition(
            "observed", .boolean, meaning: "Whether requests were denied or slowed down.", source: "gonogo"
        ) { evidence in
            evidence.mode.map { .boolean($0 != .none) } ?? .unobserved(evidence.unmeasured)
        },
        FactDefinition(
            "mode", .choice(of: RateLimitEvidence.Mode.self),
            meaning: "What happens beyond the limit: denial, delay, or nothing within the requests sent.",
            source: "RFC 6585 §4"
        ) { evidence in evidence.mode.map { .choice($0) } ?? .unobserved(evidence.unmeasured) },
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the probe sent.", source: "gonogo"
        ) { .integer(max(0, $0.capture.sent)) },
        FactDefinition(
            "budgetUsed", .integer, unit: "requests",
            meaning: "How many requests the measurement itself sent, the baseline included.", source: "gonogo"
        ) { .integer($0.capture.requests.count) },
        FactDefinition(
            "stoppedBy", .choice(of: RateLimitCapture.Stop.self),
            meaning: "What ended the probe: a denial, the budget, slow responses, errors, its time, or a reason not to "
                + "measure.",
            source: "gonogo"
        ) { .choice($0.capture.stop) }
    ]
}
