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
            ProbeParameter(
                name: "requests", type: .integer, defaultValue: nil, unit: "requests",
                meaning: "The most that is asked, 10 to 64; 26 when not given, 44 with extended."),
            ProbeParameter(
                name: "gap", type: .integer, defaultValue: nil, unit: "milliseconds",
                meaning: "Pause between two requests, 0 to 5000; 50 when not given, and none on loopback."),
            ProbeParameter(
                name: "extended", type: .boolean, defaultValue: .boolean(false), unit: nil,
                meaning: "Whether names with characters are tried too that only some browsers accept: 18 requests more."
            )
        ],
        facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<CORSEvidence>] =
        permissions + origins + caching + preflight + judgements

    /// Where none is named otherwise.
    static let fetch = "Fetch Standard, CORS protocol"
}
