import AuditModel
import TestSupport
import Testing

/// A limiter as it is configured, and what the probe must find.
struct LimiterScenario: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var server: LimiterServer
    /// Requests a second and at once, as configured; nil where the probe cannot see a limit.
    var refill: Double?
    var capacity: Double?
    var parameters: [String: FactValue] = [:]
    /// Facts that do not depend on how fast the machine is.
    var facts: [String: FactValue]

    private static let address = "$binary_remote_addr zone=lab:1m rate=5r/s"
    private static let noBypass = FactValue.list([])
    private static let forwarded = FactValue.list([.text("X-Forwarded-For")])

    static let all: [LimiterScenario] = [
        LimiterScenario(
            testDescription: "nginx, burst without delay, 429 with Retry-After",
            server: .nginx(
                zone: address,
                location:
                    "limit_req zone=lab burst=10 nodelay; limit_req_status 429; add_header Retry-After $retry_after always;"
            ),
            refill: 5, capacity: 11,
            facts: [
                "mode": .text("deny"), "deniedStatus": .integer(429), "retryAfterS": .integer(1),
                "model": .text("token-bucket"), "recovered": .boolean(true), "spoof.tested": .boolean(true),
                "spoof.bypass": noBypass, "advertised.form": .text("none"), "evidence": .text("measured")
            ]),
        LimiterScenario(
            testDescription: "nginx, burst that is delayed",
            server: .nginx(zone: address, location: "limit_req zone=lab burst=50;"),
            facts: ["mode": .text("shaped"), "deniedStatus": .absent, "spoof.bypass": .absent]),
        LimiterScenario(
            testDescription: "nginx, no burst, its usual 503",
            server: .nginx(zone: address, location: "limit_req zone=lab;"),
            refill: 5, capacity: 1,
            facts: [
                "mode": .text("deny"), "deniedStatus": .integer(503), "retryAfterPresent": .boolean(false),
                "model": .text("token-bucket"), "recovered": .boolean(true)
            ]),
        flask("fixed-window", "address", ["model": .text("window"), "spoof.bypass": noBypass]),
        flask("moving-window", "address", ["spoof.bypass": noBypass]),
        flask("sliding-window-counter", "address", ["spoof.bypass": noBypass]),
        flask(
            "fixed-window", "forwarded",
            ["spoof.bypass": forwarded, "scope": .text("per-ip"), "keySuppliedByClient": .boolean(true)]),
        flask(
            "fixed-window", "X-Api-Key",
            ["scope": .text("per-key"), "spoof.bypass": noBypass, "keySuppliedByClient": .boolean(true)],
            parameters: ["key": .text("X-Api-Key")]),
        LimiterScenario(
            testDescription: "haproxy, stick table", server: .haproxy, refill: 2.5, capacity: 10,
            facts: [
                "mode": .text("deny"), "deniedStatus": .integer(429), "retryAfterS": .integer(4),
                "recovered": .boolean(true), "spoof.bypass": noBypass
            ]),
        LimiterScenario(
            testDescription: "nginx, keyed on what the client says",
            server: .nginx(
                zone: "$http_x_forwarded_for zone=lab:1m rate=5r/s",
                location: "limit_req zone=lab; limit_req_status 429;"),
            facts: [
                "mode": .text("none"), "observed": .boolean(false), "spoof.bypass": forwarded,
                "keySuppliedByClient": .boolean(true), "denied": .boolean(true)
            ])
    ]

    private static func flask(
        _ strategy: String, _ key: String, _ facts: [String: FactValue], parameters: [String: FactValue] = [:]
    ) -> LimiterScenario {
        let usual: [String: FactValue] = [
            "mode": .text("deny"), "deniedStatus": .integer(429), "advertised.form": .text("x-ratelimit"),
            "advertised.limit": .integer(10), "advertised.resetKind": .text("epoch-seconds"),
            "advertised.valid": .boolean(true), "retryAfterPresent": .boolean(true), "recovered": .boolean(true)
        ]
        return LimiterScenario(
            testDescription: "Flask-Limiter, \(strategy), by \(key)", server: .flask(strategy: strategy, key: key),
            refill: 2.5, capacity: 10, parameters: parameters, facts: usual.merging(facts) { _, own in own })
    }
}
