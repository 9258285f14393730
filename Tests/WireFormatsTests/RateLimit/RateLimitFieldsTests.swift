import TestSupport
import Testing
import WireFormats

private typealias Lines = [(name: String, value: String)]

/// What fields must be read as; values not named must be nil or empty.
struct ExpectedLimit: Sendable {
    var form: RateLimitFields.Form
    var policies: [String] = []
    var limits: [String] = []
    var numbers: [Int64?] = [nil, nil]
    var reset: RateLimitReset.Kind?
    var problems: Set<RateLimitFields.Problem> = []
}

struct RateLimitFieldsTests {
    static let cases: [(String, ExpectedLimit)] = [
        // Structured fields, draft -08 and later.
        (
            "RateLimit-Policy: \"burst\";q=100;w=60, \"daily\";q=5000;w=86400 | RateLimit: \"burst\";r=42;t=17",
            ExpectedLimit(
                form: .draft8, policies: ["burst 100/60", "daily 5000/86400"], limits: ["burst 42 17"],
                numbers: [100, 42], reset: .deltaSeconds)
        ),
        (
            "ratelimit-policy: \"a\";q=10;w=1 | ratelimit-policy: \"b\";q=9;w=2;qu=\"content-bytes\" | RATELIMIT: \"b\";r=1",
            ExpectedLimit(
                form: .draft8, policies: ["a 10/1", "b 9/2 content-bytes"], limits: ["b 1 -"], numbers: [9, 1])
        ),
        ("RateLimit-Policy: \"a\";q=10", ExpectedLimit(form: .draft8, policies: ["a 10/-"], numbers: [10, nil])),
        (
            "RateLimit: \"a\";r=0;t=0",
            ExpectedLimit(form: .draft8, limits: ["a 0 0"], numbers: [nil, 0], reset: .deltaSeconds)
        ),
        (
            "RateLimit-Policy: \"a\";q=10;w=1;pk=:Y2xpZW50:",
            ExpectedLimit(
                form: .draft8, policies: ["a 10/1"], numbers: [10, nil])
        ),
        ("RateLimit-Policy: a;q=10", ExpectedLimit(form: .draft8, problems: [.nameNotString])),
        ("RateLimit-Policy: \"a\";w=10", ExpectedLimit(form: .draft8, problems: [.missingQuota])),
        ("RateLimit-Policy: \"a\";q=1.5", ExpectedLimit(form: .draft8, problems: [.invalidQuota])),
        ("RateLimit-Policy: \"a\";q=-1", ExpectedLimit(form: .draft8, problems: [.invalidQuota])),
        ("RateLimit-Policy: \"a\";q=1;w=0", ExpectedLimit(form: .draft8, problems: [.invalidWindow])),
        ("RateLimit-Policy: \"a\";q=1;w=\"60\"", ExpectedLimit(form: .draft8, problems: [.invalidWindow])),
        (
            "RateLimit-Policy: \"a\";q=1;w=1;qu=\"cups\"",
            ExpectedLimit(form: .draft8, policies: ["a 1/1 cups"], numbers: [1, nil], problems: [.unknownUnit])
        ),
        (
            "RateLimit-Policy: \"a\";q=1;w=1;pk=\"x\"",
            ExpectedLimit(form: .draft8, policies: ["a 1/1"], numbers: [1, nil], problems: [.invalidPartitionKey])
        ),
        (
            "RateLimit-Policy: \"a\";q=1;w=1, \"a\";q=2;w=2",
            ExpectedLimit(form: .draft8, policies: ["a 1/1", "a 2/2"], problems: [.duplicateName])
        ),
        ("RateLimit: \"a\";t=1", ExpectedLimit(form: .draft8, problems: [.missingAvailable])),
        ("RateLimit: \"a\";r=-1", ExpectedLimit(form: .draft8, problems: [.invalidAvailable])),
        ("RateLimit: \"a\";r=1;t=soon", ExpectedLimit(form: .draft8, problems: [.invalidReset])),
        ("RateLimit: \"a\";;", ExpectedLimit(form: .draft8, problems: [.unparsable])),
        ("RateLimit: (\"a\" \"b\");r=1", ExpectedLimit(form: .draft8, problems: [.nameNotString])),
        (
            "RateLimit-Policy: \"a\";q=9;w=1 | RateLimit: \"b\";r=1",
            ExpectedLimit(
                form: .draft8, policies: ["a 9/1"], limits: ["b 1 -"], numbers: [nil, 1],
                problems: [.limitWithoutPolicy])
        ),
        (
            "RateLimit-Policy: \"a\";q=9;w=1 | RateLimit: \"a\";r=10 | Age: 5",
            ExpectedLimit(
                form: .draft8, policies: ["a 9/1"], limits: ["a 10 -"], numbers: [9, 10],
                problems: [.fromCache, .remainingAboveLimit])
        ),
        (
            "RateLimit: \"a\";r=4 | RateLimit-Limit: 10 | X-RateLimit-Limit: 10",
            ExpectedLimit(form: .draft8, limits: ["a 4 -"], numbers: [nil, 4], problems: [.severalForms])
        ),
        // One field with three members, draft -07.
        (
            "RateLimit: limit=100, remaining=50, reset=5 | RateLimit-Policy: 100;w=60",
            ExpectedLimit(form: .draft7, policies: ["60s 100/60"], numbers: [100, 50], reset: .deltaSeconds)
        ),
        (
            "RateLimit: limit=100, remaining=50",
            ExpectedLimit(form: .draft7, numbers: [100, 50], problems: [.invalidReset])
        ),
        (
            "RateLimit: remaining=5, reset=1",
            ExpectedLimit(form: .draft7, numbers: [nil, 5], reset: .deltaSeconds, problems: [.missingQuota])
        ),
        (
            "RateLimit: limit=ten, remaining=5, reset=1",
            ExpectedLimit(form: .draft7, numbers: [nil, 5], reset: .deltaSeconds, problems: [.notANumber])
        ),
        ("RateLimit: limit=100,, remaining", ExpectedLimit(form: .draft7, problems: [.unparsable])),
        // Three fields, draft -06 and before.
        (
            "RateLimit-Limit: 100 | RateLimit-Remaining: 0 | RateLimit-Reset: 12",
            ExpectedLimit(form: .draft6, numbers: [100, 0], reset: .deltaSeconds)
        ),
        (
            "RateLimit-Limit: 100 | RateLimit-Remaining: 1 | RateLimit-Reset: 12 | RateLimit-Policy: 100;w=60, 5000;w=86400",
            ExpectedLimit(
                form: .draft6, policies: ["60s 100/60", "86400s 5000/86400"], numbers: [100, 1], reset: .deltaSeconds)
        ),
        (
            "RateLimit-Limit: 10, 10;w=1, 50;w=60 | RateLimit-Remaining: 3",
            ExpectedLimit(form: .draft6, policies: ["1s 10/1", "60s 50/60"], numbers: [10, 3])
        ),
        ("RateLimit-Policy: 100;w=60", ExpectedLimit(form: .draft6, policies: ["60s 100/60"])),
        ("RateLimit-Policy: 100", ExpectedLimit(form: .draft6, problems: [.invalidWindow])),
        ("RateLimit-Limit: many", ExpectedLimit(form: .draft6, problems: [.notANumber])),
        (
            "RateLimit-Limit: 5 | RateLimit-Reset: soon",
            ExpectedLimit(form: .draft6, numbers: [5, nil], problems: [.invalidReset])
        ),
        // X-RateLimit-* as GitHub, Discord, Kong, Envoy, OpenAI, Twitter and Spring send it.
        (
            "X-RateLimit-Limit: 60 | X-RateLimit-Remaining: 59 | X-RateLimit-Reset: 1795262520",
            ExpectedLimit(form: .xRateLimit, numbers: [60, 59], reset: .epochSeconds)
        ),
        (
            "X-RateLimit-Limit: 5 | X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1470173023.123 | X-RateLimit-Reset-After: 1.5",
            ExpectedLimit(form: .xRateLimit, numbers: [5, 0], reset: .deltaSeconds)
        ),
        (
            "X-RateLimit-Limit-Minute: 10 | X-RateLimit-Remaining-Minute: 9 | X-RateLimit-Limit-Hour: 100 | X-RateLimit-Remaining-Hour: 99",
            ExpectedLimit(form: .xRateLimit, policies: ["hour 100/3600", "minute 10/60"], numbers: [10, 9])
        ),
        (
            "x-ratelimit-limit: 10, 10;w=1;name=\"a\", 100;w=60 | x-ratelimit-remaining: 7 | x-ratelimit-reset: 1",
            ExpectedLimit(
                form: .xRateLimit, policies: ["1s 10/1", "60s 100/60"], numbers: [10, 7], reset: .deltaSeconds)
        ),
        (
            "x-ratelimit-limit-requests: 500 | x-ratelimit-remaining-requests: 499 | x-ratelimit-reset-requests: 6m0s",
            ExpectedLimit(form: .xRateLimit, policies: ["requests 500/-"], numbers: [500, 499], reset: .deltaSeconds)
        ),
        ("x-rate-limit-limit: 15 | x-rate-limit-remaining: 14", ExpectedLimit(form: .xRateLimit, numbers: [15, 14])),
        (
            "X-RateLimit-Burst-Capacity: 20 | X-RateLimit-Remaining: 19 | X-RateLimit-Replenish-Rate: 10",
            ExpectedLimit(form: .xRateLimit, numbers: [20, 19])
        ),
        ("X-RateLimit-Remaining: 59.0", ExpectedLimit(form: .xRateLimit, numbers: [nil, 59])),
        ("X-RateLimit-Limit: unlimited", ExpectedLimit(form: .xRateLimit, problems: [.notANumber])),
        (
            "X-RateLimit-Reset: Sat, 21 Nov 2026 12:00:00 GMT",
            ExpectedLimit(form: .xRateLimit, reset: .httpDate)
        ),
        ("X-RateLimit-Reset: 2026-11-21T12:00:00Z", ExpectedLimit(form: .xRateLimit, reset: .iso)),
        ("X-RateLimit-Reset: 1795262520000", ExpectedLimit(form: .xRateLimit, reset: .epochMilliseconds)),
        ("X-RateLimit-Reset: 200000000", ExpectedLimit(form: .xRateLimit, problems: [.invalidReset])),
        // One maker's own.
        (
            "anthropic-ratelimit-requests-limit: 50 | anthropic-ratelimit-requests-remaining: 49 | anthropic-ratelimit-requests-reset: 2026-11-21T12:00:00Z",
            ExpectedLimit(form: .vendor, policies: ["requests 50/-"], numbers: [50, 49], reset: .iso)
        ),
        ("X-Shopify-Shop-Api-Call-Limit: 32/40", ExpectedLimit(form: .vendor, numbers: [40, 8])),
        ("Sforce-Limit-Info: api-usage=18/5000", ExpectedLimit(form: .vendor, numbers: [5000, 4982])),
        ("X-App-Rate-Limit: 20:1,100:120", ExpectedLimit(form: .vendor, policies: ["1s 20/1", "120s 100/120"])),
        ("x-amzn-RateLimit-Limit: 0.5", ExpectedLimit(form: .vendor, numbers: [0, nil])),
        // None of ours.
        ("Retry-After: 5 | X-Ratelimited: yes | X-RateLimit-Enabled: true", ExpectedLimit(form: .none))
    ]

    private static func read(_ text: String) -> RateLimitFields {
        RateLimitFields(
            text.components(" | ").map { line in
                let parts = line.components(": ")
                return (parts[0], parts.dropFirst().joined(separator: ": "))
            })
    }

    @Test("every dialect is read as what it says", arguments: cases.indices)
    func dialects(index: Int) {
        let (text, expected) = Self.cases[index]
        let read = Self.read(text)
        #expect(read.form == expected.form, "\(text)")
        let policies = read.policies.map { policy in
            "\(policy.name) \(policy.quota)/\(policy.window.map(String.init) ?? "-")"
                + (policy.unit.map { " " + $0 } ?? "")
        }
        #expect(policies == expected.policies, "\(text)")
        let limits = read.limits.map { "\($0.name) \($0.available) \($0.reset.map(String.init) ?? "-")" }
        #expect(limits == expected.limits, "\(text)")
        #expect([read.limit, read.remaining] == expected.numbers, "\(text)")
        #expect(read.reset?.kind == expected.reset, "\(text)")
        #expect(read.problems == expected.problems, "\(text)")
        #expect(read.isValid == (expected.form != .none && expected.problems.subtracting([.severalForms]).isEmpty))
        #expect(read.isOutdated == (expected.form != .none && expected.form != .draft8))
    }

    @Test(
        "a partition key that can be read as a person, an address or a credential is sensitive",
        arguments: [
            ("MTkyLjAuMi4x", true), ("YW5hQGV4YW1wbGUuY29t", true), ("dXNlcj1hbmE=", true), ("nu8K/w==", false),
            ("Y2xpZW50", false)
        ])
    func partitionKeys(key: String, isSensitive: Bool) {
        #expect(Self.read("RateLimit: \"a\";r=1;pk=:\(key):").hasSensitiveKey == isSensitive)
    }

    @Test(
        "Retry-After is seconds or an HTTP date",
        arguments: [
            ("120", RetryAfter.Form.deltaSeconds, 120, nil), (" 0 ", .deltaSeconds, 0, nil),
            ("Sat, 21 Nov 2026 12:00:00 GMT", .httpDate, nil, "2026-11-21T12:00:00Z"), ("1.5", .invalid, nil, nil),
            ("-1", .invalid, nil, nil), ("", .invalid, nil, nil), ("soon", .invalid, nil, nil),
            ("99999999999999999999", .deltaSeconds, 9_007_199_254_740_991, nil)
        ] as [(String, RetryAfter.Form, Int64?, String?)])
    func retryAfter(text: String, form: RetryAfter.Form, seconds: Int64?, instant: String?) {
        let read = RetryAfter(text)
        #expect(read.form == form)
        #expect(read.seconds == seconds)
        #expect(read.instant == instant)
    }

    @Test(
        "problem details name their type and the policies that were violated",
        arguments: [
            (
                #"{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","violated-policies":["a",1]}"#,
                ProblemDetails.RateLimitType.quotaExceeded, ["a"]
            ),
            (#"{"type":"urn:x#abnormal-usage-detected"}"#, .abnormalUsageDetected, nil),
            (#"{"type":"/temporary-reduced-capacity"}"#, .temporaryReducedCapacity, nil), (#"{"type":1}"#, nil, nil),
            ("{}", nil, nil)
        ] as [(String, ProblemDetails.RateLimitType?, [String]?)])
    func problems(body: String, type: ProblemDetails.RateLimitType?, policies: [String]?) throws {
        let problem = try #require(ProblemDetails(mediaType: "application/problem+json", body: body))
        #expect(problem.rateLimitType == type)
        #expect(problem.violatedPolicies == policies)
        #expect(ProblemDetails(mediaType: "application/json", body: body) == nil)
    }

    @Test("what is no object is no problem", arguments: ["", "[]", "1", "{", "null"])
    func noProblems(body: String) {
        #expect(ProblemDetails(mediaType: "application/problem+json", body: body) == nil)
    }

    private static let names = [
        "RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
        "X-RateLimit-Limit", "X-RateLimit-Remaining-Minute", "X-RateLimit-Reset", "X-App-Rate-Limit",
        "X-Shop-Call-Limit", "anthropic-ratelimit-x-limit", "Age", "Retry-After"
    ]

    @Test("no text in any of the fields traps, or makes more of them than was sent", arguments: hostileTexts.indices)
    func hostile(index: Int) {
        let text = hostileTexts[index]
        for name in Self.names {
            let read = RateLimitFields([(name, text), ("RateLimit-Policy", text)])
            #expect(read.policies.count + read.limits.count <= 2 * text.utf8.count)
        }
        _ = RetryAfter(text)
        #expect(RateLimitReset(text)?.kind != .iso)
        _ = ProblemDetails(mediaType: "application/problem+json", body: text)
    }

    @Test("no mutation of a field traps", arguments: 0..<20)
    func mutations(seed: Int) {
        var random = SeededNumbers(seed: UInt64(seed))
        for (text, _) in Self.cases {
            for line in text.components(" | ") {
                let parts = line.components(": ")
                var bytes = Array(parts.dropFirst().joined(separator: ": ").utf8)
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let position = Int.random(in: 0...bytes.count, using: &random)
                    let byte = UInt8.random(in: 0...255, using: &random)
                    if Bool.random(using: &random), position < bytes.count {
                        bytes[position] = byte
                    } else {
                        bytes.insert(byte, at: position)
                    }
                }
                let read = RateLimitFields([(parts[0], String(decoding: bytes, as: UTF8.self))])
                #expect(read.policies.allSatisfy { $0.quota >= 0 && $0.window ?? 1 > 0 })
                #expect(read.limits.allSatisfy { $0.available >= 0 && $0.reset ?? 0 >= 0 })
            }
        }
    }
}

extension String {
    /// The parts between a separator.
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
