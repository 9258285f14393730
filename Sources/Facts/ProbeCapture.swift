import AuditModel

/// What a probe saw, near the wire: it can be recorded, and facts follow from it without I/O.
package protocol ProbeCapture: Codable, Sendable, Equatable {
    static var probe: ProbeKind { get }
    /// Everything that the capture tells, each fact of the catalogue observed, absent or unobserved.
    func facts() -> FactSet
}
