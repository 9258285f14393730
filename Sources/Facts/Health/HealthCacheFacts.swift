import AuditModel
import WireFormats

extension HealthFacts {
    /// Whether a cache may answer instead of the health endpoint.
    static let endpointCache: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "endpoint.cache.noStore", .boolean, meaning: "Whether no cache may keep the answer: no-store.",
            source: "RFC 9111 §5.2.2.5"
        ) { $0.ofCache { cache, _ in .boolean(cache.has("no-store")) } },
        FactDefinition(
            "endpoint.cache.noCache", .boolean,
            meaning: "Whether caches must ask again each time: no-cache without field names.",
            source: "RFC 9111 §5.2.2.4"
        ) { $0.ofCache { cache, _ in .boolean(cache.hasUnqualified("no-cache")) } },
        FactDefinition(
            "endpoint.cache.maxAge", .integer, unit: "seconds",
            meaning: "For how long the answer is fresh: max-age; absent when not stated or no number.",
            source: "RFC 9111 §5.2.2.1"
        ) { $0.ofCache { cache, _ in .integer(ifPresent: cache.seconds("max-age")) } },
        FactDefinition(
            "endpoint.cache.sharedStorable", .boolean,
            meaning: "Whether a shared cache may keep this answer to a GET without credentials.",
            source: "RFC 9111 §3"
        ) { $0.ofCache { cache, response in .boolean(cache.isSharedStorable(response)) } }
    ]
}

extension HealthEvidence {
    fileprivate func ofCache(_ fact: (CacheControl, CacheControl.Response) -> DerivedFact) -> DerivedFact {
        ofAnswer { exchange in
            let hasExpires = !exchange.values(of: "expires").isEmpty
            let response = CacheControl.Response(status: exchange.status, hasExpires: hasExpires)
            return fact(endpoint?.cacheControl ?? CacheControl(lines: []), response)
        }
    }
}
