/// One thing that must hold before a service is ready: seen by a probe, attested by people, or both.
package struct Item: Sendable, Equatable {
    /// Stable for ever and unique across everything loaded.
    package var id: String
    /// The passing condition; `{name}` stands for a parameter.
    package var title: String
    package var severity: Severity
    /// nil for the default: gate for critical and high, advisory for medium and low, info for info.
    package var enforcement: Enforcement?
    package var probe: ProbeKind?
    /// Parameters of the probe.
    package var with: [String: Argument]
    package var expect: Expect?
    package var attest: AttestDemand?
    package var appliesWhen: Applicability?
    package var why: String?
    package var fix: String?
    package var references: [String]
    /// Control ids by framework, such as `nist-800-53: [SC-8]`.
    package var controls: [String: [String]]
    package var phase: Phase?
    package var level: Level?
    /// Advisory until this instant.
    package var enforceFrom: Instant?
    /// The probe that will answer an attested item.
    package var willBe: PlannedProbe?
    package var location: SourceLocation

    package init(
        id: String, title: String, severity: Severity, enforcement: Enforcement? = nil, probe: ProbeKind? = nil,
        with: [String: Argument] = [:], expect: Expect? = nil, attest: AttestDemand? = nil,
        appliesWhen: Applicability? = nil, why: String? = nil, fix: String? = nil, references: [String] = [],
        controls: [String: [String]] = [:], phase: Phase? = nil, level: Level? = nil, enforceFrom: Instant? = nil,
        willBe: PlannedProbe? = nil, location: SourceLocation
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.enforcement = enforcement
        self.probe = probe
        self.with = with
        self.expect = expect
        self.attest = attest
        self.appliesWhen = appliesWhen
        self.why = why
        self.fix = fix
        self.references = references
        self.controls = controls
        self.phase = phase
        self.level = level
        self.enforceFrom = enforceFrom
        self.willBe = willBe
        self.location = location
    }
}

/// What a checklist demands of the facts of one probe.
package enum Expect: Sendable, Equatable {
    /// All must hold.
    case all([Expectation])
    /// One group must hold, all of its expectations together.
    case anyOf([[Expectation]])

    package var expectations: [Expectation] {
        switch self {
        case .all(let expectations): expectations
        case .anyOf(let groups): groups.flatMap(\.self)
        }
    }
}

/// A fact and the conditions that it must meet, all of them.
package struct Expectation: Sendable, Equatable {
    /// Inside the item's probe.
    package var fact: FactPath
    package var conditions: [Condition]
    package var location: SourceLocation

    package init(fact: FactPath, conditions: [Condition], location: SourceLocation) {
        self.fact = fact
        self.conditions = conditions
        self.location = location
    }
}

/// A matcher by its name, with its argument. The equality shorthand is the matcher `equals`.
package struct Condition: Sendable, Equatable {
    package var matcher: String
    package var argument: Argument

    package init(matcher: String, argument: Argument) {
        self.matcher = matcher
        self.argument = argument
    }
}

/// What stands behind a matcher's name or a probe's parameter in a checklist.
package indirect enum Argument: Sendable, Equatable {
    case value(FactValue)
    /// `$name`, a parameter of the checklist that is filled in when the audit is planned.
    case parameter(String)
    case list([Argument])
    /// Nested matchers, all of which must hold.
    case conditions([Condition])
}

/// The labels, parameters and facts on which it depends whether an item concerns a service.
package struct Applicability: Sendable, Equatable {
    /// Accepted values by label; a service without the label is concerned.
    package var labels: [String: [String]]
    /// Accepted values by parameter of the checklist.
    package var parameters: [String: [String]]
    /// Expectations on the item's own probe; all must hold for the item to apply.
    package var facts: [Expectation]

    package init(labels: [String: [String]], parameters: [String: [String]] = [:], facts: [Expectation]) {
        self.labels = labels
        self.parameters = parameters
        self.facts = facts
    }

    /// Why a service with these labels is not concerned; nil when it is, as one that lacks a label.
    package func objection(to labels: [String: String]) -> String? {
        for (label, accepted) in self.labels.sorted(by: { $0.key < $1.key }) {
            guard let value = labels[label], !accepted.contains(value) else { continue }
            return "the service's label \(label) is \(value); this concerns \(accepted.joined(separator: " or "))"
        }
        return nil
    }
}

/// What people are asked, and what makes their answer count.
package struct AttestDemand: Sendable, Equatable {
    /// A question that is answered by yes (pass) or no (fail).
    package var question: String
    /// The longest an answer stays valid.
    package var validFor: TimeSpan
    /// Who may answer; empty for anyone.
    package var roles: [String]
    package var requiresEvidence: Bool
    /// What the answer must name and match.
    package var bind: [Binding]
    package var minAttesters: Int
    package var independent: Bool
    package var assurance: Assurance
    /// Whether people are asked only where the item's probe is not permitted; else both must hold.
    package var isFallback: Bool

    package init(
        question: String, validFor: TimeSpan, roles: [String], requiresEvidence: Bool, bind: [Binding],
        minAttesters: Int, independent: Bool, assurance: Assurance, isFallback: Bool = false
    ) {
        self.isFallback = isFallback
        self.question = question
        self.validFor = validFor
        self.roles = roles
        self.requiresEvidence = requiresEvidence
        self.bind = bind
        self.minAttesters = minAttesters
        self.independent = independent
        self.assurance = assurance
    }
}

/// What a decision may be bound to.
package enum Binding: String, Sendable, Codable, CaseIterable {
    case service, environment, commit, artifact
}

/// How sure it is who made a statement.
package enum Assurance: String, Sendable, Codable, CaseIterable {
    case unsigned, committed, signed
}
