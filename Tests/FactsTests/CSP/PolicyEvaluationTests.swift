import AuditModel
import Facts
import Testing

struct PolicyEvaluationTests {
    private static let types = "REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS|INFO|require-trusted-types-for|"
    private static let own = "SCRIPT_ALLOWLIST_BYPASS|MEDIUM_MAYBE|script-src|'self'"
    private static let ownByDefault = "SCRIPT_ALLOWLIST_BYPASS|MEDIUM_MAYBE|default-src|'self'"
    private static let strict = "STRICT_DYNAMIC|STRICT_CSP|script-src|"

    /// What csp-evaluator says of whole policies.
    @Test(
        "Every finding of csp-evaluator is there, and no other",
        arguments: [
            (
                "default-src 'self'; img-src 'self' https://i.example; object-src 'none'; base-uri 'none'",
                [types, ownByDefault]
            ),
            ("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", [types]),
            ("default-src 'none'; frame-ancestors *", [types]),
            (
                "script-src 'nonce-kD3Jx0q8vTz1' 'strict-dynamic' https: 'unsafe-inline'; object-src 'none'; base-uri 'self'",
                [types]
            ),
            (
                "default-src 'self'; script-src 'strict-dynamic' 'self'",
                ["ALLOWLIST_FALLBACK|STRICT_CSP|script-src|", types, "STRICT_DYNAMIC_NOT_STANDALONE|INFO|script-src|"]
            ),
            (
                "script-src 'self' 'unsafe-inline'; object-src 'none'",
                [types, own, "SCRIPT_UNSAFE_INLINE|HIGH|script-src|'unsafe-inline'"]
            ),
            (
                "default-src 'self' https:",
                [
                    "PLAIN_URL_SCHEMES|HIGH|default-src|https:", types, ownByDefault,
                    "STRICT_DYNAMIC|STRICT_CSP|default-src|"
                ]
            ),
            (
                "default-src 'self'; script-src 'self' http://cdn.shop.example",
                [
                    types, own, "SCRIPT_ALLOWLIST_BYPASS|MEDIUM_MAYBE|script-src|http://cdn.shop.example",
                    "SRC_HTTP|MEDIUM|script-src|http://cdn.shop.example", strict
                ]
            ),
            ("default-src 'self'; img-src *; img-src 'self'", [types, ownByDefault]),
            (
                "default-src 'self' object-src 'none'",
                ["MISSING_SEMICOLON|SYNTAX|default-src|object-src", types, "STRICT_DYNAMIC|STRICT_CSP|default-src|"]
            ),
            (
                "script-src 'self' https://cdn.jsdelivr.net; object-src 'none'; base-uri 'none'",
                [types, "SCRIPT_ALLOWLIST_BYPASS|HIGH|script-src|https://cdn.jsdelivr.net", own, strict]
            ),
            (
                "img-src 'self'", ["MISSING_DIRECTIVES|HIGH|object-src|", "MISSING_DIRECTIVES|HIGH|script-src|", types]
            ),
            (
                "script-src 'nonce-abc'; object-src 'none'",
                [
                    "MISSING_DIRECTIVES|HIGH|base-uri|", "NONCE_LENGTH|MEDIUM|script-src|'nonce-abc'", types,
                    "UNSAFE_INLINE_FALLBACK|STRICT_CSP|script-src|"
                ]
            ),
            ("script-src 'none'; object-src 'none'; require-trusted-types-for 'script'", []),
            (
                "script-src 'sha256-abc' 'unsafe-inline' 'unsafe-hashes' 'unsafe-eval'; object-src 'self'",
                [
                    "OBJECT_ALLOWLIST_BYPASS|MEDIUM_MAYBE|object-src|'self'", types,
                    "SCRIPT_UNSAFE_EVAL|MEDIUM_MAYBE|script-src|'unsafe-eval'",
                    "SCRIPT_UNSAFE_HASHES|MEDIUM_MAYBE|script-src|'unsafe-hashes'"
                ]
            ),
            (
                "script-src * data:; object-src https://*; base-uri //*; require-trusted-types-for 'script'",
                [
                    "OBJECT_ALLOWLIST_BYPASS|MEDIUM_MAYBE|object-src|https://*",
                    "PLAIN_URL_SCHEMES|HIGH|script-src|data:",
                    "PLAIN_WILDCARD|HIGH|base-uri|//*", "PLAIN_WILDCARD|HIGH|object-src|https://*",
                    "PLAIN_WILDCARD|HIGH|script-src|*", strict
                ]
            ),
            (
                "default-src 'none'; script-src-elem 'unsafe-inline'; script-src-attr 'unsafe-inline'; referrer no-referrer",
                [
                    "DEPRECATED_DIRECTIVE|INFO|referrer|", types,
                    "SCRIPT_UNSAFE_INLINE|HIGH|script-src-attr|'unsafe-inline'",
                    "SCRIPT_UNSAFE_INLINE|HIGH|script-src-elem|'unsafe-inline'"
                ]
            ),
            (
                "default-src 'none'; foo-src x; default-src: y; img-src 'selv' self nonce-a //127.0.0.1 https://[::1]:443",
                [
                    "INVALID_KEYWORD|SYNTAX|img-src|'selv'", "INVALID_KEYWORD|SYNTAX|img-src|nonce-a",
                    "INVALID_KEYWORD|SYNTAX|img-src|self", "IP_SOURCE|INFO|img-src|//127.0.0.1",
                    "IP_SOURCE|INFO|img-src|https://[::1]:443", types, "UNKNOWN_DIRECTIVE|SYNTAX|default-src:|",
                    "UNKNOWN_DIRECTIVE|SYNTAX|foo-src|"
                ]
            ),
            (
                "script-src 'nonce-a!b.c-d_e' 'unsafe-inline'; object-src 'none'; base-uri 'none'; trusted-types 'x'",
                ["INVALID_KEYWORD|SYNTAX|trusted-types|'x'", "NONCE_CHARSET|INFO|script-src|'nonce-a!b.c-d_e'", types]
            ),
            (
                "default-src 'none'; object-src https://*.googleapis.com; report-uri http://r.example/",
                [
                    "OBJECT_ALLOWLIST_BYPASS|HIGH|object-src|https://*.googleapis.com", types,
                    "SRC_HTTP|MEDIUM|report-uri|http://r.example/"
                ]
            )
        ] as [(String, [String])])
    func findings(policy: String, expected: [String]) {
        #expect(csp(policy).facts(at: now)["evaluator.findings"] == .list(expected.sorted()))
    }

    @Test(
        "Hosts are known by name, by wildcard and by path",
        arguments: [
            ("www.google.com", "HIGH"), ("*.google.com", "HIGH"), ("https://WWW.google.com:443", "HIGH"),
            ("google.com", "MEDIUM_MAYBE"),
            ("https://*.gstatic.com", "HIGH"), ("ajax.googleapis.com", "HIGH"), ("a.example", "MEDIUM_MAYBE"),
            ("https://ajax.googleapis.com/ajax/libs/jquery/", "MEDIUM_MAYBE"),
            ("https://ajax.googleapis.com/ajax/libs/", "HIGH"), ("https://cdnjs.cloudflare.com", "HIGH"),
            ("https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js", "MEDIUM_MAYBE"),
            ("www.googletagmanager.com", "MEDIUM_MAYBE"), ("www.googletagmanager.com 'unsafe-eval'", "HIGH"),
            ("*.github.io", "HIGH"), ("shop.github.io", "MEDIUM_MAYBE"), ("unpkg.com", "HIGH"),
            ("notunpkg.com", "MEDIUM_MAYBE")
        ])
    func hosts(source: String, severity: String) {
        let facts = csp("script-src \(source); object-src 'none'").facts(at: now)
        let host = String(source.prefix { $0 != " " })
        guard case .value(.list(let findings)) = facts["evaluator.findings"] else {
            Issue.record("no findings")
            return
        }
        #expect(findings.contains(.text("SCRIPT_ALLOWLIST_BYPASS|\(severity)|script-src|\(host)")))
    }

    @Test(
        "What one policy lacks another may have; what one allows is said, and Lighthouse wants one policy that passes")
    func several() {
        let facts = csp(
            "script-src 'unsafe-inline'; report-to r", "object-src 'none'; require-trusted-types-for 'script'"
        )
        .facts(at: now)
        #expect(facts["evaluator.findings"] == .list(["SCRIPT_UNSAFE_INLINE|HIGH|script-src|'unsafe-inline'"]))
        #expect(facts["evaluator.lighthouse"] == .list(["SCRIPT_UNSAFE_INLINE|HIGH|script-src|'unsafe-inline'"]))
        let both = csp("script-src 'unsafe-inline'", "script-src 'self'; object-src 'none'").facts(at: now)
        #expect(both["evaluator.lighthouse"] == .list(["REPORTING_DESTINATION_MISSING|INFO|report-uri|"]))
    }

    @Test(
        "Lighthouse's checks include reporting, and not the lists of hosts",
        arguments: [
            (
                "script-src 'self' https://cdn.jsdelivr.net; object-src 'none'; report-to r",
                ["REPORT_TO_ONLY|INFO|report-to|", "STRICT_DYNAMIC|STRICT_CSP|script-src|"]
            ),
            (
                "script-src 'nonce-abcdefgh' 'strict-dynamic'; report-uri /r",
                [
                    "ALLOWLIST_FALLBACK|STRICT_CSP|script-src|", "MISSING_DIRECTIVES|HIGH|base-uri|",
                    "MISSING_DIRECTIVES|HIGH|object-src|", "UNSAFE_INLINE_FALLBACK|STRICT_CSP|script-src|"
                ]
            ),
            ("default-src 'none'; report-uri /r; foo x", ["UNKNOWN_DIRECTIVE|SYNTAX|foo|"])
        ] as [(String, [String])])
    func lighthouse(policy: String, expected: [String]) {
        #expect(csp(policy).facts(at: now)["evaluator.lighthouse"] == .list(expected))
    }
}
