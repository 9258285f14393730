import AuditModel

extension Matcher {
    static let between = Matcher(
        name: "between",
        summary: "Holds when the number or instant lies in the range, both ends included.",
        argument: .range,
        examples: [
            .holds(.integer(200), .list([.value(.integer(200)), .value(.integer(299))])),
            .holds(.integer(299), .list([.value(.integer(200)), .value(.integer(299))])),
            .fails(.integer(300), .list([.value(.integer(200)), .value(.integer(299))])),
            .fails(.integer(250), .list([.value(.integer(299)), .value(.integer(200))]))
        ],
        expected: { argument, unit in
            let bounds = argument.values
            guard bounds.count == 2 else { return "between two bounds" }
            return "between \(inWords(bounds[0], unit: nil)) and \(inWords(bounds[1], unit: unit))"
        },
        holds: { argument, value in
            let bounds = argument.values
            guard bounds.count == 2, let low = order(value, bounds[0]), let high = order(value, bounds[1]) else {
                return false
            }
            return low >= 0 && high <= 0
        })
}
