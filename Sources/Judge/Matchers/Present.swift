import AuditModel

extension Matcher {
    static let present = Matcher(
        name: "present",
        summary: "Holds when the target has such a thing, whatever its value.",
        argument: .flag,
        examples: [
            .holds(.text(""), .value(.boolean(true))),
            .holds(.boolean(false), .value(.boolean(true))),
            .fails(.absent, .value(.boolean(true)))
        ],
        expected: { _, _ in "present" },
        holds: { _, value in value != .absent })
}
