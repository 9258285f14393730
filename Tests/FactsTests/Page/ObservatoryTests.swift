import AuditModel
import Facts
import Testing

/// The outcomes that the HTTP Observatory itself gives for these pages, algorithm version 6.
struct ObservatoryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fields: [(String, String)]
        var elements: [PageElement] = []
        let outcomes: [(String, String, Int64)]
        var testDescription: String { fields.map { "\($0.0): \($0.1)" }.joined(separator: " | ") }

        init(_ fields: [(String, String)], _ elements: [PageElement] = [], _ outcomes: (String, String, Int64)...) {
            self.fields = [html] + fields
            self.elements = elements
            self.outcomes = outcomes
        }

        /// One policy or several, and what becomes of the test of it.
        init(_ policies: String..., result: String, _ modifier: Int64) {
            fields = [html] + policies.map { (csp, $0) }
            outcomes = [("content-security-policy", result, modifier)]
        }
    }

    static let csp = "Content-Security-Policy"
    static let hsts = "Strict-Transport-Security"
    static let frames = "x-frame-options"

    @Test(
        "Content-Security-Policy",
        arguments: [
            Case(
                "default-src 'self'; img-src 'self' https://static.shop.example; object-src 'none'; base-uri 'none'; "
                    + "frame-ancestors 'none'; form-action 'self'", result: "csp-implemented-with-no-unsafe", 5),
            Case(
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                result: "csp-implemented-with-no-unsafe-default-src-none", 10),
            Case(
                "script-src 'nonce-kD3Jx0q8vTz1' 'strict-dynamic' https: 'unsafe-inline'; object-src 'none'; "
                    + "base-uri 'self'", result: "csp-implemented-with-unsafe-inline-in-style-src-only", 0),
            Case("default-src 'self'; script-src 'strict-dynamic' 'self'", result: "csp-header-invalid", -25),
            Case(
                "script-src 'self' 'unsafe-inline'; object-src 'none'", result: "csp-implemented-with-unsafe-inline",
                -20),
            Case("default-src 'self' https:", result: "csp-implemented-with-unsafe-inline", -20),
            Case(
                "default-src 'self'; script-src 'self' http://cdn.shop.example",
                result: "csp-implemented-with-insecure-scheme", -20),
            Case("default-src 'self'; img-src *; img-src 'self'", result: "csp-header-invalid", -25),
            Case(
                "default-src 'self'; script-src 'self' https://a.shop.example", "default-src 'self'; script-src 'self'",
                result: "csp-implemented-with-no-unsafe", 5),
            Case("default-src 'self' object-src 'none'", result: "csp-implemented-with-no-unsafe", 5),
            Case(
                "default-src 'none'; frame-ancestors *", result: "csp-implemented-with-no-unsafe-default-src-none", 10),
            Case(
                "script-src 'self' https://cdn.jsdelivr.net; object-src 'none'; base-uri 'none'",
                result: "csp-implemented-with-unsafe-inline-in-style-src-only", 0),
            Case("img-s", result: "csp-header-invalid", -25),
            Case("default-src 'self',", result: "csp-header-invalid", -25),
            Case("", result: "csp-header-invalid", -25),
            Case(";;;;;;;", result: "csp-not-implemented", -25),
            Case("default-src 'self' 'unsafe-eval'", result: "csp-implemented-with-unsafe-eval", -10),
            Case("default-src 'self'; style-src 'unsafe-eval'", result: "csp-implemented-with-unsafe-eval", -10),
            Case(
                "default-src 'self'; img-src http:",
                result: "csp-implemented-with-insecure-scheme-in-passive-content-only",
                -10),
            Case(
                "default-src 'self'; report-uri http://r.example/", result: "csp-implemented-with-insecure-scheme", -20),
            Case(
                "default-src 'self'; style-src 'self' data:",
                result: "csp-implemented-with-unsafe-inline-in-style-src-only", 0),
            Case(
                "default-src 'self'; report-uri /a; report-uri /b", result: "csp-implemented-but-duplicate-directives",
                0),
            Case(
                "default-src 'self' 'unsafe-inline'; report-to a; report-to b",
                result: "csp-implemented-with-unsafe-inline",
                -20),
            Case("default-src", result: "csp-implemented-with-no-unsafe-default-src-none", 10),
            Case("DEFAULT-SRC 'NONE'", result: "csp-implemented-with-no-unsafe-default-src-none", 10),
            Case("default-src 'none' 'self'", result: "csp-implemented-with-no-unsafe", 5),
            Case("default-src *.shop.example *", result: "csp-implemented-with-unsafe-inline", -20),
            Case("upgrade-insecure-requests", result: "csp-implemented-with-unsafe-inline", -20),
            Case("default-src 'self'; object-src *", result: "csp-implemented-with-unsafe-inline", -20),
            Case(
                "default-src 'self' 'unsafe-inline' 'sha256-abc='", result: "csp-implemented-with-no-unsafe", 5),
            // The list of default-src is the list of script-src and style-src at once.
            Case(
                "default-src 'nonce-abcdefgh' 'strict-dynamic' https: 'self'", result: "csp-implemented-with-no-unsafe",
                5),
            Case(
                "default-src 'none'", "default-src 'none'; script-src *",
                result: "csp-implemented-with-no-unsafe-default-src-none", 10),
            Case(
                "default-src 'self'", "default-src 'none'", result: "csp-implemented-with-no-unsafe-default-src-none",
                10),
            Case(
                "default-src 'self', default-src 'self'; style-src 'unsafe-inline'",
                result: "csp-implemented-with-no-unsafe", 5),
            Case(
                "default-src 'self' https://a.example/%zz", "default-src https://a.example/b",
                result: "csp-header-invalid", -25)
        ])
    func contentSecurity(_ expected: Case) { check(expected) }

    @Test("Thousands of policies are merged in no time")
    func manyPolicies() {
        let policies = String(repeating: "img-src a.example,", count: 3000)
        check(Case([(Self.csp, "default-src 'self'," + policies)], [], ("cookies", "cookies-not-found", 0)))
    }

    @Test(
        "Policies in elements and for reports only",
        arguments: [
            Case(
                [("Content-Security-Policy-Report-Only", "default-src 'self'; report-to r")], [],
                ("content-security-policy", "csp-not-implemented-but-reporting-enabled", -25)),
            Case(
                [],
                [
                    meta(
                        ("http-equiv", "Content-Security-Policy"),
                        ("content", "default-src 'self'; frame-ancestors 'none'"))
                ],
                ("content-security-policy", "csp-implemented-with-no-unsafe", 5),
                (frames, "x-frame-options-implemented-via-csp", 5)),
            Case(
                [], [meta(("http-equiv", "Content-Security-Policy"), ("content", "frame-ancestors 'none'"))],
                ("content-security-policy", "csp-not-implemented", -25),
                (frames, "x-frame-options-not-implemented", -20)),
            Case(
                [(csp, "default-src 'self'")],
                [
                    meta(
                        ("http-equiv", " content-security-policy "), ("content", "script-src 'unsafe-inline'"),
                        isInHead: false)
                ],
                ("content-security-policy", "csp-implemented-with-no-unsafe", 5)),
            Case([], [], ("content-security-policy", "csp-not-implemented", -25))
        ])
    func elements(_ expected: Case) { check(expected) }

    @Test(
        "Framing",
        arguments: [
            Case(
                [(csp, "default-src 'self'; frame-ancestors 'none'")], [],
                (frames, "x-frame-options-implemented-via-csp", 5)),
            Case(
                [(csp, "default-src 'none'; frame-ancestors *")], [], (frames, "x-frame-options-implemented-via-csp", 5)
            ),
            Case(
                [(csp, "default-src 'self'; script-src 'strict-dynamic'; frame-ancestors 'self'")], [],
                ("content-security-policy", "csp-header-invalid", -25),
                (frames, "x-frame-options-implemented-via-csp", 5)),
            Case(
                [(csp, "img-src a; img-src b; frame-ancestors 'self'"), ("X-Frame-Options", "sameorigin ")], [],
                (frames, "x-frame-options-sameorigin-or-deny", 5)),
            Case(
                [("X-Frame-Options", "DENY"), ("X-Frame-Options", "DENY")], [],
                (frames, "x-frame-options-header-invalid", -20)),
            Case(
                [("X-Frame-Options", "ALLOW-FROM https://a.example")], [],
                (frames, "x-frame-options-allow-from-origin", 0)),
            Case([("X-Frame-Options", "ALLOWALL")], [], (frames, "x-frame-options-header-invalid", -20)),
            Case([("X-Frame-Options", "")], [], (frames, "x-frame-options-not-implemented", -20))
        ])
    func framing(_ expected: Case) { check(expected) }

    @Test(
        "Strict-Transport-Security",
        arguments: [
            Case(
                [(hsts, "max-age=63072000; includeSubDomains; preload")], [],
                ("strict-transport-security", "hsts-implemented-max-age-at-least-six-months", 0)),
            Case(
                [(hsts, "max-age=15552000")], [],
                ("strict-transport-security", "hsts-implemented-max-age-at-least-six-months", 0)),
            Case(
                [(hsts, "max-age=15551999")], [],
                ("strict-transport-security", "hsts-implemented-max-age-less-than-six-months", -10)),
            Case(
                [(hsts, #"max-age="31536000"; includeSubDomains"#)], [],
                ("strict-transport-security", "hsts-implemented-max-age-at-least-six-months", 0)),
            Case(
                [(hsts, "max-age=31536000; includeSubDomains"), (hsts, "max-age=0")], [],
                ("strict-transport-security", "hsts-header-invalid", -20)),
            Case([(hsts, "includeSubDomains")], [], ("strict-transport-security", "hsts-header-invalid", -20)),
            Case([(hsts, "")], [], ("strict-transport-security", "hsts-header-invalid", -20)),
            Case(
                [(hsts, "max-age=never")], [],
                ("strict-transport-security", "hsts-implemented-max-age-at-least-six-months", 0)),
            Case(
                [(hsts, "MAX-AGE= -5")], [],
                ("strict-transport-security", "hsts-implemented-max-age-less-than-six-months", -10)),
            Case(
                [(hsts, "max-age=10days")], [],
                ("strict-transport-security", "hsts-implemented-max-age-less-than-six-months", -10)),
            Case([], [], ("strict-transport-security", "hsts-not-implemented", -20))
        ])
    func transportSecurity(_ expected: Case) { check(expected) }

    @Test(
        "Smaller fields",
        arguments: [
            Case(
                [("X-Content-Type-Options", "nosniff"), ("X-Content-Type-Options", "nosniff")], [],
                ("x-content-type-options", "x-content-type-options-header-invalid", -5)),
            Case(
                [("X-Content-Type-Options", " NoSniff ")], [],
                ("x-content-type-options", "x-content-type-options-nosniff", 0)),
            Case([], [], ("x-content-type-options", "x-content-type-options-not-implemented", -5)),
            Case(
                [("Referrer-Policy", "strict-origin, unsafe-url, future-token")], [],
                ("referrer-policy", "referrer-policy-unsafe", -5)),
            Case([("Referrer-Policy", "no-referrer")], [], ("referrer-policy", "referrer-policy-private", 5)),
            Case([("Referrer-Policy", "never")], [], ("referrer-policy", "referrer-policy-header-invalid", -5)),
            Case([], [], ("referrer-policy", "referrer-policy-not-implemented", 0)),
            Case(
                [("Referrer-Policy", "no-referrer")], [meta(("name", "Referrer"), ("content", "unsafe-url"))],
                ("referrer-policy", "referrer-policy-unsafe", -5)),
            Case(
                [],
                [
                    meta(("name", "referrer"), ("content", "origin")),
                    meta(("name", "referrer"), ("content", "same-origin"))
                ],
                ("referrer-policy", "referrer-policy-private", 5)),
            Case(
                [
                    ("Cross-Origin-Opener-Policy", #"same-origin; report-to="coop""#),
                    ("Cross-Origin-Embedder-Policy", "require-corp"), ("Cross-Origin-Resource-Policy", "same-origin")
                ], [],
                ("cross-origin-opener-policy", "coop-implemented-with-same-origin", 10),
                ("cross-origin-embedder-policy", "coep-implemented-with-require-corp", 10),
                ("cross-origin-resource-policy", "corp-implemented-with-same-origin", 10)),
            Case(
                [
                    ("Cross-Origin-Opener-Policy", "noopener-allow-popups"),
                    ("Cross-Origin-Embedder-Policy", "credentialless"), ("Cross-Origin-Resource-Policy", "SAME-SITE")
                ], [],
                ("cross-origin-opener-policy", "coop-implemented-with-noopener-allow-popups", 10),
                ("cross-origin-embedder-policy", "coep-implemented-with-credentialless", 10),
                ("cross-origin-resource-policy", "corp-implemented-with-same-site", 10)),
            Case(
                [
                    ("Cross-Origin-Opener-Policy", "Same-Origin"), ("Cross-Origin-Embedder-Policy", "unsafe-none"),
                    ("Cross-Origin-Resource-Policy", "cross-origin")
                ], [],
                ("cross-origin-opener-policy", "coop-header-invalid", -5),
                ("cross-origin-embedder-policy", "coep-implemented-with-unsafe-none", 0),
                ("cross-origin-resource-policy", "corp-implemented-with-cross-origin", 0)),
            Case(
                [
                    ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
                    ("Cross-Origin-Embedder-Policy", ""), ("Cross-Origin-Resource-Policy", "own")
                ], [],
                ("cross-origin-opener-policy", "coop-header-invalid", -5),
                ("cross-origin-embedder-policy", "coep-not-implemented", 0),
                ("cross-origin-resource-policy", "corp-header-invalid", -5))
        ])
    func fields(_ expected: Case) { check(expected) }

    static func jar(_ lines: String..., hsts age: String? = nil, result: String, _ modifier: Int64) -> Case {
        Case(
            (age.map { [(hsts, "max-age=" + $0)] } ?? []) + lines.map { ("Set-Cookie", $0) }, [],
            ("cookies", "cookies-" + result, modifier))
    }

    @Test(
        "Cookies",
        arguments: [
            jar(
                "__Host-sid=a1b2; Path=/; Secure; HttpOnly; SameSite=Lax", hsts: "31536000",
                result: "secure-with-httponly-sessions-and-samesite", 5),
            jar("app_session=1; HttpOnly; SameSite=Lax", result: "session-without-secure-flag", -40),
            jar("pref=1; SameSite=None", hsts: "31536000", result: "samesite-flag-invalid", -20),
            jar("__Host-id=1; Secure; HttpOnly; Path=/; Domain=shop.example", hsts: "31536000", result: "not-found", 0),
            jar("__host-id=1; Secure", result: "secure-with-httponly-sessions", 0),
            jar("__Host-id=1; Secure", result: "secure-with-httponly-sessions", 0),
            jar("__Host-id=1; Secure; Path=/a", result: "not-found", 0),
            jar("__Secure-id=1", result: "not-found", 0),
            jar(
                "sess=1; HttpOnly; SameSite=Lax", hsts: "63072000",
                result: "session-without-secure-flag-but-protected-by-hsts", -10),
            jar("sess=1; HttpOnly; SameSite=Lax", hsts: "60", result: "session-without-secure-flag", -40),
            jar("a=1; SameSite=Lax", hsts: "63072000", result: "without-secure-flag-but-protected-by-hsts", -5),
            jar("a=1", result: "without-secure-flag", -20),
            jar("login=1; Secure", result: "session-without-httponly-flag", -30),
            jar("csrftoken=1; Secure", result: "anticsrf-without-samesite-flag", -20),
            jar("a=1; Secure; SameSite", result: "samesite-flag-invalid", -20),
            jar("a=1; Secure; SameSite=Relaxed", result: "samesite-flag-invalid", -20),
            jar("a=1; Secure; SameSite=None", result: "secure-with-httponly-sessions-and-samesite", 5),
            jar("heroku-session-affinity=1", result: "not-found", 0),
            jar("a=1; Secure; Domain=com", result: "not-found", 0),
            jar("nameless", result: "not-found", 0),
            jar("a=1", "a=1; Secure; SameSite=Lax", result: "secure-with-httponly-sessions-and-samesite", 5),
            jar(result: "not-found", 0)
        ])
    func cookies(_ expected: Case) { check(expected) }

    @Test(
        "Scripts and their integrity",
        arguments: [
            ([], "not-implemented-but-no-scripts-loaded", 0),
            ([script(textLength: 5)], "not-implemented-but-all-scripts-loaded-from-secure-origin", 0),
            ([script(("src", "/a.js"))], "not-implemented-but-all-scripts-loaded-from-secure-origin", 0),
            (
                [script(("src", "http://shop.example/a.js"))],
                "not-implemented-but-all-scripts-loaded-from-secure-origin", 0
            ),
            (
                [script(("src", "https://www.shop.example/a.js"))],
                "not-implemented-but-all-scripts-loaded-from-secure-origin", 0
            ),
            ([script(("src", "/a.js"), ("integrity", "sha256-x"))], "implemented-and-all-scripts-loaded-securely", 5),
            (
                [script(("src", "https://cdn.example/a.js"), ("integrity", "sha256-x"))],
                "implemented-and-external-scripts-loaded-securely", 5
            ),
            ([script(("src", "https://cdn.example/a.js"))], "not-implemented-but-external-scripts-loaded-securely", -5),
            (
                [script(("src", "http://cdn.example/a.js"), ("integrity", "sha256-x"))],
                "implemented-but-external-scripts-not-loaded-securely", -20
            ),
            ([script(("src", "//shop.example/a.js"))], "not-implemented-and-external-scripts-not-loaded-securely", -50),
            (
                [script(("src", "/a.js"), ("integrity", "sha256-x")), script(("src", "https://cdn.example/a.js"))],
                "not-implemented-but-external-scripts-loaded-securely", -5
            ),
            (
                [
                    script(("src", "https://cdn.example/a.js")),
                    script(("src", "http://cdn.example/a.js"), ("integrity", "x"))
                ],
                "not-implemented-but-external-scripts-loaded-securely", -5
            ),
            ([script(("src", ""))], "not-implemented-but-all-scripts-loaded-from-secure-origin", 0)
        ] as [([PageElement], String, Int64)])
    func scripts(elements: [PageElement], result: String, modifier: Int64) {
        check(Case([], elements, ("subresource-integrity", "sri-" + result, modifier)))
    }

    @Test("Scripts of companies' customers count as one site, and what is not HTML has none")
    func sites() {
        var sample = PageSample(url: "https://me.github.io/")
        sample.elements = [script(("src", "https://you.github.io/a.js"))]
        #expect(
            facts(of: sample)["tests.subresource-integrity.result"]
                == .text("sri-not-implemented-but-all-scripts-loaded-from-secure-origin"))
        sample.fields = [("Content-Type", "application/json")]
        #expect(
            facts(of: sample)["tests.subresource-integrity.result"] == .text("sri-not-implemented-response-not-html"))
    }

    typealias Hops = [(url: String, status: Int, location: String?)]

    @Test(
        "The way from plain HTTP",
        arguments: [
            ([("http://shop.example/", 308, nil), ("https://shop.example/", 200, nil)], "to-https", 0),
            ([("http://shop.example/", 301, nil), ("https://www.shop.example/", 200, nil)], "off-host-from-http", -5),
            ([("http://shop.example/", 200, nil)], "missing", -20),
            ([("http://shop.example/", 302, "https://login.other.example/")], "off-host-from-http", -5),
            ([("http://shop.example/", 302, "http://other.example/")], "not-to-https", -20),
            (
                [
                    ("http://shop.example/", 301, "/a"), ("http://shop.example/a", 301, nil),
                    ("https://shop.example/a", 200, nil)
                ],
                "not-to-https-on-initial-redirection", -10
            ),
            (
                [("http://shop.example/", 301, "http://shop.example/b"), ("http://shop.example/b", 200, nil)],
                "not-to-https", -20
            ),
            ([("http://shop.example/", 403, nil)], "missing", -20)
        ] as [(Hops, String, Int64)])
    func redirection(hops: Hops, result: String, modifier: Int64) {
        var sample = PageSample()
        sample.http = hops.map { hop in
            exchange(url: hop.url, status: hop.status, hop.location.map { [("Location", $0)] } ?? [])
        }
        let facts = facts(of: sample)
        #expect(facts["tests.redirection.result"] == .text("redirection-" + result))
        #expect(facts["tests.redirection.modifier"] == .integer(modifier))
        #expect(facts["tests.redirection.pass"] == (modifier < 0 ? .no : .yes))
    }

    @Test(
        "A preloaded host needs neither field nor redirect",
        arguments: [
            (["shop.example"], "redirection-all-redirects-preloaded", "hsts-preloaded", 5),
            (["www.shop.example"], "redirection-off-host-from-http", "hsts-not-implemented", -20)
        ])
    func preloaded(domains: [String], redirection: String, transport: String, modifier: Int64) {
        var sample = PageSample(hints: PageHints(preloaded: domains))
        sample.http = [
            exchange(url: "http://shop.example/", status: 301), exchange(url: "https://www.shop.example/", status: 200)
        ]
        let facts = facts(of: sample)
        #expect(facts["tests.redirection.result"] == .text(redirection))
        #expect(facts["tests.strict-transport-security.result"] == .text(transport))
        #expect(facts["tests.strict-transport-security.modifier"] == .integer(modifier))
    }

    @Test("Nobody on plain HTTP is fine, a certificate that did not verify is not")
    func redirectionFailures() {
        var sample = PageSample()
        #expect(facts(of: sample)["tests.redirection.result"] == .text("redirection-not-needed-no-http"))
        var answer = exchange()
        answer.tls?.isVerified = false
        sample.http = [exchange(url: "http://shop.example/", status: 301), answer]
        #expect(facts(of: sample)["tests.redirection.result"] == .text("redirection-invalid-cert"))
        var page = PageSample().page
        page.exchanges = [answer]
        let facts = ObservatoryCapture(page: page).facts(at: now)
        #expect(facts["tests.strict-transport-security.result"] == .text("hsts-invalid-cert"))
    }

    @Test(
        "CORS is what OPTIONS says",
        arguments: [
            (200, [], "not-implemented", 0), (405, [("Access-Control-Allow-Origin", "*")], "not-implemented", 0),
            (204, [("Access-Control-Allow-Origin", "*")], "implemented-with-public-access", 0),
            (
                200, [("Access-Control-Allow-Origin", "https://gonogo-probe.invalid")],
                "implemented-with-restricted-access", 0
            ),
            (
                200,
                [
                    ("Access-Control-Allow-Origin", "https://gonogo-probe.invalid"),
                    ("Access-Control-Allow-Credentials", "TRUE")
                ], "implemented-with-universal-access", -50
            ),
            (
                200,
                [("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credentials", "true")],
                "implemented-with-restricted-access", 0
            )
        ] as [(Int, [(String, String)], String, Int64)])
    func crossOrigin(status: Int, fields: [(String, String)], result: String, modifier: Int64) {
        var sample = PageSample()
        sample.visits = [PageVisit(.options, exchanges: [exchange(status: status, fields)])]
        let facts = facts(of: sample)
        #expect(facts["tests.cross-origin-resource-sharing.result"] == .text("cross-origin-resource-sharing-" + result))
        #expect(facts["tests.cross-origin-resource-sharing.modifier"] == .integer(modifier))
    }

    private func check(_ expected: Case) {
        var sample = PageSample(fields: expected.fields)
        sample.elements = expected.elements
        let facts = facts(of: sample)
        for (test, result, modifier) in expected.outcomes {
            #expect(facts["tests.\(test).result"] == .text(result))
            #expect(facts["tests.\(test).modifier"] == .integer(modifier))
        }
    }

    private func facts(of sample: PageSample) -> FactSet { ObservatoryCapture(page: sample.scored).facts(at: now) }
}

extension PageSample {
    /// With an answer to OPTIONS, without which there is no score.
    var scored: PageObservation {
        var page = page
        if page[.options] == nil { page.visits?.append(PageVisit(.options, exchanges: [exchange(status: 405)])) }
        return page
    }
}
