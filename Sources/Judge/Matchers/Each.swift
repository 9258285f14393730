import AuditModel

extension Matcher {
    static let each = Matcher(
        name: "each",
        summary: "Holds when every element of the list meets the condition; an empty list has none that does not.",
        argument: .elementCondition,
        examples: [
            .holds(.list([.boolean(true), .boolean(true)]), .value(.boolean(true))),
            .fails(.list([.boolean(true), .boolean(false)]), .value(.boolean(true))),
            .holds(.list([]), .value(.boolean(true))),
            .fails(
                .list([.absent]), .conditions([Condition(matcher: "not", argument: .value(.text("none")))])),
            .fails(.boolean(true), .value(.boolean(true)))
        ],
        expected: { argument, unit in "each " + argument.conditions.expected(unit: unit) },
        holds: { argument, value in
            guard case .list(let elements) = value else { return false }
            return elements.allSatisfy { argument.conditions.hold($0) }
        })
}
