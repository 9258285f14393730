import AuditModel

/// What the rate limit probe saw: every request with its time, in the order sent.
package struct RateLimitCapture: ProbeCapture {
    package static let probe = ProbeKind.rateLimit

    /// What a request was sent for.
    package enum Phase: String, Codable, Sendable, CaseIterable {
        /// Denied before anything was measured, because the quota had been spent before: a silence follows.
        case settling
        /// A few at leisure, whose latency is the measure of the others; all that is sent without permission.
        case baseline
        /// One after the other until the first denial.
        case ladder
        /// The ladder again, all requests with one invented client address.
        case claimedLadder = "claimed-ladder"
        /// As the ladder's, while the limiter denies.
        case control
        /// With an invented client address, while the limiter denies.
        case spoof
        /// With an invented value of the field that names the client.
        case key
        /// Another spelling of the same path.
        case variant
        /// The health endpoint.
        case health
        /// After a silence.
        case recovery
    }

    /// One request and what came of it.
    package struct Request: Codable, Sendable, Equatable {
        package var phase: Phase
        /// Which silence it follows, from 1; nil outside `recovery`.
        package var round: Int?
        /// Seconds since the first request.
        package var sentAt: Double
        /// Seconds to the response's head; nil when none came.
        package var secondsToHead: Double?
        package var status: Int?
        /// The response's fields that concern limits, times, caching and types.
        package var fields: [HTTPField]
        /// Of a denial the first time alone.
        package var body: HTTPBody?
        /// Why there is no response.
        package var failure: ProbeFailure?
        /// The field with which it differs from the ladder's.
        package var claim: HTTPField?
        /// The spelling of the path with which it differs: `trailing-slash`, `case`, `query`.
        package var variant: String?

        package init(
            phase: Phase, round: Int? = nil, sentAt: Double, secondsToHead: Double? = nil, status: Int? = nil,
            fields: [HTTPField] = [], body: HTTPBody? = nil, failure: ProbeFailure? = nil, claim: HTTPField? = nil,
            variant: String? = nil
        ) {
            self.phase = phase
            self.round = round
            self.sentAt = sentAt
            self.secondsToHead = secondsToHead
            self.status = status
            self.fields = fields
            self.body = body
            self.failure = failure
            self.claim = claim
            self.variant = variant
        }
    }

    /// What ended the measurement.
    package enum Stop: String, Codable, Sendable, CaseIterable {
        /// The limiter denied, and what follows a denial was done.
        case denial
        /// No denial came within the requests that may be sent.
        case budget
        /// Responses became slow.
        case latency
        /// Connections or responses failed.
        case errors
        /// The time was over.
        case deadline
        /// The limiter asks for more patience than the probe has.
        case retryAfter = "retry-after"
        /// The advertised quota is nearly spent, or larger than what the probe sends.
        case advertised
        /// No burst was permitted.
        case notPermitted = "not-permitted"
        /// No burst was needed for the facts that were asked for.
        case notAsked = "not-asked"
    }

    /// The URL that was asked for, without credentials.
    package var url: String
    /// When the first request was sent.
    package var startedAt: Instant
    package var requests: [Request]
    /// Requests sent in all, redirects and repetitions on a fresh connection included.
    package var sent: Int
    /// How many requests the measurement was to send at most.
    package var budget: Int
    package var stop: Stop
    /// What was left out for want of permission, with how to give it.
    package var refusals: [ActiveRefusal]

    package init(
        url: String, startedAt: Instant, requests: [Request], sent: Int, budget: Int, stop: Stop,
        refusals: [ActiveRefusal] = []
    ) {
        self.url = url
        self.startedAt = startedAt
        self.requests = requests
        self.sent = sent
        self.budget = budget
        self.stop = stop
        self.refusals = refusals
    }

    /// What was not permitted.
    package struct ActiveRefusal: Codable, Sendable, Equatable {
        package var kind: ActiveProbing
        package var failure: ProbeFailure

        package init(_ kind: ActiveProbing, _ failure: ProbeFailure) {
            self.kind = kind
            self.failure = failure
        }
    }
}

extension RateLimitCapture.Request {
    /// The values of all field lines of that name, in order, without regard to case.
    package func values(of name: String) -> [String] {
        fields.values(of: name)
    }

    /// Whether it came from the client that the ladder measures, and counts on its quota if any does.
    package var isOwn: Bool {
        switch phase {
        case .baseline, .ladder, .control, .recovery: claim == nil
        case .settling, .claimedLadder, .spoof, .key, .variant, .health: false
        }
    }
}
