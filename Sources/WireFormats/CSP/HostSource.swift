/// `host-source`: hosts, perhaps with a scheme, a port and a path (CSP Level 3 §2.3.1).
package struct HostSource: Hashable, Sendable {
    package enum Port: Hashable, Sendable {
        case any
        case number(Int)
    }

    /// In lower case; nil stands for the page's own scheme.
    package let scheme: String?
    /// In lower case: a name, `*`, or `*.` and a name.
    package let host: String
    /// nil stands for the scheme's own port.
    package let port: Port?
    /// Empty for every path; a folder ends with a slash.
    package let path: String

    package init(scheme: String? = nil, host: String, port: Port? = nil, path: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// nil when the text is no `host-source`; a query behind the path is left out, as browsers do.
    package init?(_ text: String) {
        var rest = text[...].utf8
        let beginning = rest.prefix { $0 != UInt8(ascii: ":") }
        if rest[beginning.endIndex...].starts(with: "://".utf8) {
            guard Self.isScheme(beginning) else { return nil }
            scheme = String(Substring(beginning)).asciiLowercased
            rest = rest[beginning.endIndex...].dropFirst(3)
        } else {
            scheme = nil
        }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        let host = authority.prefix { $0 != UInt8(ascii: ":") }
        guard Self.isHost(host), let port = Self.port(authority[host.endIndex...]) else { return nil }
        self.host = String(Substring(host)).asciiLowercased
        self.port = port
        let path = rest[authority.endIndex...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        self.path = String(Substring(path))
    }

    private static func isScheme(_ text: Substring.UTF8View) -> Bool {
        text.first?.isASCIILetter == true
            && text.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
    }

    /// `*`, or labels of letters, digits, hyphens and underscores, the first of them perhaps `*`.
    private static func isHost(_ host: Substring.UTF8View) -> Bool {
        if host.elementsEqual("*".utf8) { return true }
        let labels = host.starts(with: "*.".utf8) ? host.dropFirst(2) : host
        return !labels.isEmpty && labels.first != UInt8(ascii: ".")
            && labels.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "-_.".utf8.contains($0) }
            && !zip(labels, labels.dropFirst()).contains { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: ".") }
    }

    /// The port after a colon; nil inside when there is none, nil outside when it is malformed.
    private static func port(_ text: Substring.UTF8View) -> Port?? {
        guard !text.isEmpty else { return .some(nil) }
        let digits = text.dropFirst()
        if digits.elementsEqual("*".utf8) { return .some(.any) }
        guard digits.count <= 5, digits.allSatisfy(\.isASCIIDigit), let number = Int(String(Substring(digits))),
            number <= 65535
        else { return nil }
        return .some(.number(number))
    }

    package var text: String {
        let portText =
            switch port {
            case nil: ""
            case .any: ":*"
            case .number(let number): ":\(number)"
            }
        return (scheme.map { $0 + "://" } ?? "") + host + portText + path
    }

    /// Whether it names no host at all: `*`, `https://*`, `*:443`.
    package var isAnyHost: Bool { host == "*" }

    /// Whether the host is an IPv4 address; browsers match none of them but 127.0.0.1 (§6.7.2.10).
    package var isAddress: Bool { IPAddress(host) != nil }
}
