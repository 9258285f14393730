import AuditModel

/// What the csp probe saw, parsed once; the facts read it.
package struct CSPEvidence: Sendable {
    let page: PageObservation
    /// The last response of the chain.
    let response: HTTPExchange

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: CSPCapture) {
        guard let response = capture.page.exchanges.last else { return nil }
        page = capture.page
        self.response = response
    }
}
