import AuditModel
import Facts
import Testing

/// How much cookies and the place of the host change a finding.
struct CORSCookieTests {
    static func facts(
        _ kind: CORSClass, _ origin: String, cookies: [String], credentials: Bool = true,
        url: String = "https://api.example.com/"
    ) -> FactSet {
        let fields = cookies.map { ("Set-Cookie", $0) }
        let replies = [
            CORSReply(.none, nil, fields), .echo(kind, origin, credentials: credentials)
        ]
        return CORSCase("", url: url, replies, [:]).capture.facts(at: now)
    }

    @Test(
        "cookies that stay home make it milder, one that goes along does not",
        arguments: [
            ([], "critical"), (["sid=1; SameSite=Lax"], "high"), (["sid=1"], "high"),
            (["sessionid=1; SameSite=None; Secure"], "critical"), (["sessionid=1; SameSite=None"], "high"),
            (["sid=1; SameSite=Lax", "auth=1; SameSite=None; Secure"], "critical"), (["theme=dark"], "critical"),
            (["csrftoken=1; SameSite=None; Secure"], "critical"), (["JSESSIONID=1; SameSite=Strict"], "high")
        ])
    func foreign(cookies: [String], expected: String) {
        #expect(Self.facts(.arbitrary, evil, cookies: cookies)["severity"] == .text(expected))
    }

    @Test(
        "an origin of the same site keeps the full weight",
        arguments: [
            (.subdomain, "https://cors-probe.api.example.com"), (.sibling, "https://cors-probe.example.com"),
            (.hostAsSuffixGlued, "https://cors-probeapi.example.com")
        ] as [(CORSClass, String)])
    func sameSite(kind: CORSClass, origin: String) {
        let facts = Self.facts(kind, origin, cookies: ["sid=1; SameSite=Strict"])
        #expect(facts["severity"] == .text("critical"))
        #expect(facts["cookieExploitable"] == .no)
    }

    @Test("plain HTTP is another site")
    func schemes() {
        let facts = Self.facts(.httpSubdomain, "http://cors-probe.api.example.com", cookies: ["sid=1; SameSite=Lax"])
        #expect(facts["severity"] == .text("medium"))
    }

    @Test("whether the session can be used is only said when a session cookie was seen")
    func exploitable() {
        let lent = ["sid=1; SameSite=None; Secure"]
        #expect(Self.facts(.arbitrary, evil, cookies: lent)["cookieExploitable"] == .yes)
        #expect(Self.facts(.arbitrary, evil, cookies: ["sid=1; SameSite=Lax"])["cookieExploitable"] == .no)
        #expect(Self.facts(.arbitrary, evil, cookies: lent, credentials: false)["cookieExploitable"] == .no)
        #expect(Self.facts(.arbitrary, evil, cookies: []).isUnobserved("cookieExploitable", as: .unsupported))
    }

    @Test(
        "without credentials the finding is low, but more where only the browser can reach the host",
        arguments: [
            ("https://api.example.com/", "low"), ("https://10.0.0.7/", "medium"),
            ("https://[fd00::1]:8443/x", "medium"),
            ("https://intranet/", "medium"), ("https://wiki.corp.internal/", "medium"),
            ("https://api.example.com/?token=[redacted 20:0a1b2c3d]", "low"),
            ("https://10.0.0.7/?token=[redacted 20:0a1b2c3d]", "medium")
        ])
    func privateHosts(url: String, expected: String) {
        let facts = Self.facts(.arbitrary, evil, cookies: [], credentials: false, url: url)
        #expect(facts["severity"] == .text(expected))
    }
}
