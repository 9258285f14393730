import Facts
import JSON
import Observe
import Testing
import WireFormats

struct RedactionTests {
    private static let echoed = "Bearer tok-9f8e7d6c5b4a"
    private let redactor = Redactor(key: RedactionKey(), literals: [echoed, "Basic bWU6aHVudGVyMg=="])

    private static let webToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
    private static let privateKey = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA\nabc=\n-----END EC PRIVATE KEY-----"

    @Test("a mark tells the length and an HMAC: equal within a run, different between runs")
    func mark() {
        let mark = redactor.mark("secret")
        #expect(mark == redactor.mark("secret"))
        #expect(mark != redactor.mark("Secret"))
        #expect(mark != Redactor(key: RedactionKey()).mark("secret"))
        #expect(mark.wholeMatch(of: #/\[redacted 6:[0-9a-f]{8}\]/#) != nil)
    }

    /// Field, and what of it must be gone; the rest must stay, around one mark.
    @Test(
        "a header field loses its secret and nothing else",
        arguments: [
            ("Set-Cookie", "sid=", "abc123", "; Path=/; Secure; HttpOnly; SameSite=Lax"),
            ("set-cookie", "", "abc123", "; Secure"),
            ("Set-Cookie", "a=", "\"b=c\"", ""),
            ("Authorization", "", "Basic Zm9v", ""),
            ("Cookie", "", "a=b; c=d", ""),
            ("X-Api-Key", "", "k-123", ""),
            ("X-Auth-Token", "", "t-123", ""),
            ("X-Amz-Security-Token", "", "t-123", ""),
            ("Authentication-Info", "", "nextnonce=\"x\"", ""),
            ("Location", "https://", "user:pw", "@example.com/x"),
            ("Location", "/callback?state=1&access_token=", "abc", "&x=y"),
            ("Location", "/callback#access_token=", "abc", "&token_type=bearer"),
            ("Link", "<https://a.example/?sig=", "abc", ">; rel=next"),
            ("Content-Security-Policy", "report-uri https://a.example/r?token=", "abc", "; default-src 'self'"),
            ("WWW-Authenticate", "Digest realm=\"a\", qop=\"auth\", nonce=\"", "dcd98b71", "\", algorithm=MD5"),
            ("WWW-Authenticate", "Negotiate ", "TlRMTVNTUAACAAAAAAAAAA==", ""),
            ("X-Debug", "jwt ", webToken, " end"),
            ("X-Echo", "got ", "tok-9f8e7d6c5b4a", "!"),
            ("X-Echo", "got ", "me:hunter2", "!"),
            ("X-Echo", "got ", "hunter2", "!"),
            ("X-Echo", "got ", "Bearer%20tok-9f8e7d6c5b4a", "!"),
            ("X-Debug", "key ", "AKIAIOSFODNN7EXAMPLE", " end")
        ])
    func fields(name: String, before: String, secret: String, after: String) {
        let redacted = redactor.redact(HTTPField(name, before + secret + after)).value
        #expect(!redacted.contains(secret))
        #expect(redacted.contains("[redacted "))
        let kept = redacted.replacing(#/"?\[redacted [0-9]+:[0-9a-f]{8}\]"?/#, with: "<mark>")
        let expected = (before + "<mark>" + after).replacing("\"<mark>\"", with: "<mark>")
        #expect(kept == expected)
    }

    @Test(
        "a field without secrets stays as it is",
        arguments: [
            ("Permissions-Policy", "publickey-credentials-get=(self), trust-token-redemption=()"),
            ("Access-Control-Allow-Headers", "Authorization, X-Api-Key, Cookie"),
            ("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload"),
            ("WWW-Authenticate", "Bearer realm=\"users\", error=\"invalid_token\""),
            ("WWW-Authenticate", "Basic realm=\"Restricted area of this site\""),
            ("Content-Security-Policy", "default-src 'self'; script-src 'nonce-abc' https://cdn.example"),
            ("ETag", "\"33a64df551425fcc55e4d42a148795d9f25f89d4\""), ("Set-Cookie", "gone=; Max-Age=0"),
            ("Location", "https://example.com/login?next=/a%20b&page=2#top"), ("Server", "nginx/1.22.1"),
            ("Sec-WebSocket-Key", "x"), ("Vary", "Cookie, Authorization")
        ])
    func keepsFields(name: String, value: String) {
        #expect(redactor.redact(HTTPField(name, value)) == HTTPField(name, value))
    }

    /// JSON with a secret in the place of `@@`.
    @Test(
        "a JSON body loses its secret and stays the same JSON",
        arguments: [
            (#"{"password": @@, "a": 1}"#, #""hunter-3""#), (#"{"db":{"DB_PASSWORD":@@}}"#, #""hunter-3""#),
            (#"{"apiKey":@@}"#, "123456789"), (#"{"api-key" : @@}"#, #""a\"b\\c""#),
            (#"{"clientSecret":@@,"status":"UP"}"#, #""x""#), (#"[{"token":@@}]"#, #""x1""#),
            (#"{"credentials":{"user":@@}}"#, #""root""#), (#"{"secrets":[@@]}"#, #""abc""#),
            (#"{"connection_string":@@}"#, #""Server=a;User=b""#), (#"{"pa\u0073sword":@@}"#, #""abc""#),
            (#"{"url":"postgres://@@@db:5432/x"}"#, "shop:hunter2"), (#"{"url":"https://a/?api_key=@@&b=c"}"#, "abc"),
            (#"{"note":"@@"}"#, webToken), (#"{"note":"see @@."}"#, "ghp_0123456789abcdefghijABCDEFGHIJ012345"),
            (#"{"note":"@@"}"#, "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"),
            (#"{"headers":{"x":"@@"}}"#, "tok-9f8e7d6c5b4a"), (#"{"env":"DB_PASSWORD=@@"}"#, "hunter3"),
            (#"{"@@":1}"#, "tok-9f8e7d6c5b4a"), (#"{"dsn":@@}"#, #""mysql:x""#)
        ])
    func json(template: String, secret: String) throws {
        let text = template.replacing("@@", with: secret)
        let redacted = redactor.redactBody(text, isWhole: true)
        #expect(!redacted.contains(secret))
        #expect(redacted.contains("[redacted "))
        _ = try JSONValue.parse(redacted)
        // All but the secret is byte for byte what it was.
        let parts = template.split(separator: "@@")
        #expect(redacted.hasPrefix(parts[0]))
        #expect(redacted.hasSuffix(parts[1]))
    }

    @Test(
        "a health body without secrets stays byte for byte what it was",
        arguments: [
            #"{ "status" : "UP",  "components":{"tokenService":{"status":"UP"},"db":{"status":"DOWN","ms":1.50}}}"#,
            #"{"status":"pass","checks":{"vault:credentials":[{"status":"warn","observedValue":3}]}}"#,
            "ok", "Healthy", "{\"a\":\"\\u00e9\\/\"}\n", "[+]ping ok\n[+]etcd ok\nlivez check passed", "", "null",
            "\"UP\""
        ])
    func keepsBodies(text: String) {
        #expect(redactor.redactBody(text, isWhole: true) == text)
    }

    @Test(
        "a text body loses its secret",
        arguments: [
            ("password=", "hunter-3", "&user=x"), ("<td>DB_PASSWORD: ", "hunter-3", "</td>"),
            ("\"secret\": \"", "a b c", "\","), ("Authorization: Bearer ", "abcdef0123456789", "\n"),
            ("x ", privateKey, " y"), ("jdbc://", "u:p@ss", "@db/x"), ("href=\"/?a=b&amp;token=", "abc", "\""),
            ("{not json, \"password\": \"", "abc", "\"}"), ("t ", webToken, "\n"), ("v ", "tok-9f8e7d6c5b4a", "")
        ])
    func text(before: String, secret: String, after: String) {
        let redacted = redactor.redactBody(before + secret + after, isWhole: true)
        #expect(!redacted.contains(secret))
        #expect(redacted.hasPrefix(before.hasPrefix("Auth") ? "Authorization" : before))
        #expect(redacted.hasSuffix(after))
    }

    @Test(
        "a cut anywhere through a secret leaves nothing of it",
        arguments: [
            #"{"a":"b","password":"S-E-C-R-E-T"}"#, #"{"url":"https://user:S-E-C-R-E-T@host/"}"#,
            "text text S-E-C-R-E-T", "a: S-E-C-R-E-T and more", #"{"x":"-----BEGIN PRIVATE KEY-----\nS-E-C-R-E-T"}"#
        ])
    func cut(text: String) throws {
        let redactor = Redactor(key: RedactionKey(), literals: ["S-E-C-R-E-T"])
        let end = try #require(text.firstRange(of: "S-E-C-R-E-T"))
        var index = text.index(end.lowerBound, offsetBy: 2)
        while index < end.upperBound {
            #expect(!redactor.redactBody(String(text[..<index]), isWhole: false).contains("S-"))
            index = text.index(after: index)
        }
    }

    @Test("values too short to be secrets are left alone")
    func shortLiterals() {
        let redactor = Redactor(key: RedactionKey(), literals: ["1", "en", ""])
        #expect(redactor.redactBody("1 en 11", isWhole: true) == "1 en 11")
    }

    @Test("a URL is written without userinfo and secret parameters")
    func url() throws {
        let url = try URLReference("https://me:pw@example.com/x?page=2&token=abc")
        let text = redactor.redact(url)
        #expect(text.hasPrefix("https://example.com/x?page=2&token=[redacted 3:"))
    }

    @Test(
        "hostile text neither traps nor hangs",
        arguments: [
            "eyJ-", "eyJ", "://a", "://@", "-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "-----END ", "token=",
            "token:\"",
            "?token=", "&", "[", "{\"a\":", "{\"password\":{", "\"", "\\", "\"\\u", "bearer ", "basic a=", "AKIA",
            "[redacted ", "token=[redacted ", "password\" : ", "\u{0}", "\u{FFFD}", "\r\n", "{", "}", "]", "-", "1"
        ])
    func hostile(piece: String) {
        let text = String(repeating: piece, count: 4000 / piece.utf8.count)
        for prefix in ["", "{", "[\""] {
            for isWhole in [true, false] { _ = redactor.redactBody(prefix + text, isWhole: isWhole) }
        }
        for name in ["Location", "Set-Cookie", "WWW-Authenticate", "X"] { _ = redactor.redact(HTTPField(name, text)) }
    }
}
