import AuditModel

/// What the observatory probe saw, parsed once; the facts read it.
package struct ObservatoryEvidence: Sendable {
    let page: PageObservation
    /// The last response of the chain.
    let response: HTTPExchange

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: ObservatoryCapture) {
        guard let response = capture.page.exchanges.last else { return nil }
        page = capture.page
        self.response = response
    }
}
