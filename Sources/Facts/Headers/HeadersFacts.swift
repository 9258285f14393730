import AuditModel

/// The facts of the `headers` probe; each theme has its list in a file of its own.
package enum HeadersFacts {
    package static let description = ProbeDescription(
        kind: .headers, summary: "GETs the URL and judges the response's header fields.",
        parameters: [
            ProbeParameter(
                name: "path", type: .text, defaultValue: nil, unit: nil,
                meaning: "Path and query to ask for at the target's origin; the target's own URL when not given.")
        ],
        facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<HeadersEvidence>] =
        response + fieldLines + transportSecurity + contentSecurity + framing + contentType + referrerPolicy
        + permissionsPolicy + crossOrigin + cache + leak + cookies
}

extension HeadersCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        let evidence = HeadersEvidence(self)
        for definition in HeadersFacts.definitions {
            if let evidence {
                definition.add(to: &facts, from: evidence)
            } else {
                facts.setUnobserved(
                    definition.declaration.path, ProbeFailure(.malformed, "the recording holds no response"))
            }
        }
        return facts
    }
}
