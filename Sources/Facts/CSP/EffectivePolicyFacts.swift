import AuditModel
import WireFormats

extension CSPFacts {
    /// What all policies together say, directive by directive.
    static let effective: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            "effective.*", .list(.text),
            meaning:
                "What all policies allow by that directive or its fallback, sorted; absent when none limits it.",
            source: "CSP Level 3 §6.8.3, §8.1"
        ) { evidence in
            if evidence.policies.isEmpty, let failure = evidence.sent.pageFailure {
                return .keyed([], unobserved: EffectivePolicy.names.map { ($0, failure) })
            }
            return .keyed(
                EffectivePolicy.names.map { name in
                    (name, evidence.effective.values(of: name).map { .list($0.map(FactValue.text)) } ?? .absent)
                })
        }
    ]
}

/// Several policies, joined to one where a list can say what they allow together.
package struct EffectivePolicy: Sendable {
    private let policies: [ContentSecurityPolicy]
    /// By directive; only those that some policy limits.
    private let lists: [String: SourceList]

    /// - Parameter origin: the page's; nil when it is not known.
    package init(policies: [ContentSecurityPolicy], origin: URLReference?) {
        self.policies = policies
        var lists: [String: SourceList] = [:]
        var known: [[String]: SourceList] = [:]
        for name in DirectiveName.ofSources {
            let governing = policies.map { $0.governing(name) }
            // Many directives have the same one in their place.
            let key = governing.map { $0?.name ?? "" }
            let list = known[key] ?? SourceList.intersection(governing.compactMap { $0?.sources }, origin: origin)
            known[key] = list
            lists[name] = list
        }
        self.lists = lists
    }

    /// Every directive that has an effect in some browser, sorted.
    package static let names = DirectiveName.known.subtracting(DirectiveName.deprecated).sorted()

    /// The sources that all policies together allow; nil when none limits them.
    package func sources(of name: String) -> SourceList? { lists[name] }

    /// The values in effect, sorted; `'none'` for sources that allow nothing, nil when no policy has the directive.
    package func values(of name: String) -> [String]? {
        if DirectiveName.ofSources.contains(name) { return lists[name]?.texts }
        let sets = policies.compactMap { $0[name] }.map { Set($0.values) }
        guard let first = sets.first else { return nil }
        // What these two list is allowed; what the others list is demanded.
        let isAllowance = name == "sandbox" || name == "trusted-types"
        return sets.dropFirst().reduce(first) { isAllowance ? $0.intersection($1) : $0.union($1) }.sorted()
    }
}
