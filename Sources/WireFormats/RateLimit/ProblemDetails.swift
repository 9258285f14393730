import JSON

/// A problem details object (RFC 9457), with the members that rate limits add.
package struct ProblemDetails: Equatable, Sendable {
    /// `type`, `about:blank` when not stated (§3.1.1).
    package let type: String
    /// `violated-policies` (draft-ietf-httpapi-ratelimit-headers-11 §6); nil when there are none.
    package let violatedPolicies: [String]?

    /// The problem types for rate limits, whose names end the type's URI.
    package enum RateLimitType: String, CaseIterable, Sendable {
        case quotaExceeded = "quota-exceeded"
        case temporaryReducedCapacity = "temporary-reduced-capacity"
        case abnormalUsageDetected = "abnormal-usage-detected"
    }

    package var rateLimitType: RateLimitType? {
        RateLimitType.allCases.first { type.hasSuffix("#" + $0.rawValue) || type.hasSuffix("/" + $0.rawValue) }
    }

    /// Reads a body of `application/problem+json`; nil for any other media type and for what is no JSON object.
    package init?(mediaType: String?, body: String) {
        guard mediaType == "application/problem+json",
            let json = try? JSONValue.parse(body, limits: JSONLimits(bytes: 64 << 10, depth: 16)), json.members != nil
        else { return nil }
        type = String((json["type"]?.string ?? "about:blank").prefix(500))
        violatedPolicies = json["violated-policies"]?.array?.prefix(100).compactMap(\.string)
    }
}
