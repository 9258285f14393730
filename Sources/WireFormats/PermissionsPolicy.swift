import RawStructuredFieldValues

/// All `Permissions-Policy` field lines of a response (W3C Permissions Policy §5.2, a dictionary of RFC 9651 §3.2).
package struct PermissionsPolicy: Equatable, Sendable {
    /// A feature and who may use it.
    package struct Feature: Equatable, Sendable {
        package let name: String
        /// `*`, `self` and origins; empty when nobody may.
        package let allowed: [String]
    }

    /// The longest value that is read; the dictionary's parser takes quadratic time.
    package static let longestValue = 8192

    /// Whether the lines are a structured dictionary; browsers drop the field when they are not.
    package let isValid: Bool
    /// Whether the value is of the form of the older `Feature-Policy` field, which no browser reads here.
    package let isLegacySyntax: Bool
    /// In the order written; empty when invalid.
    package let features: [Feature]

    package init(lines: [String]) {
        let value = lines.joined(separator: ", ")
        let parsed = Self.parse(value)
        isValid = parsed != nil
        features = parsed ?? []
        isLegacySyntax = parsed == nil && Self.isFeaturePolicy(value)
    }

    /// The features that nobody may use, the page itself included.
    package var denied: [String] { features.filter(\.allowed.isEmpty).map(\.name) }

    /// The features that every frame may use.
    package var wildcards: [String] { features.filter { $0.allowed.contains("*") }.map(\.name) }

    private static func parse(_ value: String) -> [Feature]? {
        guard value.utf8.count <= longestValue else { return nil }
        var parser = StructuredFieldValueParser(Array(value.utf8))
        guard let dictionary = try? parser.parseDictionaryFieldValue() else { return nil }
        return dictionary.map { name, member in
            switch member {
            case .item(let item): Feature(name: name, allowed: text(of: item).map { [$0] } ?? [])
            case .innerList(let list): Feature(name: name, allowed: list.bareInnerList.compactMap(text))
            }
        }
    }

    /// A string, or one of the two tokens that there are; anything else names nobody (§5.2).
    private static func text(of item: Item) -> String? {
        switch item.rfc9651BareItem {
        case .token(let token): ["*", "self"].contains(token) ? token : nil
        case .string(let string): string
        default: nil
        }
    }

    /// `geolocation 'none'; camera 'self' https://a.example`: one directive at least has a quoted keyword or `*`.
    private static func isFeaturePolicy(_ value: String) -> Bool {
        FieldSyntax.split(value, at: UInt8(ascii: ";")).contains { directive in
            let words = directive.utf8.split(whereSeparator: \.isASCIIWhitespace).map { String(Substring($0)) }
            guard let name = words.first, FieldSyntax.isToken(name) else { return false }
            return words.dropFirst().contains { ["'none'", "'self'", "'src'", "*"].contains($0.asciiLowercased) }
        }
    }
}
