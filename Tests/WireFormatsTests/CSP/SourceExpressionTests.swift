import Testing
import WireFormats

struct SourceExpressionTests {
    @Test(
        "A source is a keyword, a scheme, a host, a nonce or a hash, in any case of letters",
        arguments: [
            ("'self'", .keyword(.own)), ("'SELF'", .keyword(.own)), ("'None'", .keyword(.none)),
            ("'unsafe-inline'", .keyword(.unsafeInline)), ("'Strict-Dynamic'", .keyword(.strictDynamic)),
            ("'wasm-unsafe-eval'", .keyword(.wasmUnsafeEval)), ("'report-sample'", .keyword(.reportSample)),
            ("https:", .scheme("https")), ("HTTPS:", .scheme("https")), ("data:", .scheme("data")),
            ("custom+x.y-z:", .scheme("custom+x.y-z")), ("sth:", .scheme("sth")),
            ("*", .host(HostSource(host: "*"))), ("a.example", .host(HostSource(host: "a.example"))),
            ("A.Example", .host(HostSource(host: "a.example"))),
            ("*.a.example", .host(HostSource(host: "*.a.example"))),
            ("https://a.example", .host(HostSource(scheme: "https", host: "a.example"))),
            ("HTTP://A.example:8080", .host(HostSource(scheme: "http", host: "a.example", port: .number(8080)))),
            ("a.example:*", .host(HostSource(host: "a.example", port: .any))),
            ("*:*", .host(HostSource(host: "*", port: .any))),
            ("a.example/JS/", .host(HostSource(host: "a.example", path: "/JS/"))),
            (
                "https://a.example:443/x.js?y=1#z",
                .host(HostSource(scheme: "https", host: "a.example", port: .number(443), path: "/x.js"))
            ),
            ("localhost:3000", .host(HostSource(host: "localhost", port: .number(3000)))),
            ("none", .host(HostSource(host: "none"))), ("127.0.0.1", .host(HostSource(host: "127.0.0.1"))),
            ("'nonce-AbC+/-_9=='", .nonce("AbC+/-_9==")), ("'NONCE-x'", .nonce("x")),
            ("'nonce-'", .invalid("'nonce-'")), ("'nonce-a b'", .invalid("'nonce-a b'")),
            ("'nonce-a==='", .invalid("'nonce-a==='")), ("'nonce-a", .invalid("'nonce-a")),
            ("'self", .invalid("'self")), ("'unsafe_inline'", .invalid("'unsafe_inline'")), ("''", .invalid("''")),
            ("'sha256-'", .invalid("'sha256-'")), ("'sha1-abcd'", .invalid("'sha1-abcd'")),
            ("'sha512-a!b'", .invalid("'sha512-a!b'")), ("*.*.example", .invalid("*.*.example")),
            ("a..example", .invalid("a..example")), (".example", .invalid(".example")),
            ("*a.example", .invalid("*a.example")),
            ("https://", .invalid("https://")), ("://a", .invalid("://a")), ("a.example:x", .invalid("a.example:x")),
            ("a.example:99999", .invalid("a.example:99999")), ("[::1]", .invalid("[::1]")),
            ("'self',", .invalid("'self',"))
        ] as [(String, SourceExpression)])
    func grammar(text: String, expected: SourceExpression) {
        #expect(SourceExpression(text) == expected)
    }

    @Test("Hashes keep their digest; the two newer kinds say what they are of")
    func hashes() throws {
        for (text, subject, digest) in [
            ("'sha256-AbC+/=='", HashSource.Subject.content, "AbC+/=="), ("'SHA384-x'", .content, "x"),
            ("'url-sha256-q'", .url, "q"), ("'Eval-sha512-q_-'", .evaluated, "q_-")
        ] {
            guard case .hash(let hash) = SourceExpression(text) else {
                Issue.record("\(text) is no hash")
                continue
            }
            #expect(hash.subject == subject && hash.digest == digest)
        }
    }

    @Test(
        "What is read is written as browsers read it",
        arguments: [
            ("HTTPS://A.Example:8443/Path/", "https://a.example:8443/Path/"), ("'SELF'", "'self'"), ("DATA:", "data:"),
            ("A.example:*", "a.example:*"), ("'NONCE-aB'", "'nonce-aB'"), ("'SHA256-aB'", "'sha256-aB'"),
            ("'URL-SHA256-aB'", "'url-sha256-aB'"), ("'odd", "'odd")
        ])
    func writing(text: String, expected: String) {
        #expect(SourceExpression(text).text == expected)
    }

    @Test(
        "Nonces, hashes and 'strict-dynamic' overrule other sources",
        arguments: [
            ("'self' 'unsafe-inline'", SourceList.Purpose.script, true, []),
            ("'self' 'unsafe-inline' 'nonce-abc'", .script, false, ["'unsafe-inline'"]),
            ("'unsafe-inline' 'sha256-abc'", .script, false, ["'unsafe-inline'"]),
            ("'unsafe-inline' 'nonce-'", .script, true, []),
            (
                "'strict-dynamic' 'unsafe-inline' 'self' https: a.example 'unsafe-eval'", .script, false,
                ["'unsafe-inline'", "'self'", "https:", "a.example"]
            ),
            ("'strict-dynamic' 'unsafe-inline' https:", .style, true, []),
            ("'unsafe-inline' 'nonce-abc' https:", .style, false, ["'unsafe-inline'"]),
            ("'none'", .script, false, []), ("", .script, false, []), ("'unsafe-hashes'", .script, false, [])
        ] as [(String, SourceList.Purpose, Bool, [String])])
    func overruling(list: String, purpose: SourceList.Purpose, allowsInline: Bool, ignored: [String]) {
        let list = SourceList(list.split(separator: " ").map(String.init))
        #expect(list.allowsAllInline(purpose) == allowsInline)
        #expect(list.ignored(purpose).map(\.text) == ignored)
    }
}

extension SourceList.Purpose: CustomTestStringConvertible {
    public var testDescription: String { "\(self)" }
}
