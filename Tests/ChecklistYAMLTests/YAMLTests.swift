import AuditModel
import ChecklistYAML
import Testing

struct YAMLTests {
    static let scalars: [(String, FactValue)] = [
        ("", .absent), ("~", .absent), ("null", .absent), ("NULL", .absent), ("nil", .text("nil")),
        ("true", .boolean(true)), ("FALSE", .boolean(false)), ("tRUE", .text("tRUE")), ("yes", .text("yes")),
        ("on", .text("on")), ("No", .text("No")), ("y", .text("y")),
        ("0", .integer(0)), ("-12", .integer(-12)), ("+5", .integer(5)), ("007", .integer(7)), ("0o17", .integer(15)),
        ("0x1F", .integer(31)), ("0x", .text("0x")), ("0x-1", .text("0x-1")), ("-0x1", .text("-0x1")),
        ("0b1", .text("0b1")), ("1_000", .text("1_000")), ("12:30", .text("12:30")),
        ("1.5", .number(1.5)), (".5", .number(0.5)), ("5.", .number(5)), ("1e3", .number(1000)),
        ("-1.5E-2", .number(-0.015)), ("1e", .text("1e")), (".", .text(".")), ("+", .text("+")),
        ("1.2.3", .text("1.2.3")), (".inf", .text(".inf")), (".nan", .text(".nan")), ("1e999", .text("1e999")),
        ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("2027-01-01", .text("2027-01-01")), ("\"5\"", .text("5")), ("'true'", .text("true")), ("''", .text("")),
        ("|\n  5\n", .text("5\n")), ("!!str 5", .text("5")), ("=", .text("=")), ("<<", .text("<<")),
        ("\"a\\tb\\u00e9\\0\"", .text("a\tb\u{e9}\0")), ("a\n b", .text("a b")), ("a*b", .text("a*b")),
        ("'*a'", .text("*a")), ("|\n  *a *\n", .text("*a *\n"))
    ]

    @Test("a scalar has the type of the YAML 1.2 core schema", arguments: scalars)
    func scalar(_ text: String, _ value: FactValue) {
        guard case .scalar(let found, _) = YAMLDocument(Array(text.utf8), file: "f").root?.value else {
            Issue.record("a scalar was expected")
            return
        }
        #expect(found == value)
    }

    static let documents: [(String, String)] = [
        ("a: &x [1, 2]\nb: *x", "{a: [1, 2], b: [1, 2]}"),
        ("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}"),
        ("&k a: 1\nb: *k", "{a: 1, b: a}"),
        ("a: &x {b: &y 1, c: *y}\nd: [*x, *y]", "{a: {b: 1, c: 1}, d: [{b: 1, c: 1}, 1]}"),
        ("{a, b: }", "{a: ~, b: ~}"),
        ("---\na: 1\n...\n", "{a: 1}"),
        ("# nothing\n", "~"),
        ("a: |\n  x\r\n  y\r\n", "{a: x\ny\n}"),
        ("5: a\ntrue: b\n~: c", "{5: a, true: b, ~: c}"),
        ("a: \u{E000}*\nb: '\u{E001}*'", "{a: \u{E000}*, b: \u{E001}*}")
    ]

    @Test("a document keeps its order; aliases stand for what they name", arguments: documents)
    func document(_ text: String, _ expected: String) {
        let document = YAMLDocument(Array(text.utf8), file: "f")
        #expect(document.diagnostics.map(\.text) == [])
        #expect(document.root?.flow == expected)
    }

    // One row is one line.
    // swift-format-ignore
    static let syntax = [
        Mistake("a: 1\nb: c⟨:⟩ 2", "a colon and a space cannot stand here; put the text in quotes, or mend the indentation"),
        Mistake("a: ⟨\"b\nc: d", "the quotes that open here are not closed"),
        Mistake("a: ⟨[b, c\nd: e", "the list in [ ] that begins here is not closed, or lacks a comma at line 2"),
        Mistake("a: ⟨{b: c\nd: e", "the mapping in { } that begins here is not closed, or lacks a comma at line 2"),
        Mistake("a:\n⟨\t⟩b: c", "a tab, @ or ` cannot begin a value; indent with spaces, put the text in quotes"),
        Mistake("a: ⟨@⟩b", "a tab, @ or ` cannot begin a value; indent with spaces, put the text in quotes"),
        Mistake("a:\n  b: c\n ⟨d⟩: e", "a key of the mapping at line 1 was expected; mend the indentation or the quotes"),
        Mistake("a:\n  - b\n  ⟨c⟩: d", "an element of the list at line 2 was expected; mend the indentation"),
        Mistake("a: b\n⟨c⟩\nd: e", "a key with a colon was expected; a text over several lines needs quotes or a |"),
        Mistake("a: \"⟨\\q⟩\"", "an unknown escape in a double-quoted text; write \\\\ for a backslash, or use single quotes"),
        Mistake("a: 1\n⟨---⟩\nb: 2", "a second document begins here; a file holds one"),
        Mistake("⟨%⟩YAML 1.2\n---\na: b", "a line begins with %: directives are not supported"),
        Mistake("a: ⟨!!python/object:os.system⟩ x", "tags such as !!python/object:os.system are not supported"),
        Mistake("a: ⟨!own⟩ [x]\nb: ⟨!!set⟩ {c}\n⟨!k⟩ c: d", "tags such as !own are not supported", "tags such as !!set are not supported", "tags such as !k are not supported"),
        Mistake("a: &x {b: 1}\nc:\n  ⟨<<⟩: *x\n  d: 2", "merge keys are not supported; write the keys out"),
        Mistake("a: ⟨*b⟩", "no anchor &b stands before this alias"),
        Mistake("abc: &abc 1\nb: ⟨*abd⟩", "no anchor &abd stands before this alias; did you mean \"abc\"?"),
        Mistake("a: &x [⟨*x⟩]", "no anchor &x stands before this alias"),
        Mistake("a: &x 1\n⟨*x⟩ : 2", "an alias cannot be a key"),
        Mistake("a: &x 1\nb: &y ⟨*x⟩", "an alias stands alone, with no anchor, tag or text beside it"),
        Mistake("a: &x 1\nb: [&y ⟨*x⟩]", "an alias stands alone, with no anchor, tag or text beside it"),
        Mistake("a: &x 1\nb: 'c' ⟨*x⟩", "an alias stands alone, with no anchor, tag or text beside it"),
        Mistake("a: ⟨*⟩ b", "a text that begins with * needs quotes"),
        Mistake("a: ⟨**bold**⟩", "a text that begins with * needs quotes"),
        Mistake("⟨[a]⟩: b", "a key must be a text; a text that begins with [ or { needs quotes"),
        Mistake("a: b⟨\u{7}⟩c", "the character U+0007 is not allowed; write it as an escape in a double-quoted text"),
        Mistake("é\u{1F600}: b⟨\u{2028}⟩", "the character U+2028 is not allowed; write it as an escape in a double-quoted text")
    ]

    @Test("each mistake of YAML has its sentence and place", arguments: syntax)
    func mistake(_ mistake: Mistake) {
        mistake.check { YAMLDocument($0, file: "file.yaml").diagnostics }
    }

    // One row is one line.
    // swift-format-ignore
    static let repeated = [
        Mistake("a: 1\n⟨a⟩: 2\n⟨a⟩: 3", "the key \"a\" stands here again, first at line 1", "the key \"a\" stands here again, first at line 1"),
        Mistake("a: 1\n⟨\"a\"⟩: 2\n⟨'a'⟩: 3", "the key \"a\" stands here again, first at line 1", "the key \"a\" stands here again, first at line 1"),
        Mistake("b: {a: 1, ⟨a⟩: 2}\nc: 1\n⟨c⟩: 2\n⟨b⟩: 3", "the key \"a\" stands here again, first at line 1", "the key \"c\" stands here again, first at line 2", "the key \"b\" stands here again, first at line 1"),
        Mistake("ab: 1\ncb: 2\n⟨ab⟩: 3\n⟨cb⟩: 4", "the key \"ab\" stands here again, first at line 1", "the key \"cb\" stands here again, first at line 2"),
        Mistake("\"\\x41b\": 1\n⟨Ab⟩: 2", "the key \"Ab\" stands here again, first at line 1"),
        Mistake("'''a': 1\n⟨\"'a\"⟩: 2", "the key \"'a\" stands here again, first at line 1"),
        Mistake("&x a: 1\nb: *x\n⟨&y a⟩: 2", "the key \"a\" stands here again, first at line 1"),
        Mistake("ключ: 1\nб: {é: 1, ⟨é⟩: 2}\n⟨ключ⟩: 2", "the key \"é\" stands here again, first at line 2", "the key \"ключ\" stands here again, first at line 1"),
        Mistake("a*: 1\n⟨a*⟩: 2", "the key \"a*\" stands here again, first at line 1"),
        Mistake("? a\n: 1\n? ⟨a⟩\n: 2", "the key \"a\" stands here again, first at line 1"),
        Mistake("\"\": 1\n⟨\"\"⟩: 2\nb: 1\n⟨b⟩: 2", "the key \"\" stands here again, first at line 1", "the key \"b\" stands here again, first at line 3"),
        Mistake("x: {a: 1, ⟨a⟩: 2}\nb: ⟨@⟩", "the key \"a\" stands here again, first at line 1", "a tab, @ or ` cannot begin a value; indent with spaces, put the text in quotes"),
        Mistake("- a: 1\n- a: 2\n- {a: 1, b: &z {a: 3}, c: *z, d: *z, ⟨b⟩: 1}", "the key \"b\" stands here again, first at line 3")
    ]

    @Test("each repeated key is reported at its own place", arguments: repeated)
    func repeatedKey(_ mistake: Mistake) {
        mistake.check { Diagnostics(YAMLDocument($0, file: "file.yaml").diagnostics).all }
        mistake.check { bytes in
            let windows = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r\n")
            return Diagnostics(YAMLDocument(Array(windows.utf8), file: "file.yaml").diagnostics).all
        }
    }
}

extension YAMLNode {
    /// The document in one line.
    var flow: String {
        switch value {
        case .scalar(.absent, _): "~"
        case .scalar(_, let written): written
        case .list(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
        case .mapping(let entries): "{" + entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }
}
