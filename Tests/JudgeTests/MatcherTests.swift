import AuditModel
import Judge
import Testing

@Suite struct MatcherTests {
    @Test("every example of every matcher comes out as it says", arguments: Matcher.all.map(\.name))
    func examples(name: String) throws {
        let matcher = try #require(Matcher.named(name))
        #expect(!matcher.examples.isEmpty)
        #expect(matcher.examples.contains { $0.holds } || name == "absent")
        #expect(matcher.examples.contains { !$0.holds })
        for example in matcher.examples {
            let condition = Condition(matcher: name, argument: example.argument)
            #expect(condition.holds(example.value) == example.holds, "\(example.value) \(name) \(example.argument)")
        }
    }

    static let hostile: [FactValue] = [
        .absent, .boolean(true), .integer(.min), .number(.infinity), .text(""), .text("\u{0}\u{1B}[31m"), .list([]),
        .list([.list([.list([])])]), .record([:]), .text(String(repeating: "a", count: 100_000))
    ]

    @Test("no matcher traps on any value and argument", arguments: Matcher.all.map(\.name))
    func total(name: String) {
        let arguments: [Argument] =
            Self.hostile.map(Argument.value) + [.parameter("x"), .list([]), .conditions([]), .list([.parameter("y")])]
        for value in Self.hostile {
            for argument in arguments {
                let condition = Condition(matcher: name, argument: argument)
                _ = condition.holds(value)
                #expect(!condition.expected(unit: "days").isEmpty)
                _ = condition.seen(value, unit: "days")
            }
        }
    }

    @Test(
        "each matcher words what it expected and what was seen",
        arguments: [
            ("atLeast", Argument.value(.integer(21)), FactValue.integer(14), "at least 21 days", "14 days"),
            ("atMost", .value(.number(0.5)), .number(0.75), "at most 0.5 days", "0.75 days"),
            (
                "between", .list([.value(.integer(1)), .value(.integer(5))]), .integer(9), "between 1 and 5 days",
                "9 days"
            ),
            ("equals", .value(.boolean(true)), .boolean(false), "true", "false"),
            ("oneOf", .list([.value(.text("a")), .value(.text("b"))]), .text("c"), "one of a, b", "c"),
            ("noneOf", .list([.value(.text("a"))]), .list([.text("a"), .text("z")]), "none of a", "a, z; among them a"),
            (
                "containsAll", .list([.value(.text("a")), .value(.text("b"))]), .list([.text("a")]),
                "to contain all of a, b", "a; missing b"
            ),
            ("contains", .value(.text("x")), .text("yz"), "to contain x", "yz"),
            ("count", .value(.integer(0)), .list([.text("a"), .text("b")]), "a count of 0", "2: a, b"),
            (
                "not", .conditions([Condition(matcher: "atMost", argument: .value(.integer(80)))]), .integer(80),
                "not at most 80 days", "80 days"
            ),
            ("each", .value(.boolean(true)), .list([]), "each true", "none"),
            ("matches", .value(.text("^v")), .text("1"), "to match ^v", "1"),
            ("startsWith", .value(.text("https:")), .text("http:"), "to start with https:", "http:"),
            ("absent", .value(.boolean(true)), .text("x"), "absent", "x"),
            ("present", .value(.boolean(true)), .absent, "present", "absent")
        ] as [(String, Argument, FactValue, String, String)])
    func words(name: String, argument: Argument, value: FactValue, expected: String, seen: String) {
        let condition = Condition(matcher: name, argument: argument)
        #expect(condition.expected(unit: name == "each" || name == "equals" ? nil : "days") == expected)
        #expect(
            condition.seen(value, unit: ["atLeast", "atMost", "between", "not"].contains(name) ? "days" : nil) == seen)
    }

    @Test("a long value is cut and says so")
    func cut() {
        let words = inWords(.text(String(repeating: "x", count: 5000)), unit: nil)
        #expect(words.hasSuffix("… (5000 bytes)"))
        #expect(words.utf8.count < 400)
    }
}
