import AuditModel

/// A fact of the image probe with the questions that must be asked for it.
struct ImageFact: Sendable {
    let definition: FactDefinition<ImageEvidence>
    let needs: Set<ImageQuestion>

    /// Declares a fact; the evidence holds the answers to the questions that it needs.
    init(
        _ path: String, _ type: FactType, needs: Set<ImageQuestion> = [], unit: String? = nil, meaning: String,
        source: String, derive: @escaping @Sendable (ImageEvidence) -> DerivedFact
    ) {
        self.needs = needs
        definition = FactDefinition(path, type, unit: unit, meaning: meaning, source: source) { evidence in
            needs.isSubset(of: evidence.capture.questions) ? derive(evidence) : .unobserved(.notAsked)
        }
    }
}
