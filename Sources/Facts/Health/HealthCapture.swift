import AuditModel

/// What the health probe saw: the paths that it looked at, a control path that cannot exist, a series of GETs,
/// and what it asked of the endpoint that it found.
package struct HealthCapture: ProbeCapture {
    package static let probe = ProbeKind.health

    /// What a path was asked as.
    package enum Role: String, Codable, Sendable, CaseIterable {
        /// The path given as the health endpoint.
        case given
        case liveness, readiness, startup
        /// One of the usual paths, looked at because none was given.
        case discovery
        /// A random path: what the service answers to anything.
        case control
        /// The endpoint once more, with HEAD.
        case head
        /// The endpoint once more, without the header fields that the audit file adds.
        case anonymous
        /// Spring Boot Actuator's list of its endpoints, and the head of one that it should keep to itself; both
        /// without the audit file's header fields.
        case actuatorIndex = "actuator-index", actuator

        /// Whether the path was looked at as one that may be a health endpoint.
        var isOfHealth: Bool {
            switch self {
            case .given, .liveness, .readiness, .startup, .discovery: true
            case .control, .head, .anonymous, .actuatorIndex, .actuator: false
            }
        }
    }

    /// One path and what came back.
    package struct Visit: Codable, Sendable, Equatable {
        package var path: String
        package var role: Role
        /// nil when this path could not be observed.
        package var exchange: HTTPExchange?
        package var failure: ProbeFailure?
        /// How many redirects on the same host were followed before `exchange`.
        package var redirects: Int

        package init(path: String, role: Role, exchange: HTTPExchange?, failure: ProbeFailure?, redirects: Int) {
            self.path = path
            self.role = role
            self.exchange = exchange
            self.failure = failure
            self.redirects = redirects
        }
    }

    /// The service's URL, without credentials.
    package var url: String
    package var visits: [Visit]
    /// The path whose latency was measured; nil when no health endpoint was found.
    package var endpoint: String?
    /// Seconds from the request's first byte to the head of each response of the series, in order.
    package var latencies: [Double]
    /// The status codes of the series, in order; nil in recordings that do not hold them.
    package var statuses: [Int]?
    /// Requests spent in all.
    package var requests: Int

    package init(
        url: String, visits: [Visit], endpoint: String?, latencies: [Double], statuses: [Int]? = nil, requests: Int
    ) {
        self.url = url
        self.visits = visits
        self.endpoint = endpoint
        self.latencies = latencies
        self.statuses = statuses
        self.requests = requests
    }
}
