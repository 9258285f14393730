import Testing
import WireFormats

struct CacheControlTests {
    @Test("Directives are merged over all lines, the first of a name counts")
    func merged() {
        let field = CacheControl(lines: ["No-Store, max-age=60", "max-age=5, private=\"set-cookie\", s-maxage=\"7\""])
        #expect(field.isValid)
        #expect(field.has("no-store"))
        #expect(field.seconds("max-age") == 60)
        #expect(field.seconds("s-maxage") == 7)
        #expect(field.has("private"))
        #expect(!field.hasUnqualified("private"))
    }

    @Test(
        "Broken members are told",
        arguments: ["max-age=abc", "max-age", "max-age=", "no store", "max-age=1; public", "private=\"x", "\u{0}"])
    func invalid(value: String) { #expect(!CacheControl(lines: [value]).isValid) }

    @Test(
        "A shared cache may store by RFC 9111 §3",
        arguments: [
            ("", 200, true), ("", 404, true), ("", 403, false), ("", 302, false), ("max-age=1", 302, true),
            ("public", 403, true), ("no-store", 200, false), ("private", 200, false), ("private=\"x\"", 200, true),
            ("public, no-store", 200, false), ("no-cache", 200, true), ("s-maxage=0", 500, true),
            ("no-store, must-understand", 200, true), ("no-store, must-understand", 299, false),
            ("public, must-understand", 299, false), ("public", 206, false), ("xno-store", 200, true)
        ])
    func sharedStorable(value: String, status: Int, isStorable: Bool) {
        let field = CacheControl(lines: [value])
        #expect(field.isSharedStorable(.init(status: status, hasExpires: false)) == isStorable)
    }

    @Test("Without a lifetime a cache must guess; Expires is one")
    func heuristic() {
        let field = CacheControl(lines: ["public"])
        #expect(field.isHeuristic(.init(status: 200, hasExpires: false)))
        #expect(!field.isHeuristic(.init(status: 200, hasExpires: true)))
        #expect(!CacheControl(lines: ["no-store"]).isHeuristic(.init(status: 200, hasExpires: false)))
    }
}
