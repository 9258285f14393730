import AuditModel

extension Matcher {
    static let any = Matcher(
        name: "any",
        summary: "Holds when at least one element of the list meets the condition.",
        argument: .elementCondition,
        examples: [
            .holds(
                .list([.integer(1), .integer(5)]),
                .conditions([Condition(matcher: "atLeast", argument: .value(.integer(3)))])),
            .fails(.list([.integer(1)]), .value(.integer(3))),
            .fails(.list([]), .value(.integer(3)))
        ],
        expected: { argument, unit in "at least one " + argument.conditions.expected(unit: unit) },
        holds: { argument, value in
            guard case .list(let elements) = value else { return false }
            return elements.contains { argument.conditions.hold($0) }
        })
}
