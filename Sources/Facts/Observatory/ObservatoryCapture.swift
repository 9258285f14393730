import AuditModel

/// What the HTTP Observatory scores: the page over HTTPS, the way there from plain HTTP, the answer to OPTIONS.
package struct ObservatoryCapture: PageCapture {
    package static let probe = ProbeKind.observatory
    package static let visits: Set<PageVisitKind> = [.http, .options]

    package var page: PageObservation

    package init(page: PageObservation) { self.page = page }
}
