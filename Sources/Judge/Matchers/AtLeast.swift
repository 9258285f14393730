import AuditModel

extension Matcher {
    static let atLeast = Matcher(
        name: "atLeast",
        summary: "Holds when the number is this or more, or the instant is this or later.",
        argument: .bound,
        examples: [
            .holds(.integer(21), .value(.integer(21))),
            .fails(.integer(20), .value(.integer(21))),
            .holds(.number(0.5), .value(.number(0.25))),
            .holds(.text("2027-01-01T00:00:00Z"), .value(.text("2026-12-31T23:00:00+00:00"))),
            .fails(.text("lots"), .value(.integer(1)))
        ],
        expected: { argument, unit in "at least " + inWords(argument, unit: unit) },
        holds: { argument, value in argument.single.flatMap { order(value, $0) }.map { $0 >= 0 } ?? false })
}
