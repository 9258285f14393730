import AuditModel

/// The facts of the `cookies` probe; each theme has its list in a file of its own.
package enum CookiesFacts {
    package static let description = ProbeDescription(
        kind: .cookies, summary: "Judges the cookies that the page sets.",
        parameters: [.path, .httpPort], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<CookiesEvidence>] = []
}

extension CookiesCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(CookiesFacts.definitions, from: CookiesEvidence(self))
        return facts
    }
}
