import AuditModel

/// The facts of the `headers` probe; each theme has its list in a file of its own.
package enum HeadersFacts {
    package static let description = ProbeDescription(
        kind: .headers, summary: "GETs the URL and judges the response's header fields.",
        parameters: [.path, .httpPort, .paths, .sensitive, .preloaded],
        facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<HeadersEvidence>] = ofThePage + ofFurtherPaths

    private static let ofThePage =
        response + fieldLines + transportSecurity + framing + contentType + referrerPolicy + permissionsPolicy
        + crossOrigin + cache + leak + browserHints + secureHeaders + parity

    /// The same facts of each further path, but for those that only the page's other visits tell.
    private static let ofFurtherPaths = ofThePage.compactMap { definition in
        ["requests", "hsts.onHttp"].contains(definition.declaration.path.text)
            ? nil : definition.lifted(under: "paths") { (whole: HeadersEvidence) in whole.paths }
    }
}

extension HeadersCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(HeadersFacts.definitions, from: HeadersEvidence(page))
        return facts
    }
}

extension ProbeParameter {
    static let paths = ProbeParameter(
        name: "paths", type: .texts, defaultValue: nil, unit: nil,
        meaning: "Further paths to look at, each with the facts of the page under paths.")

    static let sensitive = ProbeParameter(
        name: "sensitive", type: .boolean, defaultValue: nil, unit: nil,
        meaning: "Whether the page's content is for one person's eyes, so that no shared cache may keep it.")
}
