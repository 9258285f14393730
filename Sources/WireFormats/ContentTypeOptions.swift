/// All `X-Content-Type-Options` field lines of a response (Fetch standard, "determine nosniff").
package struct ContentTypeOptions: Equatable, Sendable {
    /// Whether browsers stop guessing types: the first value of the combined list is `nosniff`.
    package let isNosniff: Bool
    /// Whether every value is `nosniff`.
    package let isValid: Bool

    package init(lines: [String]) {
        let values = FieldSyntax.combinedValues(lines).map(\.asciiLowercased)
        isNosniff = values.first == "nosniff"
        isValid = !values.isEmpty && values.allSatisfy { $0 == "nosniff" }
    }
}
