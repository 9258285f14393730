import AuditModel

/// What the CORS probe saw: one exchange per origin, and the preflights.
package struct CORSCapture: ProbeCapture {
    package static let probe = ProbeKind.cors

    /// The URL that was asked for, without credentials.
    package var url: String

    package init(url: String) { self.url = url }

    package func facts(at now: Instant) -> FactSet { FactSet() }
}
