import AuditModel
import Facts
import Testing

/// What preflights allow (Fetch, CORS-preflight fetch).
struct CORSPreflightTests {
    typealias Fields = [(String, String)]

    static func methods(_ value: String) -> (String, String) { ("Access-Control-Allow-Methods", value) }
    static func headers(_ value: String) -> (String, String) { ("Access-Control-Allow-Headers", value) }

    @Test(
        "an arbitrary origin passes only when status, origin, method and header fields all fit",
        arguments: [
            (200, evil, false, "DELETE", "x-probe-1, Authorization", true),
            (204, evil, true, "GET, DELETE", "X-Probe-1,authorization", true),
            (299, "*", false, "*", "*, authorization", true),
            (200, "*", true, "DELETE", "x-probe-1,authorization", true),
            (200, evil, false, "*", "*", false), (400, evil, true, "DELETE", "x-probe-1,authorization", false),
            (301, evil, true, "DELETE", "x-probe-1,authorization", false),
            (200, own, true, "DELETE", "x-probe-1,authorization", false),
            (200, evil, true, "delete", "x-probe-1,authorization", false),
            (200, evil, true, "GET", "x-probe-1,authorization", false),
            (200, evil, true, "DELETE", "authorization", false),
            (200, evil, true, "DELETE", "x-probe-1", false), (200, evil, true, "*", "*,authorization", true)
        ])
    func passes(status: Int, allow: String, credentials: Bool, methods: String, headers: String, expected: Bool) {
        let fields = [Self.methods(methods), Self.headers(headers)]
        let reply = CORSReply(.preflight, evil, allow: allow, credentials: credentials, status: status, fields)
        #expect(
            CORSCase("", [silence, reply], [:]).capture.facts(at: now)["preflight.passes"] == (expected ? .yes : .no))
    }

    static let lists: [CORSCase] = [
        CORSCase(
            "lists and what is asked back",
            [
                silence,
                .echo(
                    .preflight, evil,
                    [
                        methods("GET,PUT, DELETE"), methods("TRACE"), headers("X-Probe-1"), headers("Authorization"),
                        ("Access-Control-Max-Age", "86401")
                    ]),
                .echo(.preflightMethod, evil, [methods("PROBE")])
            ],
            [
                "preflight.methods": .texts("GET", "PUT", "DELETE", "TRACE"),
                "preflight.dangerousMethods": .texts("DELETE", "PUT", "TRACE"), "preflight.methodsReflected": .yes,
                "preflight.headersAllowed": .texts("x-probe-1", "authorization"), "preflight.headersReflected": .yes,
                "preflight.maxAgeS": .integer(86401), "preflight.maxAgeCapped": .yes,
                "preflight.methodsWildcard": .no, "preflight.authorizationNeedsExplicit": .no,
                "preflight.status": .integer(200), "preflight.requiresAuth": .no
            ]),
        CORSCase(
            "stars",
            [
                silence,
                CORSReply(.preflight, evil, allow: "*", [methods("*"), headers("*"), ("Access-Control-Max-Age", "-1")])
            ],
            [
                "preflight.methodsWildcard": .yes, "preflight.headersWildcard": .yes,
                "preflight.authorizationNeedsExplicit": .yes, "preflight.headersReflected": .no,
                "preflight.maxAgeS": .absent, "preflight.maxAgeCapped": .absent, "preflight.methodAllowed": .yes
            ]),
        CORSCase(
            "an origin that may read tells more than one that may not",
            [
                silence, .echo(.own, own), denied, CORSReply(.preflight, evil, [methods("GET")]),
                .echo(.preflightMethod, own, [methods("GET, PATCH")])
            ],
            [
                "preflight.methods": .texts("GET", "PATCH"), "preflight.dangerousMethods": .texts("PATCH"),
                "preflight.passes": .no, "preflight.methodsReflected": .no, "preflight.credentialsMismatch": .no,
                "headersSentWhenDenied": .texts("methods")
            ]),
        CORSCase(
            "preflight and GET differ in credentials",
            [silence, .echo(.own, own, credentials: false), .echo(.preflightMethod, own)],
            ["preflight.credentialsMismatch": .yes]),
        CORSCase(
            "no pair to compare", [silence, CORSReply(.own, own), .echo(.preflightMethod, own)],
            ["preflight.credentialsMismatch": .absent]),
        CORSCase(
            "a login before the preflight", [silence, CORSReply(.preflight, evil, status: 401)],
            ["preflight.requiresAuth": .yes, "preflight.statusOk": .no, "preflight.methods": .texts()]),
        CORSCase(
            "a private network is opened",
            [silence, .echo(.preflightNetwork, evil, [("Access-Control-Allow-Private-Network", "true")])],
            ["preflight.privateNetworkAllowed": .yes]),
        CORSCase(
            "OPTIONS that is no preflight is answered as one",
            [silence, CORSReply(.plainOptions, evil, status: 204, [methods("GET")])],
            ["preflight.shortCircuitsOptions": .yes]),
        CORSCase(
            "OPTIONS that is no preflight is answered as OPTIONS",
            [silence, .echo(.plainOptions, evil, [("Allow", "GET")])], ["preflight.shortCircuitsOptions": .no]),
        CORSCase(
            "an origin may write with cookies what it may not read",
            [
                silence, .echo(.own, own), CORSReply(.arbitrary, evil, vary: "Origin"),
                .echo(.preflight, evil, [methods("DELETE"), headers("x-probe-1,authorization")])
            ],
            ["preflight.passes": .yes, "bypass": .texts(), "verdict": .text("high")])
    ]

    @Test("the preflights' facts", arguments: lists)
    func facts(of example: CORSCase) {
        let facts = example.capture.facts(at: now)
        for (path, expected) in example.expected { #expect(facts[path] == expected, "\(path)") }
    }
}
