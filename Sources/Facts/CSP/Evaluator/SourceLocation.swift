import WireFormats

/// Host and path of a source, read as leniently as csp-evaluator does.
struct SourceLocation {
    /// In lower case, perhaps with `*.` before it; an IPv6 literal keeps its brackets.
    let host: String
    /// Empty or `/` for every path.
    let path: String

    /// nil when there is no host.
    init?(_ value: String) {
        let authorityAndPath = Self.withoutScheme(value)
        let authority = authorityAndPath.prefix { !"/?#\\".contains($0) }
        path = String(authorityAndPath[authority.endIndex...].prefix { !"?#".contains($0) })
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        let name =
            place.hasPrefix("[")
            ? place.prefix { $0 != "]" } + (place.contains("]") ? "]" : "") : place.prefix { $0 != ":" }
        guard !name.isEmpty else { return nil }
        host = String(name).asciiLowercased
    }

    /// Behind `scheme://` or `//`.
    static func withoutScheme(_ value: String) -> Substring {
        var rest = value[...].utf8
        let scheme = rest.prefix { $0 != UInt8(ascii: ":") }
        if !scheme.isEmpty, rest[scheme.endIndex...].starts(with: "://".utf8), scheme.allSatisfy(isSchemeByte) {
            rest = rest[scheme.endIndex...].dropFirst(3)
        }
        return Substring(rest.starts(with: "//".utf8) ? rest.dropFirst(2) : rest)
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "+-._".utf8.contains(byte)
    }

    /// Whether the host is an address, which browsers do not match (CSP Level 3 §6.7.2.10).
    var isAddress: Bool {
        let inner = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return IPAddress(inner) != nil
    }

    /// Whether the source allows a URL of that host, with a path that begins with one of those given, if any are.
    func allows(host other: String, paths: [String]) -> Bool {
        guard host == other || host.hasPrefix("*.") && other.hasSuffix(host.dropFirst()) else { return false }
        guard path.utf8.count > 1, !paths.isEmpty else { return true }
        return paths.contains { known in
            path.hasPrefix(known) || path.hasSuffix("/") && known.hasPrefix(path)
        }
    }
}
