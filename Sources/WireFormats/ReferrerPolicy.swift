/// All `Referrer-Policy` field lines of a response (W3C Referrer Policy §8.1: the last known token counts).
package struct ReferrerPolicy: Equatable, Sendable {
    package enum Token: String, Sendable, CaseIterable {
        case noReferrer = "no-referrer"
        case noReferrerWhenDowngrade = "no-referrer-when-downgrade"
        case sameOrigin = "same-origin"
        case origin
        case strictOrigin = "strict-origin"
        case originWhenCrossOrigin = "origin-when-cross-origin"
        case strictOriginWhenCrossOrigin = "strict-origin-when-cross-origin"
        case unsafeURL = "unsafe-url"

        /// Whether no other site learns more than the origin, and none over plain HTTP.
        package var isSafe: Bool {
            switch self {
            case .noReferrer, .sameOrigin, .strictOrigin, .strictOriginWhenCrossOrigin: true
            case .noReferrerWhenDowngrade, .origin, .originWhenCrossOrigin, .unsafeURL: false
            }
        }
    }

    /// In lower case, in order, over all lines.
    package let tokens: [String]
    package let unknownTokens: [String]
    /// nil when no token is known: the browser's default stays.
    package let effective: Token?

    package init(lines: [String]) {
        tokens = FieldSyntax.list(lines).map(\.asciiLowercased)
        unknownTokens = tokens.filter { Token(rawValue: $0) == nil }
        effective = tokens.lazy.reversed().compactMap(Token.init).first
    }
}

extension ReferrerPolicy {
    /// What a `<meta name=referrer>` element says (HTML, "referrer" metadata name); nil for nothing known.
    package static func token(ofMeta content: String) -> Token? {
        switch content.asciiLowercased {
        case "never": .noReferrer
        case "default": .strictOriginWhenCrossOrigin
        case "always": .unsafeURL
        case "origin-when-crossorigin": .originWhenCrossOrigin
        case let text: Token(rawValue: text)
        }
    }
}
