import AuditModel

/// The facts of the `ratelimit` probe; each theme has its list in a file of its own.
package enum RateLimitFacts {
    package static let description = ProbeDescription(
        kind: .rateLimit, summary: "Reads advertised rate limits and, where permitted, measures them.",
        parameters: [.path], facts: [])
}
