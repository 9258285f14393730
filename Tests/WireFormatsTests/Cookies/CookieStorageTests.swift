import Testing
import WireFormats

struct CookieStorageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let url: String
        let rejection: CookieStorage.Rejection?
        var testDescription: String { "\(line) from \(url)" }

        init(_ line: String, _ url: String, _ rejection: CookieStorage.Rejection?) {
            self.line = line
            self.url = url
            self.rejection = rejection
        }

        init(_ line: String, _ rejection: CookieStorage.Rejection?) {
            self.init(line, "https://shop.example/a/b", rejection)
        }
    }

    @Test(
        "Browsers keep what follows the rules",
        arguments: [
            Case("a=b", nil), Case("a=b", "http://shop.example/", nil), Case("a=b; Domain=shop.example", nil),
            Case("a=b; Domain=shop.example", "https://www.shop.example/", nil),
            Case("a=b; Domain=localhost", "http://localhost:8080/", nil),
            Case("a=b; Domain=github.io", "https://github.io/", nil),
            Case("a=b; Domain=127.0.0.1", "http://127.0.0.1/", nil),
            Case("a=b; SameSite=None; Secure", nil), Case("a=b; Partitioned; Secure", nil),
            Case("__Host-a=b; Secure; Path=/", nil), Case("__Host-a=b; Secure; Path=/; Domain=", nil),
            Case("__Secure-a=b; Secure; Domain=shop.example", nil), Case("__Http-a=b; Secure; HttpOnly", nil),
            Case("__Host-Http-a=b; Secure; HttpOnly; Path=/", nil), Case("a=[redacted 4095:0badcafe]", nil)
        ])
    func kept(_ expected: Case) throws { try check(expected) }

    @Test(
        "Browsers throw away what breaks them",
        arguments: [
            Case("a=b\u{1}", .controlCharacter), Case("a=[redacted 4096:0badcafe]", .oversize),
            Case("a=b; Domain=example", .publicSuffix), Case("a=b; Domain=com", .publicSuffix),
            Case("a=b; Domain=co.uk", "https://shop.co.uk/", .publicSuffix),
            Case("a=b; Domain=github.io", "https://me.github.io/", .publicSuffix),
            Case("a=b; Domain=other.example", .domainMismatch), Case("a=b; Domain=www.shop.example", .domainMismatch),
            Case("a=b; Domain=hop.example", .domainMismatch),
            Case("a=b; Domain=0.0.1", "http://127.0.0.1/", .domainMismatch),
            Case("a=b; Domain=..shop.example", .domainMismatch), Case("a=b; Domain=shöp.example", .domainMismatch),
            Case("a=b; Secure", "http://shop.example/", .secureOverHTTP),
            Case("a=b; SameSite=None", .sameSiteNoneWithoutSecure), Case("a=b; Partitioned", .partitionedWithoutSecure),
            Case("__Secure-a=b", .securePrefixWithoutSecure), Case("__secure-a=b", .securePrefixWithoutSecure),
            Case("__Host-a=b; Path=/", .securePrefixWithoutSecure),
            Case("__Host-a=b; Secure; Path=/; Domain=shop.example", .hostPrefixWithDomain),
            Case("__Host-a=b; Secure", .hostPrefixPath), Case("__HOST-a=b; Secure; Path=/a", .hostPrefixPath),
            Case("__Http-a=b; Secure", .httpPrefixWithoutHTTPOnly),
            Case("__Host-Http-a=b; Secure; Path=/", .httpPrefixWithoutHTTPOnly),
            Case("__Host-Http-a=b; Secure; HttpOnly", .hostPrefixPath)
        ])
    func rejected(_ expected: Case) throws { try check(expected) }

    private func check(_ expected: Case) throws {
        let cookie = try #require(SetCookie(expected.line))
        let url = try URLReference(expected.url)
        #expect(CookieStorage.rejection(of: cookie, from: url) == expected.rejection)
    }
}
