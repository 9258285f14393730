import Testing
import XML
import XMLReading

struct XMLTests {
    @Test(
        "terminal sequences vanish whole",
        arguments: [
            ("plain", "plain"), ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}[38;2;1;2;3mx", "x"),
            ("\u{1B}]0;title\u{07}x", "x"), ("\u{1B}]8;;https://a\u{1B}\\x\u{1B}]8;;\u{1B}\\", "x"),
            ("\u{1B}Pq#0\u{1B}\\x", "x"), ("\u{9B}31mx", "x"), ("\u{9D}0;t\u{9C}x", "x"), ("\u{1B}(Bx", "x"),
            ("\u{1B}cx", "x"), ("\u{1B}]open", "open"), ("\u{1B}", "\u{1B}"), ("\u{1B}[", "\u{1B}["),
            ("a\u{1B}[12", "a\u{1B}[12"), ("é\u{1B}[1mß", "éß"), ("\u{C2}\u{1B}[1m", "\u{C2}")
        ])
    func terminalSequences(text: String, expected: String) {
        #expect(text.withoutTerminalSequences == expected)
    }

    @Test(
        "characters that XML forbids become U+FFFD",
        arguments: [
            ("a\tb\nc\rd", "a\tb\nc\rd"), ("\u{0}", "\u{FFFD}"),
            ("\u{1}\u{8}\u{B}\u{C}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("\u{1B}", "\u{FFFD}"), ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"), ("\u{FFFD}", "\u{FFFD}"), ("😀", "😀"),
            ("\u{1B}[31mred", "red"), ("\u{7F}\u{85}", "\u{7F}\u{85}")
        ])
    func legalText(text: String, expected: String) {
        #expect(Array(text.legalXML.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("what is written is well-formed, whatever the text", arguments: hostileTexts)
    func writer(text: String) {
        let document = XMLWriter.document { xml in
            xml.element("a", ["b": text]) { xml in
                xml.text(text)
                xml.element("c")
            }
        }
        #expect(xmlProblem(in: document) == nil)
    }

    @Test("markup is escaped")
    func escaping() {
        let document = XMLWriter.document { $0.element("a", ["b": "<\"&\n"]) { $0.text("]]><&") } }
        #expect(document.contains("<a b=\"&lt;&quot;&amp;&#10;\">]]&gt;&lt;&amp;</a>"))
    }

    @Test(
        "a text that is not well-formed is located",
        arguments: [
            ("<a/>", nil), ("", 0), ("<a>\n<b>\n</a>", 3), ("<a>\u{1}</a>", 1), ("<a b='1' b='2'/>", 1)
        ] as [(String, Int?)])
    func wellFormed(text: String, line: Int?) {
        let problem = xmlProblem(in: text)
        #expect((problem == nil) == (line == nil))
        if let line, line > 0 { #expect(problem?.line == line) }
    }

    private static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="a"><xs:complexType><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element>
        </xs:schema>
        """

    @Test(
        "a document is valid or says where it is not",
        arguments: [
            ("<a n='1'/>", []), ("<a\nn='x'/>", [2]), ("<b/>", [1]), ("<a>", [1])
        ] as [(String, [Int])])
    func validation(document: String, lines: [Int]) throws {
        let problems = try XMLSchema(text: Self.schema).validate(document)
        #expect(Set(problems.map(\.line)) == Set(lines))
        #expect(problems.allSatisfy { !$0.message.isEmpty && !$0.message.hasSuffix("\n") })
    }

    @Test(
        "what is no schema is refused",
        arguments: [
            "", "<a/>",
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"a\" type=\"missing\"/></xs:schema>"
        ])
    func badSchema(text: String) {
        #expect(throws: XMLProblem.self) { try XMLSchema(text: text) }
    }

    @Test(
        "a document can make libxml2 open nothing",
        arguments: [
            "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a n='&e;'/>",
            "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='file:///etc/hostname'/>"
        ])
    func isolation(document: String) throws {
        #expect(try XMLSchema(text: Self.schema).validate(document) != [])
    }

    @Test("entities that multiply are stopped")
    func entityBomb() {
        let entities = (1...20).map { "<!ENTITY e\($0) '\(String(repeating: "&e\($0 - 1);", count: 10))'>" }.joined()
        #expect(xmlProblem(in: "<!DOCTYPE a [<!ENTITY e0 'x'>\(entities)]><a n='&e20;'/>") != nil)
    }

    @Test("a document type from a file is never read")
    func documentType() {
        // With DTD loading the missing file would be reported.
        #expect(xmlProblem(in: "<!DOCTYPE a SYSTEM \"file:///nonexistent.dtd\"><a/>") == nil)
    }

    @Test("one schema serves many tasks at once")
    func concurrency() async throws {
        let schema = try XMLSchema(text: Self.schema)
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask {
                    let document = XMLWriter.document { $0.element("a", ["n": index % 2 == 0 ? "1" : "x"]) }
                    return schema.validate(document).isEmpty == (index % 2 == 0)
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
