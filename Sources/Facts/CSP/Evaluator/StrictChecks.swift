/// csp-evaluator's checks for a strict policy that also serves older browsers; they look at the policy as written.
enum StrictChecks {
    static func all(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        strictDynamic(policy) + notStandalone(policy) + inlineFallback(policy) + allowlistFallback(policy)
            + trustedTypes(policy)
    }

    static func strictDynamic(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.scriptValues { !$0.hasPrefix("'") } && !policy.hasStrictDynamic
            ? [PolicyFinding(.strictDynamic, .strictCSP, policy.effectiveDirective("script-src"))] : []
    }

    private static func notStandalone(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.hasStrictDynamic && !policy.hasNonces && !policy.hasHashes
            ? [PolicyFinding(.strictDynamicNotStandalone, .info, policy.effectiveDirective("script-src"))] : []
    }

    static func inlineFallback(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        (policy.hasNonces || policy.hasHashes) && !policy.scriptValues { $0 == "'unsafe-inline'" }
            ? [PolicyFinding(.unsafeInlineFallback, .strictCSP, policy.effectiveDirective("script-src"))] : []
    }

    static func allowlistFallback(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.hasStrictDynamic && !policy.scriptValues { ["http:", "https:", "*"].contains($0) || $0.contains(".") }
            ? [PolicyFinding(.allowlistFallback, .strictCSP, policy.effectiveDirective("script-src"))] : []
    }

    private static func trustedTypes(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        policy.values(of: "require-trusted-types-for").contains("'script'")
            ? [] : [PolicyFinding(.trustedTypes, .info, "require-trusted-types-for")]
    }
}
