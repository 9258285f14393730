import AuditModel

/// What the passive HTTP probes ask of one page, each once for all of them.
package enum PageVisitKind: String, Sendable, Codable, CaseIterable, Hashable {
    /// A second GET of the page: what changes from one answer to the next.
    case again
    /// A path that no service has.
    case notFound
    /// OPTIONS on the page, with a foreign origin that asks for a GET (Fetch, CORS-preflight fetch).
    case options
    /// The same page from plain HTTP on, redirects on the same host included.
    case http
    /// The page over HTTP/2.
    case http2
    /// A request that breaks RFC 9112. Active.
    case badRequest
    /// A method that no page answers. Active.
    case otherMethod
    /// Plain HTTP with a Host field of somebody else's. Active.
    case foreignHost
    /// Plain HTTP with an X-Forwarded-Host field. Active.
    case forwardedHost
}

/// One visit: what was sent and answered, or why nothing was.
package struct PageVisit: Codable, Sendable, Equatable {
    package var kind: PageVisitKind
    /// In the order made; redirects on the same host are followed, so the last one is the answer.
    ///
    /// After a failure they are those before it: a chain of too many redirects is told as far as it was followed.
    package var exchanges: [HTTPExchange]
    /// What an HTML answer holds; nil for other media types.
    package var outline: PageOutline?
    /// nil when the chain came to its end.
    package var failure: ProbeFailure?

    package init(
        _ kind: PageVisitKind, exchanges: [HTTPExchange] = [], outline: PageOutline? = nil,
        failure: ProbeFailure? = nil
    ) {
        self.kind = kind
        self.exchanges = exchanges
        self.outline = outline
        self.failure = failure
    }

    package var answer: HTTPExchange? { exchanges.last }
}

extension PageVisit {
    /// Whose host `foreignHost` and `forwardedHost` name. No such host exists (RFC 6761 §6.4).
    package static let foreignHost = "gonogo-probe.invalid"
    /// The origin that `options` asks for.
    package static let foreignOrigin = "https://" + foreignHost
}

/// A further path of the same origin, and its page.
package struct PathVisit: Codable, Sendable, Equatable {
    package var path: String
    /// As in `PageVisit`; empty after a failure.
    package var exchanges: [HTTPExchange]
    package var outline: PageOutline?
    package var failure: ProbeFailure?

    package init(
        path: String, exchanges: [HTTPExchange] = [], outline: PageOutline? = nil, failure: ProbeFailure? = nil
    ) {
        self.path = path
        self.exchanges = exchanges
        self.outline = outline
        self.failure = failure
    }
}
