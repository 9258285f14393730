import AuditModel
import WireFormats

extension ProxySettings {
    /// The proxy for a URL; nil to connect directly. Loopback needs an exception like every other host.
    func proxy(for url: URLReference) throws(ProbeFailure) -> URLReference? {
        let isSecure = url.scheme == .https
        guard let text = isSecure ? https : http, !text.isEmpty, !exempts(url.host) else { return nil }
        let name = isSecure ? "HTTPS_PROXY" : "HTTP_PROXY"
        do {
            let proxy = try URLReference(text.contains("://") ? text : "http://" + text)
            guard proxy.scheme == .http else {
                throw ProbeFailure(.unsupported, "a proxy that is itself reached by TLS (\(name)) is not supported")
            }
            return proxy
        } catch let problem as URLReference.Problem {
            throw ProbeFailure(.unsupported, "\(name) names no usable proxy: \(problem.reason)")
        } catch let failure as ProbeFailure {
            throw failure
        } catch {
            throw ProbeFailure(.unsupported, "\(name) names no usable proxy")
        }
    }

    /// Whether `NO_PROXY` covers a host, by curl's rules: `*`, a name and all names below it, an address, a network.
    package func exempts(_ host: String) -> Bool {
        exceptions.contains { entry in
            let entry = entry.filter { $0 != " " && $0 != "\t" }
            if entry == "*" { return true }
            if let address = IPAddress(host) { return Self.covers(entry, address) }
            let suffix = canonicalName(entry.drop { $0 == "." })
            let name = canonicalName(host)
            return !suffix.isEmpty && (name == suffix || name.hasSuffix("." + suffix))
        }
    }

    /// An address `10.0.0.1` or `[::1]`, or a network `10.0.0.0/8` (RFC 4632 §3.1).
    private static func covers(_ entry: String, _ address: IPAddress) -> Bool {
        let parts = entry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let text = parts[0].hasPrefix("[") && parts[0].hasSuffix("]") ? parts[0].dropFirst().dropLast() : parts[0]
        guard let network = IPAddress(text) else { return false }
        guard parts.count == 2 else { return network == address }
        guard let bits = Int(parts[1]) else { return false }
        return address.hasPrefix(network, bits: bits)
    }
}
