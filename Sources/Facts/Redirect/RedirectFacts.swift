import AuditModel

/// The facts of the `redirect` probe; each theme has its list in a file of its own.
package enum RedirectFacts {
    package static let description = ProbeDescription(
        kind: .redirect, summary: "Follows the way from plain HTTP to the page.",
        parameters: [.path, .httpPort], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<RedirectEvidence>] = plainHTTP + chain + firstHop + reflection
}

extension RedirectCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(RedirectFacts.definitions, from: RedirectEvidence(self))
        return facts
    }
}
