/// A DNS name that a certificate presents as its subject alternative name (RFC 9525 §6.3).
package struct PresentedName: Hashable, Sendable {
    private let isWildcard: Bool
    private let text: String

    /// nil when the bytes are no name that may be matched: a wildcard that is not the whole leftmost label, or that
    /// stands for everything below a top-level name, matches nothing.
    package init?(_ bytes: some Collection<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self).asciiLowercased
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.isEmpty else { return nil }
        self.text = text
        isWildcard = text.hasPrefix("*.")
        let rest = isWildcard ? String(text.dropFirst(2)) : text
        guard !rest.contains("*"), !isWildcard || rest.contains(".") else { return nil }
    }

    /// Whether it names the host, which is a domain name without regard to case and to a final dot.
    package func names(_ host: String) -> Bool {
        var host = host.asciiLowercased
        if host.hasSuffix(".") { host.removeLast() }
        guard isWildcard else { return host == text }
        guard let dot = host.firstIndex(of: "."), dot > host.startIndex else { return false }
        return host[host.index(after: dot)...] == text.dropFirst(2)
    }
}
