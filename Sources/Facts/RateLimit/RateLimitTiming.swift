import AuditModel
import WireFormats

/// What one response says about waiting, counted from the response on.
package struct RateLimitTiming: Sendable {
    package let fields: RateLimitFields
    package let retryAfter: RetryAfter?
    /// Seconds that `Retry-After` asks for; nil when there is none, or no valid one.
    package let retryAfterSeconds: Double?
    /// Seconds until the quota is whole again; nil when not stated.
    package let resetSeconds: Double?

    /// - Parameter received: when the response came, for one without a `Date`.
    package init(_ request: RateLimitCapture.Request, received: Instant) {
        fields = RateLimitFields(request.fields.map { ($0.name, $0.value) })
        let date = request.values(of: "date").first.flatMap(HTTPDate.iso8601).flatMap { Instant($0) } ?? received
        retryAfter = request.values(of: "retry-after").first.map { RetryAfter($0) }
        retryAfterSeconds = retryAfter.flatMap { value in
            if let seconds = value.seconds { return Double(seconds) }
            return value.instant.flatMap { Instant($0) }.map { max(0, $0.seconds(since: date)) }
        }
        resetSeconds =
            switch fields.reset?.value {
            case .seconds(let seconds): seconds
            case .epoch(let seconds): max(0, seconds - Double(date.milliseconds) / 1000)
            case .instant(let text): Instant(text).map { max(0, $0.seconds(since: date)) }
            case nil: nil
            }
    }

    /// What a client has to wait: `Retry-After` wins over the reset (draft-ietf-httpapi-ratelimit-headers-11 §5).
    package var wait: Double? { retryAfterSeconds ?? resetSeconds }

    /// Requests left, where the quota counts requests; nil when not stated.
    package var remaining: Int64? { countsRequests ? fields.remaining : nil }

    package var limit: Int64? { countsRequests ? fields.limit : nil }

    private var countsRequests: Bool { fields.policies.allSatisfy { $0.unit == nil || $0.unit == "requests" } }
}
