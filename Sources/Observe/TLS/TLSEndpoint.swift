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

    /// Throws for an http URL: its port is not expected to speak TLS.
    init(_ url: URLReference, in context: ProbeContext) throws(ProbeFailure) {
        guard url.scheme == .https else {
            throw ProbeFailure(.unsupported, "\(url.text) is an http URL, so there is no TLS to look at")
        }
        host = url.host
        port = url.port
        route = try Route(to: url, in: context)
        serverName = IPAddress(url.host) == nil ? canonicalName(url.host) : nil
    }
}
