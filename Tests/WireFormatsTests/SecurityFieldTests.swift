import Testing
import WireFormats

struct SecurityFieldTests {
    @Test(
        "X-Frame-Options is the set of all values",
        arguments: [
            (["DENY"], .deny, true), (["sameorigin"], .sameorigin, true), (["DENY", "deny"], .deny, true),
            (["SAMEORIGIN, SAMEORIGIN"], .sameorigin, true), (["DENY", "SAMEORIGIN"], .deny, false),
            (["SAMEORIGIN, nonsense"], .deny, false), (["ALLOWALL, x"], .deny, false), (["x, y"], .none, false),
            (["ALLOW-FROM https://a.example"], .none, false), (["DENYX"], .none, false), ([""], .none, false)
        ] as [([String], FrameOptions.Effect, Bool)])
    func frameOptions(lines: [String], effect: FrameOptions.Effect, isValid: Bool) {
        let field = FrameOptions(lines: lines)
        #expect(field.effect == effect)
        #expect(field.isValid == isValid)
    }

    @Test(
        "The first value of X-Content-Type-Options decides",
        arguments: [
            (["nosniff"], true, true), (["NoSniff"], true, true), (["nosniff", "nosniff"], true, true),
            (["nosniff, x"], true, false), (["x, nosniff"], false, false), ([",nosniff"], false, false),
            (["'nosniff'"], false, false), (["nosniffx"], false, false), ([], false, false)
        ])
    func contentTypeOptions(lines: [String], isNosniff: Bool, isValid: Bool) {
        let field = ContentTypeOptions(lines: lines)
        #expect(field.isNosniff == isNosniff)
        #expect(field.isValid == isValid)
    }

    @Test(
        "The last known token of Referrer-Policy counts",
        arguments: [
            (["no-referrer"], .noReferrer, []), (["no-referrer, strict-origin"], .strictOrigin, []),
            (["no-referrer", "later-token"], .noReferrer, ["later-token"]), (["UNSAFE-URL"], .unsafeURL, []),
            (["never"], nil, ["never"]), ([""], nil, [])
        ] as [([String], ReferrerPolicy.Token?, [String])])
    func referrerPolicy(lines: [String], effective: ReferrerPolicy.Token?, unknown: [String]) {
        let field = ReferrerPolicy(lines: lines)
        #expect(field.effective == effective)
        #expect(field.unknownTokens == unknown)
    }

    @Test("Four referrer policies keep paths and plain HTTP out")
    func safeReferrerPolicies() {
        let safe = ReferrerPolicy.Token.allCases.filter(\.isSafe).map(\.rawValue)
        #expect(safe == ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"])
    }

    @Test("Permissions-Policy lists who may use a feature, over all lines")
    func permissionsPolicy() {
        let field = PermissionsPolicy(lines: [
            #"geolocation=(), camera=(self "https://a.example"), sync-xhr"#, "fullscreen=*, payment=(self *), usb=self"
        ])
        #expect(field.isValid)
        #expect(field.denied == ["geolocation", "sync-xhr"])
        #expect(field.wildcards == ["fullscreen", "payment"])
        #expect(field.features.first { $0.name == "camera" }?.allowed == ["self", "https://a.example"])
    }

    @Test(
        "A token that Permissions-Policy does not know names nobody",
        arguments: [
            ("camera=(none)", []), ("camera=(src)", []), ("camera=(self none)", ["self"]), ("camera=none", []),
            ("camera=(Self)", []), ("camera=(\"https://a.example\" src)", ["https://a.example"]),
            ("camera=(* x)", ["*"])
        ] as [(String, [String])])
    func unknownTokens(value: String, allowed: [String]) {
        let field = PermissionsPolicy(lines: [value])
        #expect(field.features.first?.allowed == allowed)
        #expect(field.denied == (allowed.isEmpty ? ["camera"] : []))
    }

    @Test(
        "A Permissions-Policy that is no dictionary is dropped whole",
        arguments: [
            ("geolocation 'none'; camera 'self'", true), ("geolocation *", true), ("geolocation=(", false),
            ("geolocation=(),", false), ("geolocation=(self,https://a.example)", false), ("Camera=()", false),
            ("camera=()\u{0}", false), (String(repeating: "a=(),", count: 5000) + "b=()", false)
        ])
    func invalidPermissionsPolicy(value: String, isLegacy: Bool) {
        let field = PermissionsPolicy(lines: [value])
        #expect(!field.isValid)
        #expect(field.features.isEmpty)
        #expect(field.isLegacySyntax == isLegacy)
    }

    @Test(
        "COOP is one structured token in its exact case",
        arguments: [
            (["same-origin"], .sameOrigin, nil), ([#"same-origin; report-to="coop""#], .sameOrigin, "coop"),
            (["same-origin-allow-popups"], .sameOriginAllowPopups, nil), (["Same-Origin"], nil, nil),
            ([#""same-origin""#], nil, nil), (["same-origin", "same-origin"], nil, nil), (["other"], nil, nil),
            (["same-origin;"], nil, nil), ([""], nil, nil)
        ] as [([String], OpenerPolicy?, String?)])
    func openerPolicy(lines: [String], policy: OpenerPolicy?, reportTo: String?) {
        let field = CrossOriginPolicy<OpenerPolicy>(lines: lines)
        #expect(field.policy == policy)
        #expect(field.reportTo == reportTo)
    }

    @Test(
        "CORP is exactly one known value",
        arguments: [
            (["same-site"], .sameSite), (["Same-Site"], nil), (["same-site", "same-site"], nil), ([""], nil)
        ] as [([String], ResourcePolicy?)])
    func resourcePolicy(lines: [String], policy: ResourcePolicy?) { #expect(ResourcePolicy(lines: lines) == policy) }
}
