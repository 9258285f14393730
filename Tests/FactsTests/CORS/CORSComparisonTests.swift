import AuditModel
import Facts
import Testing

/// How origins are compared, told from those that are accepted.
struct CORSComparisonTests {
    /// One origin of each class for `https://api.example.com`.
    static let origins: [CORSClass: String] = [
        .own: own, .arbitrary: evil, .null: "null", .arbitraryTLD: "https://cors-probe-7f3a.com",
        .hostAsPrefixLabel: own + ".cors-probe.invalid", .hostAsPrefixGlued: own + "cors-probe.invalid",
        .hostAsSuffixGlued: "https://cors-probeapi.example.com", .siteAsSuffixGlued: "https://cors-probeexample.com",
        .unescapedDot: "https://apiXexample.com", .truncated: "https://pi.example.com",
        .subdomain: "https://cors-probe.api.example.com", .sibling: "https://cors-probe.example.com",
        .parent: "https://example.com", .httpDowngrade: "http://api.example.com",
        .httpSubdomain: "http://cors-probe.api.example.com", .port: "https://api.example.com:8443",
        .localhost: "http://localhost:3000", .localhostPrefix: "https://localhost.cors-probe.invalid",
        .sharedHosting: "https://cors-probe.github.io", .extended: own + "_.cors-probe.invalid",
        .extension: "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", .letterCase: "https://API.EXAMPLE.COM"
    ]

    /// A server that names the origins of these classes and no other, with credentials.
    static func capture(trusting kinds: Set<CORSClass>, status: Int = 200, credentials: Bool = true) -> CORSCapture {
        let replies = CORSClass.allCases.compactMap { kind -> CORSReply? in
            guard let origin = origins[kind] else { return kind == .none ? silence : nil }
            return kinds.contains(kind)
                ? .echo(kind, origin, credentials: credentials, status: status)
                : CORSReply(kind, origin, vary: "Origin", status: status)
        }
        return CORSCase("", replies, [:]).capture
    }

    @Test(
        "the way of comparing follows from what is accepted",
        arguments: [
            ([], "none"), ([.own], "exact"), ([.own, .parent], "exact"), ([.null], "exact"),
            ([.hostAsPrefixLabel], "prefix-match"), ([.localhostPrefix], "prefix-match"),
            ([.own, .hostAsSuffixGlued], "suffix-match"), ([.siteAsSuffixGlued, .sibling], "suffix-match"),
            ([.arbitraryTLD], "suffix-match"), ([.own, .truncated], "substring"),
            ([.hostAsPrefixGlued, .siteAsSuffixGlued], "substring"), ([.extended], "regex-unanchored"),
            ([.unescapedDot, .hostAsPrefixLabel], "regex-unanchored"), ([.unescapedDot], "regex-unescaped-dot"),
            ([.own, .sibling, .hostAsSuffixGlued, .truncated], "exact"),
            (
                [.own, .hostAsSuffixGlued, .siteAsSuffixGlued, .unescapedDot, .truncated, .sibling, .parent],
                "suffix-match"
            ),
            (
                [
                    .own, .hostAsPrefixLabel, .hostAsPrefixGlued, .hostAsSuffixGlued, .siteAsSuffixGlued, .unescapedDot,
                    .truncated, .sibling, .parent, .extended
                ], "substring"
            ),
            ([.own, .unescapedDot, .hostAsSuffixGlued, .sibling], "regex-unescaped-dot"),
            ([.own, .arbitrary, .hostAsPrefixLabel], "any")
        ] as [(Set<CORSClass>, String)])
    func validation(trusted: Set<CORSClass>, expected: String) {
        #expect(Self.capture(trusting: trusted).facts(at: now)["validation"] == .text(expected))
    }

    @Test(
        "only a letter for the dot inside the site's name tells a regular expression from a mere suffix",
        arguments: [
            (["https://apiXexample.com"], true, "suffix-match", ["site-as-suffix-glued"]),
            (
                ["https://apiXexample.com", "https://api.exampleXcom"], true, "regex-unescaped-dot",
                ["site-as-suffix-glued", "unescaped-dot"]
            ),
            (["https://api.exampleXcom"], true, "regex-unescaped-dot", ["site-as-suffix-glued", "unescaped-dot"]),
            (["https://apiXexample.com"], false, "regex-unescaped-dot", ["unescaped-dot"])
        ] as [([String], Bool, String, [String])])
    func dots(origins: [String], isGlued: Bool, validation: String, bypass: [String]) {
        let glued = CORSReply.echo(.siteAsSuffixGlued, "https://cors-probeexample.com")
        let replies = [silence, denied] + (isGlued ? [glued] : []) + origins.map { .echo(.unescapedDot, $0) }
        let facts = CORSCase("", replies, [:]).capture.facts(at: now)
        #expect(facts["validation"] == .text(validation))
        #expect(facts["bypass"] == .value(.list(bypass.map(FactValue.text))))
    }

    @Test(
        "a name that trust in all subdomains explains is no bypass of its own",
        arguments: [
            ([.sibling, .hostAsSuffixGlued, .truncated], ["sibling"]),
            ([.hostAsSuffixGlued], ["host-as-suffix-glued"]), ([.truncated], ["truncated"]),
            (
                [.sibling, .hostAsSuffixGlued, .siteAsSuffixGlued, .truncated],
                ["host-as-suffix-glued", "site-as-suffix-glued", "sibling"]
            ),
            ([.own, .parent, .letterCase, .extension], [])
        ] as [(Set<CORSClass>, [String])])
    func explained(trusted: Set<CORSClass>, expected: [String]) {
        let facts = Self.capture(trusting: trusted).facts(at: now)
        #expect(facts["bypass"] == .value(.list(expected.map(FactValue.text))))
    }

    @Test(
        "each class has its fact",
        arguments: [
            (.subdomain, "subdomainsTrusted"), (.sibling, "subdomainsTrusted"), (.httpDowngrade, "httpDowngrade"),
            (.httpSubdomain, "httpDowngrade"), (.localhost, "localhostTrusted"), (.port, "anyPort"),
            (.null, "nullAllowed"), (.extension, "extensionOrigins"), (.letterCase, "reflectsCaseInsensitively"),
            (.arbitraryTLD, "reflectsArbitrary")
        ] as [(CORSClass, String)])
    func eachClass(kind: CORSClass, path: String) {
        #expect(Self.capture(trusting: [kind]).facts(at: now)[path] == .yes)
        #expect(Self.capture(trusting: [.own]).facts(at: now)[path] == .no)
    }

    @Test("hosts of many tenants are named")
    func sharedHosting() {
        #expect(Self.capture(trusting: [.sharedHosting]).facts(at: now)["sharedHostingTrusted"] == .texts("github.io"))
        #expect(Self.capture(trusting: []).facts(at: now)["sharedHostingTrusted"] == .none)
    }

    @Test(
        "the verdict weighs who may read what",
        arguments: [
            (.arbitrary, 200, true, "critical"), (.arbitrary, 401, true, "high"), (.arbitrary, 200, false, "minor"),
            (.null, 200, true, "high"), (.null, 403, true, "minor"), (.httpDowngrade, 200, true, "high"),
            (.httpSubdomain, 200, true, "high"), (.sibling, 200, true, "critical"), (.port, 200, true, "critical"),
            (.localhost, 200, true, "critical"), (.port, 403, true, "high"), (.localhost, 200, false, "minor"),
            (.localhostPrefix, 200, true, "critical"),
            (.sharedHosting, 204, true, "critical"), (.own, 200, true, "none"), (.parent, 200, true, "none"),
            (.letterCase, 200, true, "none"), (.extension, 200, true, "none")
        ] as [(CORSClass, Int, Bool, String)])
    func verdict(kind: CORSClass, status: Int, credentials: Bool, expected: String) {
        let capture = Self.capture(trusting: [kind], status: status, credentials: credentials)
        #expect(capture.facts(at: now)["verdict"] == .text(expected))
    }
}
