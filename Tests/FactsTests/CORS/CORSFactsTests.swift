import AuditModel
import Facts
import Testing

/// What the answers to origins amount to.
struct CORSFactsTests {
    static let vectors: [CORSCase] = [
        CORSCase(
            "every origin and null are named, with credentials",
            [silence, .echo(.own, own), .echo(.arbitrary, evil), .echo(.null, "null")],
            [
                "enabled": .yes, "reflectsArbitrary": .yes, "credentials": .yes, "nullAllowed": .yes,
                "verdict": .text("critical"), "bypass": .texts("arbitrary", "null"), "vary.missing": .no,
                "validation": .text("any"), "allowlistObserved": .none, "cachePoisoning": .no
            ]),
        CORSCase(
            "the host as a prefix",
            [
                silence, denied, .echo(.hostAsPrefixLabel, own + ".cors-probe.invalid"),
                .echo(.hostAsPrefixGlued, own + "cors-probe.invalid"),
                CORSReply(.hostAsSuffixGlued, "https://cors-probeapi.example.com")
            ],
            [
                "reflectsArbitrary": .no, "bypass": .texts("host-as-prefix-label", "host-as-prefix-glued"),
                "validation": .text("prefix-match"), "verdict": .text("critical")
            ]),
        CORSCase(
            "a dot that stands for any character",
            [
                silence, denied, .echo(.unescapedDot, "https://apiXexample.com"),
                .echo(.unescapedDot, "https://api.exampleXcom"),
                CORSReply(.subdomain, "https://cors-probe.api.example.com")
            ],
            [
                "bypass": .texts("unescaped-dot"), "validation": .text("regex-unescaped-dot"),
                "verdict": .text("critical"), "subdomainsTrusted": .no
            ]),
        CORSCase(
            "a star for all",
            [
                CORSReply(.none, allow: "*"), CORSReply(.arbitrary, evil, allow: "*"),
                CORSReply(.null, "null", allow: "*")
            ],
            [
                "wildcard": .yes, "credentials": .no, "reflectsArbitrary": .no, "verdict": .text("public"),
                "vary.missing": .no, "nullAllowed": .no, "bypass": .none, "severity": .text("none")
            ]),
        CORSCase(
            "one allowed origin, named to nobody too, and no Vary",
            [
                CORSReply(.none, allow: "https://app.example.com", credentials: true),
                .echo(.known, "https://app.example.com", vary: nil), denied
            ],
            [
                "vary.missing": .yes, "allowlistObserved": .texts("https://app.example.com"),
                "verdict": .text("minor"), "staticOrigin": .yes, "validation": .text("exact"),
                "vary.missingOnDenied": .yes, "cachePoisoning": .yes, "severity": .text("low")
            ]),
        CORSCase(
            "a preflight refused with 400 although it names the origin",
            [
                CORSReply(
                    .preflight, evil, allow: evil, credentials: true, status: 400,
                    [("Access-Control-Allow-Methods", "GET")])
            ],
            ["preflight.passes": .no, "preflight.statusOk": .no, "preflight.methodAllowed": .no]),
        CORSCase(
            "a star beside credentials", [CORSReply(.none, allow: "*", credentials: true), denied],
            [
                "wildcardWithCredentials": .yes, "wildcard": .yes, "verdict": .text("broken-config"),
                "cookieExploitable": .no
            ]),
        CORSCase(
            "no field of CORS", [silence, CORSReply(.own, own), denied, CORSReply(.null, "null")],
            [
                "enabled": .no, "verdict": .text("none"), "validation": .text("none"), "onlyOnErrors": .absent,
                "staticOrigin": .no, "allowlistObserved": .none
            ]),
        CORSCase(
            "the own origin alone", [silence, .echo(.own, own), denied, CORSReply(.null, "null", vary: "Origin")],
            [
                "enabled": .yes, "validation": .text("exact"), "verdict": .text("none"), "bypass": .none,
                "allowlistObserved": .texts(own), "vary.missing": .no, "vary.missingOnDenied": .yes,
                "vary.missingWithoutOrigin": .yes, "credentials": .yes
            ])
    ]

    @Test("the answers' facts", arguments: vectors)
    func facts(of example: CORSCase) {
        let facts = example.capture.facts(at: now)
        for (path, expected) in example.expected {
            #expect(facts[path] == expected, "\(path)")
        }
    }
}
