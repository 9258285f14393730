import WireFormats

/// A policy as csp-evaluator reads it: keywords and schemes in lower case, each value once, nothing else judged.
struct EvaluatedPolicy {
    typealias Directive = (name: String, values: [String])

    private(set) var directives: [Directive]

    init(_ policy: ContentSecurityPolicy) {
        directives = policy.directives.map { directive in
            var seen: Set<String> = []
            let values = directive.values.map(Self.normalized).filter { seen.insert($0).inserted }
            return (directive.name, values)
        }
    }

    private static func normalized(_ value: String) -> String {
        let lower = value.asciiLowercased
        return keywords.contains(lower) || isScheme(lower) ? lower : value
    }

    /// The keywords of CSP Level 3 and some that were proposed once.
    static let keywords = Set(SourceExpression.Keyword.allCases.map(\.rawValue)).union([
        "'wasm-eval'", "'unsafe-hashed-attributes'", "'block'", "'allow'"
    ])

    static func isScheme(_ value: String) -> Bool {
        if case .scheme = SourceExpression(value) { return true }
        return false
    }

    static func isNonce(_ value: String) -> Bool {
        value.hasPrefix("'nonce-") && value.hasSuffix("'") && value.utf8.count > 8
    }

    static func isHash(_ value: String) -> Bool {
        ["'sha256-", "'sha384-", "'sha512-"].contains(where: value.hasPrefix) && value.hasSuffix("'")
            && value.utf8.count > 9
    }

    func values(of name: String) -> [String] { directives.first { $0.name == name }?.values ?? [] }

    func has(_ name: String) -> Bool { directives.contains { $0.name == name } }

    /// The directive whose values apply: a part of script-src falls back to it, then a fetch directive to default-src.
    func effectiveDirective(_ name: String) -> String {
        if has(name) { return name }
        for whole in ["script-src", "style-src"] where name.hasPrefix(whole + "-") && has(whole) { return whole }
        return DirectiveName.fallbacks(of: name).isEmpty ? name : "default-src"
    }

    /// Each once, in order.
    func effectiveDirectives(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.map(effectiveDirective).filter { seen.insert($0).inserted }
    }

    static let scripts = ["script-src", "script-src-attr", "script-src-elem"]

    func scriptValues(_ predicate: (String) -> Bool) -> Bool {
        values(of: effectiveDirective("script-src")).contains(where: predicate)
    }

    var hasNonces: Bool { scriptValues(Self.isNonce) }
    var hasHashes: Bool { scriptValues(Self.isHash) }
    var hasStrictDynamic: Bool { scriptValues { $0 == "'strict-dynamic'" } }

    /// Without the sources of scripts that a browser of CSP Level 3 ignores.
    var effective: EvaluatedPolicy {
        var policy = self
        let names = Set(effectiveDirectives(Self.scripts))
        for index in policy.directives.indices where names.contains(policy.directives[index].name) {
            let values = policy.directives[index].values
            let hasNonceOrHash = values.contains { Self.isNonce($0) || Self.isHash($0) }
            let isStrict = values.contains("'strict-dynamic'")
            policy.directives[index].values.removeAll { value in
                value == "'unsafe-inline'" && (hasNonceOrHash || isStrict)
                    || isStrict && (value == "'self'" || !value.hasPrefix("'"))
            }
        }
        return policy
    }
}
