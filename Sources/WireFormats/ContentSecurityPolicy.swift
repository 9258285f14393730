/// The policies of all `Content-Security-Policy` field lines: split, not judged (CSP Level 3 §2.2).
package struct ContentSecurityPolicy: Equatable, Sendable {
    package struct Directive: Equatable, Sendable {
        /// In lower case.
        package let name: String
        package let values: [String]
    }

    /// In the order written; of a directive that repeats, only the first is there (§2.2.1).
    package let directives: [Directive]
    /// Directives that were ignored because an earlier one has their name, in order.
    package let duplicates: [String]

    /// "Parse a serialized CSP" (§2.2.1); a directive that is not ASCII is skipped.
    package init(serialized: some StringProtocol) {
        var names: Set<String> = []
        var directives: [Directive] = []
        var duplicates: [String] = []
        for part in String(serialized).utf8.split(separator: UInt8(ascii: ";")) where part.allSatisfy({ $0 < 0x80 }) {
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
    }

    /// "Parse a response's CSPs" (§2.2.2): a policy between any two commas, those without directives left out.
    package static func policies(lines: [String]) -> [ContentSecurityPolicy] {
        lines.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
            .map { ContentSecurityPolicy(serialized: Substring($0)) }
            .filter { !$0.directives.isEmpty }
    }

    package subscript(name: String) -> Directive? { directives.first { $0.name == name } }
}

/// Who may frame a page (CSP Level 3 §6.4.2); ordered from the strictest.
package enum FrameAncestors: String, Sendable, CaseIterable {
    case none
    /// Pages of the same origin.
    case own = "self"
    /// The origin itself and the sites that it names.
    case list
    /// Every site, or every site of a scheme.
    case any

    /// The bound that several enforced policies set together, which is at least as strict as each; nil without any.
    package init?(policies: [ContentSecurityPolicy]) {
        let bounds = policies.compactMap { $0["frame-ancestors"] }.map { FrameAncestors(sources: $0.values) }
        guard let strictest = Self.allCases.first(where: bounds.contains) else { return nil }
        self = strictest
    }

    private init(sources: [String]) {
        let sources = sources.map(\.asciiLowercased)
        // 'none' means something only when it stands alone (§2.3.1).
        let others = sources.filter { $0 != "'none'" }
        if others.isEmpty {
            self = .none
        } else if others.contains(where: Self.isAnySite) {
            self = .any
        } else {
            self = others.allSatisfy { $0 == "'self'" } ? .own : .list
        }
    }

    private static func isAnySite(_ source: String) -> Bool {
        if ["http:", "https:", "*", "ws:", "wss:"].contains(source) { return true }
        return ["*", "*:*", "*:80", "*:443"].contains { source == "http://\($0)" || source == "https://\($0)" }
    }
}
