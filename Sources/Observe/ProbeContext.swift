import AuditModel

/// Everything that an observation needs besides its request: limits, trust, routes, credentials, the clock.
package struct ProbeContext: Sendable {
    /// The longest one attempt of one probe may take.
    package var timeout: Duration
    /// Attempts after a failure that may pass by itself.
    package var retries: Int
    /// Trust anchors in PEM besides the system's.
    package var extraTrustAnchors: String?
    package var resolve: [ResolveOverride]
    package var proxies: ProxySettings
    /// Sent with every request to the target's own host; their values never reach a capture.
    package var requestHeaders: [(name: String, value: String)]
    /// Whether image registries other than on loopback are spoken to without TLS, credentials included.
    package var plainHTTP: Bool
    /// The active probing that is permitted; against loopback all of it is.
    package var permitted: Set<ActiveProbing>
    /// Variables that name files with registry credentials and sockets of container engines, and what credential
    /// helpers run with; empty: only anonymous pulls. No value reaches a capture.
    package var environment: [String: String]
    /// `gonogo/VERSION (+…)`.
    package var userAgent: String
    /// The clock, read by the command line alone.
    package var now: @Sendable () -> Instant
    /// Of this run alone: equal secrets are recognisable within one recording and nowhere else.
    package let redactionKey: RedactionKey
    /// Shared by all observations of the run.
    package let trust: TrustStore
    /// Shared by the observations of one call.
    var pages = SharedPages()

    package init(
        timeout: Duration = .seconds(5), retries: Int = 1, extraTrustAnchors: String? = nil,
        resolve: [ResolveOverride] = [], proxies: ProxySettings = ProxySettings(),
        requestHeaders: [(name: String, value: String)] = [], plainHTTP: Bool = false,
        permitted: Set<ActiveProbing> = [],
        environment: [String: String] = [:], userAgent: String,
        redactionKey: RedactionKey = RedactionKey(), trust: TrustStore = TrustStore(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.timeout = timeout
        self.retries = retries
        self.extraTrustAnchors = extraTrustAnchors
        self.resolve = resolve
        self.proxies = proxies
        self.requestHeaders = requestHeaders
        self.plainHTTP = plainHTTP
        self.permitted = permitted
        self.environment = environment
        self.userAgent = userAgent
        self.redactionKey = redactionKey
        self.trust = trust
        self.now = now
    }
}

/// `--resolve HOST[:PORT]=ADDRESS[:PORT]`: connect elsewhere, keep the name.
package struct ResolveOverride: Sendable, Hashable {
    package var host: String
    /// nil for any port.
    package var port: Int?
    package var address: String
    /// nil to keep the port.
    package var toPort: Int?

    package init(host: String, port: Int?, address: String, toPort: Int?) {
        self.host = host
        self.port = port
        self.address = address
        self.toPort = toPort
    }
}

/// The proxies of the environment, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them.
package struct ProxySettings: Sendable, Hashable {
    package var http: String?
    package var https: String?
    /// Host names, domain suffixes, addresses or `*`.
    package var exceptions: [String]

    package init(http: String? = nil, https: String? = nil, exceptions: [String] = []) {
        self.http = http
        self.https = https
        self.exceptions = exceptions
    }
}
