import AuditModel

extension Matcher {
    static let contains = Matcher(
        name: "contains",
        summary: "Holds when the list has this element, or the text this part.",
        argument: .element,
        examples: [
            .holds(.list([.text("tls12"), .text("tls13")]), .value(.text("tls13"))),
            .fails(.list([.text("tls12")]), .value(.text("tls13"))),
            .holds(.text("no-store, private"), .value(.text("private"))),
            .fails(.text("no-store"), .value(.text("private")))
        ],
        expected: { argument, unit in "to contain " + inWords(argument, unit: unit) },
        holds: { argument, value in argument.single.map { isPart($0, of: value) } ?? false })
}

/// Whether a list has the element, or a text the part.
func isPart(_ part: FactValue, of value: FactValue) -> Bool {
    switch (value, part) {
    case (.list(let elements), _): elements.contains { same($0, part) }
    case (.text(let text), .text(let piece)): text.contains(piece)
    default: false
    }
}
