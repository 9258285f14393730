import AuditModel

extension Matcher {
    /// The only matcher that a missing fact satisfies; the judge answers for missing facts before any matcher runs.
    static let absent = Matcher(
        name: "absent",
        summary: "Holds when the target was observed and has no such thing.",
        argument: .flag,
        examples: [
            .fails(.text("Express"), .value(.boolean(true))),
            .fails(.text(""), .value(.boolean(true))),
            .fails(.list([]), .value(.boolean(true)))
        ],
        expected: { _, _ in "absent" },
        holds: { _, value in value == .absent })
}
