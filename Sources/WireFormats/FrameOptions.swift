/// All `X-Frame-Options` field lines of a response (HTML standard, "The X-Frame-Options header").
package struct FrameOptions: Equatable, Sendable {
    package enum Effect: String, Sendable, CaseIterable {
        case deny, sameorigin
        /// Any site may frame the page: nothing known was said.
        case none
    }

    package let effect: Effect
    /// Whether every line says the same one of `DENY` and `SAMEORIGIN`.
    package let isValid: Bool

    package init(lines: [String]) {
        let values = Set(FieldSyntax.combinedValues(lines).map(\.asciiLowercased))
        isValid = values == ["deny"] || values == ["sameorigin"]
        if values.count > 1 {
            // Contradictions block framing; several unknown values do not.
            effect = values.isDisjoint(with: ["deny", "allowall", "sameorigin"]) ? .none : .deny
        } else {
            effect = values.first.flatMap(Effect.init) ?? .none
        }
    }
}
