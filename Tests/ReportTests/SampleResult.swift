import AuditModel
import JSON

// Results written by hand, as the audit would make them, with the instants of one morning.

func instant(_ text: String) -> Instant { Instant(text) ?? Instant(seconds: 0) }

let morning = instant("2026-11-21T03:00:00Z")

/// A result whose counts are those of its items.
func result(
    _ outcome: Outcome, reasons: [VerdictReason] = [], validUntil: Instant? = nil, asOf: Bool = false,
    checklists: [ChecklistIdentity] = [webService], gate: [GateOutcome] = [], items: [ItemResult],
    notices: [Notice] = [], observations: [ObservationResult] = [], service: ServiceIdentity = shop
) -> AuditResult {
    var counts = Counts()
    for item in items {
        counts[item.status] += 1
        counts.waived += item.disposition == .waived ? 1 : 0
    }
    counts.total = items.count
    return AuditResult(
        tool: ToolIdentity(name: "gonogo", version: "1.0.0"), service: service, checklists: checklists,
        startedAt: morning, finishedAt: morning.adding(seconds: 4), judgedAt: morning.adding(seconds: 5),
        judgedAsOf: asOf, verdict: Verdict(outcome: outcome, validUntil: validUntil, reasons: reasons),
        counts: counts, gate: gate, items: items, notices: notices, observations: observations)
}

func item(
    _ id: String, _ title: String, _ status: Status, severity: Severity = .high, enforcement: Enforcement = .gate,
    disposition: Disposition = .none, blocks: Bool = false, checklist: String = "web-service",
    section: String = "security", message: String = "", expectations: [ExpectationResult] = [],
    attestations: [AttestationResult] = [], waiver: WaiverResult? = nil, question: AttestQuestion? = nil,
    controls: [String: [String]] = [:], why: String? = nil, fix: String? = nil, references: [String] = [],
    phase: Phase? = nil, level: Level? = nil, gatesFrom: Level? = nil, enforceFrom: Instant? = nil,
    tailored: String? = nil,
    observation: Int? = nil
) -> ItemResult {
    ItemResult(
        id: id, title: title, checklist: checklist, section: section, severity: severity, enforcement: enforcement,
        status: status, disposition: disposition, blocks: blocks, message: message, expectations: expectations,
        attestations: attestations, waiver: waiver, question: question, controls: controls, why: why, fix: fix,
        references: references, phase: phase, level: level, gatesFrom: gatesFrom, enforceFrom: enforceFrom,
        tailored: tailored, observation: observation)
}

let shop = ServiceIdentity(
    name: "shop", environment: "production", owner: "team-shop", labels: ["exposure": "public", "kind": "page"],
    url: "https://shop.example.com", image: "registry.example.com/shop:1.4.2", repository: ".",
    commit: "1f3c2a90b7d84e6f5a1c0d9e8b7a6f5e4d3c2b1a",
    artifact: "sha256:9b74c9897bac770ffc029102a200c5de7a1c3e9f8b6d5c4a3f2e1d0c9b8a7f6e")

let webService = ChecklistIdentity(
    id: "web-service", version: "1.2.0", title: "Web service, seen from outside",
    digest: "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
    sections: [
        SectionIdentity(id: "security", title: "Security"),
        SectionIdentity(id: "operations", title: "Operations"),
        SectionIdentity(id: "unused", title: "Unused")
    ], signOffRoles: [])

let readiness = ChecklistIdentity(
    id: "production-readiness", version: "2.0.1", title: "Ready for production",
    digest: "c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a",
    sections: [SectionIdentity(id: "people", title: "People"), SectionIdentity(id: "data", title: "Data")],
    signOffRoles: ["service-owner", "sre-lead", "security-lead"])

/// HSTS on a response: what the `headers` probe saw.
let headersObservation = ObservationResult(
    probe: .headers, target: "https://shop.example.com/", parameters: ["path": .text("/")], outcome: .observed,
    failure: nil, startedAt: morning, durationSeconds: 0.1204,
    attempts: [ProbeAttempt(startedAt: morning, durationSeconds: 0.1204, failure: nil)],
    facts: .object([
        .init("status", .integer(200)),
        .init("hsts", .object([.init("maxAge", .integer(86_400)), .init("includesSubdomains", .boolean(false))])),
        .init("csp", .null),
        .init("cookies", .object([.init("shop.session", .object([.init("secure", .boolean(true))]))])),
        .init("server", .string("nginx"))
    ]), unobserved: [:], capture: "exchanges:\n  GET https://shop.example.com/\n  HTTP/1.1 200\n  Server: nginx\n")

/// A health endpoint that never answers.
let healthObservation = ObservationResult(
    probe: .health, target: "https://shop.example.com/healthz", parameters: [:], outcome: .inconclusive,
    failure: ProbeFailure(.timeout, "no answer within 5 s"), startedAt: morning, durationSeconds: 10.002,
    attempts: [
        ProbeAttempt(
            startedAt: morning, durationSeconds: 5.001, failure: ProbeFailure(.timeout, "no answer within 5 s")),
        ProbeAttempt(
            startedAt: morning.adding(seconds: 5), durationSeconds: 5.001,
            failure: ProbeFailure(.timeout, "no answer within 5 s"))
    ], facts: .object([]), unobserved: ["status": ProbeFailure(.timeout, "no answer within 5 s")])

func expectation(
    _ fact: String, _ matcher: String, _ expected: JSONValue, _ observed: JSONValue, holds: Bool?,
    _ expectedText: String, _ observedText: String, unobserved: ProbeFailure? = nil, alternative: Int? = nil
) -> ExpectationResult {
    ExpectationResult(
        fact: fact, matcher: matcher, expected: expected, observed: observed, holds: holds,
        expectedText: expectedText, observedText: observedText, unobserved: unobserved, alternative: alternative)
}

func attestation(
    _ answer: Attestation.Answer, _ statement: String, by: Actor = ana, state: AttestationResult.State = .valid,
    reason: String? = nil, validUntil: String = "2027-01-01T00:00:00Z", evidence: [Evidence] = []
) -> AttestationResult {
    AttestationResult(
        answer: answer, statement: statement, by: by, at: instant("2026-10-03T09:12:00Z"),
        expires: instant("2027-01-01T00:00:00Z"), validUntil: instant(validUntil), state: state, reason: reason,
        scope: Scope(service: "shop", environment: "production"), evidence: evidence.map { EvidenceResult($0) },
        file: "readiness/attestations/on-call-2026-10.yaml")
}

func waiver(_ reason: String, expires: String, isExpired: Bool = false) -> WaiverResult {
    WaiverResult(
        reason: reason, risk: "An embedded page could ask for the camera.", ticket: "SHOP-1234",
        compensatingControl: "Framing is denied.", requestedBy: "ana@example.com", approvedBy: ben,
        approvedAt: instant("2026-11-01T10:00:00Z"), expires: instant(expires), isExpired: isExpired,
        scope: Scope(service: "shop", environment: "production"),
        remediation: Remediation(owner: "ana@example.com", due: instant("2026-11-28T00:00:00Z")),
        file: "readiness/waivers/permissions-policy.yaml")
}

let ana = Actor(id: "ana@example.com", role: "service-owner")
let ben = Actor(id: "ben@example.com", role: "sre-lead")
