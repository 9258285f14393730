import AuditModel

/// The page with its policies, and a second answer that tells whether nonces change.
package struct CSPCapture: PageCapture {
    package static let probe = ProbeKind.csp
    package static let visits: Set<PageVisitKind> = [.again]

    package var page: PageObservation

    package init(page: PageObservation) { self.page = page }
}
