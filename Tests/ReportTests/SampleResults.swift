import AuditModel
import JSON

/// The results behind the golden files, by the name of their folder.
enum Samples {
    static let all: [(name: String, result: AuditResult)] = [
        ("go", go), ("no-go", noGo), ("awaiting", awaiting), ("conditional-go", conditionalGo), ("changed", changed)
    ]

    static let go = result(
        .go,
        items: [
            item(
                "hsts-max-age", "Browsers are told to use HTTPS for at least 1 year", .pass,
                message: "Everything expected was seen.",
                expectations: [
                    expectation(
                        "headers.hsts.maxAge", "atLeast", .integer(31_536_000), .integer(63_072_000), holds: true,
                        "at least 365 days", "730 days")
                ], observation: 0),
            item(
                "content-type-options", "Browsers are told not to guess types", .pass, severity: .medium,
                enforcement: .advisory, message: "Everything expected was seen.", observation: 0),
            item(
                "cookie-secure", "Session cookies are sent over HTTPS only", .notApplicable, severity: .critical,
                message: "No cookie is set.", observation: 0),
            item(
                "health-endpoint", "The health endpoint answers", .pass, section: "operations",
                message: "Everything expected was seen.")
        ], observations: [headersObservation])

    static let awaiting = result(
        .awaiting, reasons: [VerdictReason(rule: "gating-awaiting", outcome: .awaiting, items: ["on-call-rotation"])],
        checklists: [readiness],
        items: [
            item(
                "on-call-rotation", "On-call rotation and escalation path are defined", .pending, blocks: true,
                checklist: "production-readiness", section: "people", message: "Nobody has answered yet.",
                question: AttestQuestion(
                    question: "Is the on-call rotation staffed, and is the escalation path written down?",
                    validFor: .days(90), roles: ["service-owner"], requiresEvidence: true, willBe: nil))
        ])

    static let conditionalGo = result(
        .conditionalGo,
        reasons: [VerdictReason(rule: "waived", outcome: .conditionalGo, items: ["permissions-policy"])],
        validUntil: instant("2026-12-15T00:00:00Z"),
        gate: [GateOutcome(name: "no open critical", holds: true, min: nil, max: 0, items: [])],
        items: [
            item(
                "permissions-policy", "Powerful browser features are switched off", .fail, disposition: .waived,
                message: "Permissions-Policy is absent.",
                expectations: [
                    expectation(
                        "headers.permissionsPolicy", "present", .boolean(true), .null, holds: false, "present",
                        "absent")
                ], waiver: waiver("The header breaks the old checkout.", expires: "2026-12-15T00:00:00Z"),
                fix: "Send Permissions-Policy: camera=(), microphone=(), geolocation=()", observation: 0),
            item("hsts-max-age", "Browsers are told to use HTTPS for at least 1 year", .pass, observation: 0)
        ],
        notices: [
            Notice(
                code: "expires-soon", message: "The waiver of permissions-policy expires in 24 days.",
                file: "readiness/waivers/permissions-policy.yaml", line: 7)
        ], observations: [headersObservation])

    static let noGo = result(
        .noGo,
        reasons: [
            VerdictReason(
                rule: "gating-failure", outcome: .noGo,
                items: ["hsts-max-age", "backup-restored", "frame-options"]),
            VerdictReason(
                rule: "gating-inconclusive", outcome: .undetermined, items: ["health-endpoint", "health-details"]),
            VerdictReason(rule: "gating-awaiting", outcome: .awaiting, items: ["on-call-rotation", "load-test"]),
            VerdictReason(rule: "gate-rule: at most 1 cookie", outcome: .noGo, items: ["cookie-secure"])
        ],
        validUntil: instant("2026-11-28T00:00:00Z"), asOf: true, checklists: [webService, readiness],
        gate: [
            GateOutcome(name: "at most 1 cookie", holds: false, min: nil, max: 0, items: ["cookie-secure"]),
            GateOutcome(name: "no open critical", holds: true, min: nil, max: 0, items: [])
        ],
        items: noGoSecurity + noGoOperations + noGoPeople,
        notices: [
            Notice(
                code: "unknown-item", message: "An attestation is about the item on-call, which no checklist has.",
                file: "readiness/attestations/old.yaml", line: 2),
            Notice(code: "expires-soon", message: "The answer to load-test expires in 7 days.")
        ], observations: [headersObservation, healthObservation])

    private static let noGoSecurity = [
        item(
            "hsts-max-age", "Browsers are told to use HTTPS for at least 1 year", .fail, severity: .critical,
            blocks: true, message: "The header lasts 1 day.",
            expectations: [
                expectation(
                    "headers.hsts.maxAge", "atLeast", .integer(31_536_000), .integer(86_400), holds: false,
                    "at least 365 days", "1 day"),
                expectation(
                    "headers.hsts.includesSubdomains", "equals", .boolean(true), .boolean(false), holds: false,
                    "true", "false"),
                expectation("headers.status", "below", .integer(400), .integer(200), holds: true, "below 400", "200")
            ],
            controls: ["nist-800-53": ["SC-8", "SC-23"], "pci-dss-4": ["4.2.1"]],
            why: "Without it the first request of each visit can be read and changed on the way.",
            fix: "Send Strict-Transport-Security: max-age=31536000; includeSubDomains with every response.",
            references: ["RFC 6797 §6.1", "https://hstspreload.org/"], phase: .preLaunch, level: .essential,
            observation: 0),
        item(
            "frame-options", "Other sites cannot frame the pages", .fail, disposition: .waiverExpired, blocks: true,
            message: "Neither a policy nor X-Frame-Options is sent, and the waiver has expired.",
            expectations: [
                expectation(
                    "headers.csp.frameAncestors", "present", .boolean(true), .null, holds: false, "present", "absent",
                    alternative: 1),
                expectation(
                    "headers.frameOptions", "oneOf", .array([.string("deny"), .string("same-origin")]), .null,
                    holds: false, "deny or same-origin", "absent", alternative: 2)
            ],
            waiver: waiver("The partner portal frames us.", expires: "2026-11-15T00:00:00Z", isExpired: true),
            fix: "Send Content-Security-Policy: frame-ancestors 'none'", tailored: "Internal service.",
            observation: 0),
        item(
            "cookie-secure", "Session cookies are sent over HTTPS only", .pass, blocks: true,
            message: "Everything expected was seen.", observation: 0),
        item(
            "permissions-policy", "Powerful browser features are switched off", .fail, severity: .medium,
            disposition: .waived, message: "Permissions-Policy is absent.",
            waiver: waiver("The header breaks the old checkout.", expires: "2026-12-15T00:00:00Z"), observation: 0),
        item(
            "server-version", "The server does not name its version", .fail, severity: .low, enforcement: .advisory,
            message: "Server says nginx/1.22.1.",
            expectations: [
                expectation(
                    "headers.server", "matches", .string("^[^/0-9]*$"), .string("nginx/1.22.1"), holds: false,
                    "matching ^[^/0-9]*$", "nginx/1.22.1")
            ], fix: "Set server_tokens off.", enforceFrom: instant("2027-01-01T00:00:00Z"), observation: 0),
        item(
            "tls-post-quantum", "A key exchange that resists quantum computers is offered", .fail,
            enforcement: .advisory, message: "Only X25519 is offered.", level: .strict, gatesFrom: .strict,
            observation: 0),
        item(
            "cors", "Foreign origins are not trusted", .notApplicable,
            message: "The service is no API: label kind is page.")
    ]

    private static let noGoOperations = [
        item(
            "health-endpoint", "The health endpoint answers", .inconclusive, blocks: true, section: "operations",
            message: "The endpoint did not answer within 5 s, twice.",
            expectations: [
                expectation(
                    "health.status", "equals", .integer(200), .null, holds: nil, "200", "not observed: timeout",
                    unobserved: ProbeFailure(.timeout, "no answer within 5 s"))
            ], fix: "Answer /healthz without asking the database.", observation: 1),
        item(
            "health-details", "The health endpoint tells strangers nothing", .error, blocks: true,
            section: "operations", message: "The body could not be read: a limit of ours.", observation: 1)
    ]

    private static let noGoPeople = [
        item(
            "on-call-rotation", "On-call rotation and escalation path are defined", .stale, blocks: true,
            checklist: "production-readiness", section: "people",
            message: "The only answer expired on 2026-10-31.",
            attestations: [
                attestation(
                    .pass, "Rotation and escalation are in the team calendar until March.", state: .expired,
                    reason: "it was valid for 28 days", validUntil: "2026-10-31T09:12:00Z",
                    evidence: [
                        Evidence(path: "drills/2026-10.pdf", sha256: String(repeating: "ab", count: 32)),
                        Evidence(url: "https://wiki.example.com/on-call", collectedAt: instant("2026-10-03T08:00:00Z"))
                    ])
            ],
            question: AttestQuestion(
                question: "Is the on-call rotation staffed, and is the escalation path written down?",
                validFor: .days(28), roles: ["service-owner"], requiresEvidence: true, willBe: nil)),
        item(
            "load-test", "The service was tested under twice the expected load", .pending, severity: .critical,
            blocks: true, checklist: "production-readiness", section: "people", message: "Nobody has answered yet.",
            question: AttestQuestion(
                question: "Did the service keep its objectives under twice the expected peak?", validFor: .days(180),
                roles: [], requiresEvidence: false, willBe: "evidence")),
        item(
            "runbook", "A runbook exists", .pass, severity: .medium, enforcement: .advisory, disposition: .attested,
            checklist: "production-readiness", section: "people", message: "Attested by ana@example.com.",
            attestations: [
                attestation(.pass, "The runbook covers the five alerts."),
                attestation(
                    .pass, "There is one.", by: Actor(id: "release-bot", kind: .agent), state: .insufficient,
                    reason: "the role service-owner is demanded")
            ]),
        item(
            "backup-restored", "A backup was restored within the last quarter", .fail, severity: .critical,
            disposition: .attested, blocks: true, checklist: "production-readiness", section: "data",
            message: "ana@example.com answered that it does not hold.",
            attestations: [attestation(.fail, "The last restore test was aborted; see SHOP-99.")],
            fix: "Restore last night’s backup into staging and compare row counts.", phase: .periodic)
    ]
}
