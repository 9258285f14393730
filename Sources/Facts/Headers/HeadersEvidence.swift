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
    /// Further paths, each seen as a page of its own, or why it was not.
    let paths: [(key: String, part: Result<HeadersEvidence, ProbeFailure>)]

    /// nil when the capture holds no response, which no probe records.
    init?(_ page: PageObservation) {
        guard let response = page.exchanges.last else { return nil }
        self.page = page
        self.response = response
        isHTTPS = (try? URLReference(response.url))?.scheme == .https
        let fields = Dictionary(grouping: response.fields) { $0.name.asciiLowercased }.mapValues { $0.map(\.value) }
        self.fields = fields
        contentType = fields["content-type"].flatMap(MediaType.extract)
        hsts = isHTTPS ? fields["strict-transport-security"]?.first.map(StrictTransportSecurity.init) : nil
        policies = ContentSecurityPolicy.policies(lines: fields["content-security-policy"] ?? [])
        cacheControl = CacheControl(lines: fields["cache-control"] ?? [])
        paths = (page.paths ?? []).map { ($0.path, Self.part($0, hints: page.hints)) }
    }

    private static func part(_ visit: PathVisit, hints: PageHints?) -> Result<HeadersEvidence, ProbeFailure> {
        let sent = PageHints(
            sendsCredentials: hints?.sendsCredentials, sendsAuthorization: hints?.sendsAuthorization)
        let page = PageObservation(
            url: visit.exchanges.first?.url ?? "", exchanges: visit.exchanges, outline: visit.outline,
            hints: sent)
        guard let evidence = HeadersEvidence(page) else {
            return .failure(visit.failure ?? ProbeFailure(.malformed, "the recording holds no response"))
        }
        return .success(evidence)
    }

    /// Whether the answer is for one person: the caller says so, credentials went or came, or access is denied.
    var isSensitive: Bool {
        page.hints?.isSensitive == true || page.hints?.sendsCredentials == true || has("set-cookie")
            || [401, 403].contains(response.status)
    }

    /// All lines of a field, its name in lower case; empty when it was not sent.
    func lines(_ name: String) -> [String] { fields[name] ?? [] }

    func has(_ name: String) -> Bool { fields[name] != nil }

    /// All lines joined as RFC 9110 §5.3 combines them; nil when the field was not sent.
    func combined(_ name: String) -> String? { fields[name]?.joined(separator: ", ") }
}
