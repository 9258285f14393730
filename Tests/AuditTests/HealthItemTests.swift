import Audit
import AuditModel
import JSON
import Testing

private let now = Instant(seconds: 1_800_000_000)

/// What a service answers at every health path that is asked.
struct HealthSample: Sendable {
    var status = 200
    var body: String

    var capture: JSONValue {
        let url = "http://127.0.0.1:9/"
        return .object([
            .init("url", .string(url)), .init("endpoint", .string("/health")), .init("latencies", .array([])),
            .init("requests", .integer(1)),
            .init(
                "visits",
                .array([
                    .object([
                        .init("path", .string("/health")), .init("role", .string("given")),
                        .init("redirects", .integer(0)),
                        .init(
                            "exchange",
                            .object([
                                .init("method", .string("GET")), .init("url", .string(url + "health")),
                                .init("status", .integer(Int64(status))), .init("httpVersion", .string("1.1")),
                                .init(
                                    "fields",
                                    .array([.array([.string("Content-Type"), .string("application/health+json")])])),
                                .init(
                                    "body",
                                    .object([
                                        .init("text", .string(body)),
                                        .init("byteCount", .integer(Int64(body.utf8.count)))
                                    ])),
                                .init("secondsToHead", .number(0.01))
                            ]))
                    ])
                ]))
        ])
    }

    func judged(_ item: String) throws -> ItemResult {
        let preparation = try Preparation(
            AuditRequest(
                url: "http://127.0.0.1:9/", checklists: ["production-readiness"], environmentVariable: { _ in nil }))
        let recording = Recording(
            tool: Tool.identity, service: preparation.service, checklists: preparation.selection, startedAt: now,
            finishedAt: now,
            observations: preparation.requests(at: now).filter { $0.probe == .health }.map {
                RecordedObservation(
                    request: $0, startedAt: now, durationSeconds: 0, attempts: [], capture: capture, failure: nil)
            })
        let result = try preparation.judged(recording, at: now, isAsOf: true)
        return try #require(result.items.first { $0.id == item })
    }
}

/// The built-in items about health, over answers as services give them.
@Suite struct HealthItemTests {
    private static let detailed =
        #"{"status":"pass","timestamp":"2027-01-15T08:00:00Z","version":"1.4.2","uptime":7,"checks":"#
        + #"{"db:responseTime":[{"status":"pass","observedValue":4,"observedUnit":"ms"}]}}"#

    // One row is one line.
    // swift-format-ignore
    @Test(
        "the detailed answer is judged where it can be read, and left aside where credentials are lacking",
        arguments: [
            (HealthSample(body: detailed), .pass), (HealthSample(status: 503, body: detailed.replacing("pass", with: "fail")), .pass),
            (HealthSample(body: detailed.replacing(#""version":"1.4.2","#, with: "")), .fail),
            (HealthSample(body: detailed.replacing(#""uptime":7,"#, with: "")), .fail),
            (HealthSample(body: detailed.replacing("observedValue", with: "value")), .fail),
            (HealthSample(body: #"{"status":"pass"}"#), .fail), (HealthSample(status: 404, body: "not found"), .fail),
            (HealthSample(status: 401, body: "who are you?"), .notApplicable), (HealthSample(status: 403, body: ""), .notApplicable)
        ] as [(HealthSample, Status)])
    func report(answer: HealthSample, status: Status) throws {
        let item = try answer.judged("health-report")
        #expect(item.status == status, "\(item.message)")
        #expect(item.question == nil)
    }

    // One row is one line.
    // swift-format-ignore
    @Test(
        "a degraded service may answer 200 or 503; what passes or fails has one answer",
        arguments: [
            (HealthSample(body: #"{"status":"degraded"}"#), .pass), (HealthSample(status: 503, body: #"{"status":"degraded"}"#), .pass),
            (HealthSample(status: 503, body: #"{"status":"warn"}"#), .pass), (HealthSample(status: 500, body: #"{"status":"warn"}"#), .fail),
            (HealthSample(status: 503, body: #"{"status":"pass"}"#), .fail), (HealthSample(body: #"{"status":"fail"}"#), .fail)
        ] as [(HealthSample, Status)])
    func agreement(answer: HealthSample, status: Status) throws {
        #expect(try answer.judged("health-http-status").status == status)
    }
}
