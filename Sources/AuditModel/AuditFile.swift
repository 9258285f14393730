/// `gonogo.yaml`: what is audited, against what, and by which rules.
package struct AuditFile: Sendable, Equatable {
    package var service: ServiceDescription
    package var targets: Targets
    package var environments: [String: EnvironmentOverride]
    package var checklists: [LocatedName]
    /// The level of ambition to audit at; nil for the default.
    package var level: Level?
    package var tailor: [Tailoring]
    /// Members by role.
    package var roles: [String: [String]]
    /// Folder of attestations, relative to the file; nil for none.
    package var attestations: String?
    /// Folder of waivers, relative to the file; nil for none.
    package var waivers: String?
    /// The Git revision that decisions, and the rules for them, are read from; nil for the files as they stand.
    package var decisionsFrom: LocatedName?
    package var waiverPolicy: WaiverPolicy
    /// An OpenSSH file of allowed signers, relative to the file; nil when no key is trusted.
    package var allowedSigners: LocatedName?
    /// A saved result whose failures do not gate, relative to the file; nil for none.
    package var baseline: LocatedName?
    /// How long before its end what the verdict rests on is announced.
    package var expiryWarning: TimeSpan
    /// The active probes permitted against these targets.
    package var allow: [ActiveProbing]
    package var gate: [GateRule]
    /// Reports by format, in the order written; paths relative to the file.
    package var reports: [ReportRequest]
    package var location: SourceLocation

    /// How long before an end it is announced unless the file says otherwise.
    package static let defaultExpiryWarning = TimeSpan.days(14)

    package init(
        service: ServiceDescription, targets: Targets, environments: [String: EnvironmentOverride] = [:],
        checklists: [LocatedName] = [], level: Level? = nil, tailor: [Tailoring] = [], roles: [String: [String]] = [:],
        attestations: String? = nil, waivers: String? = nil, decisionsFrom: LocatedName? = nil,
        waiverPolicy: WaiverPolicy = WaiverPolicy(), allowedSigners: LocatedName? = nil, baseline: LocatedName? = nil,
        expiryWarning: TimeSpan = Self.defaultExpiryWarning, allow: [ActiveProbing] = [], gate: [GateRule] = [],
        reports: [ReportRequest] = [], location: SourceLocation
    ) {
        self.decisionsFrom = decisionsFrom
        self.waiverPolicy = waiverPolicy
        self.allowedSigners = allowedSigners
        self.baseline = baseline
        self.expiryWarning = expiryWarning
        self.service = service
        self.targets = targets
        self.environments = environments
        self.checklists = checklists
        self.level = level
        self.tailor = tailor
        self.roles = roles
        self.attestations = attestations
        self.waivers = waivers
        self.allow = allow
        self.gate = gate
        self.reports = reports
        self.location = location
    }
}

/// A name with the place where it was written.
package struct LocatedName: Sendable, Hashable {
    package var name: String
    package var location: SourceLocation?

    package init(_ name: String, at location: SourceLocation? = nil) {
        self.name = name
        self.location = location
    }
}

package struct ServiceDescription: Sendable, Equatable {
    package var name: String
    package var environment: String?
    package var owner: String?
    /// Values by name; a boolean or a number counts as its text.
    package var labels: [String: LocatedName]

    package init(
        name: String, environment: String? = nil, owner: String? = nil, labels: [String: LocatedName] = [:]
    ) {
        self.name = name
        self.environment = environment
        self.owner = owner
        self.labels = labels
    }
}

/// Where the service, its image and its repository are.
package struct Targets: Sendable, Equatable {
    package var url: LocatedName?
    /// The path of the health endpoint; nil to look at the usual ones.
    package var health: String?
    package var image: LocatedName?
    package var repository: LocatedName?
    package var headers: [RequestHeader]

    package init(
        url: LocatedName? = nil, health: String? = nil, image: LocatedName? = nil, repository: LocatedName? = nil,
        headers: [RequestHeader] = []
    ) {
        self.url = url
        self.health = health
        self.image = image
        self.repository = repository
        self.headers = headers
    }
}

/// A header sent with every request, its value taken from an environment variable or written down.
package struct RequestHeader: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        case environment(String)
        case literal(String)
    }

    package var name: String
    package var source: Source
    package var location: SourceLocation?

    package init(name: String, source: Source, location: SourceLocation? = nil) {
        self.name = name
        self.source = source
        self.location = location
    }
}

/// What one environment changes: set targets replace, labels are added over.
package struct EnvironmentOverride: Sendable, Equatable {
    package var targets: Targets
    package var labels: [String: LocatedName]

    package init(targets: Targets, labels: [String: LocatedName]) {
        self.targets = targets
        self.labels = labels
    }
}

/// A change to an item for this service, with its reason.
package struct Tailoring: Sendable, Equatable {
    package enum Subject: Sendable, Hashable {
        case item(String)
        /// Every item that the checklist declares; parameters alone can be set for them.
        case checklist(String)
    }

    package var subject: Subject
    package var severity: Severity?
    package var enforcement: Enforcement?
    package var parameters: [String: FactValue]
    package var reason: String
    package var location: SourceLocation

    package init(
        subject: Subject, severity: Severity?, enforcement: Enforcement?, parameters: [String: FactValue],
        reason: String, location: SourceLocation
    ) {
        self.subject = subject
        self.severity = severity
        self.enforcement = enforcement
        self.parameters = parameters
        self.reason = reason
        self.location = location
    }
}

/// A bound on how many items may match a predicate.
package struct GateRule: Sendable, Equatable {
    package var name: String
    package var predicate: GatePredicate
    package var min: Int?
    package var max: Int?
    package var location: SourceLocation

    package init(name: String, predicate: GatePredicate, min: Int?, max: Int?, location: SourceLocation) {
        self.name = name
        self.predicate = predicate
        self.min = min
        self.max = max
        self.location = location
    }
}

/// Accepted values by field; an empty list accepts any value.
package struct GatePredicate: Sendable, Equatable {
    package var severity: [Severity] = []
    package var status: [Status] = []
    package var disposition: [Disposition] = []
    package var enforcement: [Enforcement] = []
    package var phase: [Phase] = []
    package var checklist: [String] = []
    package var section: [String] = []
    package var item: [String] = []

    package init() {}
}

/// One report to write.
package struct ReportRequest: Sendable, Equatable {
    package var format: String
    /// nil for standard output.
    package var path: String?
    package var location: SourceLocation?

    package init(format: String, path: String?, location: SourceLocation? = nil) {
        self.format = format
        self.path = path
        self.location = location
    }
}
