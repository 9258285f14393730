import AuditModel

/// The facts of the `headers` probe; each theme has its list in a file of its own.
package enum HeadersFacts {
    package static let description = ProbeDescription(
        kind: .headers, summary: "GETs the URL and judges the response's header fields.",
        parameters: [.path, .httpPort, .paths],
        facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<HeadersEvidence>] =
        response + fieldLines + transportSecurity + contentSecurity + framing + contentType + referrerPolicy
        + permissionsPolicy + crossOrigin + cache + leak + cookies
}

extension HeadersCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(HeadersFacts.definitions, from: HeadersEvidence(self))
        return facts
    }
}
