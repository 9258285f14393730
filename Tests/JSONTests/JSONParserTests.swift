import JSON
import Testing

@Suite struct JSONParserTests {
    @Test(
        "reads what RFC 8259 allows",
        arguments: [
            ("null", JSONValue.null), (" true ", .boolean(true)), ("-0", .integer(0)), ("12", .integer(12)),
            ("-1.5e2", .number(-150)), ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            (#""a\u00e9\n\ud83d\ude00""#, .string("aé\n😀")), (#""\ud800x""#, .string("\u{FFFD}x")),
            ("[]", .array([])), ("[1,[2]]", .array([.integer(1), .array([.integer(2)])])),
            (#"{"b":1,"a":{}}"#, .object([.init("b", .integer(1)), .init("a", .object([]))])),
            ("\u{FEFF}1", .integer(1))
        ])
    func reads(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
    }

    @Test(
        "refuses the rest, and says where",
        arguments: [
            ("", JSONError.Code.syntax, 1, 1), ("[1,]", .syntax, 1, 4), ("{\"a\":1,}", .syntax, 1, 8),
            ("01", .syntax, 1, 1), ("1.", .syntax, 1, 3), ("+1", .syntax, 1, 1), ("nul", .syntax, 1, 1),
            ("1 2", .syntax, 1, 3), ("\"\t\"", .syntax, 1, 2), ("\"\\x\"", .syntax, 1, 2), ("[\n  tru]", .syntax, 2, 3),
            ("{\"a\":1,\n\"a\":2}", .duplicateName, 2, 1), ("\"open", .syntax, 1, 1), ("1e999", .syntax, 1, 1),
            ("NaN", .syntax, 1, 1), ("'a'", .syntax, 1, 1), ("// x", .syntax, 1, 1)
        ])
    func refuses(text: String, code: JSONError.Code, line: Int, column: Int) {
        #expect {
            _ = try JSONValue.parse(text)
        } throws: { error in
            let error = error as? JSONError
            return error?.code == code && error?.line == line && error?.column == column
        }
    }

    @Test("bounds depth and size instead of the stack and the memory")
    func bounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.self) { try JSONValue.parse(deep) }
        #expect {
            _ = try JSONValue.parse(String(repeating: "[", count: 70) + String(repeating: "]", count: 70))
        } throws: { ($0 as? JSONError)?.code == .tooDeep }
        #expect {
            _ = try JSONValue.parse("\"" + String(repeating: "a", count: 2 << 20) + "\"")
        } throws: { ($0 as? JSONError)?.code == .tooLarge }
    }

    @Test(
        "never traps on bytes that are no text",
        arguments: [[0xFF, 0xFE], [0x22, 0xC3, 0x28, 0x22], [0x00], [0x22, 0x5C]])
    func hostileBytes(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
    }

    @Test("never traps on any cut of a document")
    func cuts() {
        let text = #"{"a":[1,-2.5e+3,"x\u12aB\\",{"b":null}],"c":true}"#
        for count in 0..<text.utf8.count {
            #expect(throws: JSONError.self) { try JSONValue.parse(Array(text.utf8.prefix(count))) }
        }
    }
}

@Suite struct JSONPositionTests {
    @Test(
        "finds where a value begins",
        arguments: [
            ([], 1, 1), ([.name("a")], 2, 7), ([.name("a"), .index(1)], 2, 11), ([.name("b"), .name("c")], 3, 13)
        ] as [([JSONStep], Int, Int)])
    func finds(path: [JSONStep], line: Int, column: Int) throws {
        let text = "{\n \"a\": [1, {}],\n \"b\": {\"c\": 2}}"
        let place = try #require(JSONValue.position(of: path, in: Array(text.utf8)))
        #expect(place == (line, column))
        #expect(JSONValue.position(of: [.name("x")], in: Array(text.utf8)) == nil)
    }
}

@Suite struct JSONWriterTests {
    @Test(
        "writes compactly, and escapes what could command a terminal or end a script",
        arguments: [
            (
                JSONValue.object([.init("b", .integer(1)), .init("a", .array([.null, .boolean(false)]))]),
                #"{"b":1,"a":[null,false]}"#
            ),
            (.string("a\"b\\c\n\u{1B}[0m\u{9B}\u{2028}\u{7F}"), #""a\"b\\c\n\u001b[0m\u009b\u2028\u007f""#),
            (.number(2), "2"), (.number(0.1), "0.1"), (.number(.infinity), "null"), (.array([]), "[]")
        ])
    func writes(value: JSONValue, text: String) {
        #expect(value.compact == text)
    }

    @Test("indents by two spaces and ends with a newline")
    func indents() {
        let value = JSONValue.object([.init("a", .array([.integer(1), .object([])]))])
        #expect(value.indented == "{\n  \"a\": [\n    1,\n    {}\n  ]\n}\n")
    }
}

@Suite struct JSONCoderTests {
    struct Sample: Codable, Equatable {
        var second: Int
        var first: String
        var list: [Double]
        var map: [String: Bool]
        var nothing: String?
        var opaque: JSONValue
        var nested: [[String]]
    }

    static let sample = Sample(
        second: 2, first: "1", list: [0.5, 2], map: ["b": true, "a": false], nothing: nil,
        opaque: .object([.init("z", .null), .init("y", .array([.integer(1)]))]), nested: [[], ["x"]])

    @Test("keeps declared order, sorts dictionaries, keeps opaque values as they are")
    func encodes() throws {
        #expect(
            try JSONValue(encoding: Self.sample).compact
                == #"{"second":2,"first":"1","list":[0.5,2],"map":{"a":false,"b":true},"opaque":{"z":null,"y":[1]},"nested":[[],["x"]]}"#
        )
    }

    @Test("decodes what it encoded")
    func decodes() throws {
        let text = try JSONValue(encoding: Self.sample).indented
        #expect(try JSONValue.parse(text).decode(Sample.self) == Self.sample)
    }

    @Test(
        "names the member that does not fit",
        arguments: [
            (#"{"second":"x"}"#, "second: an integer was expected"), (#"{"second":1}"#, "first is missing"),
            (#"{"second":1,"first":"a","list":[1,"b"]}"#, "list[1]: a number was expected"),
            ("[]", "an object was expected")
        ])
    func misfit(text: String, reason: String) {
        #expect {
            _ = try JSONValue.parse(text).decode(Sample.self)
        } throws: { ($0 as? JSONError)?.reason == reason }
    }
}
