import AuditModel

/// What the CORS probe saw: one exchange per origin, and the preflights.
package struct CORSCapture: ProbeCapture {
    package static let probe = ProbeKind.cors

    /// One request and what came back.
    package struct Visit: Codable, Sendable, Equatable {
        package var kind: CORSClass
        /// The `Origin` sent; nil when none was.
        package var origin: String?
        /// Without its body; nil when there is no answer.
        package var exchange: HTTPExchange?
        /// Why there is no answer.
        package var failure: ProbeFailure?
        /// Whether the probe left the question out by its own rules, so that nothing went wrong.
        package var isLeftOut: Bool

        package init(
            _ kind: CORSClass, origin: String?, exchange: HTTPExchange? = nil, failure: ProbeFailure? = nil,
            isLeftOut: Bool = false
        ) {
            self.kind = kind
            self.origin = origin
            self.exchange = exchange
            self.failure = failure
            self.isLeftOut = isLeftOut
        }
    }

    /// The URL that was asked for, without credentials.
    package var url: String
    /// The URL that every origin was asked about: where redirects on the same host led to.
    package var finalURL: String
    /// The redirects before it, without their bodies.
    package var redirects: [HTTPExchange]
    /// Every question in the order asked, those left out at their place.
    package var visits: [Visit]
    /// Requests spent in all.
    package var requests: Int

    package init(url: String, finalURL: String, redirects: [HTTPExchange] = [], visits: [Visit], requests: Int) {
        self.url = url
        self.finalURL = finalURL
        self.redirects = redirects
        self.visits = visits
        self.requests = requests
    }

    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        let evidence = CORSEvidence(self)
        for definition in CORSFacts.definitions { definition.add(to: &facts, from: evidence) }
        return facts
    }
}
