import AuditModel

/// One attestation of the demo shop's people, its times in days before and after now.
struct DemoStatement {
    /// Who says so, with the role.
    enum Speaker: String {
        case owner = "{id: ana@example.com, kind: human, role: service-owner}"
        case lead = "{id: ben@example.com, kind: human, role: sre-lead}"
        case security = "{id: chris@example.com, kind: human, role: security-lead}"
        case platform = "{id: dana@example.com, kind: human, role: platform-lead}"
        case release = "{id: eli@example.com, kind: human, role: release-manager}"
        case database = "{id: fay@example.com, kind: human, role: database-owner}"
    }

    let item: String
    var answer = "pass"
    let age: Int64
    let remaining: Int64
    let by: Speaker
    let statement: String
    /// The page of the wiki that shows it.
    var evidence: String?

    /// The file.
    func text(at now: Instant) -> String {
        let made = now.adding(seconds: -age * 86_400)
        var text = """
            schema: gonogo.attestation/1
            item: \(item)
            answer: \(answer)
            statement: \(statement.contains(": ") ? "\"\(statement)\"" : statement)
            by: \(by.rawValue)
            at: \(made.iso8601)
            expires: \(now.adding(seconds: remaining * 86_400).iso8601)
            scope: {service: demo-shop, environment: production}

            """
        if let evidence {
            text +=
                "evidence:\n  - {url: \"https://wiki.example.com/shop/\(evidence)\", collectedAt: \(made.iso8601)}\n"
        }
        return text
    }
}

extension DemoStatement {
    /// What both shops have.
    static let ofBoth: [DemoStatement] = [
        DemoStatement(
            item: "access-control", age: 40, remaining: 100, by: .security,
            statement: "Every endpoint of the interface was tried without a session and with another "
                + "customer's; all answered 401 or 404.",
            evidence: "access-review"),
        DemoStatement(
            item: "alert-error-rate", age: 15, remaining: 100, by: .lead,
            statement: "More than 5 % of failed requests for five minutes page the primary; the rule is in "
                + "alerts/shop.yaml.",
            evidence: "alert-rules"),
        DemoStatement(
            item: "alerts-on-golden-signals", age: 15, remaining: 75, by: .lead,
            statement: "All four alerts paged the primary on staging within two minutes.",
            evidence: "alert-test"),
        DemoStatement(
            item: "application-secret-length", age: 50, remaining: 110, by: .security,
            statement: "The session key has 64 random bytes; a start with 16 was refused on staging."),
        DemoStatement(
            item: "architecture-diagram", age: 40, remaining: 300, by: .owner,
            statement: "C4 levels 1 and 2 are in docs/architecture and match what is deployed."),
        DemoStatement(
            item: "backup-restore", age: 20, remaining: 60, by: .lead,
            statement: "Last week's backup was restored into an empty cluster in 38 minutes; row counts agree.",
            evidence: "restore-drill"),
        DemoStatement(
            item: "backup-schedule", age: 20, remaining: 60, by: .database,
            statement: "A full backup every night at 02:00 into a second region; a missing one pages.",
            evidence: "backup-schedule"),
        DemoStatement(
            item: "branch-history", age: 30, remaining: 55, by: .platform,
            statement: "Force pushes and deletions of main are off for administrators too.",
            evidence: "branch-rules"),
        DemoStatement(
            item: "build-context-excludes", age: 60, remaining: 110, by: .owner,
            statement: ".dockerignore names .git, .env*, node_modules and test; the context sent is 1.1 MB.",
            evidence: "build-log"),
        DemoStatement(
            item: "build-once", age: 30, remaining: 55, by: .release,
            statement: "Staging and production ran the same digest in each of the last ten releases.",
            evidence: "digests"),
        DemoStatement(
            item: "config-validated", age: 60, remaining: 110, by: .owner,
            statement: "Without DATABASE_URL the start ends within a second and names the variable.",
            evidence: "start-log"),
        DemoStatement(
            item: "cross-site-scripting", age: 70, remaining: 100, by: .security,
            statement: "Templates escape by default, the policy has nonces, and a scan of all forms found nothing.",
            evidence: "xss-scan"),
        DemoStatement(
            item: "data-store-deletion-protection", age: 70, remaining: 100, by: .platform,
            statement: "Deletion protection is on for both databases and the bucket; a deletion was tried on "
                + "staging and refused.",
            evidence: "deletion-test"),
        DemoStatement(
            item: "dependency-scan", age: 3, remaining: 27, by: .security,
            statement: "Trivy and osv-scanner find nothing rated critical or high in release 1.4.2.",
            evidence: "scan-1.4.2"),
        DemoStatement(
            item: "deploy-from-protected-branch", age: 30, remaining: 55, by: .platform,
            statement: "The production environment takes jobs of main alone; a run from a branch was refused.",
            evidence: "environment-rules"),
        DemoStatement(
            item: "graceful-shutdown", age: 60, remaining: 90, by: .owner,
            statement: "A rolling restart under 300 requests per second lost none of them.",
            evidence: "drain-test"),
        DemoStatement(
            item: "lock-file-install", age: 60, remaining: 110, by: .owner,
            statement: "The image installs with npm ci; a changed manifest without its lock file fails the build."),
        DemoStatement(
            item: "log-aggregation", age: 30, remaining: 120, by: .lead,
            statement: "Loki keeps 90 days, and any request is found by its id."),
        DemoStatement(
            item: "logs-without-personal-data", age: 30, remaining: 120, by: .security,
            statement: "A day's log was searched for mail addresses, names and card numbers: none.",
            evidence: "log-search"),
        DemoStatement(
            item: "migration-order", age: 40, remaining: 100, by: .release,
            statement: "The pipeline migrates first and rolls out after; a failed migration stopped the release "
                + "of 12 October.",
            evidence: "pipeline-run"),
        DemoStatement(
            item: "on-call-rotation", age: 10, remaining: 60, by: .owner,
            statement: "Primary and secondary are in the paging tool until March; both answered the test page."),
        DemoStatement(
            item: "outbound-timeouts", age: 150, remaining: 6, by: .owner,
            statement: "Connect 1 s, total 3 s for all four dependencies, tested against a server that never answers.",
            evidence: "timeouts"),
        DemoStatement(
            item: "pipeline-tests", age: 30, remaining: 55, by: .owner,
            statement: "A pull request with a failing test could not be merged.",
            evidence: "blocked-merge"),
        DemoStatement(
            item: "previous-artifacts", age: 20, remaining: 60, by: .release,
            statement: "1.4.1, 1.4.0 and 1.3.9 are in the registry by digest, and 1.4.1 was deployed from there "
                + "on staging.",
            evidence: "registry-list"),
        DemoStatement(
            item: "production-mode", age: 60, remaining: 110, by: .owner,
            statement: "NODE_ENV is production in the image, and the last stage has no development dependency."),
        DemoStatement(
            item: "protected-branch", age: 30, remaining: 55, by: .platform,
            statement: "main takes pull requests with two approvals and four required checks.",
            evidence: "branch-rules"),
        DemoStatement(
            item: "retry-policy", answer: "notApplicable", age: 30, remaining: 120, by: .owner,
            statement: "The service never retries; the queue behind it does, and is audited on its own."),
        DemoStatement(
            item: "runbook", age: 45, remaining: 100, by: .lead,
            statement: "Each alert links to its page; a new colleague followed two of them.",
            evidence: "runbook"),
        DemoStatement(
            item: "secret-management", age: 50, remaining: 110, by: .security,
            statement: "All secrets come from Vault; none is in the image, the logs or the pipeline's files.",
            evidence: "secrets"),
        DemoStatement(
            item: "smoke-test", age: 10, remaining: 70, by: .release,
            statement: "After each deployment eleven requests place and cancel an order; the last failure "
                + "rolled back by itself.",
            evidence: "smoke-runs"),
        DemoStatement(
            item: "sql-injection", age: 70, remaining: 100, by: .security,
            statement: "All queries have parameters; sqlmap found nothing on staging in September.",
            evidence: "sqlmap"),
        DemoStatement(
            item: "untrusted-pull-requests", age: 30, remaining: 55, by: .security,
            statement: "Pull requests of forks run without secrets and with a token that reads alone.",
            evidence: "fork-rules"),
        DemoStatement(
            item: "uptime-monitoring", age: 30, remaining: 120, by: .lead,
            statement: "Two regions ask for /healthz each minute; the last page came 70 seconds after a planned stop.",
            evidence: "uptime")
    ]

    /// Two answered badly and one expired; others are left open on purpose.
    static let ofFaulty: [DemoStatement] = [
        DemoStatement(
            item: "data-stores-private", answer: "fail", age: 12, remaining: 60, by: .platform,
            statement: "The reporting replica still answers from the internet; the firewall rule is planned for "
                + "Thursday.",
            evidence: "port-scan"),
        DemoStatement(
            item: "load-test", answer: "fail", age: 12, remaining: 90, by: .lead,
            statement: "At 1.4 times the expected peak 20 % of the orders timed out; the database pool is too small.",
            evidence: "load-test"),
        DemoStatement(
            item: "rollback", age: 120, remaining: -30, by: .lead,
            statement: "Release 1.3.9 was restored on staging in 4 minutes, with the database of 1.4.0.",
            evidence: "rollback-drill")
    ]

    /// What makes the answers complete.
    static let ofHealthy: [DemoStatement] = [
        DemoStatement(
            item: "data-stores-private", age: 12, remaining: 60, by: .platform,
            statement: "A scan from outside finds ports 80 and 443 of the load balancer and nothing else.",
            evidence: "port-scan"),
        DemoStatement(
            item: "incident-response", age: 80, remaining: 200, by: .lead,
            statement: "The playbook was exercised with the support team; both gaps that it showed are closed.",
            evidence: "incident-exercise"),
        DemoStatement(
            item: "load-test", age: 12, remaining: 90, by: .lead,
            statement: "Twice the expected peak for 30 minutes, p95 180 ms, 0.02 % errors.",
            evidence: "load-test"),
        DemoStatement(
            item: "repository-secrets", age: 20, remaining: 60, by: .security,
            statement: "gitleaks finds nothing in the whole history; two keys of 2023 that it found were revoked.",
            evidence: "gitleaks"),
        DemoStatement(
            item: "rollback", age: 20, remaining: 60, by: .lead,
            statement: "Release 1.4.1 was restored on staging in 4 minutes, with the database of 1.4.2.",
            evidence: "rollback-drill"),
        DemoStatement(
            item: "service-dashboard", age: 30, remaining: 90, by: .owner,
            statement: "One page with the four signals and deployment marks, linked from the runbook."),
        DemoStatement(
            item: "service-level-objective", age: 30, remaining: 90, by: .owner,
            statement: "99.9 % good answers in 28 days, agreed with the sales team; 99.96 % at present.",
            evidence: "objective")
    ]
}
