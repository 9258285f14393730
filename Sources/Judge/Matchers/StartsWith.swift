import AuditModel

extension Matcher {
    static let startsWith = Matcher(
        name: "startsWith",
        summary: "Holds when the text begins with this text.",
        argument: .text,
        examples: [
            .holds(.text("https://shop.example/"), .value(.text("https://"))),
            .fails(.text("http://shop.example/"), .value(.text("https://")))
        ],
        expected: { argument, _ in "to start with " + inWords(argument, unit: nil) },
        holds: { argument, value in
            guard case .text(let start)? = argument.single, case .text(let text) = value else { return false }
            return text.hasPrefix(start)
        })
}
