import Testing
import WireFormats

/// What no sender should send; every grammar must return, and keep its promises.
let hostileTexts: [String] = [
    "", " ", "\u{0}", "\u{1B}[2J\u{7}", "\r\n\r\n", "\u{FFFD}\u{FFFD}", "é\u{301}\u{202E}", "\"", "\"\\", "\\\"", "=",
    ";",
    ",", ";=,\"", "((((((((", ")))))", "'self'", "<", "<<<<", "{", "[", "\u{2028}", "://", "https://[", "https://@:@",
    String(repeating: "a", count: 100_000), String(repeating: "\"", count: 100_001),
    String(repeating: "\\", count: 100_000), String(repeating: "a=b;", count: 10_000),
    String(repeating: "a=b,", count: 10_000), String(repeating: "max-age=1;", count: 10_000),
    (0..<10_000).map { "d\($0)=\($0)" }.joined(separator: ";"), (0..<10_000).map { "d\($0)" }.joined(separator: ","),
    (0..<10_000).map { "d\($0) 'self'" }.joined(separator: ";"), String(repeating: "(", count: 100_000),
    String(repeating: "[", count: 100_000), String(repeating: "{\"status\":", count: 5000),
    String(repeating: "<a", count: 20_000), String(repeating: "a.", count: 20_000),
    String(repeating: ":", count: 100_000),
    String(repeating: "9", count: 100_000), String(repeating: "1m", count: 20_000),
    String(repeating: "at (\n", count: 5000),
    "{\"status\":\"ok\",\"checks\":{" + (0..<5000).map { "\"c\($0)\":1" }.joined(separator: ",") + "}}"
]

struct HostileInputTests {
    @Test("No header grammar traps or makes more of a value than was sent", arguments: hostileTexts.indices)
    func fields(index: Int) {
        let text = hostileTexts[index]
        let lines = [text, ""]
        let count = text.utf8.count
        #expect(FieldSyntax.list(lines).count <= 2 * count + 2)
        #expect(StrictTransportSecurity(text).unknownDirectives.count <= count)
        #expect(CacheControl(lines: lines).directives.count <= 2 * count + 2)
        #expect(ContentSecurityPolicy.policies(lines: lines).count <= 2 * count + 2)
        #expect(ReferrerPolicy(lines: lines).tokens.count <= 2 * count + 2)
        #expect(PermissionsPolicy(lines: lines).features.count <= PermissionsPolicy.longestValue)
        #expect((SetCookie(text)?.name.utf8.count ?? 0) <= count)
        #expect(ProductList(text).products.count <= count)
        #expect((MediaType.extract(lines: lines)?.essence.utf8.count ?? 0) <= count)
        #expect(FrameOptions(lines: lines).isValid == false)
        #expect(ContentTypeOptions(lines: lines).isNosniff == false)
        #expect(CrossOriginPolicy<OpenerPolicy>(lines: lines).policy == nil)
        #expect(ResourcePolicy(lines: lines) == nil)
        #expect(HTTPDate.iso8601(text) == nil)
        #expect(CookieDate.seconds(text) == nil)
        #expect((PublicSuffix(host: text)?.text.utf8.count ?? 0) <= count)
        #expect((PublicSuffix.registrableDomain(of: text)?.utf8.count ?? 0) <= count)
        #expect(StructuredField.boolean(lines) == nil)
        #expect((StructuredField.keys(lines)?.count ?? 0) <= count)
        #expect((ReportTo.groups(lines: lines)?.count ?? 0) <= count)
        #expect(((try? URLReference(text))?.host.utf8.count ?? 0) <= count)
        #expect(DurationText.milliseconds(text)?.isFinite ?? true)
        #expect(InternalAddress.found(in: text).count <= count)
    }

    @Test("No health body traps, whatever type it claims", arguments: hostileTexts.indices)
    func bodies(index: Int) {
        let text = hostileTexts[index]
        let cases: [(String?, Int)] = [
            (nil, 200), ("application/json", 503), ("text/plain", Int.max), ("text/html", 0), ("", -1)
        ]
        for (essence, code) in cases {
            if case .recognised(let body) = HealthBody.read(text, essence: essence, httpStatus: code) {
                #expect(body.components.count <= HealthBody.mostComponents)
            }
        }
        #expect(BodyShape(text, essence: nil, path: "/a") == BodyShape(text, essence: nil, path: "/a"))
    }
}
