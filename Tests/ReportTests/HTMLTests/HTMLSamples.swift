import AuditModel
import JSON

/// The results that only the page shows in full: changes, votes, and what ends when.
enum HTMLSamples {
    /// A no-go with everything that a result can hold.
    static let full: AuditResult = {
        var result = Samples.noGo
        result.observations += [tlsObservation, healthMeasured, rateLimitObservation]
        result.changes = changes
        result.signOffs = signOffs
        result.verdict.validUntilCause = "the waiver of permissions-policy, approved by ben@example.com"
        if let index = result.items.firstIndex(where: { $0.id == "server-version" }) {
            result.items[index].isInBaseline = true
            result.items[index].location = SourceLocation(file: "readiness/own.yaml", line: 12, column: 9)
        }
        return result
    }()

    static let changes = ResultChanges(
        since: instant("2026-11-14T03:00:00Z"), outcomeBefore: .awaiting,
        entries: [
            ResultChanges.Entry(item: "hsts-max-age", kind: .new, message: "It passed; now it fails: 1 day."),
            ResultChanges.Entry(item: "frame-options", kind: .worse, message: "Its waiver has expired."),
            ResultChanges.Entry(item: "runbook", kind: .fixed, message: "It was pending; now it passes."),
            ResultChanges.Entry(item: "server-version", kind: .changed, message: "nginx/1.22.0, now nginx/1.22.1."),
            ResultChanges.Entry(item: "cors", kind: .unchanged, message: ""),
            ResultChanges.Entry(item: "health-endpoint", kind: .added, message: "It was not asked before."),
            ResultChanges.Entry(item: "old-item", kind: .removed, message: "It is no longer asked.")
        ])

    static let signOffs = [
        SignOffResult(
            role: "service-owner", checklist: "production-readiness", state: .conditional,
            attestation: signed(
                .pass, "Go, if the restore test is repeated before Friday.", by: ana,
                AssuranceResult(level: .signed, by: "SHA256:9b74c9897bac770ffc029102a200c5de7a1c3e9f"))),
        SignOffResult(
            role: "sre-lead", checklist: "production-readiness", state: .refused,
            attestation: signed(
                .fail, "No backup, no launch.", by: ben, AssuranceResult(level: .committed, by: "1f3c2a9"))),
        SignOffResult(
            role: "security-lead", checklist: "production-readiness", state: .missing,
            reason: "Nobody of the role has signed.")
    ]

    private static func signed(
        _ answer: Attestation.Answer, _ statement: String, by: Actor, _ assurance: AssuranceResult
    ) -> AttestationResult {
        var result = attestation(answer, statement, by: by)
        result.assurance = assurance
        return result
    }

    private static func observed(_ probe: ProbeKind, _ seconds: Double, _ facts: JSONValue) -> ObservationResult {
        ObservationResult(
            probe: probe, target: "https://shop.example.com/", parameters: [:], outcome: .observed, failure: nil,
            startedAt: morning, durationSeconds: seconds,
            attempts: [ProbeAttempt(startedAt: morning, durationSeconds: seconds, failure: nil)], facts: facts,
            unobserved: [:])
    }

    private static let tlsObservation = observed(
        .tls, 0.36,
        .object([
            .init("connections", .integer(43)),
            .init(
                "certificates",
                .array([
                    certificate("CN=shop.example.com", "aa", "2026-09-20T00:00:00Z", "2026-12-19T00:00:00Z"),
                    certificate("CN=old.example.com", "bb", "2025-11-20T00:00:00Z", "2026-11-20T00:00:00Z")
                ]))
        ]))

    private static func certificate(_ subject: String, _ digest: String, _ from: String, _ until: String) -> JSONValue {
        .object([
            .init("subject", .string(subject)), .init("sha256", .string(digest)), .init("notBefore", .string(from)),
            .init("notAfter", .string(until))
        ])
    }

    private static let healthMeasured = observed(
        .health, 0.24,
        .object([
            .init("requests", .integer(22)),
            .init(
                "endpoint",
                .object([
                    .init("path", .string("/healthz")),
                    .init(
                        "latency",
                        .object([
                            .init("n", .integer(20)), .init("p50Ms", .number(4.394)), .init("p90Ms", .number(9.1)),
                            .init("p95Ms", .number(13.44)), .init("maxMs", .integer(21))
                        ]))
                ]))
        ]))

    private static let rateLimitObservation = observed(.rateLimit, 2.615, .object([.init("requests", .integer(60))]))
}
