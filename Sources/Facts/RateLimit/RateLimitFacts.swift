import AuditModel

/// The facts of the `ratelimit` probe; each theme has its list in a file of its own.
package enum RateLimitFacts {
    package static let description = ProbeDescription(
        kind: .rateLimit, summary: "Reads advertised rate limits and, where permitted, measures them.",
        parameters: [
            .path, requests, rate, seconds,
            ProbeParameter(
                name: "health", type: .text, defaultValue: nil, unit: nil,
                meaning: "Path of a health endpoint, asked once while the limiter denies."),
            ProbeParameter(
                name: "key", type: .text, defaultValue: nil, unit: nil,
                meaning: "A request field that names the client, such as X-Api-Key; it is tried with invented values."),
            ProbeParameter(
                name: "variants", type: .boolean, defaultValue: .boolean(false), unit: nil,
                meaning: "Whether other spellings of the path are tried while the limiter denies.")
        ],
        facts: definitions.map(\.declaration))

    package static let requests = ProbeParameter(
        name: "requests", type: .integer, defaultValue: .integer(60), unit: "requests", range: 10...200,
        meaning: "The most requests sent in all.")

    package static let rate = ProbeParameter(
        name: "rate", type: .integer, defaultValue: .integer(20), unit: "requests", range: 1...50,
        meaning: "The most requests sent in any second.")

    package static let seconds = ProbeParameter(
        name: "seconds", type: .integer, defaultValue: .integer(30), unit: "seconds", range: 5...120,
        meaning: "The longest that the measurement takes.")

    static let definitions: [FactDefinition<RateLimitEvidence>] =
        summary + advertised + advertisedPolicies + denial + measured + keying

    /// What a measurement has to do besides reading fields.
    package enum Stage: Sendable, Hashable, CaseIterable {
        /// Requests until the first denial.
        case ladder
        /// Invented names while the limiter denies.
        case names
        /// Silence, and requests after it.
        case recovery
    }

    /// The stages that the wanted facts need; nil wants all of them.
    package static func stages(for facts: [FactPath]?) -> Set<Stage> {
        guard let facts else { return Set(Stage.allCases) }
        func isWanted(_ definitions: [FactDefinition<RateLimitEvidence>]) -> Bool {
            definitions.contains { definition in
                facts.contains { $0.reaches(definition.declaration.path) }
            }
        }
        var stages: Set<Stage> = []
        if isWanted(keying) { stages.formUnion([.ladder, .names]) }
        if isWanted(measured.filter { !ladderFacts.contains($0.declaration.path.text) }) {
            stages.formUnion([.ladder, .recovery])
        }
        if isWanted(denial + measured + summary.filter { ladderFacts.contains($0.declaration.path.text) }) {
            stages.insert(.ladder)
        }
        return stages
    }

    /// The facts of `summary` and `measured` that the ladder alone gives.
    private static let ladderFacts: Set<String> = [
        "observed", "evidence", "mode", "acceptedBeforeDenial", "firstDenialAfterMs", "shapedRatePerS"
    ]
}

extension RateLimitCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(RateLimitFacts.definitions, from: RateLimitEvidence(self))
        return facts
    }
}

extension DerivedFact {
    /// A number to three decimals, a whole one as an integer; absent without one.
    static func figure(_ value: Double?) -> DerivedFact {
        guard let value, value.isFinite, value.magnitude < 1e15 else { return .absent }
        let rounded = (value * 1000).rounded() / 1000
        return .value(rounded == rounded.rounded() ? .integer(Int64(rounded)) : .number(rounded))
    }

    /// The nearest whole number; absent without one.
    static func wholeNumber(_ value: Double?) -> DerivedFact {
        guard let value, value.isFinite, value.magnitude < 1e15 else { return .absent }
        return .value(.integer(Int64(value.rounded())))
    }
}
