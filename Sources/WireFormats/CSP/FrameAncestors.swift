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
        // 'none' means something only when it stands alone (§2.3.1), and of the keywords only 'self' names a site.
        let others = sources.filter { $0 == "'self'" || !$0.hasPrefix("'") }
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
        return ["*", "*:*", "*:80", "*:443"].contains { host in
            ["http://", "https://"].contains { source == $0 + host || source == $0 + host + "/" }
        }
    }
}
