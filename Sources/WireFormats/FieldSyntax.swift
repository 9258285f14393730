/// What header fields share: tokens, quoted strings, lists and numbers (RFC 9110 §5.6).
package enum FieldSyntax {
    /// Whether the text is a `token` (§5.6.2): at least one character, none of them a separator.
    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(\.isTokenCharacter)
    }

    /// Whether a field's value holds only what a sender may send (§5.5): no control characters except tab.
    package static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// The members of a field that is a list (§5.6.1) over all its lines, trimmed, empty ones left out.
    package static func list(_ lines: [String]) -> [String] {
        combinedValues(lines).filter { !$0.isEmpty }
    }

    /// Fetch's "get, decode, and split": all lines joined and split at commas outside quotes, empty values kept.
    package static func combinedValues(_ lines: [String]) -> [String] {
        lines.flatMap { split($0, at: UInt8(ascii: ",")) }
    }

    /// The parts between separators that stand outside quoted strings, trimmed; an unclosed quote runs to the end.
    package static func split(_ text: String, at separator: UInt8) -> [String] {
        var parts: [String] = []
        let bytes = text[...].utf8
        var start = bytes.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                parts.append(trimmed(bytes[start..<index]))
                start = bytes.index(after: index)
            }
        }
        parts.append(trimmed(bytes[start...]))
        return parts
    }

    /// The text without blanks at both ends (§5.6.3).
    package static func trimmed(_ text: String) -> String { trimmed(text[...].utf8) }

    /// A whole number of seconds (RFC 9111 §1.2.2), nil for anything but digits.
    ///
    /// Larger numbers stop at 2^53 − 1, the largest that every reader of JSON keeps exact.
    package static func deltaSeconds(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        let largest: Int64 = 9_007_199_254_740_991
        return Int64(text).map { min($0, largest) } ?? largest
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> String {
        String(Substring(bytes.trimmed(\.isBlank)))
    }
}

/// One `name` or `name=value` of a field, the value a token or a quoted string (RFC 9110 §5.6.6, RFC 9111 §5.2).
package struct FieldDirective: Equatable, Sendable {
    /// In lower case: names of directives do not differ by case.
    package let name: String
    /// Without the quotes and their escapes; nil when there is no `=`.
    package let value: String?
    package let isQuoted: Bool

    /// nil unless the name is a token and the value, if any, a token or a whole quoted string.
    package init?(_ text: String) {
        let bytes = text[...].utf8
        let equals = bytes.firstIndex(of: UInt8(ascii: "="))
        let name = FieldSyntax.trimmed(String(Substring(bytes[..<(equals ?? bytes.endIndex)])))
        guard FieldSyntax.isToken(name) else { return nil }
        self.name = name.asciiLowercased
        guard let equals else {
            value = nil
            isQuoted = false
            return
        }
        let written = FieldSyntax.trimmed(String(Substring(bytes[bytes.index(after: equals)...])))
        if FieldSyntax.isToken(written) {
            value = written
            isQuoted = false
        } else if let unquoted = Self.unquoted(written) {
            value = unquoted
            isQuoted = true
        } else {
            return nil
        }
    }

    /// The content of a `quoted-string` (§5.6.4); nil when the text is anything else.
    private static func unquoted(_ text: String) -> String? {
        guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\"") else { return nil }
        var content: [UInt8] = []
        var isEscaped = false
        var position = 1
        for byte in text.utf8.dropFirst() {
            position += 1
            if isEscaped {
                content.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                guard position == text.utf8.count else { return nil }
                return String(decoding: content, as: UTF8.self)
            } else {
                content.append(byte)
            }
        }
        return nil
    }
}
