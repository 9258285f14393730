import AuditModel

extension Matcher {
    static let oneOf = Matcher(
        name: "oneOf",
        summary: "Holds when the fact is one of these values.",
        argument: .values,
        examples: [
            .holds(.text("deny"), .list([.value(.text("deny")), .value(.text("sameorigin"))])),
            .fails(.text("none"), .list([.value(.text("deny")), .value(.text("sameorigin"))])),
            .holds(.integer(204), .list([.value(.integer(200)), .value(.integer(204))]))
        ],
        expected: { argument, unit in "one of " + listInWords(argument.values, unit: unit) },
        holds: { argument, value in argument.values.contains { same(value, $0) } })
}
