import Testing
import WireFormats

struct FieldSyntaxTests {
    @Test(
        "A list is split at commas outside quoted strings",
        arguments: [
            (["a, b ,c"], ["a", "b", "c"]),
            (["a", "b, "], ["a", "b"]),
            ([#"a="x,y", b"#], [#"a="x,y""#, "b"]),
            ([#"a="x\",y", b"#], [#"a="x\",y""#, "b"]),
            ([#"a="open, b"#], [#"a="open, b"#]),
            ([", ,\t,"], []),
            ([""], []),
            ([], [])
        ])
    func list(lines: [String], members: [String]) { #expect(FieldSyntax.list(lines) == members) }

    @Test("Combined values keep the empty ones, as Fetch does")
    func combinedValues() { #expect(FieldSyntax.combinedValues(["a,,b", ""]) == ["a", "", "b", ""]) }

    @Test(
        "A token has no separators, controls or letters beyond ASCII",
        arguments: [
            ("max-age", true), ("!#$%&'*+-.^_`|~09azAZ", true), ("", false), ("a b", false), ("a=b", false),
            ("\"a\"", false), ("a\u{0}", false), ("é", false), ("\u{1B}[31m", false)
        ])
    func token(text: String, isToken: Bool) { #expect(FieldSyntax.isToken(text) == isToken) }

    @Test(
        "Seconds are digits only and stop at 2^53 − 1",
        arguments: [
            ("0", 0), ("31536000", 31_536_000), ("007", 7), ("9007199254740992", 9_007_199_254_740_991),
            (String(repeating: "9", count: 100), 9_007_199_254_740_991),
            ("", nil), ("-1", nil), ("+1", nil), ("1.5", nil), (" 1", nil), ("٣", nil)
        ] as [(String, Int64?)])
    func deltaSeconds(text: String, seconds: Int64?) { #expect(FieldSyntax.deltaSeconds(text) == seconds) }

    @Test(
        "A directive is a token with a token or a quoted string",
        arguments: [
            ("No-Store", "no-store", nil, false), ("max-age=60", "max-age", "60", false),
            (#"max-age = "60""#, "max-age", "60", true), (#"a="x\"y""#, "a", #"x"y"#, true),
            (#"a="""#, "a", "", true)
        ] as [(String, String, String?, Bool)])
    func directive(text: String, name: String, value: String?, isQuoted: Bool) throws {
        let directive = try #require(FieldDirective(text))
        #expect(directive.name == name)
        #expect(directive.value == value)
        #expect(directive.isQuoted == isQuoted)
    }

    @Test(
        "What is no directive is refused",
        arguments: ["", "=1", "a b", "a=", "a=b c", #"a="open"#, #"a="x"y"#, #"a="x\"#, "a=b=c", "\u{0}"])
    func noDirective(text: String) { #expect(FieldDirective(text) == nil) }

    @Test("Only A to Z are lowered: the Kelvin sign is no k")
    func asciiLowercased() { #expect("NoSniff \u{212A}É".asciiLowercased == "nosniff \u{212A}É") }

    @Test(
        "A field's value holds no controls but tabs",
        arguments: [("a\tb é", true), ("", true), ("a\u{0}", false), ("a\r\nb", false), ("\u{7F}", false)])
    func fieldValue(text: String, isValue: Bool) { #expect(FieldSyntax.isFieldValue(text) == isValue) }
}
