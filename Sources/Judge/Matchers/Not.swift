import AuditModel

extension Matcher {
    static let not = Matcher(
        name: "not",
        summary: "Holds when the fact is there and the condition does not hold.",
        argument: .condition,
        examples: [
            .holds(.integer(81), .conditions([Condition(matcher: "atMost", argument: .value(.integer(80)))])),
            .fails(.integer(80), .conditions([Condition(matcher: "atMost", argument: .value(.integer(80)))])),
            .holds(.text("api"), .value(.text("html"))),
            .fails(.text("html"), .value(.text("html")))
        ],
        expected: { argument, unit in "not " + argument.conditions.expected(unit: unit) },
        holds: { argument, value in !argument.conditions.hold(value) })
}
