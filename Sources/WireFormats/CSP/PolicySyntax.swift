/// What is wrong with how a policy is written, although browsers read it without complaint.
package struct PolicySyntax: Equatable, Sendable {
    package enum Mistake: String, Sendable, CaseIterable {
        case unknownDirective = "unknown-directive"
        case missingSemicolon = "missing-semicolon"
        case unquotedKeyword = "unquoted-keyword"
        case invalidKeyword = "invalid-keyword"
        /// A name with a colon, as in a header field.
        case directiveColon = "directive-colon"
        case duplicate
        case nonASCII = "non-ascii"
        case emptyPolicy = "empty-policy"
        case nonceCharset = "nonce-charset"
        case hashCharset = "hash-charset"
    }

    package private(set) var mistakes: Set<Mistake> = []
    /// Names of directives that no standard defines, in lower case.
    package private(set) var unknown: Set<String> = []
    package private(set) var duplicates: Set<String> = []
    package private(set) var deprecated: Set<String> = []
    /// Names of directives that stand among the values of another.
    package private(set) var missingSemicolons: Set<String> = []
    /// Keywords, nonces and hashes without their quotes, as written.
    package private(set) var unquotedKeywords: Set<String> = []
    /// Sources that match no rule of the grammar, as written: browsers ignore them.
    package private(set) var invalidSources: Set<String> = []

    package init(_ policies: [ContentSecurityPolicy]) {
        for policy in policies { read(policy) }
        if !unknown.allSatisfy({ $0.utf8.last == UInt8(ascii: ":") }) { mistakes.insert(.unknownDirective) }
        if unknown.contains(where: { $0.utf8.last == UInt8(ascii: ":") }) { mistakes.insert(.directiveColon) }
        if !duplicates.isEmpty { mistakes.insert(.duplicate) }
        if !missingSemicolons.isEmpty { mistakes.insert(.missingSemicolon) }
        if !unquotedKeywords.isEmpty { mistakes.insert(.unquotedKeyword) }
    }

    private mutating func read(_ policy: ContentSecurityPolicy) {
        if policy.hasNonASCII { mistakes.insert(.nonASCII) }
        if policy.directives.isEmpty, !policy.hasNonASCII { mistakes.insert(.emptyPolicy) }
        duplicates.formUnion(policy.duplicates)
        for directive in policy.directives {
            if !DirectiveName.known.contains(directive.name) { unknown.insert(directive.name) }
            if DirectiveName.deprecated.contains(directive.name) { deprecated.insert(directive.name) }
            for value in directive.values { read(value, of: directive.name) }
        }
    }

    private mutating func read(_ value: String, of directive: String) {
        let lower = value.asciiLowercased
        if DirectiveName.known.contains(lower) { missingSemicolons.insert(lower) }
        switch directive {
        case "require-trusted-types-for":
            if lower == "script" { unquotedKeywords.insert(value) }
            if value.hasPrefix("'"), lower != "'script'" { mistakes.insert(.invalidKeyword) }
        case "trusted-types":
            if ["none", "allow-duplicates"].contains(lower) { unquotedKeywords.insert(value) }
            if value.hasPrefix("'"), !["'none'", "'allow-duplicates'"].contains(lower) {
                mistakes.insert(.invalidKeyword)
            }
        default:
            if DirectiveName.ofSources.contains(directive) { readSource(value, lower) }
        }
    }

    private static let unquoted = Set(SourceExpression.Keyword.allCases.map(\.unquoted))

    private mutating func readSource(_ value: String, _ lower: String) {
        let isUnquoted =
            Self.unquoted.contains(lower)
            || ["nonce-", "sha256-", "sha384-", "sha512-"].contains(where: lower.hasPrefix)
        if isUnquoted { unquotedKeywords.insert(value) }
        guard case .invalid = SourceExpression(value) else { return }
        invalidSources.insert(value)
        if lower.hasPrefix("'nonce-"), lower.utf8.count >= 8, lower.hasSuffix("'") {
            mistakes.insert(.nonceCharset)
        } else if ["'sha256-", "'sha384-", "'sha512-"].contains(where: lower.hasPrefix), lower.utf8.count > 9,
            lower.hasSuffix("'")
        {
            mistakes.insert(.hashCharset)
        } else if value.hasPrefix("'") {
            mistakes.insert(.invalidKeyword)
        }
    }
}
