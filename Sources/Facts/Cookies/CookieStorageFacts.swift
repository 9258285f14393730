import AuditModel
import WireFormats

extension CookiesFacts {
    /// Whether browsers keep each cookie, what its name promises, and how it is handed out.
    static let storage: [FactDefinition<CookiesEvidence>] = [
        each(
            "prefix", .choice(of: SetCookie.Prefix.self),
            meaning: "The prefix that binds the cookie to rules, however it is cased; absent without one.",
            source: "RFC 6265bis §4.1.3"
        ) { $0.last.cookie.prefix.map { .text($0.rawValue) } ?? .absent },
        each(
            "prefixOk", .boolean, meaning: "Whether the cookie keeps its prefix's rules; absent without a prefix.",
            source: "RFC 6265bis §5.7"
        ) { group in
            group.last.cookie.prefix == nil
                ? .absent : .boolean(!group.any { CookieStorage.prefixRejection(of: $0.cookie, from: $0.url) != nil })
        },
        each(
            "prefixSuggested", .choice([SetCookie.Prefix.host.rawValue, SetCookie.Prefix.secure.rawValue]),
            meaning:
                "The strongest prefix that the cookie as it is could carry and does not; absent when there is none.",
            source: "RFC 6265bis §4.1.3"
        ) { $0.suggestedPrefix.map { .text($0.rawValue) } ?? .absent },
        each(
            "role", .choice(of: CookieRole.self),
            meaning: "What the cookie is for, by its name or as the audit says: session, csrf (a token) or other.",
            source: "gonogo"
        ) { .text($0.role.rawValue) },
        each(
            "rejected", .boolean, meaning: "Whether browsers throw the cookie away, or one of its lines.",
            source: "RFC 6265bis §5.7"
        ) { .boolean($0.rejection != nil) },
        each(
            "rejectReason", .choice(of: CookieStorage.Rejection.self),
            meaning: "Why browsers throw it away; absent when they keep it.", source: "RFC 6265bis §5.7"
        ) { $0.rejection.map { .text($0.rawValue) } ?? .absent },
        each(
            "duplicateLines", .integer, unit: "field lines",
            meaning: "Lines of one response that set it again for the same domain and path; the last counts.",
            source: "RFC 6265 §4.1.1"
        ) { .integer(Int64($0.duplicates)) },
        FactDefinition(
            "*.setOverHttp", .boolean, meaning: "Whether a response over plain HTTP sets the cookie.",
            source: "RFC 6265 §8.3"
        ) { evidence in
            let values = evidence.groups.map { ($0.name, $0.any { $0.url.scheme == .http }) }
            // Seen is seen; that it is not set there takes the answer over plain HTTP.
            let known = values.filter { $0.1 || evidence.plainHTTPFailure == nil }
            let failures = evidence.plainHTTPFailure.map { failure in
                values.filter { !$0.1 }.map { ($0.0, failure) }
            }
            return .keyed(
                known.map { ($0.0, .boolean($0.1)) },
                unobserved: (failures ?? []) + (evidence.unjudged.map { [$0] } ?? []))
        },
        each(
            "setOnApi", .boolean,
            meaning: "Whether an answer with an API's media type sets the cookie, where a token would do.",
            source: "OWASP REST Security Cheat Sheet"
        ) { group in .boolean(group.any(\.isAPI)) },
        FactDefinition(
            "*.rotates", .boolean,
            meaning: "Whether a second answer gives another value; absent when it does not set the cookie.",
            source: "OWASP Session Management Cheat Sheet"
        ) { evidence in
            if let visit = evidence.page[.again], visit.answer != nil {
                return evidence.each(\.rotation)
            }
            let failure = evidence.page[.again]?.failure ?? .notAsked
            return .keyed([], unobserved: evidence.groups.map { ($0.name, failure) })
        }
    ]
}

extension CookieGroup {
    fileprivate var suggestedPrefix: SetCookie.Prefix? {
        let prefix = last.cookie.prefix
        guard prefix == nil || prefix == .secure, every(\.isSecure), rejection == nil else { return nil }
        let fitsHost = !any { !CookieStorage.isHostOnly($0.cookie, from: $0.url) || $0.cookie.path != "/" }
        if fitsHost { return .host }
        return prefix == nil ? .secure : nil
    }

    fileprivate var rotation: FactValue {
        guard let other = again?.last else { return .absent }
        return .boolean(other.cookie.value != last.cookie.value)
    }
}
