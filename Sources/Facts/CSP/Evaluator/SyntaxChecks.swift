import WireFormats

/// csp-evaluator's checks of how a policy is written.
enum SyntaxChecks {
    static func all(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        unknownDirectives(policy) + SecurityChecks.eachValue(policy, values)
    }

    private static func unknownDirectives(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.directives.map(\.name).filter { !DirectiveName.known.contains($0) }
            .map { PolicyFinding(.unknownDirective, .syntax, $0) }
    }

    private static func values(_ directive: String, _ value: String) -> [PolicyFinding] {
        (DirectiveName.known.contains(value) ? [PolicyFinding(.missingSemicolon, .syntax, directive, value)] : [])
            + (isInvalidKeyword(value, directive) ? [PolicyFinding(.invalidKeyword, .syntax, directive, value)] : [])
    }

    private static func isInvalidKeyword(_ value: String, _ directive: String) -> Bool {
        if unquoted.contains(value) || ["nonce-", "sha256-", "sha384-", "sha512-"].contains(where: value.hasPrefix) {
            return true
        }
        guard value.hasPrefix("'") else { return false }
        switch directive {
        case "require-trusted-types-for": return value != "'script'"
        case "trusted-types": return !["'allow-duplicates'", "'none'"].contains(value)
        default:
            return !EvaluatedPolicy.keywords.contains(value) && !EvaluatedPolicy.isHash(value)
                && !EvaluatedPolicy.isNonce(value)
        }
    }

    private static let unquoted = Set(EvaluatedPolicy.keywords.map { String($0.dropFirst().dropLast()) })
}
