/// One serialized policy: split into directives, not judged (CSP Level 3 §2.2).
package struct ContentSecurityPolicy: Equatable, Sendable {
    package struct Directive: Equatable, Sendable {
        /// In lower case.
        package let name: String
        package let values: [String]

        /// The values as sources; for a directive that takes something else every value may be invalid.
        package var sources: SourceList { SourceList(values) }
    }

    /// As written, without blanks at both ends.
    package let text: String
    /// In the order written; of a directive that repeats, only the first is there (§2.2.1).
    package private(set) var directives: [Directive]
    /// Directives that were ignored because an earlier one has their name, in order.
    package let duplicates: [String]
    /// Whether a directive was ignored because it holds a character beyond ASCII (§2.2.1).
    package let hasNonASCII: Bool

    /// "Parse a serialized CSP" (§2.2.1); a directive that is not ASCII is skipped.
    ///
    /// So a `<meta>` element's content is read, where commas separate nothing (HTML §4.2.5.3).
    package init(serialized: some StringProtocol) {
        let whole = Substring(serialized)
        text = String(Substring(whole.utf8.trimmed(\.isASCIIWhitespace)))
        var names: Set<String> = []
        var directives: [Directive] = []
        var duplicates: [String] = []
        var hasNonASCII = false
        for part in whole.utf8.split(separator: UInt8(ascii: ";")) {
            guard part.allSatisfy({ $0 < 0x80 }) else {
                hasNonASCII = true
                continue
            }
            let words = part.split(whereSeparator: \.isASCIIWhitespace).map { String(Substring($0)) }
            guard let name = words.first?.asciiLowercased else { continue }
            if names.insert(name).inserted {
                directives.append(Directive(name: name, values: Array(words.dropFirst())))
            } else {
                duplicates.append(name)
            }
        }
        self.directives = directives
        self.duplicates = duplicates
        self.hasNonASCII = hasNonASCII
    }

    /// "Parse a response's CSPs" (§2.2.2): a policy between any two commas, those without directives left out.
    package static func policies(lines: [String]) -> [ContentSecurityPolicy] {
        serialized(lines: lines).filter { !$0.directives.isEmpty }
    }

    /// What stands between any two commas of the lines, also where that is no policy.
    package static func serialized(lines: [String]) -> [ContentSecurityPolicy] {
        lines.flatMap { $0.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) }
            .map { ContentSecurityPolicy(serialized: Substring($0)) }
    }

    /// Directives that have no effect in a `<meta>` element (CSP Level 3 §3.3).
    package static let ignoredInMeta: Set<String> = ["frame-ancestors", "report-uri", "sandbox"]

    /// The policy without the directives of those names.
    package func without(_ names: Set<String>) -> ContentSecurityPolicy {
        var policy = self
        policy.directives.removeAll { names.contains($0.name) }
        return policy
    }

    package subscript(name: String) -> Directive? { directives.first { $0.name == name } }

    /// The directive that decides about a kind of request: itself, or the first of its fallbacks (§6.8.3).
    ///
    /// nil when the policy does not restrict such requests.
    package func governing(_ name: String) -> Directive? {
        self[name] ?? DirectiveName.fallbacks(of: name).lazy.compactMap { self[$0] }.first
    }
}
