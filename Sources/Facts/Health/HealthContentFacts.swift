import AuditModel
import WireFormats

extension HealthFacts {
    /// What the health endpoint's body says. Unobserved when the body was not read whole.
    static let endpointContent: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "endpoint.format", .choice(of: HealthFormat.self),
            meaning: "The convention that the body follows; HTML and JSON without a status are unrecognised.",
            source: HealthFormat.source
        ) { evidence in
            guard let endpoint = evidence.endpoint else { return .absent }
            if let failure = endpoint.bodyFailure { return .unobserved(failure) }
            return .text(HealthFormat(endpoint.body?.format).rawValue)
        },
        FactDefinition(
            "endpoint.status", .choice(of: HealthStatus.self),
            meaning: "The stated health; up, ok, degraded, down and the like are mapped; absent when none is stated.",
            source: "draft-inadarei-api-health-check-06 §3.1"
        ) { $0.ofBody { .choice($0.status) } },
        FactDefinition(
            "endpoint.statusText", .text, meaning: "The status as written; absent when the body states none.",
            source: "draft-inadarei-api-health-check-06 §3.1"
        ) { $0.ofBody { .text($0.statusText) } },
        FactDefinition(
            "endpoint.httpConsistent", .boolean,
            meaning: "Whether pass and warn come with 2xx or 3xx, fail with 4xx or 5xx; absent without a status.",
            source: "draft-inadarei-api-health-check-06 §3.1"
        ) { evidence in evidence.ofBody { _ in .boolean(ifPresent: evidence.endpoint?.isHTTPConsistent) } },
        FactDefinition(
            "endpoint.components", .list(.text),
            meaning: "Names of the dependencies and parts that the body lists, in its order.",
            source: "draft-inadarei-api-health-check-06 §4"
        ) { $0.ofBody { .texts($0.components.map(\.name)) } },
        FactDefinition(
            "endpoint.failing", .list(.text), meaning: "Names of those that are stated to fail, in the body's order.",
            source: "draft-inadarei-api-health-check-06 §4"
        ) { $0.ofBody { .texts($0.components.filter { $0.status == .fail }.map(\.name)) } },
        FactDefinition(
            "endpoint.checks.*.status", .choice(of: HealthStatus.self),
            meaning: "The stated health of a dependency, the worst of several; absent when it states none.",
            source: "draft-inadarei-api-health-check-06 §4.4"
        ) { $0.byComponent { .some($0.status.map { .text($0.rawValue) } ?? .absent) } },
        FactDefinition(
            "endpoint.checks.*.latencyMs", .number, unit: "milliseconds",
            meaning: "How long the dependency took to answer, where the body states it.",
            source: "draft-inadarei-api-health-check-06 §4.3"
        ) { $0.byComponent { $0.latencyMilliseconds.map(FactValue.number) } },
        FactDefinition(
            "endpoint.version", .text, meaning: "The service's version as the body states it; absent when it does not.",
            source: "draft-inadarei-api-health-check-06 §3.2"
        ) { $0.ofBody { .text($0.version) } },
        FactDefinition(
            "endpoint.releaseId", .text, meaning: "The release as the body states it; absent when it does not.",
            source: "draft-inadarei-api-health-check-06 §3.3"
        ) { $0.ofBody { .text($0.releaseID) } },
        FactDefinition(
            "endpoint.uptimeS", .number, unit: "seconds",
            meaning:
                "For how long the service has run; a number without a unit counts as seconds; absent when not stated.",
            source: "draft-inadarei-api-health-check-06 §4.2"
        ) { $0.ofBody { $0.uptimeSeconds.map { .value(.number($0)) } ?? .absent } },
        FactDefinition(
            "endpoint.timestamp", .instant,
            meaning: "When the body was made, as it states; absent when it does not, or without a zone.",
            source: "draft-inadarei-api-health-check-06 §4.7"
        ) { $0.ofBody { .text($0.instant?.iso8601) } },
        FactDefinition(
            "endpoint.leaks", .list(.choice(of: Disclosure.self)),
            meaning: "Kinds of internal details that the answer without credentials gives away, sorted.",
            source: "OWASP API8:2023"
        ) { $0.ofPublicBody { .texts($0.disclosures.map(\.rawValue).sorted()) } },
        FactDefinition(
            "endpoint.detailUnauthenticated", .boolean,
            meaning: "Whether anyone can read more than a status: components, version, release, uptime or a leak.",
            source: "OWASP API8:2023"
        ) { $0.ofPublicBody { .boolean($0.hasDetail) } }
    ]
}

extension HealthEvidence {
    /// A fact of the body that anyone gets, recognised or not; unobserved when it is not whole.
    fileprivate func ofPublicBody(_ fact: (HealthAnswer) -> DerivedFact) -> DerivedFact {
        guard endpoint != nil, let publicEndpoint else { return .absent }
        return publicEndpoint.bodyFailure.map { .unobserved($0) } ?? fact(publicEndpoint)
    }

    /// A value for each component that has one.
    fileprivate func byComponent(_ value: (HealthBody.Component) -> FactValue?) -> DerivedFact {
        guard let endpoint else { return .keyed([]) }
        if let failure = endpoint.bodyFailure { return .unobserved(failure) }
        let components = endpoint.body?.components ?? []
        return .keyed(components.compactMap { component in value(component).map { (component.name, $0) } })
    }
}
