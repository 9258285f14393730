import WireFormats

/// The findings of csp-evaluator's checks about the policies that a page enforces together.
enum PolicyEvaluation {
    /// Its own checks and those for strict policies; sorted texts.
    ///
    /// csp-evaluator looks at one policy at a time. Of several, each is looked at, but what one of them lacks is a
    /// finding only when all lack it.
    static func findings(_ policies: [ContentSecurityPolicy]) -> [String] {
        let written = policies.map(EvaluatedPolicy.init)
        let perPolicy = written.map { policy in
            let effective = policy.effective
            return Set(StrictChecks.all(policy) + SecurityChecks.all(effective) + SyntaxChecks.all(effective))
        }
        let shared = perPolicy.dropFirst().reduce(perPolicy.first ?? []) { $0.intersection($1) }
        let all = perPolicy.reduce(into: Set<PolicyFinding>()) { $0.formUnion($1) }
        let kept = all.filter { finding in
            switch finding.kind {
            case .missingDirectives where finding.directive == "base-uri": false
            case .missingDirectives, .trustedTypes: shared.contains(finding)
            default: true
            }
        }
        return sorted(kept.union(SecurityChecks.missingBase(written.map(\.effective))))
    }

    /// The subset that Lighthouse runs, combined as it does: security checks need one policy that passes.
    static func lighthouseFindings(_ policies: [ContentSecurityPolicy]) -> [String] {
        let written = policies.map(EvaluatedPolicy.init)
        let aboutScripts = written.map(\.effective).filter { $0.has($0.effectiveDirective("script-src")) }
        let failures =
            inAll(written, SecurityChecks.missingScripts).union(inAll(written, SecurityChecks.missingObjects))
            .union(SecurityChecks.missingBase(written)).union(inAll(aboutScripts, StrictChecks.strictDynamic))
            .union(inAll(aboutScripts) { SecurityChecks.scriptKeywords($0).filter { $0.kind != .scriptUnsafeEval } })
        let warnings =
            inAll(written, reporting).union(written.flatMap(StrictChecks.inlineFallback))
            .union(written.flatMap(StrictChecks.allowlistFallback))
        let syntax = written.flatMap { policy in
            SecurityChecks.nonces(policy) + SyntaxChecks.all(policy) + SecurityChecks.deprecated(policy)
        }
        return sorted(failures.union(warnings).union(syntax))
    }

    private static func inAll(
        _ policies: [EvaluatedPolicy], _ check: (EvaluatedPolicy) -> [PolicyFinding]
    ) -> Set<PolicyFinding> {
        let findings = policies.map { Set(check($0)) }
        return findings.dropFirst().reduce(findings.first ?? []) { $0.intersection($1) }
    }

    private static func reporting(_ policy: EvaluatedPolicy) -> [PolicyFinding] {
        if !policy.values(of: "report-uri").isEmpty { return [] }
        return policy.values(of: "report-to").isEmpty
            ? [PolicyFinding(.reportingMissing, .info, "report-uri")]
            : [PolicyFinding(.reportToOnly, .info, "report-to")]
    }

    private static func sorted(_ findings: Set<PolicyFinding>) -> [String] { findings.map(\.text).sorted() }
}
