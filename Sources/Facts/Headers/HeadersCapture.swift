import AuditModel

/// What the headers probe saw: a GET of the URL and of each redirect that it followed on the same host.
package struct HeadersCapture: ProbeCapture {
    package static let probe = ProbeKind.headers

    /// The URL that was asked for, without credentials.
    package var url: String
    /// In the order made; the last one is the response that the facts describe. Never empty.
    package var exchanges: [HTTPExchange]

    package init(url: String, exchanges: [HTTPExchange]) {
        self.url = url
        self.exchanges = exchanges
    }
}
