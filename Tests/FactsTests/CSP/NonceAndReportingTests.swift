import AuditModel
import Facts
import Testing

struct NonceAndReportingTests {
    private static func script(nonce: String) -> PageElement { PageElement("script", [HTTPField("nonce", nonce)]) }

    @Test(
        "A nonce that comes again is no nonce",
        arguments: [
            ("'nonce-abcdefgh'", "'nonce-abcdefgh'", FactSet.Knowledge.yes),
            ("'nonce-abcdefgh'", "'nonce-ABCDEFGH'", .no),
            ("'nonce-abcdefgh'", "'self'", .no), ("'self'", "'self'", .no),
            ("'nonce-one' 'nonce-two'", "'nonce-two' 'nonce-three'", .yes)
        ])
    func twoAnswers(first: String, second: String, expected: FactSet.Knowledge) {
        let capture = csp("script-src \(first)", again: [(cspField, "script-src \(second)")])
        #expect(capture.facts(at: now)["script.nonce.static"] == expected)
    }

    @Test("The nonces of the page's scripts count as well")
    func elements() {
        let fresh = csp(
            "script-src 'nonce-one'", elements: [Self.script(nonce: "old")],
            again: [(cspField, "script-src 'nonce-two'")],
            againElements: [Self.script(nonce: "new")])
        #expect(fresh.facts(at: now)["script.nonce.static"] == .no)
        let cached = csp(
            "script-src 'nonce-one'", elements: [Self.script(nonce: "old")],
            again: [(cspField, "script-src 'nonce-two'")],
            againElements: [Self.script(nonce: "old")])
        #expect(cached.facts(at: now)["script.nonce.static"] == .yes)
        let page = csp(
            elements: [meta("script-src 'nonce-one'")], again: [], againElements: [meta("script-src 'nonce-one'")])
        #expect(page.facts(at: now)["script.nonce.static"] == .yes)
    }

    @Test("Without a second answer nobody knows, unless there is no nonce at all")
    func oneAnswer() {
        #expect(csp("script-src 'nonce-abcdefgh'").facts(at: now).isUnobserved("script.nonce.static", as: .unsupported))
        #expect(csp("script-src 'self'").facts(at: now)["script.nonce.static"] == .no)
        var failed = csp("script-src 'nonce-abcdefgh'")
        failed.page.visits = [PageVisit(.again, failure: ProbeFailure(.timeout, "no answer"))]
        #expect(failed.facts(at: now).isUnobserved("script.nonce.static", as: .timeout))
    }

    @Test(
        "Reports go to endpoints that are defined",
        arguments: [
            (
                "report-to main", [("Reporting-Endpoints", #"main="https://r.example/", other="/o""#)],
                FactSet.Knowledge.yes, false
            ),
            ("report-to main", [("Reporting-Endpoints", #"other="/o""#)], .no, false),
            ("report-to main", [], .no, false),
            ("report-to main", [("Reporting-Endpoints", #"main="http://r.example/""#)], .yes, true),
            (
                "report-to main",
                [("Report-To", #"{"group":"main","max_age":1,"endpoints":[{"url":"https://r.example/"}]}"#)], .yes,
                false
            ),
            (
                "report-to default", [("Report-To", #"{"max_age":1,"endpoints":[{"url":"http://r.example/"}]}"#)], .yes,
                true
            ),
            ("report-to main", [("Report-To", "{")], .no, false), ("report-uri /r", [], .absent, false),
            ("report-uri http://r.example/", [], .absent, true), ("default-src 'self'", [], .absent, false)
        ] as [(String, [(String, String)], FactSet.Knowledge, Bool)])
    func endpoints(policy: String, fields: [(String, String)], isDefined: FactSet.Knowledge, isInsecure: Bool) {
        let facts = csp(policy, fields: fields).facts(at: now)
        #expect(facts["reporting.endpointDefined"] == isDefined)
        #expect(facts["reporting.insecure"] == .value(.boolean(isInsecure)))
        #expect(facts["reporting.reportToOnly"] == .value(.boolean(policy.hasPrefix("report-to"))))
    }

    @Test("Endpoints are named in order")
    func names() {
        let facts = csp("report-uri /b https://a.example/; report-to x", "report-to y z").facts(at: now)
        #expect(facts["reporting.reportUri"] == .texts("/b", "https://a.example/"))
        #expect(facts["reporting.reportTo"] == .texts("x", "y"))
        #expect(facts["reporting.reportToOnly"] == .no)
    }
}
