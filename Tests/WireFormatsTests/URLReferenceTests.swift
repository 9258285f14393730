import Testing
import WireFormats

struct URLReferenceTests {
    @Test(
        "a URL is normalised",
        arguments: [
            ("https://Example.COM", "https://example.com/"),
            ("HTTP://example.com:80/a", "http://example.com/a"),
            ("https://example.com:8443", "https://example.com:8443/"),
            ("https://example.com:/x", "https://example.com/x"),
            ("https://[::1]:8443/a?b=c#d", "https://[::1]:8443/a?b=c"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
            ("https://user:pass@example.com/x", "https://example.com/x"),
            ("https://a@b@example.com/", "https://example.com/"),
            ("https://example.com/a/./b/../c", "https://example.com/a/c"),
            ("https://example.com/../..", "https://example.com/"),
            ("https://example.com?q=1", "https://example.com/?q=1"),
            ("https://example.com/caf\u{E9}|", "https://example.com/caf%C3%A9%7C"),
            ("https://example.com//double", "https://example.com//double"),
            ("https://my_host.local/", "https://my_host.local/")
        ])
    func normalises(text: String, expected: String) throws {
        #expect(try URLReference(text).text == expected)
    }

    @Test(
        "what cannot be asked for is refused",
        arguments: [
            "", "example.com", "ftp://example.com", "https:/example.com", "https://", "https:///path", "https://:443/",
            "https://exa mple.com/", "https://example.com/a b", "https://example.com/\r\nHost: evil",
            "https://a\u{0}b/",
            "https://example.com\\@evil.example/", "https://example.com:0/", "https://example.com:65536/",
            "https://example.com:4a/", "https://example.com:-1/", "https://[::1/", "https://[::1]x/", "https://[::g]/",
            "https://[127.0.0.1]/", "https://ex%61mple.com/", "https://b\u{FC}cher.example/", "https://a..b/",
            "javascript:alert(1)", "https://\(String(repeating: "a", count: 300)).example/",
            "https://example.com/\(String(repeating: "a", count: 9000))"
        ])
    func refuses(text: String) {
        #expect(throws: URLReference.Problem.self) { try URLReference(text) }
    }

    /// RFC 3986 §5.4, as far as the references are hierarchical.
    @Test(
        "a reference resolves against its base",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"), (";x", "http://a/b/c/;x"),
            ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
            ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
            ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
            ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("https://x/y", "https://x/y")
        ])
    func resolves(reference: String, expected: String) throws {
        #expect(try URLReference("http://a/b/c/d;p?q").resolving(reference).text == expected)
    }

    @Test("userinfo is told apart from everything that is written")
    func userinfo() throws {
        let url = try URLReference("https://user:p%40ss@example.com:444/x?y")
        #expect(url.userinfo == "user:p%40ss")
        #expect(url.authority == "example.com:444")
        #expect("\(url)" == "https://example.com:444/x?y")
        #expect(String(reflecting: url) == "https://example.com:444/x?y")
        #expect(try url.resolving("/z").userinfo == nil)
        #expect(try url.withPath("//evil.example/").text == "https://example.com:444//evil.example/")
        #expect(try url.withPath("health").text == "https://example.com:444/health")
    }

    @Test("hostile text neither traps nor hangs")
    func hostile() throws {
        let pieces = [
            "http", "://", "@", "[", "]", ":", "/", "..", "?", "#", "%", "\u{0}", "\u{FF}", "a", "1", "\\", "//"
        ]
        var generator = Sequence64(state: 1)
        let base = try URLReference("https://example.com/a/b")
        for _ in 0..<20_000 {
            let text = (0..<Int(generator.next() % 12)).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))]
            }
            .joined()
            _ = try? URLReference(text)
            if let resolved = try? base.resolving(text) { #expect(try URLReference(resolved.text) == resolved.plain) }
        }
        let deep = "https://example.com/" + String(repeating: "../", count: 2000)
        #expect(try URLReference(deep).path == "/")
    }
}

extension URLReference {
    fileprivate var plain: URLReference {
        var url = self
        url.userinfo = nil
        return url
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
private struct Sequence64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
