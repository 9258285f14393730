import AuditModel
import Facts
import Testing
import WireFormats

/// Which origins a target is asked about.
struct CORSOriginsTests {
    static func origins(_ url: String) throws -> [CORSClass: [String]] {
        let origins = CORSOrigins(for: try URLReference(url))
        let all = origins.opening(known: []) + origins.closer(label: "cors-probe-7f3a", extended: false)
        return Dictionary(grouping: all, by: \.kind).mapValues { $0.compactMap(\.origin) }
    }

    @Test(
        "each class has the origins of its name",
        arguments: [
            ("https://api.example.com/", .own, ["https://api.example.com"]),
            ("https://api.example.com:8443/", .own, ["https://api.example.com:8443"]),
            ("https://api.example.com/", .arbitrary, ["https://cors-probe.invalid"]),
            ("https://api.example.com/", .arbitraryTLD, ["https://cors-probe-7f3a.com"]),
            ("https://api.example.org/", .arbitraryTLD, ["https://cors-probe-7f3a.org"]),
            ("https://10.1.2.3/", .arbitraryTLD, ["https://cors-probe-7f3a.com"]),
            ("https://api.example.com/", .hostAsPrefixLabel, ["https://api.example.com.cors-probe.invalid"]),
            ("https://api.example.com/", .hostAsPrefixGlued, ["https://api.example.comcors-probe.invalid"]),
            ("https://10.1.2.3/", .hostAsPrefixLabel, ["https://10.1.2.3.cors-probe.invalid"]),
            ("https://api.example.com/", .hostAsSuffixGlued, ["https://cors-probeapi.example.com"]),
            ("https://example.com/", .hostAsSuffixGlued, []),
            ("https://example.com/", .siteAsSuffixGlued, ["https://cors-probeexample.com"]),
            ("https://api.example.com/", .siteAsSuffixGlued, ["https://cors-probeexample.com"]),
            ("https://intranet/", .siteAsSuffixGlued, ["https://cors-probeintranet"]),
            ("https://api.example.com/", .unescapedDot, ["https://apiXexample.com", "https://api.exampleXcom"]),
            ("https://a.b.example.com/", .unescapedDot, ["https://a.bXexample.com", "https://a.b.exampleXcom"]),
            ("https://example.com/", .unescapedDot, ["https://exampleXcom"]), ("https://intranet/", .unescapedDot, []),
            ("https://api.example.com/", .truncated, ["https://pi.example.com", "https://example.co"]),
            ("https://a.example.com/", .truncated, ["https://example.co"]),
            ("https://10.1.2.3/", .truncated, ["https://0.1.2.3"]), ("https://1.1.2.3/", .truncated, []),
            ("https://api.example.com/", .subdomain, ["https://cors-probe.api.example.com"]),
            ("https://api.example.com/", .sibling, ["https://cors-probe.example.com"]),
            ("https://example.com/", .sibling, []), ("https://10.1.2.3/", .subdomain, []),
            ("https://api.example.com/", .parent, ["https://example.com"]), ("https://example.com/", .parent, []),
            ("https://api.example.com/", .httpDowngrade, ["http://api.example.com"]),
            ("http://api.example.com/", .httpDowngrade, []), ("https://[::1]/", .httpDowngrade, ["http://[::1]"]),
            ("https://api.example.com/", .httpSubdomain, ["http://cors-probe.api.example.com"]),
            ("https://10.1.2.3/", .httpSubdomain, []),
            ("https://api.example.com/", .port, ["https://api.example.com:8443"]),
            ("https://api.example.com:8443/", .port, ["https://api.example.com:9443"]),
            ("http://[fd00::1]:8080/", .port, ["http://[fd00::1]:8443"]),
            (
                "https://api.example.com/", .localhost,
                ["http://localhost:3000", "http://localhost", "http://127.0.0.1"]
            ), ("http://localhost:8080/", .localhost, []), ("http://127.0.0.1:8080/", .localhost, []),
            ("https://api.example.com/", .localhostPrefix, ["https://localhost.cors-probe.invalid"]),
            ("https://api.example.com:8443/", .letterCase, ["https://API.EXAMPLE.COM:8443"]),
            ("https://10.1.2.3/", .letterCase, []), ("https://[::1]/", .hostAsPrefixLabel, []),
            ("https://api.example.com./", .sibling, ["https://cors-probe.example.com"])
        ] as [(String, CORSClass, [String])])
    func origins(url: String, kind: CORSClass, expected: [String]) throws {
        #expect(try Self.origins(url)[kind] ?? [] == expected)
    }

    @Test(
        "no origin is asked twice, and none but the own is the own",
        arguments: [
            "https://api.example.com/", "https://example.com/", "https://localhost/", "http://localhost:3000/",
            "http://127.0.0.1/", "https://[::1]:8443/", "https://intranet/", "https://cors-probe.invalid/",
            "https://example.com.cors-probe.invalid/", "https://cors-probe.github.io/"
        ])
    func distinct(url: String) throws {
        let origins = CORSOrigins(for: try URLReference(url))
        let closer = origins.closer(label: "cors-probe-7f3a", extended: true).map(\.origin)
        #expect(Set(closer).count == closer.count)
        #expect(!closer.contains(try URLReference(url).origin))
    }

    @Test(
        "an origin is scheme, host and perhaps a port",
        arguments: [
            ("https://a.example", true), ("http://a.example:8080", true), ("chrome-extension://abc", true),
            ("http://[::1]:3000", true), ("https://a.example/", false), ("https://a.example, https://b.example", false),
            ("null", false), ("*", false), ("", false), ("https://", false), ("https://A.example", false),
            ("https://a.example?x", false), ("https://u@a.example", false), ("https://a.example\u{0}", false),
            ("://a.example", false), ("1://a", false)
        ])
    func serialized(text: String, isOrigin: Bool) { #expect(isSerializedOrigin(text) == isOrigin) }

    @Test(
        "the part of a name that one party controls",
        arguments: [
            ("api.example.com", "example.com"), ("example.com", "example.com"), ("localhost", nil), ("10.0.0.1", nil),
            ("::1", nil), ("", nil), ("a..b", nil)
        ] as [(String, String?)])
    func site(host: String, expected: String?) { #expect(PublicSuffix.registrableDomain(of: host) == expected) }
}
