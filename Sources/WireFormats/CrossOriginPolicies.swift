import RawStructuredFieldValues

/// All lines of `Cross-Origin-Opener-Policy` or `Cross-Origin-Embedder-Policy` (HTML standard: a structured item).
package struct CrossOriginPolicy<Value: RawRepresentable & Sendable & Equatable>: Equatable, Sendable
where Value.RawValue == String {
    /// nil when the lines are no token of the known ones; browsers then behave as for `unsafe-none`.
    package let policy: Value?
    /// The reporting endpoint's name; nil for none.
    package let reportTo: String?

    package init(lines: [String]) {
        let value = lines.joined(separator: ", ")
        guard value.utf8.count <= PermissionsPolicy.longestValue else {
            policy = nil
            reportTo = nil
            return
        }
        var parser = StructuredFieldValueParser(Array(value.utf8))
        guard let item = try? parser.parseItemFieldValue(), case .token(let token) = item.rfc9651BareItem else {
            policy = nil
            reportTo = nil
            return
        }
        policy = Value(rawValue: token)
        if case .string(let name)? = item.rfc9651Parameters["report-to"] { reportTo = name } else { reportTo = nil }
    }
}

/// `Cross-Origin-Opener-Policy`: with which pages this one shares a browsing context group.
package enum OpenerPolicy: String, Sendable, CaseIterable {
    case sameOrigin = "same-origin"
    case sameOriginAllowPopups = "same-origin-allow-popups"
    case noopenerAllowPopups = "noopener-allow-popups"
    case unsafeNone = "unsafe-none"
}

/// `Cross-Origin-Embedder-Policy`: what this page may embed.
package enum EmbedderPolicy: String, Sendable, CaseIterable {
    case requireCORP = "require-corp"
    case credentialless
    case unsafeNone = "unsafe-none"
}

/// `Cross-Origin-Resource-Policy` (Fetch standard): who may embed this resource; the exact text in one line.
package enum ResourcePolicy: String, Sendable, CaseIterable {
    case sameOrigin = "same-origin"
    case sameSite = "same-site"
    case crossOrigin = "cross-origin"

    /// nil when the lines, joined, are not exactly one known value; browsers then ignore the field.
    package init?(lines: [String]) { self.init(rawValue: lines.joined(separator: ", ")) }
}
