import AuditModel
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

/// A server with CORS and the facts that the probe must find, written down before it was first probed.
struct CORSScenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let server: HTTPSServer
    var parameters: [String: FactValue] = [:]
    let expected: [(path: String, value: FactValue)]

    init(
        _ name: String, _ server: HTTPSServer, with parameters: [String: FactValue] = [:],
        _ expected: KeyValuePairs<String, FactValue>
    ) {
        testDescription = name
        self.server = server
        self.parameters = parameters
        self.expected = expected.map { ($0.key, $0.value) }
    }

    private static func names(_ names: String...) -> FactValue { .list(names.map(FactValue.text)) }

    private static let sends = "add_header Access-Control-Allow-Origin $allowed always; "
    private static let withCredentials = sends + "add_header Access-Control-Allow-Credentials true always;"

    static let all: [CORSScenario] = nginx + caddy + flask + starlette + hummingbird

    static let nginx: [CORSScenario] = [
        CORSScenario(
            "nginx: an expression without an end, its dots not escaped",
            .nginx(
                maps: #"map $http_origin $allowed { default ''; "~^https?://.*example.com" $http_origin; }"#,
                location: withCredentials),
            [
                "bypass": names(
                    "host-as-prefix-label", "host-as-prefix-glued", "host-as-suffix-glued", "site-as-suffix-glued",
                    "unescaped-dot", "subdomain", "sibling", "http-downgrade", "http-subdomain", "port"),
                "validation": .text("regex-unanchored"), "verdict": .text("critical"),
                "reflectsArbitrary": .boolean(false), "nullAllowed": .boolean(false), "vary.missing": .boolean(true),
                "cachePoisoning": .boolean(true), "httpDowngrade": .boolean(true), "anyPort": .boolean(true),
                "subdomainsTrusted": .boolean(true), "localhostTrusted": .boolean(false),
                "allowlistObserved": names("https://api.example.com", "https://example.com"),
                "preflight.status": .integer(405), "preflight.passes": .boolean(false), "preflight.methods": names(),
                "requests": .integer(26), "sharedHostingTrusted": names(),
                "skipped": names("localhost", "shared-hosting", "extension", "letter-case")
            ]),
        CORSScenario(
            "nginx: the subdomains, with both ends",
            .nginx(
                maps: #"""
                    map $http_origin $allowed { default ''; "~^https://([a-z0-9-]+\.)?example\.com$" $http_origin; }
                    """#,
                location: withCredentials + " add_header Vary Origin always;"),
            [
                "bypass": names("sibling"), "validation": .text("exact"), "vary.missing": .boolean(false),
                "vary.missingOnDenied": .boolean(false), "vary.hasOrigin": .boolean(true),
                "subdomainsTrusted": .boolean(true), "httpDowngrade": .boolean(false), "anyPort": .boolean(false),
                "allowlistObserved": names("https://api.example.com", "https://example.com"),
                "headersSentWhenDenied": names("credentials"), "requests": .integer(26)
            ]),
        CORSScenario(
            "nginx: one origin, exactly, named by its caller",
            .nginx(
                maps: "map $http_origin $allowed { default ''; https://app.example.com $http_origin; }",
                location: sends + "add_header Vary Origin always;"),
            with: ["origins": names("https://app.example.com")],
            [
                "bypass": names(), "validation": .text("exact"), "verdict": .text("none"),
                "credentials": .boolean(false), "allowlistObserved": names("https://app.example.com"),
                "severity": .text("none"), "requests": .integer(26)
            ]),
        CORSScenario(
            "nginx: one origin for everybody, with a slash that no browser sends",
            .nginx(location: "add_header Access-Control-Allow-Origin https://app.example.com/ always;"),
            [
                "invalidAcao": names("https://app.example.com/"), "verdict": .text("broken-config"),
                "staticOrigin": .boolean(false), "bypass": names()
            ]),
        CORSScenario(
            "nginx: no CORS", .nginx(location: ""),
            [
                "enabled": .boolean(false), "verdict": .text("none"), "validation": .text("none"), "bypass": names(),
                "requests": .integer(26)
            ])
    ]

    static let flask: [CORSScenario] = [
        CORSScenario(
            "flask-cors: every origin, with credentials", .flask("{'supports_credentials': True}"),
            [
                "bypass": names("arbitrary", "null"), "validation": .text("any"), "verdict": .text("critical"),
                "vary.missing": .boolean(false), "vary.hasOrigin": .boolean(true), "preflight.status": .integer(200),
                "preflight.passes": .boolean(true), "preflight.methodAllowed": .boolean(true),
                "preflight.dangerousMethods": names("DELETE", "PATCH", "PUT"),
                "preflight.headersReflected": .boolean(true), "preflight.methodsReflected": .boolean(false),
                "preflight.shortCircuitsOptions": .boolean(false), "requests": .integer(8)
            ]),
        CORSScenario(
            "flask-cors: as it comes", .flask("{}"),
            ["credentials": .boolean(false), "preflight.passes": .boolean(true), "requests": .integer(8)]),
        CORSScenario(
            "flask-cors: one origin", .flask("{'origins': ['https://app.example.com'], 'supports_credentials': True}"),
            [
                "staticOrigin": .boolean(true), "allowlistObserved": names("https://app.example.com"),
                "vary.missing": .boolean(true), "verdict": .text("minor"), "validation": .text("exact"),
                "bypass": names(), "requests": .integer(26)
            ]),
        CORSScenario(
            "flask-cors: an expression that is matched from its start alone",
            .flask(#"{'origins': [r'https://.*.example.com'], 'supports_credentials': True}"#),
            [
                "bypass": names(
                    "host-as-prefix-label", "host-as-prefix-glued", "host-as-suffix-glued", "site-as-suffix-glued",
                    "unescaped-dot", "subdomain", "sibling", "port"),
                "validation": .text("regex-unanchored"), "verdict": .text("critical"),
                "vary.missing": .boolean(false), "vary.missingOnDenied": .boolean(true),
                "httpDowngrade": .boolean(false), "preflight.passes": .boolean(false)
            ])
    ]

    private static func caddy(_ matcher: String, setting more: String = "") -> HTTPSServer {
        .caddy(
            #"""
            {"match": [\#(matcher)], "handle": [{"handler": "headers", "response": {"set": {
             "Access-Control-Allow-Origin": ["{http.request.header.Origin}"]\#(more)}}}]},
            {"handle": [{"handler": "headers", "response": {"set": {"Vary": ["Origin"]}}}]}
            """#)
    }

    static let caddy: [CORSScenario] = [
        CORSScenario(
            "Caddy: one origin, exactly, named by its caller",
            caddy(#"{"header": {"Origin": ["https://app.example.com"]}}"#),
            with: ["origins": names("https://app.example.com")],
            [
                "bypass": names(), "validation": .text("exact"), "verdict": .text("none"),
                "credentials": .boolean(false), "allowlistObserved": names("https://app.example.com"),
                "vary.missing": .boolean(false), "vary.hasOrigin": .boolean(true), "requests": .integer(26)
            ]),
        CORSScenario(
            "Caddy: an expression without an end, with credentials",
            caddy(
                #"{"header_regexp": {"Origin": {"pattern": "^https://([a-z0-9-]+\\.)?example\\.com"}}}"#,
                setting: #", "Access-Control-Allow-Credentials": ["true"]"#),
            [
                "bypass": names("host-as-prefix-label", "host-as-prefix-glued", "sibling", "port"),
                "validation": .text("prefix-match"), "verdict": .text("critical"), "httpDowngrade": .boolean(false),
                "anyPort": .boolean(true), "vary.missing": .boolean(false), "reflectsArbitrary": .boolean(false)
            ])
    ]

    static let hummingbird: [CORSScenario] = [
        CORSScenario(
            "Hummingbird: whoever asks, with credentials",
            .hummingbird { CORSMiddleware(allowOrigin: .originBased, allowCredentials: true) },
            [
                "bypass": names("arbitrary"), "validation": .text("any"), "verdict": .text("critical"),
                "reflectsArbitrary": .boolean(true), "nullAllowed": .boolean(false), "vary.missing": .boolean(false),
                "vary.hasOrigin": .boolean(true), "preflight.status": .integer(204),
                "preflight.passes": .boolean(false),
                "preflight.methods": names("GET", "POST", "HEAD", "OPTIONS"), "preflight.dangerousMethods": names(),
                "preflight.shortCircuitsOptions": .boolean(true), "preflight.headersReflected": .boolean(false)
            ]),
        CORSScenario(
            "Hummingbird: one of a list, named by its caller",
            .hummingbird {
                CORSMiddleware(
                    allowOrigin: .oneOf("https://app.example.com"), allowMethods: [.get, .delete],
                    allowCredentials: true, maxAge: .hours(48))
            }, with: ["origins": names("https://app.example.com")],
            [
                "bypass": names(), "validation": .text("exact"), "verdict": .text("none"),
                "credentials": .boolean(true), "allowlistObserved": names("https://app.example.com"),
                "headersSentWhenDenied": names("credentials", "headers", "methods"),
                "preflight.maxAgeS": .integer(172_800), "preflight.maxAgeCapped": .boolean(true),
                "preflight.dangerousMethods": names("DELETE"), "requests": .integer(26)
            ])
    ]

    static let starlette: [CORSScenario] = [
        CORSScenario(
            "Starlette: a star, with credentials", .starlette("{'allow_origins': ['*'], 'allow_credentials': True}"),
            [
                "bypass": names("arbitrary", "null"), "verdict": .text("critical"), "vary.missing": .boolean(false),
                "preflight.status": .integer(400), "preflight.statusOk": .boolean(false),
                "preflight.passes": .boolean(false), "preflight.methods": names("GET"),
                "preflight.shortCircuitsOptions": .boolean(false), "requests": .integer(8)
            ]),
        CORSScenario(
            "Starlette: a star", .starlette("{'allow_origins': ['*']}"),
            [
                "wildcard": .boolean(true), "verdict": .text("public"), "credentials": .boolean(false),
                "bypass": names(), "reflectsArbitrary": .boolean(false), "requests": .integer(26)
            ]),
        CORSScenario(
            "Starlette: an expression that must match as a whole, its dots not escaped",
            .starlette(#"{'allow_origin_regex': r'https://.*.example.com', 'allow_credentials': True}"#),
            [
                "bypass": names(
                    "host-as-suffix-glued", "site-as-suffix-glued", "unescaped-dot", "subdomain", "sibling"),
                "validation": .text("regex-unescaped-dot"), "verdict": .text("critical"),
                "anyPort": .boolean(false), "headersSentWhenDenied": names("credentials", "headers", "methods"),
                "preflight.credentialsMismatch": .boolean(false)
            ]),
        CORSScenario(
            "Starlette: the own origin, exactly",
            .starlette(
                "{'allow_origins': ['https://api.example.com'], 'allow_credentials': True, 'allow_methods': ['*'],"
                    + " 'max_age': 100000}"),
            [
                "bypass": names(), "validation": .text("exact"), "verdict": .text("none"),
                "preflight.maxAgeS": .integer(100_000), "preflight.maxAgeCapped": .boolean(true),
                "preflight.dangerousMethods": names("DELETE", "PATCH", "PUT"), "requests": .integer(26)
            ])
    ]
}
