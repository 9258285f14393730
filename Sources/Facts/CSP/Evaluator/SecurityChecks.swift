import WireFormats

/// csp-evaluator's checks of what a policy allows; they look at the effective policy.
enum SecurityChecks {
    static func all(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        scriptKeywords(policy) + schemesAndWildcards(policy) + missing(policy) + scriptHosts(policy)
            + objectHosts(policy) + addresses(policy) + nonces(policy) + plainHTTP(policy) + deprecated(policy)
    }

    static func scriptKeywords(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.effectiveDirectives(EvaluatedPolicy.scripts).flatMap { directive -> [PolicyFinding] in
            policy.values(of: directive).compactMap { value in
                switch value {
                case "'unsafe-inline'": PolicyFinding(.scriptUnsafeInline, .high, directive, value)
                case "'unsafe-hashes'": PolicyFinding(.scriptUnsafeHashes, .mediumMaybe, directive, value)
                case "'unsafe-eval'": PolicyFinding(.scriptUnsafeEval, .mediumMaybe, directive, value)
                default: nil
                }
            }
        }
    }

    private static func schemesAndWildcards(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        let directives = policy.effectiveDirectives(EvaluatedPolicy.scripts + ["object-src", "base-uri"])
        return directives.flatMap { directive -> [PolicyFinding] in
            policy.values(of: directive).compactMap { value in
                if ["data:", "http:", "https:"].contains(value) {
                    return PolicyFinding(.plainURLSchemes, .high, directive, value)
                }
                return SourceLocation.withoutScheme(value) == "*"
                    ? PolicyFinding(.plainWildcard, .high, directive, value) : nil
            }
        }
    }

    static func missing(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        missingObjects(policy) + missingScripts(policy) + missingBase([policy])
    }

    static func missingObjects(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        let values = policy.values(of: policy.has("object-src") ? "object-src" : "default-src")
        return values.isEmpty ? [PolicyFinding(.missingDirectives, .high, "object-src")] : []
    }

    static func missingScripts(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.has("script-src") || policy.has("default-src")
            ? [] : [PolicyFinding(.missingDirectives, .high, "script-src")]
    }

    /// Of all policies together: one that needs base-uri may have it from another.
    static func missingBase(_ policies: [EvaluatedPolicy]) -> [PolicyFinding] {
        let isNeeded = policies.contains { $0.hasNonces || $0.hasHashes && $0.hasStrictDynamic }
        return isNeeded && !policies.contains { $0.has("base-uri") }
            ? [PolicyFinding(.missingDirectives, .high, "base-uri")] : []
    }

    private static func scriptHosts(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.effectiveDirectives(["script-src", "script-src-elem"]).flatMap { directive -> [PolicyFinding] in
            let values = policy.values(of: directive)
            guard !values.contains("'none'") else { return [] }
            return values.compactMap { value in
                if value == "'self'" { return PolicyFinding(.scriptAllowlistBypass, .mediumMaybe, directive, value) }
                guard !value.hasPrefix("'"), !EvaluatedPolicy.isScheme(value), value.contains("."),
                    let location = SourceLocation(value)
                else { return nil }
                let isKnown = BypassableHosts.allows(location, withEval: values.contains("'unsafe-eval'"))
                return PolicyFinding(.scriptAllowlistBypass, isKnown ? .high : .mediumMaybe, directive, value)
            }
        }
    }

    private static func objectHosts(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        let directive = policy.effectiveDirective("object-src")
        let values = policy.values(of: directive)
        let types = policy.values(of: "plugin-types")
        guard !policy.has("plugin-types") || types.contains("application/x-shockwave-flash") else { return [] }
        guard !values.contains("'none'") else { return [] }
        return values.compactMap { value in
            if let location = SourceLocation(value), BypassableHosts.allowsObjects(location) {
                return PolicyFinding(.objectAllowlistBypass, .high, directive, value)
            }
            return directive == "object-src"
                ? PolicyFinding(.objectAllowlistBypass, .mediumMaybe, directive, value) : nil
        }
    }

    private static func addresses(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        eachValue(policy) { directive, value in
            SourceLocation(value)?.isAddress == true ? [PolicyFinding(.addressSource, .info, directive, value)] : []
        }
    }

    static func nonces(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        eachValue(policy) { directive, value in
            guard EvaluatedPolicy.isNonce(value) else { return [] }
            let nonce = String(value.dropFirst(7).dropLast())
            return (nonce.utf16.count < 8 ? [PolicyFinding(.nonceLength, .medium, directive, value)] : [])
                + (SourceExpression.isBase64Value(nonce) ? [] : [PolicyFinding(.nonceCharset, .info, directive, value)])
        }
    }

    private static func plainHTTP(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        eachValue(policy) { directive, value in
            value.hasPrefix("http://") ? [PolicyFinding(.plainHTTPSource, .medium, directive, value)] : []
        }
    }

    static func deprecated(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        ["reflected-xss", "referrer", "disown-opener"].filter(policy.has)
            .map { PolicyFinding(.deprecatedDirective, .info, $0) }
    }

    static func eachValue(
        _ policy: EvaluatedPolicy, _ check: (String, String) -> [PolicyFinding]
    ) -> [PolicyFinding] {
        policy.directives.flatMap { directive in directive.values.flatMap { check(directive.name, $0) } }
    }
}
