/// One `Set-Cookie` field line, read as a browser reads it (RFC 6265bis §5.6); `CookieStorage` judges it.
package struct SetCookie: Equatable, Sendable {
    package enum SameSite: String, Sendable, CaseIterable {
        case strict, lax, none
    }

    /// As sent, case kept; empty when the pair has no `=`.
    package let name: String
    /// As sent, without blanks at both ends; in a capture it is a mark, see `valueLength`.
    package let value: String
    package let isSecure: Bool
    package let isHTTPOnly: Bool
    package let isPartitioned: Bool
    /// nil when not sent or not one of the three: browsers then use their default.
    package let sameSite: SameSite?
    /// What the SameSite attribute says when that is none of the three; nil otherwise.
    package let unknownSameSite: String?
    /// As sent; nil when not sent, empty or not absolute: browsers then use the request's folder.
    package let path: String?
    /// In lower case without a leading dot; nil when not sent or empty: the cookie is for the host alone.
    package let domain: String?
    /// Seconds, not capped; nil when not sent or no number, 0 or less when the cookie is to be removed.
    package let maxAge: Int64?
    /// Seconds since 1970; nil when not sent or no date.
    package let expires: Int64?
    /// Whether a control character other than a tab stands in the line, so that browsers ignore it whole.
    package let hasControlCharacter: Bool

    /// nil when there is no cookie to speak of: neither name nor value.
    package init?(_ line: String) {
        let parts = line.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let pair = Self.pair(parts[0])
        name = pair.value == nil ? "" : pair.name
        value = pair.value ?? pair.name
        guard !(name.isEmpty && value.isEmpty) else { return nil }
        hasControlCharacter = !FieldSyntax.isFieldValue(line)
        let attributes = Self.attributes(parts.dropFirst())
        isSecure = attributes["secure"] != nil
        isHTTPOnly = attributes["httponly"] != nil
        isPartitioned = attributes["partitioned"] != nil
        let sameSite = attributes["samesite"]
        self.sameSite = sameSite.flatMap { SameSite(rawValue: $0.asciiLowercased) }
        unknownSameSite = self.sameSite == nil ? sameSite : nil
        path = attributes["path"].flatMap { $0.utf8.first == UInt8(ascii: "/") ? $0 : nil }
        domain = attributes["domain"].flatMap(Self.domain)
        maxAge = attributes["max-age"].flatMap(Self.seconds)
        expires = attributes["expires"].flatMap(CookieDate.seconds)
    }

    /// The last attribute of a name counts; one longer than 1024 bytes is ignored (§5.6).
    ///
    /// `Max-Age` and `Expires` that cannot be read are no attributes, so that an earlier readable one stays.
    private static func attributes(_ parts: some Sequence<Substring.UTF8View>) -> [String: String] {
        var attributes: [String: String] = [:]
        for part in parts {
            let pair = pair(part)
            let name = pair.name.asciiLowercased
            let value = pair.value ?? ""
            guard value.utf8.count <= 1024 else { continue }
            if name == "max-age", seconds(value) == nil { continue }
            if name == "expires", CookieDate.seconds(value) == nil { continue }
            attributes[name] = value
        }
        return attributes
    }

    private static func domain(_ text: String) -> String? {
        let name = text.utf8.first == UInt8(ascii: ".") ? String(text.dropFirst()) : text
        return name.isEmpty ? nil : name.asciiLowercased
    }

    /// `-` and digits, or digits (§5.6.2); what is too large stops at 2^53 − 1.
    private static func seconds(_ text: String) -> Int64? {
        guard text.utf8.first == UInt8(ascii: "-") else { return FieldSyntax.deltaSeconds(text) }
        return FieldSyntax.deltaSeconds(String(text.dropFirst())).map { -$0 }
    }

    private static func pair(_ part: Substring.UTF8View) -> (name: String, value: String?) {
        let equals = part.firstIndex(of: UInt8(ascii: "="))
        let name = String(Substring(part[..<(equals ?? part.endIndex)].trimmed(\.isBlank)))
        return (name, equals.map { String(Substring(part[part.index(after: $0)...].trimmed(\.isBlank))) })
    }
}

extension SetCookie {
    /// A name that binds the cookie to rules (RFC 6265bis §4.1.3), however its letters are cased (§5.7).
    package enum Prefix: String, Sendable, CaseIterable {
        case hostHTTP = "__Host-Http-"
        case host = "__Host-"
        case secure = "__Secure-"
        case http = "__Http-"

        /// The longest prefix that a name has; nil when it has none.
        package init?(of name: String) {
            let name = name.asciiLowercased
            guard let prefix = Self.allCases.first(where: { name.hasPrefix($0.rawValue.asciiLowercased) }) else {
                return nil
            }
            self = prefix
        }

        var isBoundToHost: Bool { self == .host || self == .hostHTTP }

        var isForServersOnly: Bool { self == .http || self == .hostHTTP }
    }

    package var prefix: Prefix? { Prefix(of: name) }

    /// Bytes of the value as the server sent it; a mark `[redacted LENGTH:8HEX]` tells the length of what it replaced.
    package var valueLength: Int {
        let start = "[redacted "
        guard value.hasPrefix(start), value.utf8.last == UInt8(ascii: "]") else { return value.utf8.count }
        let digits = value.utf8.dropFirst(start.utf8.count).prefix(while: \.isASCIIDigit)
        return Int(String(Substring(digits))) ?? value.utf8.count
    }

    /// Bytes of name and value together, which browsers limit.
    package var size: Int {
        let (sum, overflow) = name.utf8.count.addingReportingOverflow(valueLength)
        return overflow ? .max : sum
    }

    /// The longest name and value that browsers take, in bytes (§5.6).
    package static let largestSize = 4096

    /// The longest life that browsers grant, in seconds: 400 days (§5.5).
    package static let longestLife: Int64 = 34_560_000
}
