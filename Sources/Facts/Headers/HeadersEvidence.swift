import AuditModel
import WireFormats

/// What the headers probe saw, parsed once; the facts read it.
package struct HeadersEvidence: Sendable {
    let page: PageObservation
    /// The last response of the chain.
    let response: HTTPExchange
    let isHTTPS: Bool
    /// Values by name in lower case, in the order received.
    let fields: [String: [String]]
    let contentType: (essence: String, charset: String?)?
    /// The first line over HTTPS, the only one that counts (RFC 6797 §8.1); nil over plain HTTP.
    let hsts: StrictTransportSecurity?
    /// The enforced policies of the header; those of a `<meta>` element are not among them.
    let policies: [ContentSecurityPolicy]
    let cacheControl: CacheControl
    /// Of every response of the chain; lines that browsers ignore are left out.
    let cookies: [SetCookie]

    /// nil when the capture holds no response, which no probe records.
    init?(_ capture: HeadersCapture) {
        guard let response = capture.page.exchanges.last else { return nil }
        page = capture.page
        self.response = response
        isHTTPS = (try? URLReference(response.url))?.scheme == .https
        let fields = Dictionary(grouping: response.fields) { $0.name.asciiLowercased }.mapValues { $0.map(\.value) }
        self.fields = fields
        contentType = fields["content-type"].flatMap(MediaType.extract)
        hsts = isHTTPS ? fields["strict-transport-security"]?.first.map(StrictTransportSecurity.init) : nil
        policies = ContentSecurityPolicy.policies(lines: fields["content-security-policy"] ?? [])
        cacheControl = CacheControl(lines: fields["cache-control"] ?? [])
        cookies = page.exchanges.flatMap { $0.values(of: "set-cookie").compactMap(SetCookie.init) }
    }

    /// All lines of a field, its name in lower case; empty when it was not sent.
    func lines(_ name: String) -> [String] { fields[name] ?? [] }

    func has(_ name: String) -> Bool { fields[name] != nil }

    /// All lines joined as RFC 9110 §5.3 combines them; nil when the field was not sent.
    func combined(_ name: String) -> String? { fields[name]?.joined(separator: ", ") }
}
