/// One `Set-Cookie` field line, read as a browser reads it (RFC 6265 §5.2, RFC 6265bis §5.6).
package struct SetCookie: Equatable, Sendable {
    package enum SameSite: String, Sendable, CaseIterable {
        case strict, lax, none
    }

    /// As sent, case kept; empty when the line has no `=`.
    package let name: String
    package let isSecure: Bool
    package let isHTTPOnly: Bool
    /// nil when not sent or not one of the three: browsers then use their default.
    package let sameSite: SameSite?
    /// As sent; nil when not sent, empty or not absolute: browsers then use the request's folder.
    package let path: String?

    /// nil when a browser ignores the line: no name and no value, or a control character other than tab.
    package init?(_ line: String) {
        guard FieldSyntax.isFieldValue(line) else { return nil }
        let parts = line.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let pair = Self.pair(parts[0])
        name = pair.value == nil ? "" : pair.name
        guard !(name.isEmpty && (pair.value ?? pair.name).isEmpty) else { return nil }
        let attributes = Self.attributes(parts.dropFirst())
        isSecure = attributes["secure"] != nil
        isHTTPOnly = attributes["httponly"] != nil
        sameSite = attributes["samesite"].flatMap { SameSite(rawValue: $0.asciiLowercased) }
        path = attributes["path"].flatMap { $0.utf8.first == UInt8(ascii: "/") ? $0 : nil }
    }

    /// The last attribute of a name counts; one longer than 1024 bytes is ignored (RFC 6265bis §5.6).
    private static func attributes(_ parts: some Sequence<Substring.UTF8View>) -> [String: String] {
        var attributes: [String: String] = [:]
        for part in parts {
            let pair = pair(part)
            guard (pair.value ?? "").utf8.count <= 1024 else { continue }
            attributes[pair.name.asciiLowercased] = pair.value ?? ""
        }
        return attributes
    }

    private static func pair(_ part: Substring.UTF8View) -> (name: String, value: String?) {
        let equals = part.firstIndex(of: UInt8(ascii: "="))
        let name = String(Substring(part[..<(equals ?? part.endIndex)].trimmed(\.isBlank)))
        return (name, equals.map { String(Substring(part[part.index(after: $0)...].trimmed(\.isBlank))) })
    }
}
