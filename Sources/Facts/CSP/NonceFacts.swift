import AuditModel
import WireFormats

extension CSPFacts {
    /// Nonces and hashes of scripts.
    static let nonces: [FactDefinition<CSPEvidence>] = [
        FactDefinition(
            enforced: "script.nonce.count", .integer, unit: "nonces",
            meaning: "How many different nonces scripts may have.",
            source: "CSP Level 3 §7.1"
        ) { .integer($0.nonces.count) },
        FactDefinition(
            enforced: "script.nonce.minLength", .integer, unit: "characters",
            meaning: "Length of the shortest nonce; absent without one. 22 characters of Base64 hold 128 bits.",
            source: "CSP Level 3 §7.1"
        ) { .integer(ifPresent: $0.nonces.map(\.utf8.count).min().map(Int64.init)) },
        FactDefinition(
            enforced: "script.nonce.tooShort", .boolean, meaning: "Whether a nonce has fewer than 8 characters.",
            source: "csp-evaluator, NONCE_LENGTH"
        ) { .boolean($0.nonces.contains { $0.utf8.count < 8 }) },
        FactDefinition(
            enforced: "script.nonce.static", .boolean,
            meaning:
                "Whether a nonce of policies or script elements came again in a second answer, where it must be new.",
            source: "CSP Level 3 §7.1"
        ) { $0.hasStaticNonce },
        FactDefinition(
            enforced: "script.hash.count", .integer, unit: "hashes",
            meaning: "How many different hashes scripts may have.",
            source: "CSP Level 3 §2.3.1"
        ) { evidence in .integer(Set(evidence.scripts.all.flatMap(\.hashes)).count) }
    ]
}

extension CSPEvidence {
    fileprivate var nonces: Set<String> { Set(scripts.all.flatMap(\.nonces)) }

    /// False where no policy names a nonce: those of the elements then protect nothing.
    fileprivate var hasStaticNonce: DerivedFact {
        guard !nonces.isEmpty else { return .boolean(false) }
        do throws(ProbeFailure) {
            let second = try page.answer(to: .again)
            let outline = page[.again]?.outline
            let now = Self.nonces(sent, page.outline)
            return .boolean(!now.isDisjoint(with: Self.nonces(SentPolicies(second, outline: outline), outline)))
        } catch {
            return .unobserved(error)
        }
    }

    /// The nonces of an answer: those its policies name, and those its scripts and styles have.
    private static func nonces(_ sent: SentPolicies, _ outline: PageOutline?) -> Set<String> {
        let named = sent.enforced.flatMap(\.directives).filter { DirectiveName.fetch.contains($0.name) }
            .flatMap(\.sources.nonces)
        let used = (outline?.elements ?? []).filter { ["script", "style", "link"].contains($0.name) }
            .compactMap { $0.attribute("nonce") }.filter { !$0.isEmpty }
        return Set(named).union(used)
    }
}
