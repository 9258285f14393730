import Testing
import WireFormats

/// One pattern, one text and whether the one is found in the other.
struct SearchCase: Sendable, CustomTestStringConvertible {
    let pattern: String
    let text: String
    let isFound: Bool

    var testDescription: String { "/\(pattern)/ \(isFound ? "in" : "not in") \(text.debugDescription)" }

    static func found(_ pattern: String, _ text: String) -> SearchCase {
        SearchCase(pattern: pattern, text: text, isFound: true)
    }

    static func missing(_ pattern: String, _ text: String) -> SearchCase {
        SearchCase(pattern: pattern, text: text, isFound: false)
    }
}

/// One pattern that is none, why, and where.
struct RefusalCase: Sendable, CustomTestStringConvertible {
    let pattern: String
    let code: RegularExpressionError.Code
    let offset: Int

    init(_ pattern: String, _ code: RegularExpressionError.Code, at offset: Int) {
        self.pattern = pattern
        self.code = code
        self.offset = offset
    }

    var testDescription: String { "/\(pattern.prefix(40))/ is \(code.rawValue)" }
}

@Suite struct RegularExpressionTests {
    @Test(
        "A search finds what the pattern describes, and nothing else",
        arguments: [
            .found("", ""), .found("", "abc"), .found("b", "abc"), .missing("d", "abc"),
            .found("a.c", "xabcx"), .missing("a.c", "a\nc"), .found("a.c", "a\u{1F600}c"), .missing("^.$", ""),
            .found("^abc$", "abc"), .missing("^b", "abc"), .missing("b$", "abc"), .missing("a$", "a\n"),
            .missing("^b", "a\nb"), .found("^$", ""), .missing("^$", "\n"), .missing("a^", "a"), .missing("$a", "a"),
            .found("colou?r", "color"), .found("^ab*c$", "ac"), .found("^ab+c$", "abbc"), .missing("^ab+c$", "ac"),
            .found("^a{3}$", "aaa"), .missing("^a{3}$", "aa"), .found("^a{2,}$", "aaaa"), .missing("^a{2,}$", "a"),
            .found("^a{1,2}$", "aa"), .missing("^a{1,2}$", "aaa"), .missing("^a{1,2}$", ""), .found("^a{0}b$", "b"),
            .found("^a{0,1}$", ""), .found("^a*?$", "aa"), .found("^a+?b??c{1,2}?$", "aacc"),
            .found("^(ab)+$", "abab"), .missing("^(ab)+$", "aba"), .found("^(?:a|b)*c$", "abbac"),
            .found("^(|a)b$", "b"), .found("^(a|)b$", "ab"), .found("cat|dog", "hotdog"), .missing("^cat|dog$", "acat"),
            .found("^(a|ab)(c|bcd)$", "abcd"), .found("^(a*)*$", "aaa"), .missing("^(a*)*$", "ab"),
            .found("^(a*)+b", "b"), .found("(){3}x", "x"), .found("(^a|b$)+", "xb"),
            .found("[abc]", "xbx"), .missing("[^abc]", "abc"), .found("^[a-f0-9]+$", "c0ffee"),
            .missing("^[a-f0-9]+$", "coffee"), .found("^[]x]+$", "]x"), .found("^[^]x]+$", "ab"),
            .missing("[^]x]", "]x"), .found("^[a-]+$", "a-"), .found("^[-a]+$", "a-"), .found(#"^[a\-z]+$"#, "z-a"),
            .missing(#"^[a\-z]+$"#, "b"), .found(#"^[\d_]+$"#, "1_2"), .found(#"^[\D]+$"#, "ab"),
            .missing(#"[\D]"#, "12"),
            .found(#"^[^\W\d]+$"#, "ab_"), .missing(#"^[^\W\d]+$"#, "a1"), .found("^[(.*+?)]+$", "(.*+?)"),
            .found("^[é-ü]$", "ö"), .missing("^[a-z]$", "ö"), .found(#"^[\x2F\n]+$"#, "/\n"), .found("^[a[]+$", "[a"),
            .found(#"/\d+\.\d+"#, "nginx/1.22.1"), .missing(#"/\d+\.\d+"#, "nginx"), .missing(#"\d"#, "\u{0663}"),
            .found(#"^\w+$"#, "snake_case1"), .missing(#"^\w+$"#, "kebab-case"), .missing(#"\w"#, "é"),
            .found(#"^\s+$"#, " \t\r\n\u{0C}"), .missing(#"\s"#, "\u{A0}"), .found(#"^\S\D\W$"#, "aa-"),
            .found(#"\bcat\b"#, "a cat."), .missing(#"\bcat\b"#, "concat"), .found(#"\Bcat"#, "concat"),
            .missing(#"\Bcat"#, "cat"), .missing(#"\b"#, ""), .found(#"\b"#, "a"), .found(#"a\b"#, "a"),
            .found(#"^\.\*\\\[\]\{\}\(\)\|\^\$\/$"#, #".*\[]{}()|^$/"#), .missing(#"\."#, "a"),
            .found(#"^\x41\x7a\n\t\r$"#, "Az\n\t\r"), .found("a{", "a{"), .found("^a{,3}$", "a{,3}"),
            .found("^{\"a\"}$", "{\"a\"}"), .found("^a{b}]$", "a{b}]"), .found("^ *$", "   "),
            .found("(?i)HSTS", "hsts"), .found("(?i)^[a-c]+$", "ABC"), .missing("(?i)[^a]", "A"),
            .found("(?i)straße", "STRAßE"), .found("(?i)ΣΑΣ", "σας"), .found("(?i)k", "\u{212A}"),
            .missing("hsts", "HSTS"), .found(#"(?i)\x41"#, "a"), .found("(?i)^É$", "é"), .missing("(?i)^e$", "é"),
            .found("é", "cafe\u{301} é"), .missing("^.$", "e\u{301}"), .found("^..$", "e\u{301}")
        ] as [SearchCase])
    func search(_ example: SearchCase) throws {
        #expect(try RegularExpression(example.pattern).matches(example.text) == example.isFound)
    }

    @Test(
        "A pattern that is none is refused with its mistake and the place",
        arguments: [
            RefusalCase("ab(c", .unclosedGroup, at: 2), RefusalCase("a)b", .unopenedGroup, at: 1),
            RefusalCase("a[bc", .unclosedClass, at: 1), RefusalCase("[", .unclosedClass, at: 0),
            RefusalCase("[]", .unclosedClass, at: 0), RefusalCase("[^]", .unclosedClass, at: 0),
            RefusalCase("[a-", .unclosedClass, at: 0), RefusalCase("[z-a]", .badRange, at: 1),
            RefusalCase(#"[a-\d]"#, .badRange, at: 1), RefusalCase(#"[\b]"#, .badEscape, at: 1),
            RefusalCase("[[:alpha:]]", .unsupportedClass, at: 1),
            RefusalCase("*a", .nothingToRepeat, at: 0), RefusalCase("a|+", .nothingToRepeat, at: 2),
            RefusalCase("(?)", .unsupportedGroup, at: 0), RefusalCase("a**", .nothingToRepeat, at: 2),
            RefusalCase("a++", .nothingToRepeat, at: 2), RefusalCase("a{2}{3}", .nothingToRepeat, at: 4),
            RefusalCase("a{3,2}", .badRepeat, at: 1), RefusalCase("a{1001}", .badRepeat, at: 1),
            RefusalCase("a{99999999999999999999}", .badRepeat, at: 1),
            RefusalCase(#"a\"#, .badEscape, at: 1), RefusalCase(#"\q"#, .badEscape, at: 0),
            RefusalCase(#"\p{L}"#, .badEscape, at: 0), RefusalCase(#"\x4"#, .badEscape, at: 0),
            RefusalCase(#"\xZZ"#, .badEscape, at: 0), RefusalCase(#"\é"#, .badEscape, at: 0),
            RefusalCase(#"\0"#, .badEscape, at: 0),
            RefusalCase(#"(a)\1"#, .backreference, at: 3), RefusalCase(#"\k<a>"#, .backreference, at: 0),
            RefusalCase("a(?=b)", .lookaround, at: 1), RefusalCase("(?!b)", .lookaround, at: 0),
            RefusalCase("(?<=b)", .lookaround, at: 0), RefusalCase("(?<!b)", .lookaround, at: 0),
            RefusalCase("(?P<n>b)", .unsupportedGroup, at: 0), RefusalCase("(?<n>b)", .unsupportedGroup, at: 0),
            RefusalCase("(?s).", .unsupportedGroup, at: 0), RefusalCase("a(?i)b", .unsupportedGroup, at: 1),
            RefusalCase("((a{1000}){1000}){1000}", .tooLarge, at: 0),
            RefusalCase("((((){1000}){1000}){1000}){1000}", .tooLarge, at: 0),
            RefusalCase("(a{100}){100}", .tooLarge, at: 0), RefusalCase("(a|b|c|d){1000,}", .tooLarge, at: 0),
            RefusalCase(String(repeating: "(", count: 101), .tooDeep, at: 100),
            RefusalCase(String(repeating: "a", count: 1001), .tooLong, at: 1000)
        ])
    func refusal(_ example: RefusalCase) {
        let error = #expect(throws: RegularExpressionError.self) { _ = try RegularExpression(example.pattern) }
        #expect(error?.code == example.code)
        #expect(error?.offset == example.offset)
        #expect(error?.reason.isEmpty == false)
    }

    @Test("Everything within the bounds is accepted")
    func bounds() throws {
        let deep = String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100)
        #expect(try RegularExpression(deep).matches("a"))
        #expect(try RegularExpression(String(repeating: "a", count: 1000)).matches(String(repeating: "a", count: 1001)))
        #expect(try RegularExpression("^a{1000}$").matches(String(repeating: "a", count: 1000)))
        #expect(try RegularExpression("^(a{0,9}){500}$").matches(String(repeating: "a", count: 100)))
    }

    /// A backtracking search would need more steps than there are atoms for each of these.
    @Test(
        "Patterns that make backtracking explode are searched to the end of a long text",
        arguments: [
            "(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]$", "(.*)(.*)(.*)(.*)(.*)[^a!]$",
            "^(a?){8}a{8}$", "(?i)(A+)+$"
        ])
    func bombs(_ pattern: String) throws {
        let text = String(repeating: "a", count: 100_000) + "!"
        #expect(try !RegularExpression(pattern).matches(text))
    }

    @Test("No pattern and no text traps or hangs")
    func hostileInputs() {
        let alphabet =
            Array(#"ab01zé-^$.|()[]{}*+?\dwsbBxnkP<>=!:,i "#.unicodeScalars) + ["\u{0}", "\u{10FFFF}", "\u{301}"]
        var generator = SplitMix64(state: 42)
        var accepted = 0
        for _ in 0..<20_000 {
            let pattern = text(of: Int.random(in: 0...24, using: &generator), from: alphabet, using: &generator)
            guard let expression = try? RegularExpression(pattern) else { continue }
            accepted += 1
            _ = expression.matches(text(of: 12, from: alphabet, using: &generator))
        }
        #expect(accepted > 500)
    }

    private func text(of length: Int, from alphabet: [Unicode.Scalar], using generator: inout SplitMix64) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<length {
            scalars.append(alphabet[Int.random(in: alphabet.indices, using: &generator)])
        }
        return String(scalars)
    }
}

/// A small generator with a seed, so that a failure can be repeated.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
