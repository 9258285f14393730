import AuditModel
import Facts
import Testing

struct RedirectFactsTests {
    /// An answer over plain HTTP, or on the way from there.
    static func hop(_ url: String, _ status: Int, _ location: String? = nil, more: [(String, String)] = [])
        -> HTTPExchange
    {
        exchange(url: url, status: status, more + (location.map { [("Location", $0)] } ?? []), body: "moved")
    }

    static func chain(_ hops: HTTPExchange...) -> PageSample {
        var sample = PageSample()
        sample.http = hops
        return sample
    }

    @Test(
        "The way from plain HTTP is told",
        arguments: [
            PageCase(
                "straight to HTTPS",
                chain(
                    hop("http://shop.example/", 308, "https://shop.example/"),
                    hop("https://shop.example/", 200, more: [("Strict-Transport-Security", "max-age=1")])),
                [
                    ("http.reachable", .yes), ("http.refusedReason", .absent), ("http.status", .integer(308)),
                    ("http.servesContent", .no), ("http.bodyBytes", .integer(5)), ("http.setsCookies", .no),
                    ("http.sendsHsts", .no), ("apiBehaviour", .text("redirect")), ("toHttps", .yes),
                    ("firstHop.https", .yes), ("firstHop.sameHost", .yes), ("firstHop.permanent", .yes),
                    ("firstHop.methodPreserving", .yes), ("firstHop.samePortMapping", .yes), ("hops", .integer(1)),
                    ("finalUrl", .text("https://shop.example/")), ("downgrade", .no), ("loop", .no), ("tooMany", .no),
                    ("preservesPath", .absent), ("preservesQuery", .absent), ("locationRelative", .no),
                    ("wwwFirst", .no), ("hstsOnFirstHttps", .yes), ("portPairKnown", .yes)
                ]),
            PageCase(
                "to www. first",
                chain(
                    hop("http://shop.example/", 301, "https://www.shop.example/"),
                    hop("https://www.shop.example/", 200)),
                [
                    ("firstHop.https", .yes), ("firstHop.sameHost", .no), ("wwwFirst", .yes),
                    ("firstHop.methodPreserving", .no), ("hstsOnFirstHttps", .no)
                ]),
            PageCase(
                "content over plain HTTP", chain(hop("http://shop.example/", 200, more: [("Set-Cookie", "a=b")])),
                [
                    ("http.servesContent", .yes), ("toHttps", .no), ("hops", .integer(0)), ("firstHop.https", .absent),
                    ("firstHop.permanent", .absent), ("http.setsCookies", .yes), ("apiBehaviour", .text("content")),
                    ("locationRelative", .absent), ("hstsOnFirstHttps", .absent)
                ]),
            PageCase(
                "an error over plain HTTP",
                chain(hop("http://shop.example/", 403, more: [("Strict-Transport-Security", "max-age=1")])),
                [("apiBehaviour", .text("error")), ("http.servesContent", .no), ("http.sendsHsts", .yes)]),
            PageCase(
                "elsewhere, not followed",
                chain(hop("http://shop.example/", 302, "https://login.other.example/x")),
                [
                    ("hops", .integer(1)), ("toHttps", .yes), ("firstHop.sameHost", .no), ("wwwFirst", .no),
                    ("finalUrl", .text("https://login.other.example/x")), ("firstHop.permanent", .no)
                ]),
            PageCase(
                "path and query kept",
                chain(
                    hop("http://shop.example/a?b=c", 301, "https://shop.example/a?b=c"),
                    hop("https://shop.example/a?b=c", 302, "/login"), hop("https://shop.example/login", 200)),
                [("preservesPath", .yes), ("preservesQuery", .yes), ("hops", .integer(2))]),
            PageCase(
                "path and query lost",
                chain(
                    hop("http://shop.example/a?b=c", 301, "https://shop.example/"), hop("https://shop.example/", 200)),
                [("preservesPath", .no), ("preservesQuery", .no)]),
            PageCase(
                "relative first",
                chain(
                    hop("http://shop.example/", 302, "/home"),
                    hop("http://shop.example/home", 301, "https://shop.example/"),
                    hop("https://shop.example/", 200)),
                [
                    ("locationRelative", .yes), ("firstHop.https", .no), ("toHttps", .yes), ("hops", .integer(2)),
                    ("firstHop.samePortMapping", .no)
                ]),
            PageCase(
                "back to plain HTTP",
                chain(
                    hop("http://shop.example/", 301, "https://shop.example/"),
                    hop("https://shop.example/", 302, "http://shop.example/old"), hop("http://shop.example/old", 200)),
                [("downgrade", .yes), ("toHttps", .no), ("http.servesContent", .yes)]),
            PageCase(
                "a Location that nobody can follow", chain(hop("http://shop.example/", 301, "mailto:a@b")),
                [("hops", .integer(0)), ("toHttps", .no), ("apiBehaviour", .text("redirect"))])
        ])
    func chains(_ expected: PageCase) { check(expected.sample.page, expected.facts) }

    @Test("Nobody on plain HTTP is no failure", arguments: [ProbeFailure.Code.refused, .timeout, .reset, .closedEarly])
    func closed(code: ProbeFailure.Code) {
        var sample = PageSample()
        sample.visits = [PageVisit(.http, failure: ProbeFailure(code, "nobody there"))]
        check(
            sample.page,
            [
                ("http.reachable", .no), ("http.refusedReason", .text(code.rawValue)), ("toHttps", .absent),
                ("chain", .absent), ("apiBehaviour", .text("refused")), ("http.status", .absent),
                ("firstHop.https", .absent), ("portPairKnown", .yes)
            ])
    }

    @Test("Circles and endless ways are told apart")
    func endless() {
        let loop = [
            Self.hop("http://shop.example/", 302, "/a"), Self.hop("http://shop.example/a", 302, "/")
        ]
        let long = (0..<5).map { Self.hop("http://shop.example/\($0)", 302, "/\($0 + 1)") }
        for (exchanges, isLoop) in [(loop, true), (long, false)] {
            var sample = PageSample()
            let failure = ProbeFailure(.tooManyRedirects, "it goes on")
            sample.visits = [PageVisit(.http, exchanges: exchanges, failure: failure)]
            check(
                sample.page,
                [
                    ("loop", isLoop ? .yes : .no), ("tooMany", isLoop ? .no : .yes), ("toHttps", .no),
                    ("http.reachable", .yes)
                ])
        }
    }

    @Test("A page asked for over plain HTTP is its own chain; other ports make no pair")
    func plainTarget() {
        var page = PageSample(url: "http://shop.example:8080/").page
        page.visits = nil
        check(
            page, [("http.reachable", .yes), ("portPairKnown", .no), ("toHttps", .no), ("http.servesContent", .yes)])
        check(PageSample(url: "https://shop.example:8443/").page, [("portPairKnown", .no)])
    }

    @Test("What was not asked is unobserved, with its reason")
    func unobserved() {
        var sample = PageSample()
        sample.visits = [
            PageVisit(.http, failure: ProbeFailure(.nameNotResolved, "no such name")),
            PageVisit(.foreignHost, failure: ProbeFailure(.notPermitted, "allow redirect-host"))
        ]
        let facts = RedirectCapture(page: sample.page).facts(at: now)
        #expect(facts.isUnobserved("http.reachable", as: .nameNotResolved))
        #expect(facts.isUnobserved("toHttps", as: .nameNotResolved))
        #expect(facts.isUnobserved("hostHeaderReflected", as: .notPermitted))
        #expect(facts.isUnobserved("xForwardedHostReflected", as: .unsupported))
    }

    @Test(
        "A redirect that follows the client's idea of the host is told",
        arguments: [
            ("https://gonogo-probe.invalid/", true), ("https://GONOGO-PROBE.invalid:8443/x", true),
            ("https://shop.example/", false), ("/gonogo-probe.invalid", false), ("//gonogo-probe.invalid/", true)
        ])
    func reflection(location: String, isReflected: Bool) {
        var sample = PageSample()
        sample.visits = [PageVisit(.foreignHost, exchanges: [Self.hop("http://shop.example/", 301, location)])]
        check(sample.page, [("hostHeaderReflected", isReflected ? .yes : .no)])
    }

    private func check(_ page: PageObservation, _ expected: [(String, FactSet.Knowledge)]) {
        let facts = RedirectCapture(page: page).facts(at: now)
        for (path, knowledge) in expected { #expect(facts[path] == knowledge, "\(path)") }
    }
}
