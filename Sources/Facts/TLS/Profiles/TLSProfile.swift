import AuditModel

/// A guideline as data: rules, each of which names what a server does otherwise.
struct TLSProfile: Sendable {
    /// The segment of its facts' paths.
    let name: String
    /// Which edition it is: `TLSRef 6.0`.
    let version: String
    let source: String
    let rules: [ProfileRule]
    /// What the guideline wishes without demanding it; nil when it makes no such difference.
    let wishes: [ProfileRule]?

    static let all: [TLSProfile] = [.modern, .intermediate, .mozilla57Modern, .mozilla57Intermediate, .bcp195]
}

/// One rule of a guideline, with the questions that must be asked to see whether a server keeps it.
struct ProfileRule: Sendable {
    let needs: Set<TLSQuestion>
    let check: @Sendable (TLSEvidence) -> ProfileFindings

    init(needs: Set<TLSQuestion>, check: @escaping @Sendable (TLSEvidence) -> ProfileFindings) {
        self.needs = needs
        self.check = check
    }
}

/// What a rule found: differences as `what: detail`, and why there may be more.
struct ProfileFindings: Sendable, Equatable {
    var differences: [String]
    var failure: ProbeFailure?

    init(_ differences: [String], failure: ProbeFailure? = nil) {
        self.differences = differences
        self.failure = failure
    }

    /// The differences that a value makes; none but a reason when it is not known.
    init<Value>(_ value: Known<Value>, _ differences: (Value) -> [String]) {
        switch value {
        case .success(let value): self.init(differences(value))
        case .failure(let failure): self.init([], failure: failure)
        }
    }
}

extension TLSFacts {
    /// How far the server is from each guideline.
    static let profiles: [TLSFact] = TLSProfile.all.flatMap(facts)

    private static func facts(of profile: TLSProfile) -> [TLSFact] {
        let path = "profiles.\(profile.name)"
        let facts = [
            TLSFact(
                "\(path).version", .text, needs: [], meaning: "The edition of the guideline that was applied.",
                source: profile.source
            ) { _ in .text(profile.version) },
            differences(
                "\(path).differences", profile.rules, "What \(profile.version) does not allow or misses", profile)
        ]
        guard let wishes = profile.wishes else { return facts }
        let meaning = "What \(profile.version) advises against (SHOULD NOT) or misses (SHOULD)"
        return facts + [differences("\(path).recommendations", wishes, meaning, profile)]
    }

    private static func differences(
        _ path: String, _ rules: [ProfileRule], _ meaning: String, _ profile: TLSProfile
    ) -> TLSFact {
        TLSFact(
            path, .list(.text), needs: rules.reduce(into: []) { $0.formUnion($1.needs) },
            meaning: "\(meaning), each as what: detail; empty when the server conforms, at least these when not all "
                + "could be observed.",
            source: profile.source
        ) { evidence in
            let findings = rules.map { $0.check(evidence) }
            return .findings(
                findings.flatMap(\.differences), unless: findings.lazy.compactMap(\.failure).first)
        }
    }
}
