import AuditModel
import Facts
import Testing

struct CookiesFactsTests {
    static func page(_ cookies: String..., more: [(String, String)] = []) -> PageSample {
        PageSample(fields: [html] + more + cookies.map { ("Set-Cookie", $0) })
    }

    @Test(
        "Each cookie is told by its name",
        arguments: [
            PageCase(
                "a session cookie bound to its host",
                page("__Host-sid=[redacted 4:0badcafe]; Path=/; Secure; HttpOnly; SameSite=Lax"),
                [
                    ("count", .integer(1)), ("names", .texts("__Host-sid")), ("__Host-sid.secure", .yes),
                    ("__Host-sid.httponly", .yes), ("__Host-sid.samesite", .text("lax")),
                    ("__Host-sid.samesiteEffective", .text("lax")), ("__Host-sid.path", .text("/")),
                    ("__Host-sid.prefix", .text("__Host-")), ("__Host-sid.prefixOk", .yes),
                    ("__Host-sid.prefixSuggested", .absent), ("__Host-sid.role", .text("session")),
                    ("__Host-sid.rejected", .no), ("__Host-sid.rejectReason", .absent),
                    ("__Host-sid.hostOnly", .yes), ("__Host-sid.domain", .absent), ("__Host-sid.session", .yes),
                    ("__Host-sid.sizeBytes", .integer(14)), ("__Host-sid.over4096", .no),
                    ("__Host-sid.partitioned", .no), ("__Host-sid.partitionedOk", .absent),
                    ("__Host-sid.setOverHttp", .no), ("__Host-sid.setOnApi", .no), ("problems", .texts())
                ]),
            PageCase(
                "a session cookie without Secure", page("app_session=1; HttpOnly; SameSite=Lax"),
                [
                    ("app_session.secure", .no), ("app_session.path", .absent), ("app_session.prefix", .absent),
                    ("app_session.prefixOk", .absent), ("app_session.prefixSuggested", .absent),
                    ("problems", .texts("app_session: without-secure"))
                ]),
            PageCase(
                "SameSite=None needs Secure", page("pref=1; SameSite=None"),
                [
                    ("pref.samesite", .text("none")), ("pref.rejected", .yes), ("pref.role", .text("other")),
                    ("pref.rejectReason", .text("samesite-none-without-secure")),
                    ("problems", .texts("pref: samesite-none-without-secure", "pref: without-secure"))
                ]),
            PageCase(
                "a host prefix allows no domain", page("__Host-id=1; Secure; HttpOnly; Path=/; Domain=shop.example"),
                [
                    ("__Host-id.prefixOk", .no), ("__Host-id.rejected", .yes), ("__Host-id.hostOnly", .no),
                    ("__Host-id.rejectReason", .text("host-prefix-with-domain")),
                    ("__Host-id.domain", .text("shop.example"))
                ]),
            PageCase(
                "the weaker of two lines", page("a.b=1; Secure; SameSite=Strict", "a.b=2"),
                [
                    ("count", .integer(1)), (#"["a.b"].secure"#, .no), (#"["a.b"].samesite"#, .absent),
                    ("problems", .texts("a.b: without-secure", "a.b: set-twice"))
                ]),
            PageCase(
                "lax is weaker than strict", page("x=1; SameSite=Strict", "x=1; SameSite=Lax; Path=/x"),
                [("x.samesite", .text("lax")), ("x.duplicateLines", .integer(0)), ("x.path", .text("/x"))]),
            PageCase(
                "SameSite not stated", page("x=1"),
                [("x.samesite", .absent), ("x.samesiteEffective", .text("lax-default")), ("x.samesiteInvalid", .absent)]
            ),
            PageCase(
                "SameSite misspelt", page("x=1; Secure; SameSite=Relaxed"),
                [
                    ("x.samesite", .absent), ("x.samesiteEffective", .text("lax-default")),
                    ("x.samesiteInvalid", .text("Relaxed")), ("problems", .texts("x: samesite-invalid"))
                ]),
            PageCase(
                "a life of 400 days is the longest",
                page("a=1; Secure; Max-Age=34560000", "b=1; Secure; Max-Age=34560001"),
                [
                    ("a.over400Days", .no), ("a.maxAgeS", .integer(34_560_000)), ("a.session", .no),
                    ("b.over400Days", .yes), ("b.expiresS", .absent), ("problems", .texts("b: over-400-days"))
                ]),
            PageCase(
                "Expires counts from the response's Date",
                page(
                    "a=1; Expires=Sun, 06 Nov 1994 08:49:47 GMT",
                    more: [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]),
                [("a.expiresS", .integer(10)), ("a.maxAgeS", .absent), ("a.removed", .no), ("a.session", .no)]),
            PageCase(
                "Expires counts from the judging instant when there is no Date",
                page("a=1; Expires=Fri, 15-Jan-27 08:01:00 GMT"), [("a.expiresS", .integer(60))]),
            PageCase(
                "a cookie that is taken back has no problems", page("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
                [("a.removed", .yes), ("problems", .texts())]),
            PageCase(
                "Max-Age prevails", page("a=1; Max-Age=0; Expires=Fri, 31 Dec 9999 23:59:59 GMT"),
                [("a.removed", .yes), ("a.over400Days", .no)]),
            PageCase(
                "a value too long", page("a=[redacted 5000:0badcafe]; Secure"),
                [
                    ("a.sizeBytes", .integer(5001)), ("a.over4096", .yes), ("a.rejected", .yes),
                    ("a.rejectReason", .text("oversize"))
                ]),
            PageCase(
                "partitioned cookies are Secure", page("a=1; Partitioned", "b=1; Partitioned; Secure; SameSite=None"),
                [
                    ("a.partitioned", .yes), ("a.partitionedOk", .no), ("b.partitionedOk", .yes),
                    ("a.rejectReason", .text("partitioned-without-secure")), ("b.rejected", .no)
                ]),
            PageCase(
                "the strongest prefix that would fit",
                page("a=1; Secure; Path=/", "b=1; Secure; Path=/b", "__Secure-c=1; Secure; Path=/"),
                [
                    ("a.prefixSuggested", .text("__Host-")), ("b.prefixSuggested", .text("__Secure-")),
                    ("__Secure-c.prefixSuggested", .text("__Host-"))
                ]),
            PageCase(
                "a cookie of an API",
                PageSample(fields: [("Content-Type", "application/json"), ("Set-Cookie", "t=1")]),
                [("t.setOnApi", .yes)]),
            PageCase(
                "no cookies", page(), [("count", .integer(0)), ("names", .texts()), ("problems", .texts())]),
            PageCase(
                "a line without a name", page("[redacted 5:0badcafe]"), [("count", .integer(1)), ("names", .texts(""))])
        ])
    func cookies(_ expected: PageCase) {
        let facts = CookiesCapture(page: expected.sample.page).facts(at: now)
        for (path, knowledge) in expected.facts { #expect(facts[path] == knowledge, "\(path)") }
    }

    @Test("A name with a dot is one key")
    func dottedName() {
        let facts = CookiesCapture(page: Self.page("a.b=1; Secure; SameSite=Strict", "a.b=2").page).facts(at: now)
        #expect(facts[FactPath(segments: ["a.b", "secure"])] == .no)
        #expect(facts[FactPath(segments: ["a.b", "samesite"])] == .absent)
        #expect(facts[FactPath(segments: ["a.b", "duplicateLines"])] == .integer(1))
    }

    @Test("Cookies set over plain HTTP are told, from the page's own chain and from the visit")
    func plainHTTP() {
        var sample = Self.page("late=1; Secure")
        sample.http = [
            exchange(url: "http://shop.example/", status: 301, [("Set-Cookie", "early=1; Secure")]),
            exchange([("Set-Cookie", "late=1")])
        ]
        let facts = CookiesCapture(page: sample.page).facts(at: now)
        #expect(facts["names"] == .texts("early", "late"))
        #expect(facts["early.setOverHttp"] == .yes)
        #expect(facts["early.rejectReason"] == .text("secure-over-http"))
        #expect(facts["late.setOverHttp"] == .no)
        #expect(facts["late.secure"] == .yes)
    }

    @Test("Without an answer over plain HTTP, or a second one, what they tell is unobserved")
    func unobserved() {
        var page = Self.page("a=1").page
        page.visits = nil
        let facts = CookiesCapture(page: page).facts(at: now)
        #expect(facts.isUnobserved("a.setOverHttp", as: .unsupported))
        #expect(facts.isUnobserved("a.rotates", as: .unsupported))
        page.visits = [PageVisit(.again, failure: ProbeFailure(.timeout, "no answer"))]
        #expect(CookiesCapture(page: page).facts(at: now).isUnobserved("a.rotates", as: .timeout))
    }

    @Test("Of a crowd of cookies the first are judged, and it is said that the others are not")
    func crowd() {
        let lines = (100..<400).map { ("Set-Cookie", "c\($0)=1") }
        let facts = CookiesCapture(page: PageSample(fields: [html] + lines).page).facts(at: now)
        #expect(facts["count"] == .integer(300))
        #expect(facts["c299.secure"] == .no)
        #expect(facts["c299.setOverHttp"] == .no)
        #expect(facts.isUnobserved("c300.secure", as: .tooLarge))
        #expect(facts.isUnobserved("problems", as: .tooLarge))
    }

    @Test("A second answer shows which values change")
    func rotation() {
        var sample = Self.page("a=[redacted 4:00000001]", "b=[redacted 4:00000002]", "c=1")
        sample.visits = [
            PageVisit(
                .again,
                exchanges: [
                    exchange([("Set-Cookie", "a=[redacted 4:00000001]"), ("Set-Cookie", "b=[redacted 4:00000003]")])
                ])
        ]
        let facts = CookiesCapture(page: sample.page).facts(at: now)
        #expect(facts["a.rotates"] == .no)
        #expect(facts["b.rotates"] == .yes)
        #expect(facts["c.rotates"] == .absent)
    }

    @Test(
        "Names tell what a cookie is for",
        arguments: [
            ("PHPSESSID", "session"), ("JSESSIONID", "session"), ("connect.sid", "session"), ("__Host-sid", "session"),
            ("laravel_session", "session"), ("remember_me", "session"), ("auth_token", "session"),
            ("wp_login", "session"), (".AspNetCore.Identity.Application", "session"), ("csrftoken", "csrf"),
            ("XSRF-TOKEN", "csrf"), ("__RequestVerificationToken", "csrf"), ("theme", "other"), ("author", "other"),
            ("inside", "other"), ("_ga", "other"), ("known", "session"), ("secret", "csrf")
        ])
    func roles(name: String, role: String) {
        var sample = Self.page("\(name)=1")
        sample.hints = PageHints(sessionCookies: ["known"], csrfCookies: ["secret"])
        let facts = CookiesCapture(page: sample.page).facts(at: now)
        #expect(facts[FactPath(segments: [name, "role"])] == .text(role))
    }
}
