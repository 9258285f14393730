import AuditModel

/// The files that a repository of the demo shop would hold: its `gonogo.yaml`, and what its people decided.
///
/// The faulty shop's show each way in which a decision counts or does not: answered well, answered badly, expired,
/// soon to expire, not applicable, never asked, and one accepted failure. The healthy shop's are complete.
package enum DemoDecisions {
    /// The files by their paths, relative to one folder; decisions are dated from the instant.
    package static func files(httpsPort: Int, now: Instant, isHealthy: Bool) -> [(path: String, text: String)] {
        let today = Instant(seconds: now.milliseconds / 1000)
        let statements = statements + (isHealthy ? completeStatements : incompleteStatements)
        var files = [("gonogo.yaml", auditFile(url: "https://localhost:\(httpsPort)/"))]
        files += statements.map { ("readiness/attestations/\($0.item).yaml", $0.text(at: today)) }
        if !isHealthy { files.append(("readiness/waivers/hsts.yaml", waiver(at: today))) }
        return files
    }

    private static func auditFile(url: String) -> String {
        """
        schema: gonogo.audit/1
        service:
          name: demo-shop
          environment: production
          owner: team-shop
          labels: {exposure: public, kind: page}
        targets:
          url: \(url)
          image: \(DemoImage.reference)
        checklists: [production-readiness, container-image]
        tailor:
          - item: health-latency
            parameters: {health-latency: 300}
            reason: The load balancer gives up after 300 ms.
        roles:
          service-owner: [ana@example.com]
          sre-lead: [ben@example.com]
          security-lead: [chris@example.com]
        attestations: readiness/attestations
        waivers: readiness/waivers

        """
    }

    private static func waiver(at now: Instant) -> String {
        """
        schema: gonogo.waiver/1
        item: hsts
        reason: img.shop.example.com still answers on plain HTTP only; browsers would refuse it.
        risk: Until then a visitor's first request can be intercepted.
        ticket: SHOP-1234
        compensatingControl: Port 80 redirects to HTTPS, and the login page has a cookie of its own.
        requestedBy: ana@example.com
        approvedBy: {id: ben@example.com, role: sre-lead}
        approvedAt: \(now.adding(seconds: -5 * 86_400).iso8601)
        expires: \(now.adding(seconds: 9 * 86_400).iso8601)
        scope: {service: demo-shop, environment: production}
        remediation: {owner: ana@example.com, due: \(now.adding(seconds: 8 * 86_400).iso8601)}

        """
    }

    /// One attestation, its times in days before and after now.
    private struct Statement {
        let item: String
        var answer = "pass"
        let age: Int64
        let remaining: Int64
        let by: String
        let statement: String
        var evidence: String?

        func text(at now: Instant) -> String {
            let made = now.adding(seconds: -age * 86_400)
            var text = """
                schema: gonogo.attestation/1
                item: \(item)
                answer: \(answer)
                statement: \(statement)
                by: \(by)
                at: \(made.iso8601)
                expires: \(now.adding(seconds: remaining * 86_400).iso8601)
                scope: {service: demo-shop, environment: production}

                """
            if let evidence {
                text += "evidence:\n  - {url: \"\(evidence)\", collectedAt: \(made.iso8601)}\n"
            }
            return text
        }
    }

    private static let owner = "{id: ana@example.com, kind: human, role: service-owner}"
    private static let lead = "{id: ben@example.com, kind: human, role: sre-lead}"
    private static let security = "{id: chris@example.com, kind: human, role: security-lead}"
    private static let wiki = "https://wiki.example.com/shop/"

    /// What both shops have.
    private static let statements: [Statement] = [
        Statement(
            item: "alerts-on-golden-signals", age: 15, remaining: 75, by: lead,
            statement: "All four alerts paged the primary on staging within two minutes.",
            evidence: wiki + "alert-test"),
        Statement(
            item: "architecture-diagram", age: 40, remaining: 300, by: owner,
            statement: "C4 levels 1 and 2 are in docs/architecture and match what is deployed."),
        Statement(
            item: "backup-restore", age: 20, remaining: 60, by: lead,
            statement: "Last week's backup was restored into an empty cluster in 38 minutes; row counts agree.",
            evidence: wiki + "restore-drill"),
        Statement(
            item: "dependency-scan", age: 3, remaining: 27, by: security,
            statement: "Trivy and osv-scanner find nothing rated critical or high in release 1.4.2.",
            evidence: wiki + "scan-1.4.2"),
        Statement(
            item: "graceful-shutdown", age: 60, remaining: 90, by: owner,
            statement: "A rolling restart under 300 requests per second lost none of them.",
            evidence: wiki + "drain-test"),
        Statement(
            item: "log-aggregation", age: 30, remaining: 120, by: lead,
            statement: "Loki keeps 90 days, and any request is found by its id."),
        Statement(
            item: "on-call-rotation", age: 10, remaining: 60, by: owner,
            statement: "Primary and secondary are in the paging tool until March; both answered the test page."),
        Statement(
            item: "outbound-timeouts", age: 150, remaining: 6, by: owner,
            statement: "Connect 1 s, total 3 s for all four dependencies, tested against a server that never answers.",
            evidence: wiki + "timeouts"),
        Statement(
            item: "retry-policy", answer: "notApplicable", age: 30, remaining: 120, by: owner,
            statement: "The service never retries; the queue behind it does, and is audited on its own."),
        Statement(
            item: "runbook", age: 45, remaining: 100, by: lead,
            statement: "Each alert links to its page; a new colleague followed two of them.",
            evidence: wiki + "runbook"),
        Statement(
            item: "secret-management", age: 50, remaining: 110, by: security,
            statement: "All secrets come from Vault; database and payment keys were rotated in this quarter.",
            evidence: wiki + "secrets")
    ]
    /// One answered badly and one expired; incidents, dashboard and objective are left open on purpose.
    private static let incompleteStatements: [Statement] = [
        Statement(
            item: "load-test", answer: "fail", age: 12, remaining: 90, by: lead,
            statement: "At 1.4 times the expected peak 20 % of the orders timed out; the database pool is too small.",
            evidence: wiki + "load-test"),
        Statement(
            item: "rollback", age: 120, remaining: -30, by: lead,
            statement: "Release 1.3.9 was restored on staging in 4 minutes, with the database of 1.4.0.",
            evidence: wiki + "rollback-drill")
    ]

    private static let completeStatements: [Statement] = [
        Statement(
            item: "incident-response", age: 80, remaining: 200, by: lead,
            statement: "The playbook was exercised with the support team; both gaps that it showed are closed.",
            evidence: wiki + "incident-exercise"),
        Statement(
            item: "load-test", age: 12, remaining: 90, by: lead,
            statement: "Twice the expected peak for 30 minutes, p95 180 ms, 0.02 % errors.",
            evidence: wiki + "load-test"),
        Statement(
            item: "rollback", age: 20, remaining: 60, by: lead,
            statement: "Release 1.4.1 was restored on staging in 4 minutes, with the database of 1.4.2.",
            evidence: wiki + "rollback-drill"),
        Statement(
            item: "service-dashboard", age: 30, remaining: 90, by: owner,
            statement: "One page with the four signals and deployment marks, linked from the runbook."),
        Statement(
            item: "service-level-objective", age: 30, remaining: 90, by: owner,
            statement: "99.9 % good answers in 28 days, agreed with the sales team; 99.96 % at present.",
            evidence: wiki + "objective")
    ]
}
