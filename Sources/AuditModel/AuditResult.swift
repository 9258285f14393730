import JSON

/// The contract between the audit and every report: all that they may show, judged at one instant.
package struct AuditResult: Sendable, Equatable, Codable {
    package static let schema = "gonogo.result/1"

    package var schema: String
    package var tool: ToolIdentity
    package var service: ServiceIdentity
    package var checklists: [ChecklistIdentity]
    /// When the first observation began.
    package var startedAt: Instant
    /// When the last observation ended.
    package var finishedAt: Instant
    /// The instant at which validity was judged.
    package var judgedAt: Instant
    /// Whether `judgedAt` was given instead of read from the clock.
    package var judgedAsOf: Bool
    package var verdict: Verdict
    /// Items by status, then `waived` and `total`.
    package var counts: Counts
    package var gate: [GateOutcome]
    /// In the order of the checklists.
    package var items: [ItemResult]
    /// The sign-offs that the checklists demand, a row for each role, given or not.
    package var signOffs: [SignOffResult]
    package var notices: [Notice]
    package var observations: [ObservationResult]
    /// The level of ambition that was asked for: items of a higher one do not gate.
    package var level: Level
    /// How this result differs from an earlier one; nil when none was given.
    package var changes: ResultChanges?
    /// Where the audit file declares each target, by its key (`url`, `image`); empty without an audit file.
    package var targetLocations: [String: SourceLocation]

    package init(
        tool: ToolIdentity, service: ServiceIdentity, checklists: [ChecklistIdentity], startedAt: Instant,
        finishedAt: Instant, judgedAt: Instant, judgedAsOf: Bool, verdict: Verdict, counts: Counts,
        gate: [GateOutcome], items: [ItemResult], signOffs: [SignOffResult] = [], notices: [Notice],
        observations: [ObservationResult], level: Level = .standard, changes: ResultChanges? = nil,
        targetLocations: [String: SourceLocation] = [:]
    ) {
        self.schema = Self.schema
        self.tool = tool
        self.service = service
        self.checklists = checklists
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.judgedAt = judgedAt
        self.judgedAsOf = judgedAsOf
        self.verdict = verdict
        self.counts = counts
        self.gate = gate
        self.items = items
        self.signOffs = signOffs
        self.notices = notices
        self.observations = observations
        self.level = level
        self.changes = changes
        self.targetLocations = targetLocations
    }
}

/// A checklist that took part, with the digest of its file.
package struct ChecklistIdentity: Sendable, Equatable, Codable {
    package var id: String
    package var version: String
    package var title: String
    /// SHA-256 of the file, lower-case hexadecimal.
    package var digest: String
    package var sections: [SectionIdentity]
    /// The roles whose signature the checklist demands before a launch.
    package var signOffRoles: [String]

    package init(
        id: String, version: String, title: String, digest: String, sections: [SectionIdentity],
        signOffRoles: [String]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.digest = digest
        self.sections = sections
        self.signOffRoles = signOffRoles
    }
}

package struct SectionIdentity: Sendable, Equatable, Codable {
    package var id: String
    package var title: String

    package init(id: String, title: String) {
        self.id = id
        self.title = title
    }
}

/// The answer, all its reasons, and how long it can be relied on.
package struct Verdict: Sendable, Equatable, Codable {
    package var outcome: Outcome
    /// The earliest expiry of anything the verdict relied on; nil when nothing it relied on expires.
    package var validUntil: Instant?
    /// What ends then, and whose it is: `the waiver of hsts, approved by ben@example.com`; nil without an end.
    package var validUntilCause: String?
    package var reasons: [VerdictReason]

    package init(
        outcome: Outcome, validUntil: Instant?, validUntilCause: String? = nil, reasons: [VerdictReason]
    ) {
        self.outcome = outcome
        self.validUntil = validUntil
        self.validUntilCause = validUntilCause
        self.reasons = reasons
    }
}

/// A rule and the items that it speaks of.
package struct VerdictReason: Sendable, Equatable, Codable {
    /// `gating-failure`, `gating-inconclusive`, `gating-awaiting`, `nothing-observed`, `waived`, `baseline`,
    /// `sign-off: ROLE` of a checklist, or `gate-rule: NAME` of the audit file.
    package var rule: String
    /// The outcome that this reason alone leads to.
    package var outcome: Outcome
    package var items: [String]

    package init(rule: String, outcome: Outcome, items: [String]) {
        self.rule = rule
        self.outcome = outcome
        self.items = items
    }
}

/// How many items there are of each kind.
package struct Counts: Sendable, Equatable, Codable {
    package var pass = 0
    package var fail = 0
    package var inconclusive = 0
    package var error = 0
    package var pending = 0
    package var stale = 0
    package var notApplicable = 0
    /// Items with a valid waiver, whatever their status; they are counted above as well.
    package var waived = 0
    package var total = 0

    package init() {}

    package subscript(status: Status) -> Int {
        get {
            switch status {
            case .pass: pass
            case .fail: fail
            case .inconclusive: inconclusive
            case .error: error
            case .pending: pending
            case .stale: stale
            case .notApplicable: notApplicable
            }
        }
        set {
            switch status {
            case .pass: pass = newValue
            case .fail: fail = newValue
            case .inconclusive: inconclusive = newValue
            case .error: error = newValue
            case .pending: pending = newValue
            case .stale: stale = newValue
            case .notApplicable: notApplicable = newValue
            }
        }
    }
}

/// How a gate rule of the audit file came out.
package struct GateOutcome: Sendable, Equatable, Codable {
    package var name: String
    /// nil when that depends on items that could not be observed.
    package var holds: Bool?
    package var min: Int?
    package var max: Int?
    /// The items that match the rule's predicate.
    package var items: [String]

    package init(name: String, holds: Bool?, min: Int?, max: Int?, items: [String]) {
        self.name = name
        self.holds = holds
        self.min = min
        self.max = max
        self.items = items
    }
}

/// One item, judged.
package struct ItemResult: Sendable, Equatable, Codable {
    package var id: String
    package var title: String
    package var checklist: String
    package var section: String
    package var severity: Severity
    package var enforcement: Enforcement
    package var status: Status
    package var disposition: Disposition
    /// Whether this item keeps the verdict from go and conditional-go.
    package var blocks: Bool
    /// One sentence that says why the status is what it is; for `notApplicable` the reason.
    package var message: String
    package var expectations: [ExpectationResult]
    package var attestations: [AttestationResult]
    package var waiver: WaiverResult?
    /// What people are asked; nil for an item that probes alone answer.
    package var question: AttestQuestion?
    package var controls: [String: [String]]
    package var why: String?
    package var fix: String?
    package var references: [String]
    package var phase: Phase?
    package var level: Level?
    /// The level from which on it gates, when that is above the one asked for; nil when it would not gate anyhow.
    package var gatesFrom: Level?
    /// Advisory until then, gating afterwards if its level is asked for; nil when no date keeps it advisory.
    package var enforceFrom: Instant?
    /// The days that were left until then at the judging instant, begun ones as well; nil without such a date.
    package var enforceInDays: Int?
    /// Why the item differs from its checklist; nil when it was not tailored.
    package var tailored: String?
    /// The index in `observations` of what a probe saw; nil for attested items.
    package var observation: Int?
    /// Whether it failed in the baseline already, so that its failure is shown and does not gate.
    package var isInBaseline: Bool
    /// Where the checklist declares it.
    package var location: SourceLocation?

    package init(
        id: String, title: String, checklist: String, section: String, severity: Severity, enforcement: Enforcement,
        status: Status, disposition: Disposition, blocks: Bool, message: String, expectations: [ExpectationResult],
        attestations: [AttestationResult], waiver: WaiverResult?, question: AttestQuestion?,
        controls: [String: [String]], why: String?, fix: String?, references: [String], phase: Phase?, level: Level?,
        gatesFrom: Level? = nil, enforceFrom: Instant?, enforceInDays: Int? = nil, tailored: String?,
        observation: Int?, isInBaseline: Bool = false, location: SourceLocation? = nil
    ) {
        self.id = id
        self.title = title
        self.checklist = checklist
        self.section = section
        self.severity = severity
        self.enforcement = enforcement
        self.status = status
        self.disposition = disposition
        self.blocks = blocks
        self.message = message
        self.expectations = expectations
        self.attestations = attestations
        self.waiver = waiver
        self.question = question
        self.controls = controls
        self.why = why
        self.fix = fix
        self.references = references
        self.phase = phase
        self.level = level
        self.gatesFrom = gatesFrom
        self.enforceFrom = enforceFrom
        self.enforceInDays = enforceInDays
        self.tailored = tailored
        self.observation = observation
        self.isInBaseline = isInBaseline
        self.location = location
    }
}

/// One expectation against what was seen.
package struct ExpectationResult: Sendable, Equatable, Codable {
    /// With the probe's name: `headers.hsts.maxAge`.
    package var fact: String
    /// The matcher's name; several on one fact are joined by `+`.
    package var matcher: String
    /// The matcher's argument.
    package var expected: JSONValue
    /// The value seen; `null` when absent or unobserved.
    package var observed: JSONValue
    /// nil (JSON `null`) when the fact could not be observed.
    package var holds: Bool?
    /// What was expected, in words: `at least 21 days`.
    package var expectedText: String
    /// What was seen, in words: `14 days`, `absent`, `not observed: timeout`.
    package var observedText: String
    /// Why the fact could not be observed.
    package var unobserved: ProbeFailure?
    /// Which alternative of an `anyOf` it belongs to, counted from 1; nil outside `anyOf`.
    package var alternative: Int?
    /// Until when an expectation that holds can be relied on: a certificate's end; nil when nothing ends it by itself.
    package var validUntil: Instant?

    package init(
        fact: String, matcher: String, expected: JSONValue, observed: JSONValue, holds: Bool?, expectedText: String,
        observedText: String, unobserved: ProbeFailure? = nil, alternative: Int? = nil,
        validUntil: Instant? = nil
    ) {
        self.fact = fact
        self.matcher = matcher
        self.expected = expected
        self.observed = observed
        self.holds = holds
        self.expectedText = expectedText
        self.observedText = observedText
        self.unobserved = unobserved
        self.alternative = alternative
        self.validUntil = validUntil
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(fact, forKey: .fact)
        try container.encode(matcher, forKey: .matcher)
        try container.encode(expected, forKey: .expected)
        try container.encode(observed, forKey: .observed)
        try container.encode(holds, forKey: .holds)
        try container.encode(expectedText, forKey: .expectedText)
        try container.encode(observedText, forKey: .observedText)
        try container.encodeIfPresent(unobserved, forKey: .unobserved)
        try container.encodeIfPresent(alternative, forKey: .alternative)
        try container.encodeIfPresent(validUntil, forKey: .validUntil)
    }
}

/// Something the reader should know that no item's status says.
package struct Notice: Sendable, Hashable, Codable {
    /// Stable: `unknown-item`, `attestation-expired`, `waiver-expired`, `waiver-unused`, `expires-soon`, …
    package var code: String
    package var message: String
    package var file: String?
    package var line: Int?

    package init(code: String, message: String, file: String? = nil, line: Int? = nil) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
    }
}

/// What a probe saw, with its facts, as reports show it.
package struct ObservationResult: Sendable, Equatable, Codable {
    package enum ObservationOutcome: String, Sendable, Codable, CaseIterable {
        case observed, inconclusive, error
    }

    package var probe: ProbeKind
    package var target: String
    package var parameters: [String: FactValue]
    package var outcome: ObservationOutcome
    package var failure: ProbeFailure?
    package var startedAt: Instant
    package var durationSeconds: Double
    package var attempts: [ProbeAttempt]
    /// Nested as the facts' paths are.
    package var facts: JSONValue
    package var unobserved: [String: ProbeFailure]
    /// What came over the wire, as people read it, at most 64 KiB; nil when nothing was captured.
    package var capture: String?

    package init(
        probe: ProbeKind, target: String, parameters: [String: FactValue], outcome: ObservationOutcome,
        failure: ProbeFailure?, startedAt: Instant, durationSeconds: Double, attempts: [ProbeAttempt],
        facts: JSONValue, unobserved: [String: ProbeFailure], capture: String? = nil
    ) {
        self.probe = probe
        self.target = target
        self.parameters = parameters
        self.outcome = outcome
        self.failure = failure
        self.startedAt = startedAt
        self.durationSeconds = durationSeconds
        self.attempts = attempts
        self.facts = facts
        self.unobserved = unobserved
        self.capture = capture
    }
}
