import AuditModel

extension Matcher {
    static let equals = Matcher(
        name: "equals",
        summary: "Holds when the fact is exactly this value; a bare value means the same.",
        argument: .value,
        examples: [
            .holds(.boolean(true), .value(.boolean(true))),
            .fails(.boolean(false), .value(.boolean(true))),
            .holds(.integer(3), .value(.number(3))),
            .fails(.text("Deny"), .value(.text("deny"))),
            .fails(.text("1"), .value(.integer(1))),
            .holds(.list([.text("a"), .text("b")]), .list([.value(.text("a")), .value(.text("b"))])),
            .fails(.list([.text("b"), .text("a")]), .list([.value(.text("a")), .value(.text("b"))]))
        ],
        expected: { argument, unit in inWords(argument, unit: unit) },
        holds: { argument, value in argument.single.map { same(value, $0) } ?? false })
}
