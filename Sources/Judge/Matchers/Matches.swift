import AuditModel
import WireFormats

extension Matcher {
    static let matches = Matcher(
        name: "matches",
        summary: "Holds when the regular expression is found in the text; anchor it with ^ and $ for the whole text.",
        argument: .pattern,
        examples: [
            .holds(.text("nginx/1.22.1"), .value(.text(#"/\d+\.\d+"#))),
            .fails(.text("nginx"), .value(.text(#"/\d"#))),
            .holds(.text("v2.3.4"), .value(.text(#"^v?\d+(\.\d+)*$"#))),
            .fails(.text("v2.x"), .value(.text(#"^v?\d+(\.\d+)*$"#)))
        ],
        expected: { argument, _ in "to match " + inWords(argument, unit: nil) },
        holds: { argument, value in
            guard case .text(let pattern)? = argument.single, case .text(let text) = value,
                let expression = try? RegularExpression(pattern)
            else { return false }
            return expression.matches(text)
        })

    /// Why a text is no regular expression, in one sentence fragment; nil when it is one.
    package static func problem(ofPattern pattern: String) -> String? {
        do throws(RegularExpressionError) {
            _ = try RegularExpression(pattern)
            return nil
        } catch {
            return error.reason
        }
    }
}
