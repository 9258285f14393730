/// An absolute `http` or `https` URL (RFC 3986), ready to be asked for: normalised, without fragment.
package struct URLReference: Hashable, Sendable {
    package enum Scheme: String, Sendable, Hashable, Codable {
        case http, https

        package var defaultPort: Int { self == .https ? 443 : 80 }
    }

    /// Why a text is no URL that can be asked for.
    package struct Problem: Error, Hashable, Sendable {
        /// One sentence fragment; it quotes nothing of the text.
        package let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    package var scheme: Scheme
    /// Lower case, an IPv6 literal without its brackets.
    package var host: String
    package var port: Int
    /// Begins with a slash, dot segments removed (RFC 3986 §5.2.4).
    package var path: String
    /// Without the question mark; nil when there is none.
    package var query: String?
    /// `user:password` as it stood before the `@`; nil when there was none. No other property or text holds it.
    package var userinfo: String?

    /// The longest text that is read, in bytes.
    package static let maximumLength = 8192

    /// Reads an absolute URL. Bytes outside ASCII and a few that RFC 3986 forbids in paths are percent-encoded.
    ///
    /// Control characters, spaces, backslashes, other schemes, an empty host and a port outside 1 to 65535 are
    /// problems; so is a host outside ASCII.
    package init(_ text: String) throws(Problem) {
        self = try Parser(text).absolute()
    }

    /// The URL that a reference in a response to this one points to (RFC 3986 §5.2), as in a `Location` field.
    package func resolving(_ reference: String) throws(Problem) -> URLReference {
        try Parser(reference).resolved(against: self)
    }

    /// The same origin, asked for another path and query; a missing first slash is added.
    package func withPath(_ path: String) throws(Problem) -> URLReference {
        try URLReference(origin + (path.utf8.first == UInt8(ascii: "/") ? path : "/" + path))
    }

    /// Host and port as the `Host` field has them: the port only when it is not the scheme's (RFC 9110 §7.2).
    package var authority: String {
        port == scheme.defaultPort ? bracketedHost : "\(bracketedHost):\(port)"
    }

    /// Host and port, always with the port.
    package var hostAndPort: String { "\(bracketedHost):\(port)" }

    package var origin: String { "\(scheme.rawValue)://\(authority)" }

    /// Path and query, as a request asks an origin server (RFC 9112 §3.2.1).
    package var requestTarget: String { query.map { "\(path)?\($0)" } ?? path }

    /// The whole URL without userinfo.
    package var text: String { origin + requestTarget }

    private var bracketedHost: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }
}

extension URLReference: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { text }
    package var debugDescription: String { text }
}

private struct Parser {
    /// The reference without its fragment.
    let bytes: ArraySlice<UInt8>

    init(_ text: String) throws(URLReference.Problem) {
        let all = Array(text.utf8)
        guard all.count <= URLReference.maximumLength else {
            throw .init("the URL is longer than \(URLReference.maximumLength) bytes")
        }
        if all.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            throw .init("a URL holds no spaces and no control characters")
        }
        // Browsers read a backslash as a slash and others do not, so that two of them may see two hosts.
        if all.contains(UInt8(ascii: "\\")) { throw .init("a URL holds no backslash") }
        bytes = all.prefix { $0 != UInt8(ascii: "#") }
    }

    func absolute() throws(URLReference.Problem) -> URLReference {
        guard let (scheme, rest) = try schemeAndRest() else {
            throw .init("a URL begins with https:// or http://")
        }
        guard rest.starts(with: Array("//".utf8)) else { throw .init("a URL has // after its scheme") }
        return try url(scheme, afterSlashes: rest.dropFirst(2))
    }

    func resolved(against base: URLReference) throws(URLReference.Problem) -> URLReference {
        if try schemeAndRest() != nil { return try absolute() }
        if bytes.starts(with: Array("//".utf8)) { return try url(base.scheme, afterSlashes: bytes.dropFirst(2)) }
        var result = base
        result.userinfo = nil
        let (path, query) = pathAndQuery(bytes)
        if path.isEmpty {
            result.query = query ?? (bytes.isEmpty ? base.query : nil)
        } else {
            let isAbsolute = path.utf8.first == UInt8(ascii: "/")
            result.path = withoutDotSegments(isAbsolute ? path : folder(of: base.path) + path)
            result.query = query
        }
        return result
    }

    /// nil for a reference without a scheme.
    private func schemeAndRest() throws(URLReference.Problem) -> (URLReference.Scheme, ArraySlice<UInt8>)? {
        let name = bytes.prefix { !":/?".utf8.contains($0) }
        guard name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: ":") else { return nil }
        guard let scheme = URLReference.Scheme(rawValue: String(decoding: name, as: UTF8.self).lowercased()) else {
            throw .init("only http and https can be asked for")
        }
        return (scheme, bytes[(name.endIndex + 1)...])
    }

    private func url(
        _ scheme: URLReference.Scheme, afterSlashes rest: ArraySlice<UInt8>
    ) throws(URLReference.Problem) -> URLReference {
        let authority = rest.prefix { !"/?".utf8.contains($0) }
        var url = try URLReference(scheme: scheme, authority: authority)
        let (path, query) = pathAndQuery(rest[authority.endIndex...])
        url.path = path.isEmpty ? "/" : withoutDotSegments(path)
        url.query = query
        return url
    }

    private func pathAndQuery(_ bytes: ArraySlice<UInt8>) -> (path: String, query: String?) {
        let path = bytes.prefix { $0 != UInt8(ascii: "?") }
        guard path.endIndex < bytes.endIndex else { return (encoded(path), nil) }
        return (encoded(path), encoded(bytes[(path.endIndex + 1)...]))
    }

    /// Percent-encodes what may not stand in a path or query; what is encoded already stays as it is.
    private func encoded(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var output: [UInt8] = []
        for byte in bytes {
            if byte >= 0x80 || "\"<>^`{|}".utf8.contains(byte) {
                output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private func folder(of path: String) -> String {
        let bytes = Array(path.utf8)
        let end = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    private func withoutDotSegments(_ path: String) -> String {
        var output: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { output.append("") }
            case "..":
                if !output.isEmpty { output.removeLast() }
                if isLast { output.append("") }
            default: output.append(segment)
            }
        }
        return "/" + output.joined(separator: "/")
    }
}

extension URLReference {
    /// `[userinfo@]host[:port]` (RFC 3986 §3.2) with path `/`.
    fileprivate init(scheme: Scheme, authority: ArraySlice<UInt8>) throws(Problem) {
        var rest = authority
        self.scheme = scheme
        path = "/"
        query = nil
        userinfo = nil
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            userinfo = String(decoding: authority[..<at], as: UTF8.self)
            rest = authority[(at + 1)...]
        }
        let portText: ArraySlice<UInt8>
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { throw Problem("a bracket is not closed") }
            host = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self).lowercased()
            guard let address = IPAddress(host), address.isVersion6 else {
                throw Problem("there is no IPv6 address between the brackets")
            }
            portText = rest[(end + 1)...]
        } else {
            let name = rest.prefix { $0 != UInt8(ascii: ":") }
            host = try Self.registeredName(name)
            portText = rest[name.endIndex...]
        }
        port = try Self.port(portText, of: scheme)
    }

    private static func registeredName(_ name: ArraySlice<UInt8>) throws(Problem) -> String {
        guard !name.isEmpty else { throw Problem("the host is missing") }
        guard name.count <= 254 else { throw Problem("the host is longer than a domain name may be") }
        if name.contains(where: { $0 >= 0x80 }) {
            throw Problem("the host must be written in ASCII (xn--…)")
        }
        let text = String(decoding: name, as: UTF8.self).lowercased()
        guard text.utf8.allSatisfy({ isHostByte($0) }), !text.hasPrefix("."), !text.contains("..") else {
            throw Problem("the host is no domain name and no address")
        }
        return text
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-._".utf8.contains(byte)
    }

    private static func port(_ text: ArraySlice<UInt8>, of scheme: Scheme) throws(Problem) -> Int {
        guard let colon = text.first else { return scheme.defaultPort }
        guard colon == UInt8(ascii: ":") else { throw Problem("only a port may follow the host") }
        let digits = text.dropFirst()
        if digits.isEmpty { return scheme.defaultPort }
        guard digits.count <= 5, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(port)
        else { throw Problem("the port is no number from 1 to 65535") }
        return port
    }
}
