import AuditModel

extension Matcher {
    static let atMost = Matcher(
        name: "atMost",
        summary: "Holds when the number is this or less, or the instant is this or earlier.",
        argument: .bound,
        examples: [
            .holds(.integer(80), .value(.integer(80))),
            .fails(.number(80.1), .value(.integer(80))),
            .fails(.boolean(false), .value(.integer(1))),
            .fails(.text("2027-01-02T00:00:00Z"), .value(.text("2027-01-01T00:00:00Z")))
        ],
        expected: { argument, unit in "at most " + inWords(argument, unit: unit) },
        holds: { argument, value in argument.single.flatMap { order(value, $0) }.map { $0 <= 0 } ?? false })
}
