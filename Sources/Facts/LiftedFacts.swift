import AuditModel

extension FactDefinition {
    /// The same fact of each of several things, keyed by the thing's name: `paths.*.status` from `status`.
    ///
    /// nil for a fact that is keyed itself.
    func lifted<Whole>(
        under prefix: String, of things: @escaping @Sendable (Whole) -> [(key: String, part: Part)]
    ) -> FactDefinition<Whole>? {
        guard !declaration.path.isPattern else { return nil }
        let derive = derive
        return FactDefinition<Whole>(
            "\(prefix).*.\(declaration.path.text)", declaration.type, unit: declaration.unit,
            meaning: "Of each by its name: \(declaration.meaning)", source: declaration.source
        ) { whole in
            var values: [KeyedValue] = []
            var failures: [KeyedFailure] = []
            for (key, part) in things(whole) {
                switch part.map(derive) {
                case .success(.value(let value)): values.append((key, value))
                case .success(.absent): values.append((key, .absent))
                case .success(.unobserved(let failure)), .failure(let failure): failures.append((key, failure))
                case .success(.keyed): break
                }
            }
            return .keyed(values, unobserved: failures)
        }
    }

    /// One of several things, or why it was not observed.
    typealias Part = Result<Evidence, ProbeFailure>
}
