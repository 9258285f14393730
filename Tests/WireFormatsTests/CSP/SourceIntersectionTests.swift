import Testing
import WireFormats

struct SourceIntersectionTests {
    private static func list(_ text: String) -> SourceList { SourceList(text.split(separator: " ").map(String.init)) }

    @Test(
        "Two policies allow what both allow, named as narrowly as the narrower one, whatever their order",
        arguments: [
            ("'self' https://a.shop.example", "'self'", ["'self'"]),
            ("*", "'self' https://a.example", ["'self'", "https://a.example"]),
            ("https:", "https://a.example http://b.example", ["https://a.example", "https://b.example"]),
            ("http:", "https:", ["https:"]), ("https:", "data:", ["'none'"]), ("*", "data: blob:", ["'none'"]),
            ("* data:", "data:", ["data:"]), ("*.a.example", "x.a.example", ["x.a.example"]),
            ("*.a.example", "a.example", ["'none'"]), ("*.a.example", "*.b.a.example", ["*.b.a.example"]),
            ("*.a.example", "nota.example", ["'none'"]), ("a.example", "b.example", ["'none'"]),
            ("https://a.example/js/", "https://a.example/js/x.js", ["https://a.example/js/x.js"]),
            ("https://a.example/js/", "https://a.example/css/", ["'none'"]),
            ("https://a.example/js", "https://a.example/js/x.js", ["'none'"]),
            ("https://a.example", "https://a.example/js/", ["https://a.example/js/"]),
            ("https://a.example:*", "https://a.example:8443", ["https://a.example:8443"]),
            ("https://a.example", "https://a.example:8443", ["'none'"]),
            ("https://a.example", "https://a.example:443", ["https://a.example"]),
            ("http://a.example", "https://a.example", ["https://a.example"]),
            ("a.example", "https://a.example", ["a.example"]), ("https:", "*.a.example", ["*.a.example"]),
            ("'self'", "https://shop.example", ["'self'"]),
            ("'self'", "https://shop.example/js/", ["https://shop.example/js/"]),
            ("'self'", "*.example", ["'self'"]), ("'self'", "https:", ["'self'"]),
            ("'self'", "http://other.example", ["'none'"]),
            ("'none'", "*", ["'none'"]), ("", "*", ["'none'"]), ("'none' 'self'", "'self'", ["'self'"]),
            ("'unsafe-inline' 'self'", "'unsafe-inline' https:", ["'self'", "'unsafe-inline'"]),
            ("'nonce-abc' 'self'", "'nonce-abc'", ["'nonce-abc'"]), ("'nonce-abc'", "'nonce-ABC'", ["'none'"]),
            ("'nonce-abc'", "https:", ["'none'"]), ("wss:", "ws://a.example", ["wss://a.example"])
        ] as [(String, String, [String])])
    func pairs(one: String, other: String, expected: [String]) throws {
        let origin = try URLReference("https://shop.example/")
        for lists in [[one, other], [other, one]] {
            let joined = SourceList.intersection(lists.map(Self.list), origin: origin)
            #expect(joined?.texts == expected, "\(lists)")
        }
    }

    @Test("Each list counts, and a list met with itself is itself")
    func several() throws {
        let origin = try URLReference("https://shop.example/")
        let lists = ["https: 'self'", "*.shop.example shop.example", "https://shop.example:*/a/"].map(Self.list)
        #expect(SourceList.intersection(lists, origin: origin)?.texts == ["https://shop.example/a/"])
        #expect(SourceList.intersection([], origin: origin) == nil)
        for list in lists { #expect(SourceList.intersection([list, list], origin: nil)?.texts == list.texts) }
    }
}
