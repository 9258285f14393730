import Testing
import WireFormats

struct SetCookieTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let name: String
        var secure = false
        var httpOnly = false
        var sameSite: SetCookie.SameSite?
        var path: String?
        var testDescription: String { line }
    }

    @Test(
        "Attributes are read as browsers read them",
        arguments: [
            Case(line: "a=b", name: "a"),
            Case(
                line: "a=b; Secure; HttpOnly; SameSite=Lax; Path=/", name: "a", secure: true, httpOnly: true,
                sameSite: .lax, path: "/"),
            Case(
                line: "__Host-a=b;SECURE ;httponly;samesite=STRICT", name: "__Host-a", secure: true, httpOnly: true,
                sameSite: .strict),
            Case(
                line: "a=b; SameSite=None; Secure=anything", name: "a", secure: true, sameSite: SetCookie.SameSite.none),
            Case(line: "a=b; SameSite=Lax; SameSite=Strict", name: "a", sameSite: .strict),
            Case(line: "a=b; SameSite=nonsense; Path=relative", name: "a"),
            Case(line: "a=Secure; xSecure; HttpOnly2", name: "a"),
            Case(line: "a.b=c=d; Path=/x=y", name: "a.b", path: "/x=y"),
            Case(line: "value", name: ""),
            Case(line: "=value; Secure", name: "", secure: true),
            Case(line: "a=; Path=", name: "a"),
            Case(line: "a=[redacted 12:0badcafe]; Secure", name: "a", secure: true)
        ])
    func line(_ expected: Case) throws {
        let cookie = try #require(SetCookie(expected.line))
        #expect(cookie.name == expected.name)
        #expect(cookie.isSecure == expected.secure)
        #expect(cookie.isHTTPOnly == expected.httpOnly)
        #expect(cookie.sameSite == expected.sameSite)
        #expect(cookie.path == expected.path)
    }

    @Test("Lines without name and value are no cookies", arguments: ["", "=", " ; Secure", ";", " = ;Path=/"])
    func nothing(line: String) { #expect(SetCookie(line) == nil) }

    @Test(
        "A control character makes browsers ignore the line, a tab does not",
        arguments: [
            ("a=b\u{0}", true), ("a=b\r\nX: y", true), ("a\u{1B}=b", true), ("a=b; Path=/\u{7F}", true),
            ("a=b\t; Secure", false), ("a=é", false)
        ])
    func controlCharacters(line: String, isIgnored: Bool) {
        #expect(SetCookie(line)?.hasControlCharacter == isIgnored)
    }

    @Test(
        "Domains are compared in lower case, without a leading dot",
        arguments: [
            ("a=b; Domain=Shop.Example", "shop.example"), ("a=b; Domain=.shop.example", "shop.example"),
            ("a=b; Domain=..shop.example", ".shop.example"), ("a=b; Domain=", nil), ("a=b; Domain=.", nil),
            ("a=b; domain=x; DOMAIN=y", "y"), ("a=b; Domain=x; Domain=", nil), ("a=b; Domain", nil)
        ] as [(String, String?)])
    func domain(line: String, domain: String?) { #expect(SetCookie(line)?.domain == domain) }

    @Test(
        "Max-Age is digits, perhaps after a minus; what is none leaves an earlier one alone",
        arguments: [
            ("a=b; Max-Age=60", 60), ("a=b; max-age=-1", -1), ("a=b; Max-Age=0", 0), ("a=b; Max-Age=+60", nil),
            ("a=b; Max-Age=60s", nil), ("a=b; Max-Age=", nil), ("a=b; Max-Age=-", nil), ("a=b; Max-Age=1.5", nil),
            ("a=b; Max-Age=60; Max-Age=x", 60), ("a=b; Max-Age=60; Max-Age=70", 70),
            ("a=b; Max-Age=99999999999999999999", 9_007_199_254_740_991),
            ("a=b; Max-Age=-99999999999999999999", -9_007_199_254_740_991)
        ] as [(String, Int64?)])
    func maxAge(line: String, seconds: Int64?) { #expect(SetCookie(line)?.maxAge == seconds) }

    @Test(
        "SameSite other than the three words is told",
        arguments: [
            ("a=b; SameSite=Relaxed", "Relaxed"), ("a=b; SameSite", ""), ("a=b; SameSite=Lax", nil), ("a=b", nil),
            ("a=b; SameSite=Lax; SameSite=x", "x")
        ] as [(String, String?)])
    func unknownSameSite(line: String, text: String?) { #expect(SetCookie(line)?.unknownSameSite == text) }

    @Test(
        "The size counts name and value as the server sent them",
        arguments: [
            ("sid=abcd; Secure", 7), ("sid=[redacted 4000:0badcafe]; Secure", 4003), ("=[redacted 5:0badcafe]", 5),
            ("value", 5), ("a=", 1), ("a=[redacted x]", 13), ("a=[redacted 99999999999999999999:0badcafe]", 41),
            ("a=[redacted 9223372036854775807:0badcafe]", Int.max)
        ])
    func size(line: String, bytes: Int) { #expect(SetCookie(line)?.size == bytes) }

    @Test(
        "Prefixes are recognised however they are cased, the longest first",
        arguments: [
            ("__Host-a", .host), ("__host-a", .host), ("__HOST-a", .host), ("__Secure-", .secure),
            ("__Http-a", .http), ("__Host-Http-a", .hostHTTP), ("__host-http-a", .hostHTTP), ("_Host-a", nil),
            ("__Hosta", nil), ("", nil)
        ] as [(String, SetCookie.Prefix?)])
    func prefix(name: String, prefix: SetCookie.Prefix?) { #expect(SetCookie.Prefix(of: name) == prefix) }

    @Test("An attribute longer than 1024 bytes is ignored")
    func longAttribute() {
        #expect(SetCookie("a=b; Path=/" + String(repeating: "x", count: 1024))?.path == nil)
        #expect(SetCookie("a=b; Path=/" + String(repeating: "x", count: 1023))?.path?.utf8.count == 1024)
    }
}
