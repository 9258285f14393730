import AuditModel

extension ProbeParameter {
    /// Of every probe that looks at a page.
    static let path = ProbeParameter(
        name: "path", type: .text, defaultValue: nil, unit: nil,
        meaning: "Path and query to ask for at the target's origin; the target's own URL when not given.")
}
