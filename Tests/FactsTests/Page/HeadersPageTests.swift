import AuditModel
import Facts
import Testing

/// Header facts that other answers, the page's elements or what the caller said take part in.
struct HeadersPageTests {
    static let hsts = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")

    @Test(
        "The preload list's demands",
        arguments: [
            PageCase(
                "a registrable domain", PageSample(fields: [hsts]),
                [("hsts.preloadBlockers", .texts()), ("hsts.onHttp", .no)]),
            PageCase(
                "a subdomain", PageSample(fields: [hsts], url: "https://www.shop.example/"),
                [("hsts.preloadBlockers", .texts("not-registrable-domain"))]),
            PageCase(
                "a subdomain of what the list is said to hold",
                PageSample(url: "https://www.shop.example/", hints: PageHints(preloaded: ["Shop.example"])),
                [("hsts.preloadListed", .yes)]),
            PageCase(
                "not of what the list is said to hold",
                PageSample(url: "https://myshop.example/", hints: PageHints(preloaded: ["shop.example"])),
                [("hsts.preloadListed", .no)]),
            PageCase("nothing said of the list", PageSample(fields: [hsts]), [("hsts.preloadListed", .absent)]),
            PageCase(
                "a customer of a company", PageSample(fields: [hsts], url: "https://me.github.io/"),
                [("hsts.preloadBlockers", .texts())]),
            PageCase(
                "an address", PageSample(fields: [hsts], url: "https://192.0.2.1/"),
                [("hsts.preloadBlockers", .texts("ip-host"))]),
            PageCase(
                "plain HTTP that redirects well",
                PageSample(
                    fields: [hsts],
                    http: [
                        exchange(url: "http://shop.example/", status: 301, [("Location", "https://shop.example/")]),
                        exchange([hsts])
                    ]), [("hsts.preloadBlockers", .texts())]),
            PageCase(
                "plain HTTP that serves content",
                PageSample(fields: [hsts], http: [exchange(url: "http://shop.example/", [hsts])]),
                [("hsts.preloadBlockers", .texts("first-redirect-not-https-same-host")), ("hsts.onHttp", .yes)]),
            PageCase(
                "www. first",
                PageSample(
                    fields: [hsts],
                    http: [
                        exchange(url: "http://shop.example/", status: 301, [("Location", "https://www.shop.example/")])
                    ]), [("hsts.preloadBlockers", .texts("first-redirect-not-https-same-host"))]),
            PageCase(
                "a long way over plain HTTP",
                PageSample(
                    fields: [hsts],
                    http: (0..<4).map {
                        exchange(url: "http://shop.example/\($0)", status: 301, [("Location", "/\($0 + 1)")])
                    }),
                [
                    (
                        "hsts.preloadBlockers",
                        .texts(
                            "first-redirect-not-https-same-host", "insecure-redirect", "too-many-redirects")
                    )
                ])
        ])
    func preloading(_ expected: PageCase) { check(expected) }

    @Test(
        "A referrer policy in an element prevails",
        arguments: [
            PageCase(
                "an element",
                PageSample(
                    fields: [html, ("Referrer-Policy", "no-referrer")],
                    elements: [meta(("name", "Referrer"), ("content", "UNSAFE-URL"), isInHead: false)]),
                [
                    ("referrerPolicy.effective", .text("unsafe-url")), ("referrerPolicy.source", .text("meta")),
                    ("referrerPolicy.safe", .no), ("referrerPolicy.present", .yes),
                    ("referrerPolicy.tokens", .texts("no-referrer"))
                ]),
            PageCase(
                "an old word", PageSample(elements: [meta(("name", "referrer"), ("content", "never"))]),
                [("referrerPolicy.effective", .text("no-referrer")), ("referrerPolicy.present", .no)]),
            PageCase(
                "an unknown word",
                PageSample(
                    fields: [html, ("Referrer-Policy", "same-origin")],
                    elements: [
                        meta(("name", "referrer"), ("content", "x")), meta(("name", "robots"), ("content", "origin"))
                    ]),
                [("referrerPolicy.effective", .text("same-origin")), ("referrerPolicy.source", .text("header"))]),
            PageCase(
                "nothing", PageSample(), [("referrerPolicy.effective", .absent), ("referrerPolicy.source", .absent)])
        ])
    func referrerPolicy(_ expected: PageCase) { check(expected) }

    /// An answer to a request with `Authorization`.
    static func authorized(_ name: String, _ cacheControl: String?, _ expected: FactSet.Knowledge) -> PageCase {
        let fields = cacheControl.map { [("Cache-Control", $0)] } ?? []
        let hints = PageHints(sendsCredentials: true, sendsAuthorization: true)
        return PageCase(
            "to Authorization: \(name)", PageSample(fields: fields, hints: hints),
            [("cache.sensitiveStorable", expected)])
    }

    @Test(
        "Shared caches and what is for one person",
        arguments: [
            PageCase(
                "marked by the audit", PageSample(hints: PageHints(isSensitive: true)),
                [("cache.sensitiveStorable", .yes), ("cache.sharedStorable", .yes)]),
            PageCase(
                "asked for with credentials", PageSample(hints: PageHints(sendsCredentials: true)),
                [("cache.sensitiveStorable", .yes)]),
            PageCase(
                "not storable",
                PageSample(
                    fields: [("Cache-Control", "Private, max-age=\"60\", no-cache=\"set-cookie\"")],
                    hints: PageHints(isSensitive: true)),
                [
                    ("cache.sensitiveStorable", .no), ("cache.directives.private", .text("")),
                    ("cache.directives.max-age", .text("60")), ("cache.directives.no-cache", .text("set-cookie")),
                    ("cache.directives.public", .undeclared)
                ]),
            PageCase("for everybody", PageSample(), [("cache.sensitiveStorable", .no)]),
            authorized("nothing said", nil, .no), authorized("an age alone", "max-age=60", .no),
            authorized("public", "public", .yes), authorized("an age for shared caches", "s-maxage=60", .yes),
            authorized("asked again when stale", "must-revalidate, max-age=60", .yes),
            authorized("public, but forbidden", "public, no-store", .no)
        ])
    func caching(_ expected: PageCase) { check(expected) }

    @Test(
        "Smaller fields",
        arguments: [
            PageCase(
                "reporting and requests to browsers",
                PageSample(fields: [
                    ("Origin-Agent-Cluster", "?1"), ("Feature-Policy", "camera 'none'"),
                    ("Clear-Site-Data", #""cache", "cookies", storage"#),
                    ("Reporting-Endpoints", #"csp="https://r.example/", coop="/r""#),
                    ("Report-To", #"{"group":"a","endpoints":[]},{"endpoints":[]}"#), ("NEL", "{}"),
                    ("Integrity-Policy", "blocked-destinations=(script)"),
                    ("X-Permitted-Cross-Domain-Policies", "None "), ("X-DNS-Prefetch-Control", "off"),
                    ("Timing-Allow-Origin", "*, https://a.example")
                ]),
                [
                    ("originAgentCluster", .yes), ("featurePolicy.present", .yes),
                    ("clearSiteData.types", .texts("cache", "cookies")), ("reporting.endpoints", .texts("csp", "coop")),
                    ("reporting.reportTo", .texts("a", "default")), ("reporting.nel", .yes),
                    ("integrityPolicy.present", .yes), ("xpcdp.value", .text("none")),
                    ("dnsPrefetchControl", .text("off")), ("timingAllowOrigin", .texts("*", "https://a.example"))
                ]),
            PageCase(
                "none of them", PageSample(fields: [("Origin-Agent-Cluster", "1"), ("Report-To", "{")]),
                [
                    ("originAgentCluster", .absent), ("featurePolicy.present", .no), ("clearSiteData.types", .absent),
                    ("reporting.endpoints", .absent), ("reporting.reportTo", .absent), ("reporting.nel", .no),
                    ("integrityPolicy.present", .no), ("xpcdp.value", .absent), ("dnsPrefetchControl", .absent),
                    ("timingAllowOrigin", .absent)
                ]),
            PageCase(
                "features",
                PageSample(fields: [("Permissions-Policy", "geolocation=(), camera=(), teleport=(), usb=*")]),
                [
                    ("permissionsPolicy.deniedCount", .integer(3)),
                    ("permissionsPolicy.unknownFeatures", .texts("teleport")),
                    ("permissionsPolicy.wildcards", .texts("usb"))
                ]),
            PageCase(
                "leaks",
                PageSample(
                    fields: [
                        ("Content-Type", "application/vnd.spring-boot.actuator.v3+json"),
                        ("WWW-Authenticate", #"Bearer, Basic realm="Tomcat Manager""#), ("SourceMap", "/app.js.map"),
                        ("Server", "Jetty(9.4)"), ("X-Powered-By", "PHP/8.1.2")
                    ], status: 401),
                [
                    ("leak.contentTypeVendor", .text("spring-boot.actuator.v3")),
                    ("leak.authRealm", .text("Tomcat Manager")), ("leak.sourceMap", .text("/app.js.map")),
                    ("leak.count", .integer(3)), ("profile", .text("api"))
                ]),
            PageCase(
                "no leaks", PageSample(),
                [
                    ("leak.contentTypeVendor", .absent), ("leak.authRealm", .absent), ("leak.sourceMap", .absent),
                    ("leak.count", .integer(0))
                ])
        ])
    func smallFields(_ expected: PageCase) { check(expected) }

    @Test(
        "The OWASP list is compared by meaning",
        arguments: [
            PageCase(
                "all of it",
                PageSample(fields: [
                    ("Cache-Control", "max-age=0, no-store"), hsts, ("X-Content-Type-Options", "nosniff"),
                    (
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'nonce-abcdefgh' 'unsafe-inline'; form-action 'self'; "
                            + "base-uri 'none'; frame-ancestors 'none'"
                    ),
                    ("Cross-Origin-Embedder-Policy", "require-corp"), ("Cross-Origin-Opener-Policy", "same-origin"),
                    ("Cross-Origin-Resource-Policy", "same-origin"), ("Permissions-Policy", "geolocation=()"),
                    ("Referrer-Policy", "same-origin"), ("X-DNS-Prefetch-Control", "off"),
                    ("X-Permitted-Cross-Domain-Policies", "none")
                ]), [("oshp.matched", .integer(12)), ("oshp.missing", .texts()), ("oshp.weaker", .texts())]),
            PageCase(
                "less of it",
                PageSample(fields: [
                    ("Cache-Control", "no-cache"), ("Strict-Transport-Security", "max-age=60"),
                    ("Content-Security-Policy", "default-src 'self' https:"), ("X-Frame-Options", "SAMEORIGIN"),
                    ("Referrer-Policy", "strict-origin"), ("Permissions-Policy", "geolocation=*"),
                    ("X-Content-Type-Options", "sniff")
                ]),
                [
                    ("oshp.matched", .integer(0)),
                    (
                        "oshp.weaker",
                        .texts(
                            "Cache-Control", "Content-Security-Policy", "Permissions-Policy", "Referrer-Policy",
                            "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options")
                    ),
                    (
                        "oshp.missing",
                        .texts(
                            "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy",
                            "Cross-Origin-Resource-Policy",
                            "X-DNS-Prefetch-Control", "X-Permitted-Cross-Domain-Policies")
                    )
                ])
        ])
    func secureHeaders(_ expected: PageCase) { check(expected) }

    @Test("Answers of other kinds are compared with the page")
    func parity() {
        var sample = PageSample(fields: [
            html, Self.hsts, ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Server", "x")
        ])
        sample.visits = [
            PageVisit(.notFound, exchanges: [exchange(status: 404, [Self.hsts])]),
            PageVisit(
                .options,
                exchanges: [
                    exchange(
                        status: 500,
                        [
                            ("strict-transport-security", "max-age=1"), ("x-frame-options", "DENY"),
                            ("x-content-type-options", "")
                        ])
                ]),
            PageVisit(.badRequest, failure: ProbeFailure(.notPermitted, "allow malformed requests")),
            PageVisit(.http2, exchanges: [exchange(url: "http://shop.example/")])
        ]
        let facts = HeadersCapture(page: sample.page).facts(at: now)
        #expect(facts["parity.notFound.missing"] == .texts("X-Content-Type-Options", "X-Frame-Options"))
        #expect(facts["parity.notFound.status"] == .integer(404))
        #expect(facts["parity.options.missing"] == .texts())
        #expect(facts["parity.serverError.missing"] == .texts())
        #expect(facts["parity.serverError.status"] == .integer(500))
        #expect(facts["parity.http2.missing"] == .texts("X-Content-Type-Options", "X-Frame-Options"))
        #expect(facts.isUnobserved("parity.badRequest.missing", as: .notPermitted))
        #expect(facts.isUnobserved("parity.methodNotAllowed.missing", as: .unsupported))
    }

    @Test("A server error that nobody saw is not told of")
    func noServerError() {
        let facts = HeadersCapture(page: PageSample().page).facts(at: now)
        #expect(facts["parity.serverError.missing"] == .undeclared)
    }

    @Test("Further paths have the page's facts, each for itself")
    func paths() {
        var sample = PageSample(fields: [html, Self.hsts])
        sample.paths = [
            PathVisit(
                path: "/api/v1.json",
                exchanges: [
                    exchange(
                        url: "https://shop.example/api/v1.json", status: 500, [("Content-Type", "application/json")])
                ]),
            PathVisit(path: "/slow", failure: ProbeFailure(.timeout, "no answer"))
        ]
        let facts = HeadersCapture(page: sample.page).facts(at: now)
        #expect(facts[#"paths["/api/v1.json"].profile"#] == .text("api"))
        #expect(facts[#"paths["/api/v1.json"].status"#] == .integer(500))
        #expect(facts[#"paths["/api/v1.json"].hsts.present"#] == .no)
        #expect(facts[#"paths["/api/v1.json"].hsts.maxAge"#] == .absent)
        #expect(facts[#"paths["/slow"].status"#] == .unobserved(ProbeFailure(.timeout, "no answer")))
        #expect(facts["hsts.present"] == .yes)
        #expect(facts["parity.serverError.status"] == .integer(500))
    }

    private func check(_ expected: PageCase) {
        let facts = HeadersCapture(page: expected.sample.page).facts(at: now)
        for (path, knowledge) in expected.facts { #expect(facts[path] == knowledge, "\(path)") }
    }
}
