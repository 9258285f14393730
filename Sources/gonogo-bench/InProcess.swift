import Audit
import AuditModel
import Glibc
import JSON

/// What is measured inside this process: loading, judging, rendering.
enum InProcess {
    static func measure(into table: inout Table) throws {
        let folder = "/tmp/gonogo-bench.\(getpid()).checklists"
        defer { _ = try? Child.run(["/bin/rm", "-rf", folder]) }
        let (small, large) = ("\(folder)/small.yaml", "\(folder)/large.yaml")
        try Files.write(checklist(id: "small", items: 200), to: small)
        try Files.write(checklist(id: "large", items: 1000), to: large)
        try table.add("load and lint 200 items", bound: 30) {
            try time {
                guard ChecklistFiles.lint([small]).isEmpty else { throw Problem(reason: "the checklist has mistakes") }
            }
        }
        let recording = Recording(
            tool: Tool.identity, service: ServiceIdentity(name: "bench", url: "http://127.0.0.1:1/"),
            checklists: [large],
            startedAt: Instant(seconds: 0), finishedAt: Instant(seconds: 1), observations: [observation])
        let preparation = try Preparation(
            AuditRequest(checklists: [large], environmentVariable: { _ in nil }), recording: recording)
        let now = Instant(seconds: 1_800_000_000)
        let result = try preparation.judged(recording, at: now, isAsOf: true)
        guard result.counts.total == 1000, result.counts.pass > 0, result.counts.fail > 0 else {
            throw Problem(reason: "the judged items are not what they should be")
        }
        try table.add("judge 1,000 items over a recording", bound: 20) {
            try time { _ = try preparation.judged(recording, at: now, isAsOf: true) }
        }
        // 30 ms a format.
        try table.add(
            "render \(Reports.formats.count) formats for 1,000 items", bound: 30 * Double(Reports.formats.count)
        ) {
            try time {
                for format in Reports.formats {
                    let request = ReportRequest(format: format, path: "\(folder)/report.\(format)")
                    let problems = Reports.write(result, [request]) { _ in nil }
                    guard problems.isEmpty else { throw Problem(reason: problems.joined(separator: "; ")) }
                }
            }
        }
    }

    private static func time(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start).milliseconds
    }

    /// A response with many headers, as a capture of the headers probe records it.
    private static let observation = RecordedObservation(
        request: ObservationRequest(probe: .headers, target: "http://127.0.0.1:1/", parameters: [:]),
        startedAt: Instant(seconds: 0), durationSeconds: 0.1,
        attempts: [ProbeAttempt(startedAt: Instant(seconds: 0), durationSeconds: 0.1, failure: nil)],
        capture: .object([
            .init("url", .string("http://127.0.0.1:1/")),
            .init(
                "exchanges",
                .array([
                    .object([
                        .init("method", .string("GET")), .init("url", .string("http://127.0.0.1:1/")),
                        .init("status", .integer(200)),
                        .init("httpVersion", .string("1.1")),
                        .init(
                            "fields",
                            .array(
                                [
                                    ("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx/1.22.1"),
                                    ("X-Powered-By", "PHP/8.1"),
                                    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
                                    ("X-Content-Type-Options", "nosniff"),
                                    ("Set-Cookie", "sid=[redacted 32:00000000]; Path=/; HttpOnly"),
                                    ("Referrer-Policy", "no-referrer")
                                ].map { .array([.string($0.0), .string($0.1)]) })),
                        .init(
                            "body",
                            .object([.init("text", .string("<!doctype html>")), .init("byteCount", .integer(15))])),
                        .init("secondsToHead", .number(0.01))
                    ])
                ]))
        ]), failure: nil)

    /// A checklist of that many items over a handful of facts, half of them passing.
    private static func checklist(id: String, items: Int) -> String {
        let expectations = [
            "status: {between: [200, 299]}", "xcto.nosniff: true", "referrerPolicy.safe: true", "https: true",
            "leak.versions: {count: 0}", "malformed: {count: 0}", "finalUrl: {matches: \"^https?://[^/]+/\"}",
            "profile: {oneOf: [html, api]}"
        ]
        let rows = (0..<items).map { index in
            """
                  - id: item-\(index)
                    title: Item number \(index) holds within {bound} days
                    severity: \(["critical", "high", "medium", "low"][index % 4])
                    probe: headers
                    expect:
                      \(expectations[index % expectations.count])
                      status: {atMost: $bound}
                    why: A sentence that says what happened to a service of which this was not true.
                    fix: A sentence that names the change, down to the header and its value.
                    references: [RFC 9110 §15]
                    controls: {nist-800-53: [SC-8], iso-27001: [A.8.24]}

            """.replacing(
                "status: {between: [200, 299]}\n          status: {atMost: $bound}",
                with: "status: {between: [200, 299], atMost: $bound}")
        }
        return """
            schema: gonogo.checklist/1
            id: \(id)
            version: 1.0.0
            title: A checklist to measure with
            parameters:
              bound: {type: integer, default: 500, unit: days, meaning: A bound}
            sections:
              - id: all
                title: All
                items:

            """ + rows.joined()
    }
}
