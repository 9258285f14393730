/// What a target may only be asked with permission: `allow` in its audit file, `--active`, or an address of loopback.
package enum ActiveProbing: String, Sendable, Codable, CaseIterable, Hashable {
    /// More requests in a short time than a person would send.
    case rateLimitBurst = "rate-limit-burst"
    /// Fields in which a proxy would state the client, with invented values.
    case spoofedForwardingHeaders = "spoofed-forwarding-headers"
    /// Requests that break the protocol's grammar.
    case malformedRequests = "malformed-requests"
    /// Methods besides GET, HEAD and OPTIONS.
    case otherMethods = "other-methods"
}

extension ProbeFailure {
    /// What was not asked, because nobody permitted it; the reason says how to.
    package static func notPermitted(_ kind: ActiveProbing, _ what: String) -> ProbeFailure {
        ProbeFailure(
            .notPermitted,
            "\(what) needs permission: write allow: [\(kind.rawValue)] into the audit file of this target, or give --active"
        )
    }
}
