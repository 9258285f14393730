import AuditModel
import Report

extension Samples {
    /// The no-go after a release: with sign-offs, places in the repository, and what changed since the release before.
    static let changed: AuditResult = {
        var result = noGo
        result.targetLocations = [
            "url": SourceLocation(file: "./deploy/gonogo.yaml", line: 4, column: 17),
            "image": SourceLocation(file: "./deploy/gonogo.yaml", line: 5, column: 10)
        ]
        for index in result.items.indices {
            let isOwn = result.items[index].checklist == readiness.id
            result.items[index].location = SourceLocation(
                file: isOwn ? "deploy/readiness.yaml" : "built-in:web-service.yaml", line: 10 + index, column: 9)
        }
        result.signOffs = [
            SignOffResult(
                role: "service-owner", checklist: readiness.id, state: .given,
                attestation: attestation(.pass, "We are ready.")),
            SignOffResult(
                role: "sre-lead", checklist: readiness.id, state: .conditional,
                attestation: attestation(.pass, "If the load test passes.", by: ben)),
            SignOffResult(
                role: "security-lead", checklist: readiness.id, state: .missing,
                reason: "nobody has spoken for the role")
        ]
        result.verdict.reasons.append(VerdictReason(rule: "sign-off: security-lead", outcome: .awaiting, items: []))
        return result.compared(with: before)
    }()

    /// The release before that.
    private static let before: AuditResult = {
        var result = noGo
        result.judgedAt = instant("2026-11-14T03:00:00Z")
        result.verdict.outcome = .undetermined
        result.items.removeAll { $0.id == "server-version" }
        for index in result.items.indices {
            switch result.items[index].id {
            case "hsts-max-age":
                result.items[index].status = .pass
                result.items[index].blocks = false
                result.items[index].expectations[0].observedText = "730 days"
            case "permissions-policy":
                result.items[index].disposition = .none
                result.items[index].waiver = nil
                result.items[index].blocks = true
            case "backup-restored": result.items[index].severity = .high
            case "runbook": result.items[index].attestations[0].validUntil = instant("2026-12-01T00:00:00Z")
            default: continue
            }
        }
        result.items.append(item("old-item", "It was asked once", .pass))
        return result
    }()
}
