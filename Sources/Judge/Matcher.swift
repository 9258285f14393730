import AuditModel

/// A named comparison of a fact's value with an argument: a value of functions, one file each under `Matchers/`.
package struct Matcher: Sendable {
    package let name: String
    /// One sentence: when it holds.
    package let summary: String
    package let argument: MatcherArgument
    /// What was expected, in words that follow "expected": `at least 21 days`.
    let expected: @Sendable (_ argument: Argument, _ unit: String?) -> String
    /// What was seen, in words, as far as it matters to this matcher.
    let seen: @Sendable (_ argument: Argument, _ value: FactValue, _ unit: String?) -> String
    /// Whether a value that is there meets the argument.
    let holds: @Sendable (_ argument: Argument, _ value: FactValue) -> Bool
    /// Values and arguments with their outcome; the tests run them.
    package let examples: [MatcherExample]

    init(
        name: String, summary: String, argument: MatcherArgument, examples: [MatcherExample],
        expected: @escaping @Sendable (_ argument: Argument, _ unit: String?) -> String,
        seen: @escaping @Sendable (_ argument: Argument, _ value: FactValue, _ unit: String?) -> String = {
            _, value, unit in
            inWords(value, unit: unit)
        },
        holds: @escaping @Sendable (_ argument: Argument, _ value: FactValue) -> Bool
    ) {
        self.name = name
        self.summary = summary
        self.argument = argument
        self.examples = examples
        self.expected = expected
        self.seen = seen
        self.holds = holds
    }

    /// Every matcher there is, by name.
    package static let all: [Matcher] = [
        .absent, .any, .atLeast, .atMost, .between, .contains, .containsAll, .count, .each, .equals, .matches,
        .noneOf, .not, .oneOf, .present, .startsWith
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    package static func named(_ name: String) -> Matcher? { byName[name] }

    package var description: MatcherDescription {
        MatcherDescription(name: name, summary: summary, argument: argument)
    }
}

/// A case that shows, and tests, what a matcher does.
package struct MatcherExample: Sendable {
    package let value: FactValue
    package let argument: Argument
    package let holds: Bool

    static func holds(_ value: FactValue, _ argument: Argument) -> MatcherExample {
        MatcherExample(value: value, argument: argument, holds: true)
    }

    static func fails(_ value: FactValue, _ argument: Argument) -> MatcherExample {
        MatcherExample(value: value, argument: argument, holds: false)
    }
}

extension Condition {
    /// Whether a value that is there meets this condition; an unknown matcher never holds.
    package func holds(_ value: FactValue) -> Bool {
        Matcher.named(matcher)?.holds(argument, value) ?? false
    }

    package func expected(unit: String?) -> String {
        Matcher.named(matcher)?.expected(argument, unit) ?? "matcher \(matcher)"
    }

    package func seen(_ value: FactValue, unit: String?) -> String {
        Matcher.named(matcher)?.seen(argument, value, unit) ?? inWords(value, unit: unit)
    }
}

extension [Condition] {
    /// Whether a value meets all conditions; no condition at all never holds, and what is absent meets `absent` alone.
    func hold(_ value: FactValue) -> Bool {
        !isEmpty && allSatisfy { value == .absent ? $0.matcher == "absent" : $0.holds(value) }
    }

    func expected(unit: String?) -> String { map { $0.expected(unit: unit) }.joined(separator: " and ") }
}
