import AuditModel
import WireFormats

extension HeadersFacts {
    /// Who may keep the response, and for how long.
    static let cache: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "cache.value", .text, meaning: "All Cache-Control lines joined by commas; absent without one.",
            source: "RFC 9111 §5.2"
        ) { .text($0.combined("cache-control")) },
        FactDefinition(
            "cache.directives.*", .text,
            meaning: "The value of each Cache-Control directive, by its name in lower case; empty when it has none.",
            source: "RFC 9111 §5.2"
        ) { evidence in
            let values = evidence.cacheControl.directives.map { ($0.name, $0.value ?? "") }
            let firsts = Dictionary(values) { first, _ in first }
            return .keyed(firsts.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
        },
        directive("noStore", "Whether no cache may keep the response: no-store.", "§5.2.2.5") { $0.has("no-store") },
        directive("noCache", "Whether caches must ask again each time: no-cache without field names.", "§5.2.2.4") {
            $0.hasUnqualified("no-cache")
        },
        directive("private", "Whether shared caches may not keep it: private without field names.", "§5.2.2.7") {
            $0.hasUnqualified("private")
        },
        directive("public", "Whether any cache may keep it: public.", "§5.2.2.9") { $0.has("public") },
        directive("mustRevalidate", "Whether stale answers are forbidden: must-revalidate.", "§5.2.2.2") {
            $0.has("must-revalidate")
        },
        FactDefinition(
            "cache.maxAge", .integer, unit: "seconds",
            meaning: "For how long the response is fresh: max-age; absent when not stated or no number.",
            source: "RFC 9111 §5.2.2.1"
        ) { .integer(ifPresent: $0.cacheControl.seconds("max-age")) },
        FactDefinition(
            "cache.sMaxage", .integer, unit: "seconds",
            meaning: "For how long it is fresh in shared caches: s-maxage; absent when not stated or no number.",
            source: "RFC 9111 §5.2.2.10"
        ) { .integer(ifPresent: $0.cacheControl.seconds("s-maxage")) },
        FactDefinition(
            "cache.pragma", .text, meaning: "The Pragma field; absent without one.", source: "RFC 9111 §5.4"
        ) { .text($0.combined("pragma")) },
        FactDefinition(
            "cache.expires", .text, meaning: "The Expires field as sent; absent without one.", source: "RFC 9111 §5.3"
        ) { .text($0.combined("expires")) },
        FactDefinition(
            "cache.age", .integer, unit: "seconds",
            meaning: "How long the response was in a cache: Age; absent when not sent or no number.",
            source: "RFC 9111 §5.1"
        ) { .integer(ifPresent: $0.lines("age").first.flatMap(FieldSyntax.deltaSeconds)) },
        FactDefinition(
            "cache.vary", .list(.text),
            meaning: "The request's fields that the response depends on, in lower case, in order.",
            source: "RFC 9110 §12.5.5"
        ) { .texts(FieldSyntax.list($0.lines("vary")).map(\.asciiLowercased)) },
        FactDefinition(
            "cache.sharedStorable", .boolean,
            meaning: "Whether a shared cache may keep this answer to a GET without credentials.",
            source: "RFC 9111 §3"
        ) { .boolean($0.cacheControl.isSharedStorable($0.cached)) },
        FactDefinition(
            "cache.heuristic", .boolean,
            meaning: "Whether a shared cache may keep it and must guess for how long.", source: "RFC 9111 §4.2.2"
        ) { .boolean($0.cacheControl.isHeuristic($0.cached)) },
        FactDefinition(
            "cache.sensitiveStorable", .boolean,
            meaning:
                "Whether a shared cache may keep an answer for one person: the audit says so, credentials were sent, "
                + "a cookie is set or access denied. An answer to Authorization needs leave to be kept.",
            source: "RFC 9111 §3, §3.5, §7.3"
        ) { .boolean($0.isSensitive && $0.cacheControl.isSharedStorable($0.cached) && $0.isLeftToSharedCaches) }
    ]

    private static func directive(
        _ name: String, _ meaning: String, _ section: String, _ holds: @escaping @Sendable (CacheControl) -> Bool
    ) -> FactDefinition<HeadersEvidence> {
        FactDefinition("cache.\(name)", .boolean, meaning: meaning, source: "RFC 9111 \(section)") {
            .boolean(holds($0.cacheControl))
        }
    }
}

extension HeadersEvidence {
    /// Whether the request had no `Authorization`, or the answer permits to keep it all the same (RFC 9111 §3.5).
    fileprivate var isLeftToSharedCaches: Bool {
        page.hints?.sendsAuthorization != true || cacheControl.hasUnqualified("public")
            || cacheControl.has("s-maxage") || cacheControl.has("must-revalidate")
    }

    fileprivate var cached: CacheControl.Response {
        CacheControl.Response(status: response.status, hasExpires: has("expires"))
    }
}
