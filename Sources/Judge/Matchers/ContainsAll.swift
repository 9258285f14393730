import AuditModel

extension Matcher {
    static let containsAll = Matcher(
        name: "containsAll",
        summary: "Holds when the list has all these elements, or the text all these parts; a bare list means the same.",
        argument: .elements,
        examples: [
            .holds(.list([.text("a"), .text("b"), .text("c")]), .list([.value(.text("c")), .value(.text("a"))])),
            .fails(.list([.text("a")]), .list([.value(.text("a")), .value(.text("b"))])),
            .holds(.text("max-age=0, no-store"), .list([.value(.text("no-store"))]))
        ],
        expected: { argument, unit in "to contain all of " + listInWords(argument.values, unit: unit) },
        seen: { argument, value, unit in
            let missing = argument.values.filter { !isPart($0, of: value) }
            return inWords(value, unit: unit)
                + (missing.isEmpty ? "" : "; missing \(listInWords(missing, unit: unit))")
        },
        holds: { argument, value in
            let parts = argument.values
            return !parts.isEmpty && parts.allSatisfy { isPart($0, of: value) }
        })
}
