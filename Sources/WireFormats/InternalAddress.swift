/// An address or host name that means something only inside a network.
package enum InternalAddress: Equatable, Sendable {
    /// Private, shared, link-local or loopback: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 §2.4.
    case address(String)
    /// `localhost` (RFC 6761), a name under `.local` (RFC 6762), `.internal` or another suffix of that use.
    case host(String)

    package var text: String {
        switch self {
        case .address(let text), .host(let text): text
        }
    }

    /// What stands in a text, in order, each once.
    package static func found(in text: String) -> [InternalAddress] {
        var seen: Set<String> = []
        return text.utf8.split { !isNameCharacter($0) }
            .compactMap { InternalAddress(word: $0) }
            .filter { seen.insert($0.text).inserted }
    }

    private init?(word: Substring.UTF8View) {
        let name = word.trimmed { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        // No host name is longer than 253 octets, no IPv6 address longer than 45.
        guard (2...260).contains(name.count),
            name.count == "localhost".utf8.count || name.contains(where: { $0 == 0x2E || $0 == 0x3A })
        else { return nil }
        let text = String(Substring(name)).asciiLowercased
        let host = String(text.prefix { $0 != ":" })
        if Self.isPrivateIPv4(host) {
            self = .address(host)
        } else if Self.isPrivateIPv6(text) {
            self = .address(text)
        } else if Self.isInternalHost(host) {
            self = .host(host)
        } else {
            return nil
        }
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || ".-_:".utf8.contains(byte)
    }

    private static func isPrivateIPv4(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? UInt8(String(Substring($0))) : nil }
        guard parts.count == 4, numbers.count == 4 else { return false }
        switch (numbers[0], numbers[1]) {
        case (10, _), (127, _), (192, 168), (169, 254), (172, 16...31), (100, 64...127): return true
        default: return false
        }
    }

    private static func isPrivateIPv6(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0.isASCIIDigit || (0x61...0x66).contains($0) || $0 == UInt8(ascii: ":") }),
            text.utf8.count(where: { $0 == UInt8(ascii: ":") }) >= 2, text.utf8.count <= 45
        else { return false }
        if text == "::1" { return true }
        let head = text.prefix { $0 != ":" }
        guard head.utf8.count == 4 else { return false }
        return ["fc", "fd", "fe8", "fe9", "fea", "feb"].contains(where: head.hasPrefix)
    }

    private static func isInternalHost(_ text: String) -> Bool {
        text == "localhost" || suffixes.contains { text.utf8.count > $0.utf8.count && text.hasSuffix($0) }
    }

    private static let suffixes = [
        ".internal", ".local", ".localhost", ".localdomain", ".lan", ".intranet", ".corp", ".home.arpa", ".svc"
    ]
}
