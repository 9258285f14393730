import AuditModel
import WireFormats

extension HealthFacts {
    /// Whether the endpoint answers every asker alike: one HEAD beside the GETs, and the series without a limiter.
    static let endpointMethods: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "endpoint.headSupported", .boolean,
            meaning: "Whether HEAD is understood: not 405 or 501, and 404 only where GET says so too.",
            source: "RFC 9110 §9.3.2"
        ) { evidence in
            evidence.byMethod { get, head in ![405, 501].contains(head) && (head != 404 || get == 404) }
        },
        FactDefinition(
            "endpoint.differsByMethod", .boolean,
            meaning: "Whether HEAD gets another status code than GET, so that a balancer using it sees another health.",
            source: "RFC 9110 §9.3.2"
        ) { $0.byMethod { get, head in get != head } },
        FactDefinition(
            "endpoint.rateLimited", .boolean,
            meaning: "Whether the endpoint answered 429 to any request of the probe, or announces a rate limit.",
            source: "RFC 6585 §4"
        ) { evidence in evidence.ofAnswer { .boolean(evidence.isRateLimited($0)) } }
    ]
}

extension HealthEvidence {
    /// A fact of the status codes of GET and HEAD. A limiter's refusal says nothing about the method.
    fileprivate func byMethod(_ fact: (_ get: Int, _ head: Int) -> Bool) -> DerivedFact {
        of(head) { head in
            ofAnswer { get in
                guard get.status == 429 || head.status != 429 else {
                    return .unobserved(ProbeFailure(.refused, "the service limits requests: it answered 429 to HEAD"))
                }
                return .boolean(fact(get.status, head.status))
            }
        }
    }

    fileprivate func isRateLimited(_ exchange: HTTPExchange) -> Bool {
        let others = [head, publicEndpoint].compactMap { $0?.visit.exchange?.status }
        let series = endpoint?.visit.path == capture.endpoint ? capture.statuses ?? [] : []
        return ([exchange.status] + others + series).contains(429)
            || RateLimitFields(exchange.fields.map { ($0.name, $0.value) }).form != .none
    }
}
