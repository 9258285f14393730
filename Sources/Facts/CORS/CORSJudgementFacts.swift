import AuditModel

extension CORSFacts {
    /// What all of it amounts to.
    static let judgements: [FactDefinition<CORSEvidence>] = [
        FactDefinition(
            "cookieExploitable", .boolean,
            meaning: "Whether another site's page reads with the visitor's session: credentials, a trusted foreign "
                + "origin and a session cookie with SameSite=None.",
            source: "RFC 6265bis §5.2"
        ) { evidence in
            if let missed = evidence.missed(in: \.isBypass), evidence.bypasses.isEmpty { return .unobserved(missed) }
            return evidence.isCookieExploitable.map { .boolean($0) }
                ?? .unobserved(ProbeFailure(.unsupported, "no answer set a session cookie that could tell"))
        },
        FactDefinition(
            "severity", .choice(of: CORSSeverity.self),
            meaning: "The worst finding: critical with credentials on a success, milder when cookies stay home.",
            source: "gonogo"
        ) { evidence in
            let severity = evidence.severity
            return evidence.found(.choice(severity), isFound: severity >= .high) { _ in true }
        },
        FactDefinition(
            "verdict", .choice(of: CORSVerdict.self),
            meaning: "critical or high: foreign pages read with the visitor's credentials; minor: a fault of less "
                + "weight; public: * for all; broken-config: what browsers refuse.",
            source: "gonogo"
        ) { evidence in
            evidence.found(.choice(evidence.verdict), isFound: evidence.severity >= .high) { _ in true }
        },
        FactDefinition(
            "skipped", .list(.choice(CORSClass.allCases.map(\.rawValue))),
            meaning: "Classes of which an origin was left out: the budget was spent, or every origin may read anyway.",
            source: "gonogo"
        ) { evidence in
            let left = Set(evidence.capture.visits.filter(\.isLeftOut).map(\.kind))
            return .texts(CORSClass.allCases.filter(left.contains).map(\.rawValue))
        },
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the probe spent.", source: "gonogo"
        ) { .integer($0.capture.requests) }
    ]
}
