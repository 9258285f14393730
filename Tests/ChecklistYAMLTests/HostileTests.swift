import AuditModel
import ChecklistYAML
import Foundation
import Testing

/// Nothing that a file may hold traps, hangs or is read without bound.
struct HostileTests {
    /// A file of the folder, and the code of what is first said about it.
    static let files = [
        ("billion-laughs.yaml", "too-large"), ("alias-bomb-keys.yaml", "alias"),
        ("alias-bomb-nested.yaml", "too-large"),
        ("anchor-to-self.yaml", "alias"), ("tabs.yaml", "syntax"), ("python-object.yaml", "tag"),
        ("merge-keys.yaml", "merge-key"), ("directives.yaml", "syntax"), ("nul.yaml", "control-character"),
        ("complex-keys.yaml", "syntax"), ("several-documents.yaml", "syntax"), ("escapes.yaml", "syntax")
    ]

    @Test("a hostile file of the folder is refused for what it is", arguments: files)
    func file(_ name: String, _ code: String) throws {
        let bytes = try contents(name)
        #expect(YAMLDocument(bytes, file: name).diagnostics.first?.code == code)
        readAsEveryKind(bytes)
    }

    @Test("every file of the folder is in the table")
    func everyFile() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.sorted() == Self.files.map(\.0).sorted())
    }

    /// A file that is made here because it is large or no text at all, and the code of what is first said about it.
    struct Made: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]
        let code: String?

        init(_ name: String, _ bytes: [UInt8], _ code: String?) {
            testDescription = name
            self.bytes = bytes
            self.code = code
        }

        init(_ name: String, _ text: String, _ code: String?) { self.init(name, Array(text.utf8), code) }
    }

    // One row is one line.
    // swift-format-ignore
    static let made = [
        Made("1 MiB and a byte", Array(repeating: UInt8(ascii: "a"), count: (1 << 20) + 1), "too-large"),
        Made("1 MiB", Array(repeating: UInt8(ascii: "a"), count: 1 << 20), nil),
        Made("a quoted text of 1 MiB", Array(("\"" + String(repeating: "a ", count: 524_287) + "\"").utf8), nil),
        Made("not UTF-8", [0x61, 0x3A, 0x20, 0xFF], "encoding"),
        Made("a cut character", [0x61, 0xE2, 0x82], "encoding"),
        Made("a surrogate", [0xED, 0xA0, 0x80], "encoding"),
        Made("UTF-16", [0xFF, 0xFE, 0x61, 0x00], "encoding"),
        Made("100,000 [", repeated("[", 100_000), "too-deep"),
        Made("100,000 {a:", repeated("{a: ", 100_000), "too-deep"),
        Made("100,000 dashes", repeated("- ", 100_000), "too-deep"),
        Made("65 deep", repeated("[", 65) + repeated("]", 65), "too-deep"),
        Made("64 deep", repeated("[", 64) + repeated("]", 64), nil),
        Made("mappings by indentation", Array((0..<700).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8), "too-deep"),
        Made("many elements 900 deep", repeated("[", 900) + repeated("a,", 500_000), "too-deep"),
        Made("aliases that deepen", Array((1...80).reduce("a0: &a0 1\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1)]\n" }.utf8), "too-deep"),
        Made("50,000 keys", Array((0..<50_000).map { "k\($0): 1\n" }.joined().utf8), "too-large"),
        Made("49,999 keys", Array((0..<49_999).map { "k\($0): 1\n" }.joined().utf8), nil),
        Made("one key 100,000 times", repeated("k: 1\n", 100_000), "duplicate-key"),
        Made("20,000 keys twice", Array(((0..<20_000).map { "k\($0): 1\n" } + (0..<20_000).map { "k\($0): 1\n" }).joined().utf8), "duplicate-key"),
        Made("repeated keys on one line", Array("{a: 1, \(String(repeating: "a: 1, ", count: 100_000))}".utf8), "duplicate-key"),
        Made("every private-use character", Array(String(String.UnicodeScalarView((0xE000...0xF8FF).compactMap(Unicode.Scalar.init) + ["*"])).utf8), nil),
        Made("only asterisks", repeated("*", 1 << 20), "syntax"),
        Made("anchors", Array((0..<50_000).map { "- &a\($0) 1\n" }.joined().utf8), nil),
        Made("colons", repeated(":", 200_000), "syntax"),
        Made("questions", repeated("? ", 100_000), "syntax"),
        Made("quotes", repeated("\"", 99_999), "syntax"),
        Made("percent signs", repeated("%TAG ! x\n", 80_000), "syntax"),
        Made("line feeds", repeated("\n", 1 << 20), nil),
        Made("carriage returns", repeated("\r", 1 << 20), nil),
        Made("nothing", [], nil)
    ]

    @Test("what is made to exhaust is refused within bounds", arguments: made)
    func bounded(_ file: Made) {
        let document = YAMLDocument(file.bytes, file: "f")
        #expect(document.diagnostics.first?.code == file.code)
        #expect(document.diagnostics.count <= 500)
    }

    @Test("no depth overflows a stack of 512 KiB")
    func smallStack() async {
        let files = Self.made.filter { $0.code == "too-deep" }
        let codes = await withCheckedContinuation { continuation in
            let thread = Thread {
                let documents = files.map { YAMLDocument($0.bytes, file: "f") }
                continuation.resume(returning: documents.map { $0.diagnostics.first?.code })
            }
            thread.stackSize = 512 << 10
            thread.start()
        }
        #expect(codes == files.map(\.code))
    }

    @Test("a checklist of nothing but mistakes is refused with a bounded list")
    func manyMistakes() {
        let keys = (0..<40_000).map { "serverity\($0): 1\n" }.joined()
        let (checklist, diagnostics) = load(Array(("schema: gonogo.checklist/1\n" + keys).utf8))
        #expect(checklist == nil)
        #expect(diagnostics.count == 500)
        #expect(diagnostics.contains { $0.code == "too-many" })
    }

    @Test("no cut and no changed byte of a checklist traps")
    func everyByte() {
        let text = Array(
            """
            schema: gonogo.checklist/1
            id: a
            sections: [{id: b, items: [{id: c, expect: {server: &a {not: 'x*'}, s: *a}, why: "\\x41{a}"}]}]
            id: "d"
            """.utf8)
        for index in text.indices {
            #expect(load(Array(text[..<index])).0 == nil)
            for byte: UInt8 in [0, 10, 34, 39, 42, 58, 91, 125, 255] {
                var changed = text
                changed[index] = byte
                #expect(load(changed).1.isEmpty == false)
            }
        }
    }

    @Test("what a file says reaches no sentence unescaped or whole")
    func escaped() {
        let name = "\\e[31m\\u202E" + String(repeating: "x", count: 900)
        let text = checklist(item: "attest: {question: Q, validFor: 1d}\n\"\(name)\": 1")
        let sentence = load(Array(text.utf8)).1.map(\.text).joined()
        #expect(sentence.contains("unknown key \"\\u{1B}[31m\\u{202E}xxx"))
        #expect(sentence.utf8.count < 500)
        #expect(!sentence.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }

    private func readAsEveryKind(_ bytes: [UInt8]) {
        _ = load(bytes)
        _ = loadAuditFile(text: bytes, file: "f", reportFormats: ["junit"])
        _ = loadAttestation(text: bytes, file: "f")
        _ = loadWaiver(text: bytes, file: "f")
        _ = schemaOfFile(text: bytes, file: "f")
    }

    private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
        Array(String(repeating: text, count: count).utf8)
    }

    private var folder: String {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.joined(separator: "/") + "/Hostile"
    }

    private func contents(_ name: String) throws -> [UInt8] {
        let data = try #require(FileManager.default.contents(atPath: folder + "/" + name))
        return Array(data)
    }
}
