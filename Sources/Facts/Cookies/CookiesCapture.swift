import AuditModel

/// The page with the cookies that it and plain HTTP set, and a second answer that tells which change.
package struct CookiesCapture: PageCapture {
    package static let probe = ProbeKind.cookies
    package static let visits: Set<PageVisitKind> = [.again, .http]

    package var page: PageObservation

    package init(page: PageObservation) { self.page = page }
}
