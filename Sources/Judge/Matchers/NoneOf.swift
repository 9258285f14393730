import AuditModel

extension Matcher {
    static let noneOf = Matcher(
        name: "noneOf",
        summary: "Holds when the fact is none of these values; for a list, when it holds none of them.",
        argument: .valuesOrElements,
        examples: [
            .holds(.text("same-origin"), .list([.value(.text("unsafe-url"))])),
            .fails(.text("unsafe-url"), .list([.value(.text("unsafe-url"))])),
            .holds(.list([.text("tls12")]), .list([.value(.text("ssl3")), .value(.text("tls10"))])),
            .fails(.list([.absent, .text("lax")]), .list([.value(.text("none"))])),
            .fails(.list([.text("tls12"), .text("tls10")]), .list([.value(.text("ssl3")), .value(.text("tls10"))]))
        ],
        expected: { argument, unit in "none of " + listInWords(argument.values, unit: unit) },
        seen: { argument, value, unit in
            guard case .list(let elements) = value else { return inWords(value, unit: unit) }
            let offending = elements.filter { element in argument.values.contains { same(element, $0) } }
            return inWords(value, unit: unit)
                + (offending.isEmpty ? "" : "; among them \(listInWords(offending, unit: unit))")
        },
        holds: { argument, value in
            let elements = if case .list(let list) = value { list } else { [value] }
            return !elements.contains { element in
                element == .absent || argument.values.contains { same(element, $0) }
            }
        })
}
