import AuditModel

/// The facts of the `cors` probe; each theme has its list in a file of its own.
package enum CORSFacts {
    package static let description = ProbeDescription(
        kind: .cors, summary: "Asks from many origins which of them may read the answer.",
        parameters: [
            .path,
            ProbeParameter(
                name: "origins", type: .texts, defaultValue: nil, unit: nil,
                meaning:
                    "Origins that may read, such as that of the service's own pages; asked besides the own, at most 4."),
            requests, gap,
            ProbeParameter(
                name: "extended", type: .boolean, defaultValue: .boolean(false), unit: nil,
                meaning: "Whether names with characters are tried too that only some browsers accept: 18 requests more."
            )
        ],
        facts: definitions.map(\.declaration))

    package static let requests = ProbeParameter(
        name: "requests", type: .integer, defaultValue: nil, unit: "requests", range: 10...64,
        meaning: "The most that is asked; 26 when not given, 44 with extended.")

    package static let gap = ProbeParameter(
        name: "gap", type: .integer, defaultValue: nil, unit: "milliseconds", range: 0...5000,
        meaning: "Pause between two requests; 50 when not given, and none on loopback.")

    static let definitions: [FactDefinition<CORSEvidence>] =
        permissions + origins + caching + preflight + judgements

    /// Where none is named otherwise.
    static let fetch = "Fetch Standard, CORS protocol"
}
