import AuditModel

/// The facts of the `cookies` probe; each theme has its list in a file of its own.
package enum CookiesFacts {
    package static let description = ProbeDescription(
        kind: .cookies, summary: "Judges the cookies that the page sets.",
        parameters: [.path, .httpPort, .sessionCookies, .csrfCookies], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<CookiesEvidence>] = overview + attributes + storage

    /// A fact of each cookie, `path` without the cookie's name.
    static func each(
        _ path: String, _ type: FactType, unit: String? = nil, meaning: String, source: String,
        value: @escaping @Sendable (CookieGroup) -> FactValue
    ) -> FactDefinition<CookiesEvidence> {
        FactDefinition("*.\(path)", type, unit: unit, meaning: meaning, source: source) { $0.each(value) }
    }
}

extension CookiesCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(CookiesFacts.definitions, from: CookiesEvidence(self, at: now))
        return facts
    }
}

extension ProbeParameter {
    static let sessionCookies = ProbeParameter(
        name: "sessionCookies", type: .texts, defaultValue: nil, unit: nil,
        meaning: "Names of cookies that carry a session, besides those whose name says so.")

    static let csrfCookies = ProbeParameter(
        name: "csrfCookies", type: .texts, defaultValue: nil, unit: nil,
        meaning: "Names of cookies with a token against request forgery, besides those whose name says so.")
}
