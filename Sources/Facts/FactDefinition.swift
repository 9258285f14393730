import AuditModel

/// A fact: its declaration for the catalogue, and how it follows from what a probe saw.
///
/// `Evidence` is the probe's capture after parsing, made once per observation.
package struct FactDefinition<Evidence: Sendable>: Sendable {
    package let declaration: FactDeclaration
    package let derive: @Sendable (Evidence) -> DerivedFact
    /// Until when the value says what it says; nil when nothing ends it by itself.
    private let end: (@Sendable (Evidence) -> Instant?)?

    /// Declares a fact; `path` is inside the probe, with `*` for a key that the target names.
    package init(
        _ path: String, _ type: FactType, unit: String? = nil, meaning: String, source: String,
        until end: (@Sendable (Evidence) -> Instant?)? = nil, derive: @escaping @Sendable (Evidence) -> DerivedFact
    ) {
        let segments = FactPath(path) ?? FactPath(segments: [path])
        declaration = FactDeclaration(path: segments, type: type, unit: unit, meaning: meaning, source: source)
        self.derive = derive
        self.end = end
    }

    /// Adds what the evidence says about this fact.
    package func add(to facts: inout FactSet, from evidence: Evidence) {
        switch derive(evidence) {
        case .value(let value):
            facts.set(declaration.path, value)
            if let end = end?(evidence) { facts.setEnd(of: declaration.path, end) }
        case .absent: facts.set(declaration.path, .absent)
        case .unobserved(let failure): facts.setUnobserved(declaration.path, failure)
        case .keyed(let values, let failures):
            for (key, value) in values { facts.set(path(of: key), value) }
            for (key, failure) in failures { facts.setUnobserved(path(of: key), failure) }
        }
    }

    private func path(of key: String) -> FactPath {
        FactPath(segments: declaration.path.segments.map { $0 == "*" ? key : $0 })
    }
}

extension FactSet {
    /// Adds all facts of a probe; without evidence none of them was observed.
    mutating func add<Evidence>(_ definitions: [FactDefinition<Evidence>], from evidence: Evidence?) {
        for definition in definitions {
            if let evidence {
                definition.add(to: &self, from: evidence)
            } else {
                setUnobserved(
                    definition.declaration.path, ProbeFailure(.malformed, "the recording holds no response"))
            }
        }
    }
}

/// What the evidence says about one fact.
package enum DerivedFact: Sendable {
    case value(FactValue)
    /// The target has no such thing.
    case absent
    case unobserved(ProbeFailure)
    /// For a path with `*`: a value, or why there is none, for each key that the target named, in its order.
    case keyed([KeyedValue], unobserved: [KeyedFailure] = [])

    package static func boolean(_ flag: Bool) -> DerivedFact { .value(.boolean(flag)) }
    package static func integer(_ value: Int) -> DerivedFact { .value(.integer(Int64(value))) }
    package static func texts(_ values: [String]) -> DerivedFact { .value(.list(values.map(FactValue.text))) }

    /// The name of a choice; absent when there is none.
    package static func choice(_ value: (some RawRepresentable<String>)?) -> DerivedFact { .text(value?.rawValue) }

    /// Absent when nothing says so.
    package static func boolean(ifPresent flag: Bool?) -> DerivedFact { flag.map { .boolean($0) } ?? .absent }

    /// Absent when there is no list.
    package static func texts(ifPresent values: [String]?) -> DerivedFact { values.map { .texts($0) } ?? .absent }

    /// Absent when there is no text.
    package static func text(_ value: String?) -> DerivedFact { value.map { .value(.text($0)) } ?? .absent }

    /// Absent when there is no number.
    package static func integer(ifPresent value: Int64?) -> DerivedFact {
        value.map { .value(.integer($0)) } ?? .absent
    }
}

/// A value for a key that the target named.
package typealias KeyedValue = (key: String, value: FactValue)

/// Why there is no value for a key that the target named.
package typealias KeyedFailure = (key: String, failure: ProbeFailure)

extension FactType {
    /// A choice among the names of a type's cases.
    static func choice<Value: CaseIterable & RawRepresentable<String>>(of type: Value.Type) -> FactType {
        .choice(type.allCases.map(\.rawValue))
    }
}

extension ProbeFailure {
    /// The recording was made for other facts.
    static let notAsked = ProbeFailure(.unsupported, "nothing asked for this fact when the target was observed")
}
