import AuditModel
import WireFormats

extension HealthFacts {
    /// The health endpoint's answer as HTTP. All of `endpoint.` is absent when none was given or found.
    static let endpointAnswer: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "endpoint.path", .text, meaning: "The health endpoint's path, given or found; absent when there is none.",
            source: "gonogo"
        ) { .text($0.endpoint?.visit.path) },
        FactDefinition(
            "endpoint.kind", .choice(of: HealthAnswer.Kind.self),
            meaning: "What the endpoint is for, as its name says; aggregate for the service as a whole.",
            source: "Kubernetes, probes"
        ) { .choice($0.endpoint?.kind) },
        FactDefinition("endpoint.httpStatus", .integer, meaning: "The answer's status code.", source: "RFC 9110 §15") {
            $0.ofAnswer { .integer($0.status) }
        },
        FactDefinition(
            "endpoint.redirects", .integer, unit: "redirects",
            meaning: "How many redirects on the same host stood before the answer.", source: "RFC 9110 §15.4"
        ) { evidence in evidence.ofAnswer { _ in .integer(evidence.endpoint?.visit.redirects ?? 0) } },
        FactDefinition(
            "endpoint.contentType", .text,
            meaning: "The answer's media type in lower case without parameters; absent when not sent.",
            source: "RFC 9110 §8.3"
        ) { evidence in evidence.ofAnswer { _ in .text(evidence.endpoint?.essence) } },
        FactDefinition(
            "endpoint.auth.required", .boolean,
            meaning: "Whether the endpoint demands credentials of those who send none: 401, 403 or 407.",
            source: "RFC 9110 §15.5.2"
        ) { $0.of($0.publicEndpoint) { .boolean([401, 403, 407].contains($0.status)) } },
        FactDefinition(
            "endpoint.catchAllSuspected", .boolean,
            meaning: "Whether a random path answers with the same status and form; absent when none was tried.",
            source: "gonogo"
        ) { catchAll($0) },
        FactDefinition(
            "endpoint.ageS", .number, unit: "seconds",
            meaning: "How old the answer is: the Age field, else Date less the body's timestamp; absent without these.",
            source: "RFC 9111 §5.1"
        ) { age($0) }
    ]

    private static func catchAll(_ evidence: HealthEvidence) -> DerivedFact {
        guard let endpoint = evidence.endpoint, let control = evidence.control else { return .absent }
        if let failure = endpoint.failure ?? control.failure { return .unobserved(failure) }
        return .boolean(endpoint.looksLike(control))
    }

    private static func age(_ evidence: HealthEvidence) -> DerivedFact {
        evidence.ofAnswer { exchange in
            if let age = exchange.values(of: "age").first.flatMap(FieldSyntax.deltaSeconds) {
                return .value(.number(Double(age)))
            }
            guard let date = exchange.values(of: "date").first.flatMap(HTTPDate.iso8601).flatMap({ Instant($0) })
            else { return .absent }
            return evidence.ofBody { body in
                guard let stated = body.instant, stated <= date else { return .absent }
                return .value(.number(date.seconds(since: stated)))
            }
        }
    }
}

extension HealthEvidence {
    /// A fact of the endpoint's answer: absent without an endpoint, unobserved without an answer.
    func ofAnswer(_ fact: (HTTPExchange) -> DerivedFact) -> DerivedFact { of(endpoint, fact) }

    /// A fact of an answer: absent without an endpoint or when not asked for, unobserved without an answer.
    func of(_ answer: HealthAnswer?, _ fact: (HTTPExchange) -> DerivedFact) -> DerivedFact {
        guard endpoint != nil, let answer else { return .absent }
        if let exchange = answer.visit.exchange { return fact(exchange) }
        return answer.failure.map { .unobserved($0) } ?? .absent
    }

    /// A fact of the endpoint's body: absent when it follows no convention, unobserved when it is not whole.
    func ofBody(_ fact: (HealthBody) -> DerivedFact) -> DerivedFact {
        guard let endpoint else { return .absent }
        if let failure = endpoint.bodyFailure { return .unobserved(failure) }
        return endpoint.body.map(fact) ?? .absent
    }
}

extension HealthBody {
    /// The timestamp, when it is an instant with its zone that a four-digit year can hold.
    var instant: Instant? {
        let stated: Instant?
        switch timestamp {
        case .text(let text)?: stated = Instant(text)
        case .epochMilliseconds(let milliseconds)?: stated = Instant(milliseconds: milliseconds)
        case nil: stated = nil
        }
        return stated.flatMap { Instant($0.iso8601) }
    }
}
