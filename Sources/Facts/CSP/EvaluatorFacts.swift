import AuditModel

extension CSPFacts {
    /// What csp-evaluator finds, for people and programs that know its findings.
    static let evaluator: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "evaluator.findings", .list(.text),
            meaning: "Findings of csp-evaluator's checks, as TYPE|SEVERITY|directive|value, sorted.",
            source: "csp-evaluator, default and strict checks"
        ) { .texts(PolicyEvaluation.findings($0.policies)) },
        FactDefinition(
            enforced: "evaluator.lighthouse", .list(.text),
            meaning:
                "Findings of the checks that Lighthouse runs, in the same form, sorted; with those about reporting.",
            source: "csp-evaluator, Lighthouse checks"
        ) { .texts(PolicyEvaluation.lighthouseFindings($0.policies)) }
    ]
}
