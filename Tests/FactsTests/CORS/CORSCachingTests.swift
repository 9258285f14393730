import AuditModel
import Facts
import Testing

/// Whether caches keep permissions apart (Fetch, CORS protocol and HTTP caches).
struct CORSCachingTests {
    static let cases: [CORSCase] = [
        CORSCase(
            "never kept, nothing to mix",
            [
                CORSReply(.none, nil, [("Cache-Control", "no-store")]),
                .echo(.own, own, vary: nil, [("Cache-Control", "no-store")]), denied
            ],
            ["vary.missing": .yes, "cachePoisoning": .no, "verdict": .text("none")]),
        CORSCase(
            "the browser's own cache mixes too",
            [silence, .echo(.own, own, vary: nil, [("Cache-Control", "private")]), denied],
            ["vary.missing": .yes, "cachePoisoning": .no, "verdict": .text("minor")]),
        CORSCase(
            "a star where an Origin is sent",
            [silence, CORSReply(.own, own, allow: "*"), CORSReply(.arbitrary, evil, allow: "*")],
            ["vary.missing": .yes, "cachePoisoning": .no, "verdict": .text("public"), "vary.hasOrigin": .no]),
        CORSCase(
            "Vary is a star", [silence, .echo(.own, own, vary: "*"), denied],
            ["vary.missing": .no, "vary.hasOrigin": .yes, "vary.missingOnDenied": .yes]),
        CORSCase(
            "Vary names several, in any case",
            [
                CORSReply(.none, vary: "Accept-Encoding, origin"),
                .echo(.own, own, vary: "accept-encoding, ORIGIN"), CORSReply(.arbitrary, evil, vary: "Origin")
            ],
            ["vary.missing": .no, "vary.missingOnDenied": .no, "vary.overwritten": .yes]),
        CORSCase(
            "Vary is replaced", [CORSReply(.none, vary: "Accept-Encoding"), .echo(.own, own)],
            ["vary.overwritten": .yes, "vary.missingWithoutOrigin": .yes]),
        CORSCase(
            "a limiter's and a fault's answer say nothing of origins",
            [
                CORSReply(.none, allow: "*"), CORSReply(.own, own, allow: "*"),
                CORSReply(.arbitrary, evil, status: 429),
                CORSReply(.null, "null", status: 503)
            ],
            ["vary.missing": .no, "verdict": .text("public")]),
        CORSCase(
            "only errors name an origin",
            [CORSReply(.none, status: 401), .echo(.own, own, status: 401)], ["onlyOnErrors": .yes]),
        CORSCase(
            "several fields are one list that no browser takes",
            [
                CORSReply(
                    .own, own, allow: own,
                    [("Access-Control-Allow-Origin", own), ("Access-Control-Expose-Headers", "X-A, x-b, X-a")])
            ],
            [
                "invalidAcao": .texts(own + ", " + own), "verdict": .text("broken-config"),
                "exposeHeaders": .texts("x-a", "x-b"), "validation": .text("none")
            ]),
        CORSCase(
            "credentials that are not exactly true",
            [
                silence,
                CORSReply(.arbitrary, evil, allow: evil, vary: "Origin", [("Access-Control-Allow-Credentials", "True")])
            ],
            ["credentials": .no, "reflectsArbitrary": .yes, "verdict": .text("minor")]),
        CORSCase(
            "timings for all, and a redirect to another site",
            [
                CORSReply(
                    .none, nil, status: 302, [("Timing-Allow-Origin", "*"), ("Location", "https://login.example.org/")])
            ],
            ["timingAllowOriginAny": .yes, "redirectCrossSite": .yes]),
        CORSCase(
            "a redirect on the site", [CORSReply(.none, nil, status: 302, [("Location", "https://www.example.com/")])],
            ["timingAllowOriginAny": .no, "redirectCrossSite": .no])
    ]

    @Test("the facts of caching and of odd answers", arguments: cases)
    func facts(of example: CORSCase) {
        let facts = example.capture.facts(at: now)
        for (path, expected) in example.expected { #expect(facts[path] == expected, "\(path)") }
    }
}
