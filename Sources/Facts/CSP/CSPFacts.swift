import AuditModel

/// The facts of the `csp` probe; each theme has its list in a file of its own.
package enum CSPFacts {
    package static let description = ProbeDescription(
        kind: .csp, summary: "Reads the Content-Security-Policy of header and page as browsers do.",
        parameters: [.path], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<CSPEvidence>] = []
}

extension CSPCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(CSPFacts.definitions, from: CSPEvidence(self))
        return facts
    }
}
