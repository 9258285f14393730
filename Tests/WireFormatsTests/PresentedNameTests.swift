import Testing
import WireFormats

@Suite struct PresentedNameTests {
    @Test(
        "names a host as RFC 9525 says",
        arguments: [
            ("shop.example", "shop.example", true), ("SHOP.example", "shop.EXAMPLE.", true),
            ("shop.example", "www.shop.example", false), ("*.shop.example", "www.shop.example", true),
            ("*.shop.example", "a.b.shop.example", false), ("*.shop.example", "shop.example", false),
            ("*.shop.example", ".shop.example", false), ("w*.shop.example", "www.shop.example", false),
            ("*", "localhost", false), ("*.example", "shop.example", false),
            ("www.*.example", "www.shop.example", false),
            ("", "", false), ("shop.example\u{0}.evil", "shop.example", false), ("127.0.0.1", "127.0.0.10", false)
        ])
    func names(presented: String, host: String, isNamed: Bool) {
        #expect((PresentedName(presented.utf8)?.names(host) ?? false) == isNamed)
    }
}
