import AuditModel

/// The facts of the `image` probe; each theme has its list in a file of its own.
package enum ImageFacts {
    package static let description = ProbeDescription(
        kind: .image,
        summary: "Reads an image's manifest, configuration and, where needed, layers, without a daemon.",
        parameters: [
            ProbeParameter(
                name: "layerSize", type: .integer, defaultValue: .integer(8192), unit: "MiB",
                meaning: "What one layer may inflate to; all layers of an image may inflate to four times as much.")
        ], facts: all.map(\.definition.declaration))

    static let all: [ImageFact] = identity + user + health + configuration + contents + supply

    /// What must be asked so that these facts are known; everything for nil.
    ///
    /// - Parameter facts: paths inside the probe; a path covers all facts at and below it.
    package static func questions(for facts: [FactPath]?) -> Set<ImageQuestion> {
        guard let facts else { return Set(ImageQuestion.allCases) }
        return all.reduce(into: [.configuration]) { questions, fact in
            let path = fact.definition.declaration.path
            if facts.contains(where: { $0.reaches(path) || path.covers($0) }) { questions.formUnion(fact.needs) }
        }
    }
}

extension ImageCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        let evidence = ImageEvidence(self, at: now)
        for fact in ImageFacts.all { fact.definition.add(to: &facts, from: evidence) }
        return facts
    }
}
