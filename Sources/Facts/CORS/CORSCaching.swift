import WireFormats

extension CORSEvidence {
    /// Whether the permission depends on the origin: two answers to GET differ in it.
    private var dependsOnOrigin: Bool { Set(regular.map(\.allowOrigin)).count > 1 }

    /// Without those of a limiter or a fault, which say nothing of origins.
    private var regular: [CORSAnswer] { answers.filter { $0.exchange.status != 429 && $0.exchange.status < 500 } }

    /// The answers that permit something, differ from others in it, and do not say so in `Vary`.
    var answersWithoutVary: [CORSAnswer] {
        dependsOnOrigin ? regular.filter { $0.allowOrigin != nil && !$0.variesByOrigin } : []
    }

    /// A shared cache may hand a permission for one origin to another. A star for all cannot fall into wrong hands.
    var isPoisonable: Bool { answersWithoutVary.contains { !$0.isWildcard && $0.isSharedStorable } }

    /// Answers that permit nothing where others do, and do not say so in `Vary`.
    func denialsWithoutVary(withOrigin: Bool) -> [CORSAnswer] {
        guard dependsOnOrigin else { return [] }
        return regular.filter { $0.allowOrigin == nil && !$0.variesByOrigin && ($0.origin != nil) == withOrigin }
    }

    /// Names in `Vary` of the answer without `Origin` are missing when there is one.
    var isVaryOverwritten: Bool {
        guard let baseline else { return false }
        return answers.contains { answer in
            answer.exchange.status == baseline.exchange.status && answer.kind != .none
                && !answer.vary.contains("*")
                && baseline.vary.contains { $0 != "origin" && !answer.vary.contains($0) }
        }
    }
}
