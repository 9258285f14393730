/// The probes there are. A new case makes the compiler ask for its facts and for its observer.
package enum ProbeKind: String, Sendable, Codable, CaseIterable, Hashable {
    case cookies
    case cors
    case csp
    case headers
    case health
    case image
    case observatory
    case rateLimit = "ratelimit"
    case redirect
    case tls
}
