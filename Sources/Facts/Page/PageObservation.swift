import AuditModel

/// One page as the passive HTTP probes see it together; each keeps the visits that its facts read.
package struct PageObservation: Codable, Sendable, Equatable {
    /// The URL that was asked for, without credentials.
    package var url: String
    /// A GET of the URL and of each redirect followed on the same host; the last is the page. Never empty.
    package var exchanges: [HTTPExchange]
    /// What the page holds; nil when it is not HTML.
    package var outline: PageOutline?
    /// At most one of a kind.
    package var visits: [PageVisit]?
    /// Further paths that the caller named.
    package var paths: [PathVisit]?
    /// How many requests were sent for all of this; nil in recordings that do not tell.
    package var requests: Int?
    /// What the caller said about the page; nil for nothing.
    package var hints: PageHints?

    package init(
        url: String, exchanges: [HTTPExchange], outline: PageOutline? = nil, visits: [PageVisit]? = nil,
        paths: [PathVisit]? = nil, requests: Int? = nil, hints: PageHints? = nil
    ) {
        self.url = url
        self.exchanges = exchanges
        self.outline = outline
        self.visits = visits
        self.paths = paths
        self.requests = requests
        self.hints = hints
    }

    /// The requests that were sent, or as many as the recording shows.
    package var requestCount: Int { requests ?? exchanges.count }

    /// nil when the recording has no such visit.
    package subscript(_ kind: PageVisitKind) -> PageVisit? { visits?.first { $0.kind == kind } }

    /// The answer to a visit; throws why there is none.
    package func answer(to kind: PageVisitKind) throws(ProbeFailure) -> HTTPExchange {
        guard let visit = self[kind] else { throw .notAsked }
        if let answer = visit.answer { return answer }
        throw visit.failure ?? ProbeFailure(.malformed, "the recording holds no response")
    }
}

/// The capture of a probe that looks at a page.
package protocol PageCapture: ProbeCapture {
    /// The visits besides the page itself that the probe's facts read.
    static var visits: Set<PageVisitKind> { get }
    var page: PageObservation { get }
    init(page: PageObservation)
}

extension PageCapture {
    /// A capture is written as its page.
    package init(from decoder: any Decoder) throws {
        self.init(page: try PageObservation(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws { try page.encode(to: encoder) }
}
