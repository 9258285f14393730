import AuditModel

/// The facts of the `csp` probe; each theme has its list in a file of its own.
package enum CSPFacts {
    package static let description = ProbeDescription(
        kind: .csp, summary: "Reads the Content-Security-Policy of header and page as browsers do.",
        parameters: [.path], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<CSPEvidence>] =
        presence + syntax + effective + scripts + scriptSources + nonces + otherDirectives + missing + reporting
        + evaluator + integrity(of: "script") + integrity(of: "style") + integrityBase
}

extension CSPCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(CSPFacts.definitions, from: CSPEvidence(self))
        return facts
    }
}

extension FactDefinition<CSPEvidence> {
    /// A fact about policies that are enforced: absent where there are none.
    init(
        enforced path: String, _ type: FactType, unit: String? = nil, meaning: String, source: String,
        derive: @escaping @Sendable (CSPEvidence) -> DerivedFact
    ) {
        self.init(path, type, unit: unit, meaning: meaning, source: source) { evidence in
            evidence.policies.isEmpty ? evidence.withoutPolicy : derive(evidence)
        }
    }
}

extension CSPEvidence {
    /// What is known where no policy was seen: a page that could not be read may have one.
    var withoutPolicy: DerivedFact { sent.pageFailure.map { .unobserved($0) } ?? .absent }
}
