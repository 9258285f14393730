import AuditModel
import WireFormats

/// A server as the probe was asked for it.
struct TLSEndpoint: Sendable {
    /// A domain name, or an address without brackets.
    let host: String
    let port: Int
    let route: Route
    /// What hellos name (RFC 6066 §3): no dot at its end; nil for an address.
    let serverName: String?

    /// TLS is spoken to the URL's port whatever its scheme says.
    init(_ url: URLReference, in context: ProbeContext) throws(ProbeFailure) {
        var url = url
        url.scheme = .https
        host = url.host
        port = url.port
        route = try Route(to: url, in: context)
        serverName = IPAddress(url.host) == nil ? canonicalName(url.host) : nil
    }
}
