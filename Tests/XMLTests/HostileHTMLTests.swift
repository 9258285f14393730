import Testing
import XML

/// Pages as they are, and as nobody should write them; mutations start from here.
private let corpus: [String] = [
    "<!doctype html><html><head><meta charset=utf-8><title>t</title><script src=a.js></script></head><body><p>x</p></body>",
    "<script>document.write('<script src=x><\\/script>')</script><style>a{}</style><link rel=stylesheet href=//a.example/>",
    "<svg><script xlink:href=a /></svg><math><mi></math><template><form></template><select><option><iframe></select>",
    "<table><form><tr><td><base href=x></table></form><a href=\"&#0;&#x110000;&amp&lt\"><plaintext><meta>",
    "<!--><meta>--><!--- --!><![CDATA[<form>]]><?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<noscript><title><textarea></noscript></title></textarea><frameset><frame></frameset><body onload=x><iframe srcdoc='<p>'>",
    "\u{FEFF}<html\u{0}><he\u{0}ad><scr\u{0}ipt src=\u{0}></scr\u{0}ipt>\u{FFFD}\u{10FFFF}</html></html></body>"
]

struct HostileHTMLTests {
    private static let slowPages: [String] = [
        String(repeating: "<div>", count: 50_000) + String(repeating: "</x>", count: 50_000),
        "<div " + (0..<37_500).map { String($0, radix: 36) + "a" }.map { "x\($0)" }.joined(separator: " ") + ">",
        String(repeating: "<", count: 250_000), String(repeating: "<a ", count: 75_000),
        String(repeating: "<script>", count: 25_000), String(repeating: "<!--", count: 50_000),
        String(repeating: "&", count: 250_000), String(repeating: "&#", count: 100_000),
        String(repeating: "</", count: 100_000), String(repeating: "<p>", count: 75_000),
        String(repeating: "<b><p>", count: 25_000), "<script>" + String(repeating: "</scrip", count: 25_000),
        "<a b='" + String(repeating: "x", count: 500_000), "<" + String(repeating: "a", count: 500_000),
        String(repeating: "<!DOCTYPE a [", count: 12_500), String(repeating: "<![CDATA[", count: 25_000),
        String(repeating: "<?a ", count: 50_000), String(repeating: "<table><tr><td>", count: 20_000)
    ]

    private static func read(_ bytes: [UInt8], _ charset: String?) {
        let outline = HTMLOutline(bytes, charset: charset)
        let limits = HTMLOutline.Limits()
        #expect(outline.elements.count <= limits.elements)
        for element in outline.elements {
            #expect(element.attributes.count <= limits.attributes && element.textLength <= 3 * bytes.count)
            #expect(Set(element.attributes.map(\.name)).count == element.attributes.count)
        }
    }

    @Test("Changed and cut pages are read without a trap", arguments: 0..<40)
    func mutations(seed: Int) {
        var numbers = Numbers(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        for _ in 0..<25 {
            var bytes = Array((corpus.randomElement(using: &numbers) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...8, using: &numbers) {
                let index = Int.random(in: 0...bytes.count, using: &numbers)
                switch Int.random(in: 0..<3, using: &numbers) {
                case 0: bytes.insert(UInt8.random(in: 0...255, using: &numbers), at: index)
                case 1: bytes.removeSubrange(index..<min(bytes.count, index + 7))
                default: bytes.insert(contentsOf: Array((corpus.randomElement(using: &numbers) ?? "").utf8), at: index)
                }
            }
            Self.read(bytes, [nil, "utf-8", "utf-16le", "shift_jis"].randomElement(using: &numbers) ?? nil)
        }
    }

    @Test("Pages made to be slow are read", arguments: slowPages.indices)
    func slow(index: Int) {
        Self.read(Array(Self.slowPages[index].utf8), nil)
    }

    @Test("No bytes, blank bytes and binary bytes hold no elements")
    func nothing() {
        #expect(HTMLOutline([], charset: nil).elements.isEmpty)
        #expect(HTMLOutline(Array("  \n".utf8), charset: nil).elements.isEmpty)
        #expect(HTMLOutline([UInt8](repeating: 0, count: 10_000), charset: nil).elements.isEmpty)
        #expect(HTMLOutline(Array(0...255), charset: "utf-16").elements.isEmpty)
    }
}

/// Numbers that look random and are the same for the same state (xorshift64*).
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
