import AuditModel
import Facts
import Testing

struct HeadersFactsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fields: [(String, String)]
        var url = "https://shop.example/"
        var status = 200
        let facts: [(String, FactSet.Knowledge)]
        var testDescription: String { fields.map { "\($0.0): \($0.1)" }.joined(separator: " | ") + " \(url) \(status)" }
    }

    static let hsts = "Strict-Transport-Security"
    static let csp = "Content-Security-Policy"

    @Test(
        "Strict-Transport-Security counts over HTTPS, first line only",
        arguments: [
            Case(
                fields: [(hsts, "max-age=63072000; includeSubDomains; preload")],
                facts: [
                    ("hsts.valid", .yes), ("hsts.maxAge", .integer(63_072_000)), ("hsts.includeSubdomains", .yes),
                    ("hsts.preload", .yes), ("hsts.preloadBlockers", .texts()), ("hsts.disabled", .no),
                    ("malformed", .texts())
                ]),
            Case(
                fields: [(hsts, "max-age=15552000")],
                facts: [
                    ("hsts.maxAge", .integer(15_552_000)),
                    ("hsts.preloadBlockers", .texts("max-age-below-1-year", "no-include-subdomains", "no-preload"))
                ]),
            Case(
                fields: [(hsts, #"max-age="31536000"; includeSubDomains"#)],
                facts: [
                    ("hsts.valid", .yes), ("hsts.maxAge", .integer(31_536_000)), ("hsts.maxAgeQuoted", .yes),
                    ("hsts.preloadBlockers", .texts("max-age-quoted", "no-preload"))
                ]),
            Case(
                fields: [(hsts, "max-age=31536000; includeSubDomains"), (hsts, "max-age=0")],
                facts: [
                    ("hsts.count", .integer(2)), ("hsts.maxAge", .integer(31_536_000)), ("hsts.disabled", .no),
                    ("duplicates", .texts(hsts))
                ]),
            Case(
                fields: [(hsts, "max-age=0")],
                facts: [("hsts.valid", .yes), ("hsts.disabled", .yes), ("hsts.maxAge", .integer(0))]),
            Case(
                fields: [(hsts, "includeSubDomains")],
                facts: [
                    ("hsts.present", .yes), ("hsts.valid", .no), ("hsts.maxAge", .absent),
                    ("hsts.includeSubdomains", .absent), ("malformed", .texts("strict-transport-security"))
                ]),
            Case(
                fields: [(hsts, "max-age=1; max-age=2; x")],
                facts: [
                    ("hsts.valid", .no), ("hsts.duplicateDirectives", .texts("max-age")),
                    ("hsts.unknownDirectives", .texts("x"))
                ]),
            Case(
                fields: [],
                facts: [
                    ("hsts.present", .no), ("hsts.count", .integer(0)), ("hsts.valid", .absent),
                    ("hsts.value", .absent)
                ]),
            Case(
                fields: [(hsts, "max-age=63072000")], url: "http://shop.example/",
                facts: [
                    ("hsts.present", .no), ("hsts.onHttp", .yes), ("hsts.maxAge", .absent), ("hsts.count", .integer(1)),
                    ("https", .no), ("certVerified", .absent)
                ])
        ])
    func transportSecurity(_ expected: Case) { check(expected) }

    @Test(
        "Framing is decided by frame-ancestors in the header, then by X-Frame-Options",
        arguments: [
            Case(
                fields: [("X-Frame-Options", "DENY"), ("X-Frame-Options", "DENY")],
                facts: [
                    ("xfo.count", .integer(2)), ("xfo.effective", .text("deny")), ("framing.protected", .yes),
                    ("framing.source", .text("xfo")), ("framing.policy", .text("none"))
                ]),
            Case(
                fields: [("X-Frame-Options", "ALLOW-FROM https://a.example")],
                facts: [
                    ("xfo.present", .yes), ("xfo.valid", .no), ("xfo.effective", .text("none")),
                    ("framing.protected", .no),
                    ("framing.source", .text("none")), ("framing.policy", .text("absent"))
                ]),
            Case(
                fields: [(csp, "default-src 'self'; frame-ancestors 'none'; form-action 'self'")],
                facts: [
                    ("framing.protected", .yes), ("framing.source", .text("csp")), ("framing.policy", .text("none"))
                ]),
            Case(
                fields: [(csp, "script-src 'none'; object-src 'none'; base-uri 'self'")],
                facts: [("framing.protected", .no), ("framing.policy", .text("absent"))]),
            Case(
                fields: [(csp, "default-src 'none'; frame-ancestors *"), ("X-Frame-Options", "DENY")],
                facts: [
                    ("framing.protected", .no), ("framing.source", .text("csp")), ("framing.policy", .text("any")),
                    ("xfo.effective", .text("deny"))
                ]),
            Case(
                fields: [("Content-Security-Policy-Report-Only", "default-src 'self'; frame-ancestors 'none'")],
                facts: [("framing.protected", .no), ("framing.source", .text("none"))]),
            Case(fields: [(csp, " ; ,")], facts: [("malformed", .texts("content-security-policy"))])
        ])
    func framing(_ expected: Case) { check(expected) }

    @Test(
        "Smaller fields are read by their own grammars",
        arguments: [
            Case(
                fields: [("X-Content-Type-Options", "nosniff"), ("X-Content-Type-Options", "nosniff")],
                facts: [("xcto.count", .integer(2)), ("xcto.nosniff", .yes)]),
            Case(
                fields: [("X-Content-Type-Options", "no-nosniff")],
                facts: [("xcto.present", .yes), ("xcto.nosniff", .no), ("malformed", .texts("x-content-type-options"))]),
            Case(
                fields: [("Referrer-Policy", "strict-origin, unsafe-url, future-token")],
                facts: [
                    ("referrerPolicy.effective", .text("unsafe-url")), ("referrerPolicy.safe", .no),
                    ("referrerPolicy.unknownTokens", .texts("future-token"))
                ]),
            Case(
                fields: [("Referrer-Policy", "never")],
                facts: [("referrerPolicy.effective", .absent), ("referrerPolicy.safe", .absent)]),
            Case(
                fields: [
                    ("Cross-Origin-Opener-Policy", #"same-origin; report-to="coop""#),
                    ("Cross-Origin-Embedder-Policy", "require-corp"), ("Cross-Origin-Resource-Policy", "same-origin")
                ],
                facts: [
                    ("coop.policy", .text("same-origin")), ("coop.reportTo", .text("coop")),
                    ("coep.policy", .text("require-corp")), ("corp.policy", .text("same-origin")),
                    ("crossOriginIsolated", .yes), ("coop.reportOnly", .no)
                ]),
            Case(
                fields: [("Cross-Origin-Opener-Policy", "SAME-ORIGIN")],
                facts: [
                    ("coop.valid", .no), ("coop.policy", .text("unsafe-none")), ("coep.policy", .absent),
                    ("crossOriginIsolated", .no)
                ]),
            Case(
                fields: [("Permissions-Policy", "geolocation=(), camera=(self), usb=*")],
                facts: [
                    ("permissionsPolicy.valid", .yes), ("permissionsPolicy.denied", .texts("geolocation")),
                    ("permissionsPolicy.wildcards", .texts("usb")),
                    ("permissionsPolicy.features.camera", .texts("self")),
                    ("permissionsPolicy.features.usb", .texts("*"))
                ]),
            Case(
                fields: [("Permissions-Policy", "geolocation 'none'")],
                facts: [
                    ("permissionsPolicy.valid", .no), ("permissionsPolicy.legacySyntax", .yes),
                    ("permissionsPolicy.denied", .texts())
                ]),
            Case(
                fields: [("Content-Type", "Application/JSON; Charset=UTF-8")],
                facts: [
                    ("contentType.essence", .text("application/json")), ("contentType.charset", .text("utf-8")),
                    ("profile", .text("api"))
                ]),
            Case(fields: [("Content-Type", "text/html")], facts: [("profile", .text("html"))]),
            Case(fields: [("Content-Type", "image/svg+xml")], facts: [("profile", .text("static"))]),
            Case(fields: [("Content-Type", "text/plain")], facts: [("profile", .text("other"))]),
            Case(
                fields: [("Content-Type", "html")],
                facts: [
                    ("contentType.present", .yes), ("contentType.essence", .absent), ("profile", .text("other")),
                    ("malformed", .texts("content-type")), ("contentType.mismatch", .absent)
                ])
        ])
    func smallFields(_ expected: Case) { check(expected) }

    @Test(
        "Caching follows RFC 9111",
        arguments: [
            Case(
                fields: [("Cache-Control", "public, max-age=60"), ("Set-Cookie", "sid=1; Secure; HttpOnly")],
                facts: [
                    ("cache.noStore", .no), ("cache.public", .yes), ("cache.sharedStorable", .yes),
                    ("cache.sensitiveStorable", .yes), ("cache.maxAge", .integer(60)), ("cache.heuristic", .no)
                ]),
            Case(
                fields: [("Cache-Control", "no-store"), ("Cache-Control", "max-age=0"), ("Pragma", "no-cache")],
                facts: [
                    ("cache.value", .text("no-store, max-age=0")), ("cache.noStore", .yes),
                    ("cache.sharedStorable", .no),
                    ("cache.pragma", .text("no-cache")), ("deprecated", .texts("Pragma"))
                ]),
            Case(
                fields: [
                    ("Cache-Control", #"private="set-cookie", s-maxage=5, must-revalidate"#), ("Vary", "Accept, Origin")
                ],
                facts: [
                    ("cache.private", .no), ("cache.sMaxage", .integer(5)), ("cache.mustRevalidate", .yes),
                    ("cache.vary", .texts("accept", "origin")), ("cache.sensitiveStorable", .no)
                ]),
            Case(
                fields: [],
                facts: [
                    ("cache.value", .absent), ("cache.noStore", .no), ("cache.sharedStorable", .yes),
                    ("cache.heuristic", .yes),
                    ("cache.maxAge", .absent), ("cache.age", .absent)
                ]),
            Case(
                fields: [("Cache-Control", "public"), ("Age", "12")], status: 403,
                facts: [("cache.sensitiveStorable", .yes), ("cache.age", .integer(12))])
        ])
    func caching(_ expected: Case) { check(expected) }

    @Test(
        "Fields tell about the software behind the service",
        arguments: [
            Case(
                fields: [
                    ("server", "nginx/1.22.1"), ("X-Powered-By", "Vapor/5"), ("Via", "1.1 edge-7.internal"),
                    ("x-envoy-upstream-service-time", "12")
                ],
                facts: [
                    ("leak.server.value", .text("nginx/1.22.1")), ("leak.server.product", .text("nginx")),
                    ("leak.server.version", .text("1.22.1")), ("leak.xPoweredBy", .text("Vapor/5")),
                    ("leak.names", .texts("Server", "X-Powered-By", "X-Envoy-Upstream-Service-Time")),
                    ("leak.versions", .texts("nginx/1.22.1")), ("leak.internalAddresses", .texts("edge-7.internal"))
                ]),
            Case(
                fields: [("Server", "shop")],
                facts: [
                    ("leak.server.product", .text("shop")), ("leak.server.version", .absent),
                    ("leak.versions", .texts()),
                    ("leak.internalAddresses", .texts())
                ]),
            Case(
                fields: [("X-XSS-Protection", "0"), ("Feature-Policy", "camera 'none'")],
                facts: [("deprecated", .texts("Feature-Policy"))]),
            Case(fields: [("X-XSS-Protection", "0; mode=block")], facts: [("deprecated", .texts())]),
            Case(fields: [("X-XSS-Protection", "00")], facts: [("deprecated", .texts("X-XSS-Protection"))]),
            Case(
                fields: [("X-XSS-Protection", "1; mode=block")],
                facts: [
                    ("deprecated", .texts("X-XSS-Protection")), ("names", .texts("x-xss-protection")),
                    ("values.x-xss-protection", .texts("1; mode=block")), ("values.server", .undeclared)
                ]),
            Case(
                fields: [("Bad Name", "x"), ("X-Control", "a\u{1B}[31m"), ("Date", "yesterday")],
                facts: [("malformed", .texts("bad name", "date", "x-control"))])
        ])
    func leaks(_ expected: Case) { check(expected) }

    @Test("The facts describe the last response; plain-HTTP HSTS counts over the chain")
    func redirects() {
        let facts = HeadersCapture(
            page: PageObservation(
                url: "http://shop.example/",
                exchanges: [
                    exchange(
                        url: "http://shop.example/", status: 301,
                        [("Location", "https://shop.example/"), ("Set-Cookie", "early=1"), (Self.hsts, "max-age=1")]),
                    exchange(url: "https://shop.example/", [("Server", "x")])
                ]
            )
        ).facts(at: now)
        #expect(facts["url"] == .text("http://shop.example/"))
        #expect(facts["finalUrl"] == .text("https://shop.example/"))
        #expect(facts["redirects"] == .integer(1))
        #expect(facts["requests"] == .integer(2))
        #expect(facts["status"] == .integer(200))
        #expect(facts["https"] == .yes)
        #expect(facts["certVerified"] == .yes)
        #expect(facts["hsts.present"] == .no)
        #expect(facts["hsts.onHttp"] == .yes)
    }

    @Test("A certificate that did not verify is told with its problem")
    func certificate() {
        var capture = headers([(Self.hsts, "max-age=1")])
        capture.page.exchanges[0].tls = TLSSummary(isVerified: false, problem: "certificate has expired", version: nil)
        let facts = capture.facts(at: now)
        #expect(facts["certVerified"] == .no)
        #expect(facts["certProblem"] == .text("certificate has expired"))
    }

    @Test("A body that is not whole leaves what depends on it unobserved, unless its beginning decides")
    func cutBody() {
        let failure = ProbeFailure(.closedEarly, "the connection closed")
        func facts(_ body: String, _ failure: ProbeFailure?) -> FactSet {
            let answer = exchange([("Content-Type", "text/plain")], body: body, bodyFailure: failure)
            return HeadersCapture(page: PageObservation(url: answer.url, exchanges: [answer])).facts(at: now)
        }
        #expect(facts("<!doctype html>", nil)["contentType.mismatch"] == .yes)
        #expect(facts("<!doc", failure).isUnobserved("contentType.mismatch", as: .closedEarly))
        #expect(facts("<html>" + String(repeating: "x", count: 600), failure)["contentType.mismatch"] == .yes)
        #expect(facts("<!doc", failure)["status"] == .integer(200))
    }

    @Test("A recording without a response observed nothing")
    func empty() {
        let facts = HeadersCapture(page: PageObservation(url: "https://shop.example/", exchanges: [])).facts(at: now)
        #expect(facts.observed.isEmpty)
        #expect(facts.isUnobserved("status", as: .malformed))
    }

    private func check(_ expected: Case) {
        let facts = headers(expected.fields, url: expected.url, status: expected.status).facts(at: now)
        for (path, knowledge) in expected.facts { #expect(facts[path] == knowledge, "\(path)") }
    }
}
