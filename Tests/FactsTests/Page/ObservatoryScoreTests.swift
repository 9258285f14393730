import AuditModel
import Facts
import Testing

struct ObservatoryScoreTests {
    static let good = [
        html, ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")
    ]

    @Test(
        "Scores and grades",
        arguments: [
            PageCase(
                "an uncurved 90 is enough for bonuses",
                PageSample(fields: good + [("Set-Cookie", "sess=1; HttpOnly; SameSite=Lax")]),
                [
                    ("score", .integer(110)), ("grade", .text("A+")), ("uncurvedScore", .integer(90)),
                    ("bonusCounted", .yes), ("testsPassed", .integer(11)), ("tests.cookies.pass", .no),
                    ("gated", .absent), ("algorithmVersion", .integer(6)),
                    (
                        "disagreements",
                        .texts(
                            "CORS is looked for in the answer to OPTIONS only, which was no success here; GET may allow it (Fetch)."
                        )
                    )
                ]),
            PageCase(
                "below it they are withheld",
                PageSample(fields: [
                    html, ("Strict-Transport-Security", "max-age=31536000"),
                    ("Content-Security-Policy", "default-src 'self'"), ("Referrer-Policy", "no-referrer")
                ]), [("score", .integer(75)), ("grade", .text("B")), ("bonusCounted", .no)]),
            PageCase(
                "nothing set at all", PageSample(),
                [("score", .integer(30)), ("grade", .text("D")), ("testsPassed", .integer(8))]),
            PageCase(
                "never below nothing",
                PageSample(
                    fields: [html, ("Set-Cookie", "sess=1")],
                    elements: [script(("src", "//cdn.example/a.js"))]),
                [("score", .integer(0)), ("uncurvedScore", .integer(-60)), ("grade", .text("F"))]),
            PageCase(
                "with everything",
                PageSample(
                    fields: good + [
                        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Embedder-Policy", "require-corp"),
                        ("Cross-Origin-Resource-Policy", "same-origin"),
                        ("Set-Cookie", "a=1; Secure; HttpOnly; SameSite=Lax")
                    ], elements: [script(("src", "/a.js"), ("integrity", "sha384-x"))]),
                [("score", .integer(160)), ("grade", .text("A+")), ("testsPassed", .integer(12))]),
            PageCase(
                "a login page is scored", PageSample(fields: good, status: 401),
                [("gated", .absent), ("score", .integer(120))]),
            PageCase(
                "an error is not", PageSample(fields: good, status: 404),
                [
                    ("score", .absent), ("grade", .absent), ("bonusCounted", .absent), ("testsPassed", .absent),
                    ("gated", .text("the status is 404; only 2xx, 3xx, 401 and 403 are scored")),
                    ("tests.content-security-policy.pass", .yes)
                ])
        ])
    func scores(_ expected: PageCase) {
        let facts = ObservatoryCapture(page: expected.sample.scored).facts(at: now)
        for (path, knowledge) in expected.facts { #expect(facts[path] == knowledge, "\(path)") }
    }

    @Test("Without an answer to OPTIONS or to plain HTTP there is no score, but what is known is told")
    func unobserved() {
        var page = PageSample().page
        page.visits = nil
        let facts = ObservatoryCapture(page: page).facts(at: now)
        #expect(facts.isUnobserved("score", as: .unsupported))
        #expect(facts.isUnobserved("tests.redirection.result", as: .unsupported))
        #expect(facts.isUnobserved("tests.cross-origin-resource-sharing.pass", as: .unsupported))
        #expect(facts["tests.cookies.result"] == .text("cookies-not-found"))
    }

    @Test("Plain HTTP that nobody could look at counts as nobody speaking it, and the result says so")
    func unseenPlainHTTP() {
        var sample = PageSample()
        sample.visits = [PageVisit(.http, failure: ProbeFailure(.unsupported, "its port is not known"))]
        let facts = ObservatoryCapture(page: sample.scored).facts(at: now)
        #expect(facts["tests.redirection.result"] == .text("redirection-not-needed-no-http"))
        #expect(
            facts["disagreements"]
                == .texts(
                    "CORS is looked for in the answer to OPTIONS only, which was no success here; GET may allow it (Fetch).",
                    "Plain HTTP was not looked at, which counts here as nobody speaking it."))
        sample.visits = [PageVisit(.http, failure: ProbeFailure(.cancelled, "the time was over"))]
        let open = ObservatoryCapture(page: sample.scored).facts(at: now)
        #expect(open.isUnobserved("grade", as: .cancelled))
    }

    @Test(
        "Where browsers see it otherwise, the result says so",
        arguments: [
            ([("Content-Security-Policy", "default-src 'self'; img-src *; img-src 'self'")], "browsers heed the first"),
            ([("Content-Security-Policy", "default-src 'self'; script-src 'strict-dynamic'")], "blocks every script"),
            ([("Content-Security-Policy", "default-src 'self',")], "browsers skip it"),
            (
                [("Content-Security-Policy", "default-src 'self'"), ("Content-Security-Policy", "img-src a.example")],
                "its own sources stand"
            ),
            ([("Content-Security-Policy", "default-src 'self' object-src 'none'")], "a semicolon missing"),
            ([("Content-Security-Policy", "default-src 'none'; frame-ancestors *")], "lets every site in"),
            ([("X-Frame-Options", "DENY"), ("X-Frame-Options", "DENY")], "the set of its values"),
            ([("X-Content-Type-Options", "nosniff"), ("X-Content-Type-Options", "nosniff")], "take the first value"),
            (
                [("Strict-Transport-Security", "max-age=1"), ("Strict-Transport-Security", "max-age=1")],
                "heed the first line"
            ),
            ([("Strict-Transport-Security", "max-age=never")], "browsers ignore the line"),
            ([("Strict-Transport-Security", #"max-age="60""#)], "below six months"),
            ([("Cross-Origin-Resource-Policy", "Same-Origin")], "exact values only"),
            ([("Set-Cookie", "__Host-a=1")], "browsers reject")
        ])
    func disagreements(fields: [(String, String)], part: String) throws {
        let facts = ObservatoryCapture(page: PageSample(fields: [html] + fields).scored).facts(at: now)
        guard case .value(.list(let sentences)) = facts["disagreements"] else {
            Issue.record("no list")
            return
        }
        #expect(sentences.contains { if case .text(let text) = $0 { text.contains(part) } else { false } })
    }
}
