import Testing
import WireFormats

struct PolicySyntaxTests {
    @Test(
        "Mistakes that browsers pass over in silence are named",
        arguments: [
            ("default-src 'self'; script-src 'none'", []), ("", ["empty-policy"]), (";;", ["empty-policy"]),
            ("default-src 'self',", ["empty-policy"]), ("script-scr 'self'", ["unknown-directive"]),
            ("default-src: 'self'", ["directive-colon"]), ("x: y; z", ["directive-colon", "unknown-directive"]),
            ("default-src 'self' object-src 'none'", ["missing-semicolon"]),
            ("img-src *; IMG-SRC 'self'", ["duplicate"]), ("default-src self", ["unquoted-keyword"]),
            ("script-src nonce-abc", ["unquoted-keyword"]), ("script-src sha256-abc", ["unquoted-keyword"]),
            ("script-src 'unsafe_inline'", ["invalid-keyword"]), ("script-src 'self", ["invalid-keyword"]),
            ("script-src 'nonce-a!b'", ["nonce-charset"]), ("script-src 'sha256-a!b'", ["hash-charset"]),
            ("script-src 'nonce-'", ["nonce-charset"]), ("script-src ‘self’", ["non-ascii"]),
            ("frame-ancestors none", ["unquoted-keyword"]), ("sandbox none", []), ("report-to none", []),
            ("require-trusted-types-for script", ["unquoted-keyword"]), ("require-trusted-types-for 'script'", []),
            ("require-trusted-types-for 'scripts'", ["invalid-keyword"]),
            ("trusted-types one 'allow-duplicates' *", []),
            ("trusted-types 'self'", ["invalid-keyword"]), ("script-src 'strict-dynamic' 'self'", []),
            ("block-all-mixed-content; plugin-types a/b", []), ("upgrade-insecure-requests; webrtc 'block'", []),
            ("script-src 'report-sample' 'wasm-unsafe-eval' 'inline-speculation-rules' 'trusted-types-eval'", [])
        ] as [(String, [String])])
    func mistakes(line: String, expected: [String]) {
        let syntax = PolicySyntax(ContentSecurityPolicy.serialized(lines: [line]))
        #expect(syntax.mistakes.map(\.rawValue).sorted() == expected)
    }

    @Test("What is wrong is named, too")
    func names() {
        let syntax = PolicySyntax(
            ContentSecurityPolicy.serialized(lines: [
                "default-src self img-src; foo-src a; referrer no-referrer; img-src https//a.example *.*.b; img-src 'self'"
            ]))
        #expect(syntax.unquotedKeywords == ["self"] && syntax.missingSemicolons == ["img-src"])
        #expect(syntax.unknown == ["foo-src"] && syntax.deprecated == ["referrer"] && syntax.duplicates == ["img-src"])
        #expect(syntax.invalidSources == ["*.*.b"])
    }

    @Test(
        "A directive that is missing has the next of its kind in its place",
        arguments: [
            ("script-src-elem", "default-src a; script-src b", "script-src"),
            ("script-src-elem", "default-src a; script-src-elem c; script-src b", "script-src-elem"),
            ("script-src-attr", "default-src a", "default-src"),
            ("worker-src", "script-src b; default-src a", "script-src"),
            ("worker-src", "script-src b; child-src c", "child-src"),
            ("frame-src", "child-src c; default-src a", "child-src"),
            ("frame-src", "default-src a", "default-src"), ("style-src-elem", "style-src b", "style-src"),
            ("img-src", "default-src a", "default-src"), ("img-src", "script-src a", nil),
            ("base-uri", "default-src a", nil), ("form-action", "default-src a", nil),
            ("frame-ancestors", "default-src a", nil), ("fenced-frame-src", "frame-src b; default-src a", "frame-src"),
            ("report-uri", "default-src a", nil)
        ] as [(String, String, String?)])
    func fallback(name: String, policy: String, expected: String?) {
        #expect(ContentSecurityPolicy(serialized: policy).governing(name)?.name == expected)
    }
}
