import AuditModel
import Facts
import JSON
import Testing

typealias RateLimitRequest = RateLimitCapture.Request

/// A capture as an observation without permission leaves it.
func passive(
    _ status: Int, _ fields: [(String, String)], body: HTTPBody? = nil, stop: RateLimitCapture.Stop = .notPermitted
) -> RateLimitCapture {
    let date = ("Date", "Sat, 21 Nov 2026 12:00:00 GMT")
    return rateLimit(
        [
            RateLimitRequest(
                phase: .baseline, sentAt: 0, secondsToHead: 0.01, status: status,
                fields: (fields + [date]).map { HTTPField($0.0, $0.1) }, body: body)
        ], stop: stop)
}

func rateLimit(_ requests: [RateLimitRequest], stop: RateLimitCapture.Stop = .denial) -> RateLimitCapture {
    let refusals: [RateLimitCapture.ActiveRefusal] =
        stop == .notPermitted
        ? [RateLimitCapture.ActiveRefusal(.rateLimitBurst, .notPermitted(.rateLimitBurst, "a burst"))] : []
    return RateLimitCapture(
        url: "https://shop.example/", startedAt: Instant(seconds: 1_800_000_000), requests: requests,
        sent: requests.count, budget: 60, stop: stop, refusals: refusals)
}

/// `[seconds, status]` or `[seconds, status, milliseconds]` a request: three at leisure, then the ladder; after a
/// silence, that many accepted of at most `cap`.
private func timeline(
    _ requests: [[Double]], recovery: (waited: Double, accepted: Int, cap: Int)? = nil, retryAfter: String? = nil,
    stop: RateLimitCapture.Stop? = nil
) -> RateLimitCapture {
    var all: [RateLimitRequest] = requests.enumerated().map { index, entry in
        RateLimitRequest(
            phase: index < 3 ? .baseline : .ladder, sentAt: entry[0],
            secondsToHead: entry.count > 2 ? entry[2] / 1000 : 0.001, status: Int(entry[1]),
            fields: entry[1] == 429 ? (retryAfter.map { [HTTPField("Retry-After", $0)] } ?? []) : [])
    }
    if let recovery, let last = all.last {
        let count = min(recovery.accepted + 1, recovery.cap)
        all += (0..<count).map { index in
            RateLimitRequest(
                phase: .recovery, round: 1, sentAt: last.sentAt + recovery.waited, secondsToHead: 0.001,
                status: index < recovery.accepted ? 200 : 429)
        }
    }
    return rateLimit(all, stop: stop ?? (requests.contains { $0[1] == 429 } ? .denial : .budget))
}

/// A fact and what it must be; a text `-` is absent.
typealias ExpectedFact = (path: String, value: FactValue)

private let absent = FactValue.absent

struct RateLimitFactsTests {
    static let responses: [(String, RateLimitCapture, [ExpectedFact])] = [
        (
            "structured fields",
            passive(
                200,
                [
                    ("RateLimit-Policy", "\"burst\";q=100;w=60, \"daily\";q=5000;w=86400"),
                    ("RateLimit", "\"burst\";r=42;t=17")
                ]),
            [
                ("advertised.form", .text("draft-08+")), ("advertised.policies.burst.q", .integer(100)),
                ("advertised.policies.burst.w", .integer(60)), ("advertised.policies.daily.q", .integer(5000)),
                ("advertised.policies.daily.w", .integer(86_400)), ("advertised.limits.burst.r", .integer(42)),
                ("advertised.limits.burst.t", .integer(17)), ("advertised.valid", .boolean(true)),
                ("advertised.outdated", .boolean(false)), ("advertised.limit", .integer(100)),
                ("advertised.remaining", .integer(42)), ("advertised.resetS", .integer(17)),
                ("evidence", .text("advertised")), ("denied", .boolean(false)), ("stoppedBy", .text("not-permitted")),
                ("spoof.tested", .boolean(false)), ("requests", .integer(1))
            ]
        ),
        (
            "a denial that sends clients back too early",
            passive(
                429,
                [
                    ("RateLimit-Limit", "100"), ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "12"),
                    ("Retry-After", "5")
                ],
                stop: .denial),
            [
                ("advertised.form", .text("draft-06")), ("denied", .boolean(true)), ("retryAfterS", .integer(5)),
                ("retryAfterBeforeReset", .boolean(true)), ("deniedStatus", .integer(429)),
                ("retryAfterForm", .text("delta-seconds")), ("mode", .text("deny")), ("evidence", .text("measured")),
                ("advertised.outdated", .boolean(true)), ("noStoreOnDenial", .boolean(false))
            ]
        ),
        (
            "an instant for a reset",
            passive(
                200,
                [("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "59"), ("X-RateLimit-Reset", "1795262520")]),
            [
                ("advertised.form", .text("x-ratelimit")), ("advertised.resetKind", .text("epoch-seconds")),
                ("advertised.resetS", .integer(120)), ("advertised.consistent", absent)
            ]
        ),
        (
            "a reset in milliseconds, and one that is past",
            passive(200, [("X-RateLimit-Limit", "60"), ("X-RateLimit-Reset", "1795262400500")]),
            [("advertised.resetKind", .text("epoch-millis")), ("advertised.resetS", .number(0.5))]
        ),
        (
            "Retry-After as a date, a problem, a cached denial that tells of the inside",
            passive(
                429,
                [
                    ("Retry-After", "Sat, 21 Nov 2026 12:00:30 GMT"), ("Content-Type", "application/problem+json"),
                    ("Cache-Control", "no-store")
                ],
                body: HTTPBody(
                    text:
                        #"{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","violated-policies":["burst"],"detail":"redis at 10.0.0.3 says no"}"#,
                    byteCount: 1), stop: .denial),
            [
                ("retryAfterForm", .text("http-date")), ("retryAfterS", .integer(30)),
                ("deniedBodyType", .text("application/problem+json")),
                ("problemType", .text("https://iana.org/assignments/http-problem-types#quota-exceeded")),
                ("violatedPolicies", .list([.text("burst")])), ("noStoreOnDenial", .boolean(true)),
                ("leakOnDenial", .list([.text("private-ip")])), ("retryAfterBeforeReset", absent)
            ]
        ),
        (
            "no limit that is advertised", passive(200, []),
            [("advertised.form", .text("none")), ("advertised.valid", absent), ("denied", .boolean(false))]
        ),
        (
            "fields that are of no use", passive(200, [("RateLimit", "\"a\";r=x"), ("RateLimit-Policy", "\"a\"")]),
            [
                ("advertised.valid", .boolean(false)),
                ("advertised.problems", .list([.text("invalid-available"), .text("missing-quota")]))
            ]
        )
    ]

    private static func answer(
        _ phase: RateLimitCapture.Phase, _ status: Int, body: String? = nil
    ) -> RateLimitRequest {
        let type = HTTPField("Content-Type", "application/problem+json")
        return RateLimitRequest(
            phase: phase, sentAt: 0, secondsToHead: 0.001, status: status, fields: status == 429 ? [type] : [],
            body: body.map { HTTPBody(text: $0, byteCount: $0.utf8.count) })
    }

    @Test(
        "one denial's body is kept, of an own request where one was denied",
        arguments: [
            ([], answer(.baseline, 429), true), ([], answer(.baseline, 200), false),
            ([answer(.settling, 429, body: "x"), answer(.baseline, 200)], answer(.ladder, 429), true),
            ([answer(.baseline, 429, body: "x")], answer(.ladder, 429), false),
            ([answer(.baseline, 200), answer(.ladder, 429, body: "x")], answer(.ladder, 429), false),
            ([answer(.baseline, 200), answer(.ladder, 429, body: "x")], answer(.spoof, 429), false),
            ([answer(.baseline, 200), answer(.claimedLadder, 429, body: "x")], answer(.claimedLadder, 429), false),
            ([answer(.baseline, 200), answer(.claimedLadder, 429, body: "x")], answer(.control, 429), true),
            ([answer(.baseline, 503, body: "x")], answer(.ladder, 503), false),
            ([answer(.baseline, 503, body: "x")], answer(.ladder, 429), true),
            ([answer(.baseline, 200)], answer(.ladder, 503), true)
        ] as [([RateLimitRequest], RateLimitRequest, Bool)])
    func bodies(earlier: [RateLimitRequest], request: RateLimitRequest, isWanted: Bool) {
        #expect(earlier.wantBody(of: request) == isWanted)
    }

    @Test("a denial is described by one whose body was kept, and a body that was not kept is not called clean")
    func describedDenial() {
        let problem = #"{"type":"urn:x:quota","violated-policies":["burst"],"detail":"redis at 10.0.0.3"}"#
        let start = [Self.answer(.settling, 429, body: "wait"), Self.answer(.baseline, 200)]
        let own = [Self.answer(.ladder, 429), Self.answer(.ladder, 429, body: problem)]
        let facts = rateLimit(start + own).facts(at: now)
        #expect(facts["problemType"] == .text("urn:x:quota"))
        #expect(facts["violatedPolicies"] == .texts("burst"))
        #expect(facts["leakOnDenial"] == .texts("private-ip"))
        let clean = rateLimit(start + [Self.answer(.ladder, 429, body: "slow down")]).facts(at: now)
        #expect(clean["leakOnDenial"] == .texts())
        let unkept = rateLimit(start + own.prefix(1)).facts(at: now)
        #expect(unkept.isUnobserved("leakOnDenial", as: .unsupported))
    }

    @Test("what a response says of limits becomes facts", arguments: responses.indices)
    func response(index: Int) throws {
        let (name, capture, expected) = Self.responses[index]
        try check(capture, expected, name)
    }

    /// One request each 20 ms, from 0.6 s on.
    private static let ladder =
        [[0, 200], [0.2, 200], [0.4, 200], [0.6, 200]]
        + (0..<11).map { [0.62 + 0.02 * Double($0), 200] }

    static let measurements: [(String, RateLimitCapture, [ExpectedFact])] = [
        (
            "a bucket of 5 a second with a burst of 10",
            timeline(
                ladder + [[0.85, 429], [0.85, 429]], recovery: (1, 5, 6), retryAfter: "1"),
            [
                ("observed", .boolean(true)), ("acceptedBeforeDenial", .integer(15)), ("deniedStatus", .integer(429)),
                ("model", .text("token-bucket")), ("refillPerS", .integer(5)), ("burstCapacity", .integer(11)),
                ("recovered", .boolean(true)), ("recoveryS", .integer(1)), ("mode", .text("deny")),
                ("evidence", .text("measured")), ("retryAfterAccurate", .boolean(true)),
                ("deniedConsumesQuota", .boolean(false)), ("firstDenialAfterMs", .integer(850)),
                ("shapedRatePerS", absent), ("stoppedBy", .text("denial")), ("scope", .text("unknown"))
            ]
        ),
        (
            "a delay instead of a denial",
            timeline(
                [[0, 200, 1], [0.2, 200, 1], [0.4, 200, 1]] + (0..<20).map { [0.6 + 0.2 * Double($0), 200, 180] }),
            [
                ("observed", .boolean(true)), ("mode", .text("shaped")), ("shapedRatePerS", .integer(5)),
                ("deniedStatus", absent), ("model", absent), ("refillPerS", absent), ("evidence", .text("measured")),
                ("acceptedBeforeDenial", absent)
            ]
        ),
        (
            "a window of 10 in 4 seconds",
            timeline(
                Array(ladder.prefix(10)) + [[0.74, 429]], recovery: (4, 6, 6), retryAfter: "4"),
            [
                ("model", .text("window")), ("burstCapacity", .integer(10)), ("refillPerS", .number(2.5)),
                ("acceptedBeforeDenial", .integer(10)), ("retryAfterS", .integer(4)), ("recoveryS", .integer(4))
            ]
        ),
        (
            "a window that is whole again after a silence nobody asked for",
            timeline(Array(ladder.prefix(6)) + [[0.7, 429]], recovery: (1, 6, 7)),
            [("model", .text("window")), ("burstCapacity", .integer(6)), ("retryAfterPresent", .boolean(false))]
        ),
        (
            "a bucket of one that fills five times a second, and is full after every silence",
            timeline(
                [[0, 200], [0.2, 429], [0.25, 200], [0.3, 429], [0.35, 429], [0.4, 429], [0.45, 200], [0.5, 429]]
                    + [[0.55, 429], [0.6, 429], [0.65, 200], [0.7, 429], [0.75, 429]], recovery: (1.05, 1, 2)),
            [
                ("model", .text("token-bucket")), ("burstCapacity", .integer(1)), ("refillPerS", .number(5.455)),
                ("acceptedBeforeDenial", .integer(1))
            ]
        ),
        (
            "no limit within the requests sent", timeline(ladder),
            [
                ("observed", .boolean(false)), ("mode", .text("none")), ("evidence", .text("none")),
                ("model", absent), ("deniedStatus", absent), ("spoof.bypass", absent)
            ]
        ),
        (
            "a quota that still was denied after the silence",
            timeline(Array(ladder.prefix(8)) + [[0.7, 429]], recovery: (1, 0, 6), retryAfter: "1"),
            [
                ("recovered", .boolean(false)), ("recoveryS", absent), ("retryAfterAccurate", .boolean(false)),
                ("mode", .text("deny"))
            ]
        )
    ]

    @Test("what a measurement saw becomes facts", arguments: measurements.indices)
    func measurement(index: Int) throws {
        let (name, capture, expected) = Self.measurements[index]
        try check(capture, expected, name)
    }

    private func check(_ capture: RateLimitCapture, _ expected: [ExpectedFact], _ name: String) throws {
        let facts = capture.facts(at: now)
        for (path, value) in expected {
            let known: RateLimitCheck = .init(facts[path])
            #expect(known == RateLimitCheck(value), "\(name): \(path)")
        }
    }

    @Test("without permission what was measured is not known, and the reason says how to allow it")
    func notPermitted() throws {
        let facts = passive(200, []).facts(at: now)
        for path in ["observed", "mode", "evidence", "model", "refillPerS", "deniedStatus", "acceptedBeforeDenial"] {
            guard case .unobserved(let failure) = facts[path] else {
                Issue.record("\(path) is known")
                continue
            }
            #expect(failure.code == .notPermitted)
            #expect(failure.reason.contains("allow: [rate-limit-burst]") && failure.reason.contains("--active"))
        }
    }

    @Test(
        "a quota that falls with each request is consistent",
        arguments: [
            ([9, 8, 7], true), ([9, 9, 9], false), ([9, 8, 8], true), ([9, 7, 5], true), ([9, 10, 11], false),
            ([9, 7, 6], false)
        ])
    func consistency(remaining: [Int], isConsistent: Bool) {
        let requests = remaining.enumerated().map { index, left in
            RateLimitRequest(
                phase: .baseline, sentAt: Double(index) / 5, secondsToHead: 0.01, status: 200,
                fields: [HTTPField("X-RateLimit-Limit", "100"), HTTPField("X-RateLimit-Remaining", "\(left)")])
        }
        #expect(
            rateLimit(requests, stop: .advertised).facts(at: now)["advertised.consistent"]
                == .value(.boolean(isConsistent)))
    }

    /// A ladder of five, then trials as letters: `c` control, `x` X-Forwarded-For, `r` X-Real-IP, `k` key, `v` variant;
    /// in capitals when accepted.
    private static func keyed(_ trials: String) -> RateLimitCapture {
        var requests = (0..<6).map { index in
            RateLimitRequest(
                phase: index < 3 ? .baseline : .ladder, sentAt: Double(index) / 5, secondsToHead: 0.01,
                status: index < 5 ? 200 : 429)
        }
        for (index, letter) in trials.enumerated() {
            let lower = letter.lowercased()
            let phase: RateLimitCapture.Phase =
                lower == "c" ? .control : lower == "k" ? .key : lower == "v" ? .variant : .spoof
            let field = ["x": "X-Forwarded-For", "r": "X-Real-IP", "k": "X-Api-Key"][lower]
            requests.append(
                RateLimitRequest(
                    phase: phase, sentAt: 1.2 + Double(index) / 20, secondsToHead: 0.01,
                    status: letter.isUppercase ? 200 : 429, claim: field.map { HTTPField($0, "\(index)") },
                    variant: lower == "v" ? "query" : nil))
        }
        return rateLimit(requests)
    }

    @Test(
        "an invented name is a bypass only when it is accepted three times in a row between denials",
        arguments: [
            ("cxcrc", [], [], "unknown"), ("cXcrccXXXc", ["X-Forwarded-For"], [], "per-ip"),
            ("cXcrccXXXC", [], [], "unknown"), ("cXcrcCXXXc", [], [], "unknown"), ("cXcrccXXxc", [], [], "unknown"),
            ("cXc", [], [], "unknown"), ("cXcRccXXXccRRRc", ["X-Forwarded-For", "X-Real-IP"], [], "per-ip"),
            ("cKccKKKc", [], [], "per-key"), ("cxcVccVVVc", [], ["query"], "unknown")
        ] as [(String, [String], [String], String)])
    func bypasses(trials: String, fields: [String], variants: [String], scope: String) {
        let facts = Self.keyed(trials).facts(at: now)
        if trials.lowercased().contains("x") {
            #expect(facts["spoof.bypass"] == .value(.list(fields.map(FactValue.text))))
        }
        if trials.lowercased().contains("v") {
            #expect(facts["routeVariants.bypass"] == .value(.list(variants.map(FactValue.text))))
        }
        #expect(facts["scope"] == .value(.text(scope)))
        #expect(facts["keySuppliedByClient"] == .value(.boolean(scope != "unknown")))
    }

    @Test(
        "503 is a denial only when it goes away",
        arguments: [([200, 200, 200, 503, 503, 200], "deny"), ([200, 200, 200, 503, 503, 503], nil), ([503, 503], nil)]
            as [([Int], String?)])
    func unavailable(statuses: [Int], mode: String?) {
        let requests = statuses.enumerated().map { index, status in
            RateLimitRequest(
                phase: index < 3 ? .baseline : index < 5 ? .ladder : .recovery, round: index < 5 ? nil : 1,
                sentAt: Double(index), secondsToHead: 0.01, status: status)
        }
        let facts = rateLimit(requests, stop: mode == nil ? .errors : .denial).facts(at: now)
        if let mode {
            #expect(facts["mode"] == .value(.text(mode)))
            #expect(facts["deniedStatus"] == .value(.integer(503)))
        } else {
            #expect(facts.isUnobserved("mode", as: .closedEarly))
            #expect(facts["denied"] == .value(.boolean(false)))
        }
    }

    @Test(
        "an advertised quota counts as a limit unless a measurement contradicts it",
        arguments: [(9, 15, "none", false), (30, 15, "advertised", nil)] as [(Int, Int, String, Bool?)])
    func contradicted(limit: Int, sent: Int, evidence: String, matches: Bool?) {
        let requests = (0..<sent).map { index in
            RateLimitRequest(
                phase: index < 3 ? .baseline : .ladder, sentAt: Double(index) / 20, secondsToHead: 0.01, status: 200,
                fields: [
                    HTTPField("RateLimit-Policy", "\"a\";q=\(limit);w=60"), HTTPField("RateLimit", "\"a\";r=\(limit)")
                ])
        }
        let facts = rateLimit(requests, stop: .budget).facts(at: now)
        #expect(facts["evidence"] == .value(.text(evidence)))
        if let matches { #expect(facts["limitMatchesAdvertised"] == .value(.boolean(matches))) }
    }

    @Test(
        "a probe does no more than the wanted facts need",
        arguments: [
            (["advertised.form", "requests"], []), (["mode"], [.ladder]), (["evidence", "deniedStatus"], [.ladder]),
            (["refillPerS"], [.ladder, .recovery]), (["spoof.bypass"], [.ladder, .names]),
            (["advertised.policies.*.q"], []), (["recovered", "spoof.tested"], [.ladder, .names, .recovery])
        ] as [([String], Set<RateLimitFacts.Stage>)])
    func stages(facts: [String], stages: Set<RateLimitFacts.Stage>) {
        #expect(RateLimitFacts.stages(for: facts.compactMap { FactPath($0) }) == stages)
        #expect(RateLimitFacts.stages(for: nil).count == 3)
    }
}

/// What is known of a fact, numbers compared by value.
private enum RateLimitCheck: Equatable {
    case number(Double)
    case other(FactValue)
    case unknown(String)

    init(_ value: FactValue) { self = value.double.map(RateLimitCheck.number) ?? .other(value) }

    init(_ knowledge: FactSet.Knowledge) {
        switch knowledge {
        case .value(let value): self.init(value)
        case .absent: self = .other(.absent)
        case .unobserved(let failure): self = .unknown("unobserved: \(failure.reason)")
        case .undeclared: self = .unknown("undeclared")
        }
    }
}
