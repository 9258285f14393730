import AuditModel

/// What the rate limit probe saw: every request of the measurement with its time.
package struct RateLimitCapture: ProbeCapture {
    package static let probe = ProbeKind.rateLimit

    /// The URL that was asked for, without credentials.
    package var url: String

    package init(url: String) { self.url = url }

    package func facts(at now: Instant) -> FactSet { FactSet() }
}
