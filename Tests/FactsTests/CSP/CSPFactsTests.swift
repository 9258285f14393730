import AuditModel
import Facts
import Testing

struct CSPFactsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let capture: CSPCapture
        let facts: [(String, FactSet.Knowledge)]
        let testDescription: String

        init(_ policies: String, _ facts: [(String, FactSet.Knowledge)]) {
            self.init(csp(policies), facts, policies)
        }

        init(_ capture: CSPCapture, _ facts: [(String, FactSet.Knowledge)], _ description: String) {
            self.capture = capture
            self.facts = facts
            testDescription = description
        }
    }

    private func check(_ example: Case) {
        let facts = example.capture.facts(at: now)
        for (path, expected) in example.facts { #expect(facts[path] == expected, "\(path)") }
    }

    @Test(
        "What decides whether a script runs",
        arguments: [
            ("default-src 'none'; frame-ancestors *", "blocked"), ("script-src", "blocked"),
            ("script-src 'none'", "blocked"),
            ("default-src 'self'; script-src 'strict-dynamic' 'self'", "blocked"),
            ("script-src 'unsafe-eval'", "blocked"),
            ("script-src 'nonce-kD3Jx0q8vTz1' 'strict-dynamic' https: 'unsafe-inline'", "strict-nonce"),
            ("script-src 'sha256-abc' 'strict-dynamic'", "strict-hash"),
            ("script-src 'sha256-abc' 'nonce-abcdefgh' 'strict-dynamic'", "strict-nonce"),
            ("script-src 'nonce-abcdefgh' 'self'", "nonce"), ("script-src 'sha256-abc' a.example", "hash"),
            ("default-src 'self'", "allowlist"), ("script-src 'self' 'unsafe-inline'", "allowlist"),
            ("script-src 'unsafe-inline'", "allowlist"), ("script-src data:", "allowlist"),
            ("img-src 'self'", "unrestricted"), ("script-src *", "unrestricted"),
            ("script-src 'self' https:", "unrestricted"),
            ("default-src 'none'; script-src-elem 'self'", "allowlist"),
            ("script-src 'self', script-src 'none'", "blocked"),
            ("script-src 'self', script-src 'nonce-abcdefgh'", "nonce"),
            ("script-src https://a.example, script-src https://b.example", "blocked"),
            ("script-src *, img-src 'none'", "unrestricted"), ("script-src *, script-src a.example", "allowlist")
        ])
    func scriptModel(policy: String, expected: String) {
        #expect(csp(policy).facts(at: now)["script.model"] == .text(expected))
    }

    @Test(
        "A common policy of an allowlist restricts what it names",
        arguments: [
            Case(
                "default-src 'self'; img-src 'self' https://img.shop.example; object-src 'none'; base-uri 'none'; "
                    + "frame-ancestors 'none'; form-action 'self'",
                [
                    ("present", .yes), ("enforced", .yes), ("source", .text("header")), ("policies.count", .integer(1)),
                    ("syntax.errors", .texts()), ("script.unsafeInline", .no), ("script.unsafeEval", .no),
                    ("script.wildcard", .no), ("object.restricted", .yes), ("baseUri.restricted", .yes),
                    ("formAction.restricted", .yes), ("frameAncestors.policy", .text("none")),
                    ("missing.noFallback", .texts()), ("reporting.configured", .no), ("script.unrestricted", .no),
                    ("effective.img-src", .texts("'self'", "https://img.shop.example")),
                    ("effective.script-src", .texts("'self'")), ("effective.object-src", .texts("'none'")),
                    ("effective.sandbox", .absent), ("meta.ignoredDirectives", .texts()), ("default.none", .no)
                ]),
            Case(
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                [
                    ("default.none", .yes), ("apiLockdown", .yes), ("default.present", .yes),
                    ("effective.default-src", .texts("'none'")), ("script.unsafeInline", .no),
                    ("style.unsafeInline", .no)
                ]),
            Case("default-src 'none'; script-src 'self'; frame-ancestors 'none'", [("apiLockdown", .no)]),
            Case("default-src 'none'", [("apiLockdown", .no), ("frameAncestors.policy", .text("absent"))]),
            Case("frame-ancestors 'none'", [("apiLockdown", .no), ("default.present", .no), ("default.none", .no)]),
            Case(
                "script-src 'nonce-Ab3Ab3Ab3Ab3' 'strict-dynamic' http: https: 'unsafe-inline'; object-src 'none'; base-uri 'self'",
                [
                    ("script.strictDynamic", .yes), ("script.strictDynamicStandalone", .no),
                    ("script.unsafeInline", .no),
                    ("script.unsafeInlineDeclared", .yes),
                    ("script.ignored", .texts("'unsafe-inline'", "http:", "https:")),
                    ("style.unrestricted", .yes), ("style.unsafeInline", .yes), ("script.unrestricted", .no),
                    ("missing.noFallback", .texts("form-action", "frame-ancestors")), ("missing.baseUriNeeded", .no),
                    ("script.broadSources", .texts()), ("insecureScheme.active", .texts()),
                    ("script.nonce.count", .integer(1)), ("script.nonce.minLength", .integer(12)),
                    ("script.nonce.tooShort", .no), ("script.hash.count", .integer(0))
                ]),
            Case(
                "default-src 'self'; script-src 'strict-dynamic' 'self'",
                [
                    ("script.strictDynamic", .yes), ("script.strictDynamicStandalone", .yes),
                    ("syntax.errors", .texts()),
                    ("script.ignored", .texts("'self'"))
                ]),
            Case(
                "script-src 'self' 'unsafe-inline'; object-src 'none'",
                [
                    ("script.unsafeInline", .yes), ("default.present", .no),
                    ("missing.noFallback", .texts("base-uri", "form-action", "frame-ancestors"))
                ]),
            Case(
                "default-src 'self' https:",
                [
                    ("script.broadSources", .texts("https:")), ("object.restricted", .no), ("script.unsafeInline", .no),
                    ("script.wildcard", .no), ("style.unrestricted", .yes)
                ]),
            Case(
                "default-src *; base-uri *; form-action https:",
                [
                    ("script.wildcard", .yes), ("script.broadSources", .texts("*")), ("baseUri.restricted", .no),
                    ("formAction.restricted", .no), ("object.restricted", .no)
                ]),
            Case("script-src https://*", [("script.wildcard", .yes), ("script.broadSources", .texts("https://*"))]),
            Case(
                "default-src 'self'; img-src *; img-src 'self'",
                [
                    ("syntax.duplicates", .texts("img-src")), ("syntax.errors", .texts("duplicate")),
                    ("effective.img-src", .texts("*"))
                ]),
            Case(
                "default-src 'self' object-src 'none'",
                [("syntax.missingSemicolon", .texts("object-src")), ("syntax.errors", .texts("missing-semicolon"))]),
            Case(
                "default-src 'self'; script-src 'self' http://cdn.shop.example; img-src http:; connect-src ws://a.example; "
                    + "report-uri http://r.example/",
                [
                    (
                        "insecureScheme.active",
                        .texts("connect-src ws://a.example", "script-src http://cdn.shop.example")
                    ),
                    ("insecureScheme.passive", .texts("img-src http:")), ("reporting.insecure", .yes)
                ]),
            Case(
                "script-src 'self' 'unsafe-inline'; script-src-elem 'self'; style-src 'self'; style-src-attr 'unsafe-inline'",
                [("script.unsafeInline", .yes), ("style.unsafeInline", .yes)]),
            Case(
                "script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'",
                [("script.unsafeInline", .no), ("script.unsafeInlineDeclared", .no)]),
            Case(
                "script-src 'self' 'unsafe-eval' 'unsafe-hashes' 'wasm-unsafe-eval' 'sha256-a' 'sha384-b' 'nonce-abc'",
                [
                    ("script.unsafeEval", .yes), ("script.unsafeHashes", .yes), ("script.wasmUnsafeEval", .yes),
                    ("script.hash.count", .integer(2)), ("script.nonce.minLength", .integer(3)),
                    ("script.nonce.tooShort", .yes), ("missing.baseUriNeeded", .yes)
                ]),
            Case(
                "img-src 'self'",
                [("script.unsafeInline", .yes), ("script.unsafeEval", .yes), ("script.unsafeHashes", .no)]),
            Case(
                "script-src 'self' https://cdn.jsdelivr.net *.cloudfront.net d1.cloudfront.net www.google-analytics.com",
                [("script.bypassableHosts", .texts("*.cloudfront.net", "cdn.jsdelivr.net"))]),
            Case(
                "script-src 'unsafe-eval' www.google-analytics.com; object-src 'none'",
                [("script.bypassableHosts", .texts("www.google-analytics.com"))]),
            Case(
                "script-src 'nonce-abcdefgh' 'strict-dynamic' https://cdn.jsdelivr.net",
                [("script.bypassableHosts", .texts())]),
            Case(
                "script-src http://10.0.0.1:8080 https://[::1] 127.0.0.1; img-src 10.0.0.2",
                [("script.ipSources", .texts("127.0.0.1", "http://10.0.0.1:8080", "https://[::1]"))]),
            Case(
                "require-trusted-types-for 'script'; trusted-types b a 'allow-duplicates'; upgrade-insecure-requests; "
                    + "sandbox allow-scripts allow-forms; block-all-mixed-content; prefetch-src 'self'",
                [
                    ("script.trustedTypes.required", .yes), ("upgradeInsecureRequests", .yes),
                    ("script.trustedTypes.policies", .texts("'allow-duplicates'", "a", "b")),
                    ("sandbox", .texts("allow-forms", "allow-scripts")),
                    ("effective.upgrade-insecure-requests", .texts()),
                    ("syntax.deprecated", .texts("block-all-mixed-content", "prefetch-src"))
                ]),
            Case("trusted-types", [("script.trustedTypes.policies", .texts()), ("sandbox", .absent)]),
            Case("sandbox", [("sandbox", .texts()), ("script.trustedTypes.policies", .absent)])
        ])
    func singlePolicy(example: Case) { check(example) }

    @Test(
        "Who may frame the page",
        arguments: [
            ("frame-ancestors 'none'", "none"), ("frame-ancestors", "none"), ("frame-ancestors 'self'", "self"),
            ("frame-ancestors a.example 'self'", "list"), ("default-src 'none'; frame-ancestors *", "any"),
            ("frame-ancestors https:", "any"), ("default-src 'none'", "absent"),
            ("frame-ancestors *, frame-ancestors 'self'", "self")
        ])
    func framing(policy: String, expected: String) {
        #expect(csp(policy).facts(at: now)["frameAncestors.policy"] == .text(expected))
    }

    @Test(
        "All policies of header and page have to allow",
        arguments: [
            Case(
                csp(
                    "default-src 'self'; script-src 'self' https://a.shop.example",
                    "default-src 'self'; script-src 'self'"),
                [("policies.count", .integer(2)), ("effective.script-src", .texts("'self'"))], "two lines"),
            Case(
                csp("default-src 'self', script-src 'none'"),
                [
                    ("policies.count", .integer(2)), ("effective.script-src", .texts("'none'")),
                    ("effective.default-src", .texts("'self'")),
                    ("policies.raw", .texts("default-src 'self'", "script-src 'none'"))
                ], "one line with a comma"),
            Case(
                csp("img-src 'self'", "script-src https://a.example"),
                [
                    ("effective.script-src", .texts("https://a.example")), ("effective.img-src", .texts("'self'")),
                    ("effective.style-src", .absent)
                ], "a directive of one policy stands"),
            Case(
                csp("script-src 'self' 'unsafe-inline' 'unsafe-eval'", "script-src 'self' 'unsafe-eval'"),
                [
                    ("script.unsafeInline", .no), ("script.unsafeInlineDeclared", .yes), ("script.unsafeEval", .yes),
                    ("effective.script-src", .texts("'self'", "'unsafe-eval'"))
                ], "inline code of one policy alone"),
            Case(
                csp("script-src 'self' https://cdn.jsdelivr.net", "script-src 'self'"),
                [("script.bypassableHosts", .texts()), ("script.broadSources", .texts())], "a host of one policy alone"),
            Case(
                csp("sandbox allow-forms allow-scripts", "sandbox allow-scripts; report-uri /a"),
                [("sandbox", .texts("allow-scripts")), ("reporting.configured", .yes)], "two sandboxes"),
            Case(
                csp(elements: [meta("default-src 'self'; frame-ancestors 'none'; sandbox; report-uri /r")]),
                [
                    ("source", .text("meta")), ("present", .yes), ("enforced", .yes),
                    ("frameAncestors.policy", .text("absent")),
                    ("meta.ignoredDirectives", .texts("frame-ancestors", "report-uri", "sandbox")),
                    ("sandbox", .absent),
                    ("missing.noFallback", .texts("base-uri", "form-action", "frame-ancestors")),
                    ("reporting.configured", .no)
                ], "a meta element"),
            Case(
                csp("default-src https:", elements: [meta("script-src 'self'")]),
                [
                    ("source", .text("both")), ("policies.count", .integer(2)),
                    ("effective.script-src", .texts("'self'")),
                    ("script.model", .text("allowlist"))
                ], "header and meta"),
            Case(
                csp(elements: [meta("default-src 'self', script-src 'none'")]),
                [("policies.count", .integer(1)), ("effective.default-src", .texts("script-src"))],
                "a comma in a meta element"),
            Case(
                csp(elements: [meta("default-src 'self'", isInHead: false)]),
                [("present", .no), ("enforced", .no), ("source", .absent)], "a meta element of the body"),
            Case(
                csp(elements: [meta("frame-ancestors 'none'")]),
                [
                    ("present", .yes), ("enforced", .no), ("source", .text("meta")), ("script.model", .absent),
                    ("meta.ignoredDirectives", .texts("frame-ancestors")), ("syntax.errors", .texts())
                ], "a meta element without effect"),
            Case(
                csp(fields: [("Content-Security-Policy-Report-Only", "default-src 'self'; report-to r")]),
                [
                    ("present", .no), ("enforced", .no), ("reportOnly.present", .yes),
                    ("reportOnly.policies.count", .integer(1)),
                    ("script.model", .absent), ("syntax.errors", .absent), ("evaluator.findings", .absent),
                    ("effective.script-src", .absent), ("policies.count", .integer(0)), ("sizeBytes", .absent)
                ], "report only"),
            Case(
                csp(""),
                [
                    ("present", .yes), ("enforced", .no), ("syntax.errors", .texts("empty-policy")),
                    ("script.model", .absent),
                    ("sizeBytes", .integer(0)), ("source", .text("header"))
                ], "an empty line"),
            Case(
                csp("script-src 'nonce-abcdefgh'", "base-uri 'none'"), [("missing.baseUriNeeded", .no)],
                "base-uri of another")
        ])
    func severalPolicies(example: Case) { check(example) }

    @Test("A page that could not be read leaves open whether it has a policy")
    func unreadPage() {
        let failure = ProbeFailure(.malformed, "no HTML")
        var capture = csp(elements: [])
        capture.page.outline?.failure = failure
        let open = capture.facts(at: now)
        for path in [
            "present", "enforced", "script.model", "source", "effective.script-src", "integrity.script.missing"
        ] {
            #expect(open[path] == .unobserved(failure), "\(path)")
        }
        capture = csp("default-src 'self'", elements: [])
        capture.page.outline?.failure = ProbeFailure(.tooLarge, "cut")
        let cut = capture.facts(at: now)
        #expect(cut["present"] == .yes && cut["meta.ignoredDirectives"] == .texts())
        #expect(cut.isUnobserved("integrity.script.missing", as: .tooLarge))
    }
}
