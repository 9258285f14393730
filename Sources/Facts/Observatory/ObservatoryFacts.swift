import AuditModel

/// The facts of the `observatory` probe; each theme has its list in a file of its own.
package enum ObservatoryFacts {
    package static let description = ProbeDescription(
        kind: .observatory, summary: "Scores the page as the HTTP Observatory does, algorithm version 6.",
        parameters: [.path, .httpPort], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<ObservatoryEvidence>] = []
}

extension ObservatoryCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(ObservatoryFacts.definitions, from: ObservatoryEvidence(self))
        return facts
    }
}
