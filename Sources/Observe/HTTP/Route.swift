import AuditModel
import NIOCore
import WireFormats

/// Where a connection for an origin goes, and through what.
struct Route: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case direct
        /// A proxy that is asked for the absolute URL (RFC 9112 §3.2.2).
        case forward(authorization: String?)
        /// A proxy that connects us through (RFC 9110 §9.3.6).
        case tunnel(authorization: String?)
        /// A Unix domain socket, whose path stands in the place of the host.
        case socket
    }

    /// Scheme, host and port of the target; the path is `/`.
    let origin: URLReference
    /// The host or address to connect to, and its port.
    let host: String
    let port: Int
    let kind: Kind

    /// For reasons: the target's host and port, and where the connection really goes when that is elsewhere.
    var place: String {
        if kind == .socket { return "the socket \(host)" }
        let target = origin.hostAndPort
        let address = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
        switch kind {
        case .direct: return address == target ? target : "\(target) at \(address)"
        case .forward, .tunnel, .socket: return "\(target) through the proxy \(address)"
        }
    }

    /// The route to a Unix domain socket; the origin's host is what the `Host` field says.
    init(socket path: String, origin: URLReference) {
        self.origin = origin
        host = path
        port = 0
        kind = .socket
    }

    /// The route to a URL: an override of `--resolve` wins over a proxy, and a proxy over the direct way.
    init(to url: URLReference, in context: ProbeContext) throws(ProbeFailure) {
        origin = url.atRoot
        if let override = context.resolve.first(where: { $0.covers(url) }) {
            host = override.address
            port = override.toPort ?? url.port
            kind = .direct
        } else if let proxy = try context.proxies.proxy(for: url) {
            let authorization = proxy.userinfo.map { "Basic " + Base64.encode(percentDecoded($0)) }
            host = proxy.host
            port = proxy.port
            kind = url.scheme == .https ? .tunnel(authorization: authorization) : .forward(authorization: authorization)
        } else {
            host = url.host
            port = url.port
            kind = .direct
        }
    }
}

extension URLReference {
    /// The same origin with the path `/`.
    var atRoot: URLReference {
        var root = self
        (root.path, root.query, root.userinfo) = ("/", nil, nil)
        return root
    }
}

extension ResolveOverride {
    fileprivate func covers(_ url: URLReference) -> Bool {
        (port == nil || port == url.port) && sameHost(host, url.host)
    }
}

/// Whether two hosts are one: names without regard to case and final dot, addresses by value.
func sameHost(_ left: String, _ right: String) -> Bool {
    if let left = IPAddress(unbracketed(left)), let right = IPAddress(unbracketed(right)) { return left == right }
    return canonicalName(left) == canonicalName(right)
}

/// A domain name in lower case without its final dot.
func canonicalName(_ name: some StringProtocol) -> String {
    let name = name.lowercased()
    return name.hasSuffix(".") ? String(name.dropLast()) : name
}

private func unbracketed(_ host: String) -> String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
}

/// The bytes that a percent-encoded text stands for (RFC 3986 §2.1).
func percentDecoded(_ text: String) -> [UInt8] {
    var output: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        let digits = rest.prefix(2)
        if byte == UInt8(ascii: "%"), digits.count == 2,
            let decoded = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        {
            output.append(decoded)
            rest = rest.dropFirst(2)
        } else {
            output.append(byte)
        }
    }
    return output
}
