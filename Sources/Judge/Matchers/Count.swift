import AuditModel

extension Matcher {
    static let count = Matcher(
        name: "count",
        summary:
            "Holds when the number of elements, of characters of a text or of members of a record meets the condition.",
        argument: .countCondition,
        examples: [
            .holds(.list([.integer(1), .integer(2)]), .value(.integer(2))),
            .holds(.list([]), .value(.integer(0))),
            .fails(
                .list([.text("a")]), .conditions([Condition(matcher: "atLeast", argument: .value(.integer(2)))])),
            .holds(.text("abc"), .value(.integer(3))),
            .fails(.integer(3), .value(.integer(3)))
        ],
        expected: { argument, _ in "a count of " + argument.conditions.expected(unit: nil) },
        seen: { _, value, unit in
            guard let count = elementCount(of: value) else { return inWords(value, unit: unit) }
            return "\(count): \(inWords(value, unit: unit))"
        },
        holds: { argument, value in
            elementCount(of: value).map { argument.conditions.hold(.integer(Int64($0))) } ?? false
        })
}

private func elementCount(of value: FactValue) -> Int? {
    switch value {
    case .list(let elements): elements.count
    case .text(let text): text.count
    case .record(let members): members.count
    case .absent, .boolean, .integer, .number: nil
    }
}
