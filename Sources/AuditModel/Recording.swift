import JSON

/// Everything that one run saw, redacted: enough to judge again later without a network.
package struct Recording: Sendable, Equatable, Codable {
    package static let schema = "gonogo.recording/1"

    package var schema: String
    package var tool: ToolIdentity
    package var service: ServiceIdentity
    /// The checklists that were selected: ids of built-in ones, or paths as given.
    package var checklists: [String]
    package var startedAt: Instant
    package var finishedAt: Instant
    package var observations: [RecordedObservation]

    package init(
        tool: ToolIdentity, service: ServiceIdentity, checklists: [String], startedAt: Instant, finishedAt: Instant,
        observations: [RecordedObservation]
    ) {
        self.schema = Self.schema
        self.tool = tool
        self.service = service
        self.checklists = checklists
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.observations = observations
    }
}

package struct ToolIdentity: Sendable, Hashable, Codable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// What was audited, as reports and recordings name it.
package struct ServiceIdentity: Sendable, Equatable, Codable {
    package var name: String
    package var environment: String?
    package var owner: String?
    package var labels: [String: String]
    /// The URL without credentials.
    package var url: String?
    /// The path of the health endpoint that was named; nil when it is looked for.
    package var health: String?
    package var image: String?
    package var repository: String?
    /// The audited commit, full hexadecimal.
    package var commit: String?
    /// The e-mail addresses and names of the commit's authors; nil when they are not known.
    package var commitAuthors: [String]?
    /// The digest of the audited image, `sha256:…`.
    package var artifact: String?

    package init(
        name: String, environment: String? = nil, owner: String? = nil, labels: [String: String] = [:],
        url: String? = nil, health: String? = nil, image: String? = nil, repository: String? = nil,
        commit: String? = nil, commitAuthors: [String]? = nil, artifact: String? = nil
    ) {
        self.commitAuthors = commitAuthors
        self.name = name
        self.environment = environment
        self.owner = owner
        self.labels = labels
        self.url = url
        self.health = health
        self.image = image
        self.repository = repository
        self.commit = commit
        self.artifact = artifact
    }
}

/// One question to the world: which probe, at which target, with which parameters.
package struct ObservationRequest: Sendable, Hashable, Codable {
    package var probe: ProbeKind
    package var target: String
    package var parameters: [String: FactValue]
    /// The facts that are wanted, inside the probe, sorted; nil for all. A probe may do less for fewer.
    package var facts: [FactPath]?

    package init(probe: ProbeKind, target: String, parameters: [String: FactValue], facts: [FactPath]? = nil) {
        self.probe = probe
        self.target = target
        self.parameters = parameters
        self.facts = facts
    }

    /// The request whatever facts are wanted of it: what must not be asked twice.
    package var withoutFacts: ObservationRequest {
        ObservationRequest(probe: probe, target: target, parameters: parameters)
    }
}

/// What a probe saw when it was asked: a capture near the wire, or a typed failure; and every attempt.
package struct RecordedObservation: Sendable, Equatable, Codable {
    package var request: ObservationRequest
    package var startedAt: Instant
    package var durationSeconds: Double
    package var attempts: [ProbeAttempt]
    /// The probe's own capture; nil when no attempt succeeded.
    package var capture: JSONValue?
    /// Why there is no capture: exactly one of `capture` and `failure` is there.
    package var failure: ProbeFailure?

    package init(
        request: ObservationRequest, startedAt: Instant, durationSeconds: Double, attempts: [ProbeAttempt],
        capture: JSONValue?, failure: ProbeFailure?
    ) {
        self.request = request
        self.startedAt = startedAt
        self.durationSeconds = durationSeconds
        self.attempts = attempts
        self.capture = capture
        self.failure = failure
    }
}

/// One try of a probe.
package struct ProbeAttempt: Sendable, Equatable, Codable {
    package var startedAt: Instant
    package var durationSeconds: Double
    /// nil when the try succeeded.
    package var failure: ProbeFailure?

    package init(startedAt: Instant, durationSeconds: Double, failure: ProbeFailure?) {
        self.startedAt = startedAt
        self.durationSeconds = durationSeconds
        self.failure = failure
    }
}
