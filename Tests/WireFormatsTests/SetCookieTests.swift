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

    @Test(
        "Lines that browsers ignore are none", arguments: ["", "=", " ; Secure", "a=b\u{0}", "a=b\r\nX: y", "a\u{1B}=b"]
    )
    func ignored(line: String) { #expect(SetCookie(line) == nil) }

    @Test("An attribute longer than 1024 bytes is ignored")
    func longAttribute() {
        #expect(SetCookie("a=b; Path=/" + String(repeating: "x", count: 1024))?.path == nil)
        #expect(SetCookie("a=b; Path=/" + String(repeating: "x", count: 1023))?.path?.utf8.count == 1024)
    }
}
