import AuditModel

/// A fact of the TLS probe with the questions that must be asked for it.
struct TLSFact: Sendable {
    let definition: FactDefinition<TLSEvidence>
    let needs: Set<TLSQuestion>

    /// Declares a fact; the evidence holds the answers to the questions that it needs.
    init(
        _ path: String, _ type: FactType, needs: Set<TLSQuestion>, unit: String? = nil, meaning: String,
        source: String, until end: (@Sendable (TLSEvidence) -> Instant?)? = nil,
        derive: @escaping @Sendable (TLSEvidence) -> DerivedFact
    ) {
        self.needs = needs
        definition = FactDefinition(path, type, unit: unit, meaning: meaning, source: source, until: end) { evidence in
            needs.isSubset(of: evidence.capture.questions) ? derive(evidence) : .unobserved(.notAsked)
        }
    }
}
