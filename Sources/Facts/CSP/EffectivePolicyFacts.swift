import AuditModel
import WireFormats

extension CSPFacts {
    /// What all policies together say, directive by directive.
    static let effective: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            "effective.*", .list(.text),
            meaning: "What all policies together allow by that directive or its fallback, sorted; absent when none limits it.",
            source: "CSP Level 3 §6.8.3, §8.1"
        ) { evidence in
            if evidence.policies.isEmpty, let failure = evidence.sent.pageFailure {
                return .keyed([], unobserved: EffectivePolicy.names.map { ($0, failure) })
            }
            let policy = EffectivePolicy(policies: evidence.policies, origin: evidence.origin)
            return .keyed(EffectivePolicy.names.map { name in
                (name, policy.values(of: name).map { .list($0.map(FactValue.text)) } ?? .absent)
            })
        }
    ]
}

/// Several policies, joined to one where a list can say what they allow together.
package struct EffectivePolicy: Sendable {
    package let policies: [ContentSecurityPolicy]
    /// The page's; nil when it is not known.
    package let origin: URLReference?

    package init(policies: [ContentSecurityPolicy], origin: URLReference?) {
        self.policies = policies
        self.origin = origin
    }

    /// Every directive that has an effect in some browser, sorted.
    package static let names = DirectiveName.known.subtracting(DirectiveName.deprecated).sorted()

    /// The values in effect, sorted; `'none'` for sources that allow nothing, nil when no policy has the directive.
    package func values(of name: String) -> [String]? {
        let governing = policies.compactMap { $0.governing(name) }
        guard !governing.isEmpty else { return nil }
        if DirectiveName.ofSources.contains(name) {
            return SourceList.intersection(governing.map(\.sources), origin: origin)?.texts
        }
        let sets = governing.map { Set($0.values) }
        // What these two list is allowed; what the others list is demanded.
        let isAllowance = name == "sandbox" || name == "trusted-types"
        return sets.dropFirst().reduce(sets[0]) { isAllowance ? $0.intersection($1) : $0.union($1) }.sorted()
    }
}
