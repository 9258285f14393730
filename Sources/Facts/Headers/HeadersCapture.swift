import AuditModel

/// What the headers probe saw: the page, other answers of the same origin, and further paths.
package struct HeadersCapture: PageCapture {
    package static let probe = ProbeKind.headers
    package static let visits: Set<PageVisitKind> = [.notFound, .options, .http, .http2, .badRequest, .otherMethod]

    package var page: PageObservation

    package init(page: PageObservation) { self.page = page }
}
