import AuditModel

/// The way from plain HTTP to the page.
package struct RedirectCapture: PageCapture {
    package static let probe = ProbeKind.redirect
    package static let visits: Set<PageVisitKind> = [.http, .foreignHost, .forwardedHost]

    package var page: PageObservation

    package init(page: PageObservation) { self.page = page }
}
