import AuditModel

/// What a probe saw, near the wire: it can be recorded, and facts follow from it without I/O.
package protocol ProbeCapture: Codable, Sendable, Equatable {
    static var probe: ProbeKind { get }
    /// Everything that the capture tells, each fact of the catalogue observed, absent or unobserved.
    ///
    /// - Parameter now: the judging instant, for what time alone changes, such as the days a certificate has left.
    func facts(at now: Instant) -> FactSet
}
