import AuditModel

extension CORSFacts {
    private static let caches = "Fetch Standard, CORS protocol and HTTP caches"

    /// Whether caches keep answers for different origins apart.
    static let caching: [FactDefinition<CORSEvidence>] = [
        FactDefinition(
            "vary.hasOrigin", .boolean, meaning: "Whether an answer to a GET with an Origin says Vary: Origin, or *.",
            source: caches
        ) { evidence in .boolean(evidence.answers.contains { $0.origin != nil && $0.variesByOrigin }) },
        FactDefinition(
            "vary.missing", .boolean,
            meaning: "Whether Access-Control-Allow-Origin differs from answer to answer and one that has it lacks "
                + "Vary: Origin.",
            source: caches
        ) { evidence in
            let isMissing = !evidence.answersWithoutVary.isEmpty
            return evidence.found(.boolean(isMissing), isFound: isMissing)
        },
        FactDefinition(
            "vary.missingOnDenied", .boolean,
            meaning: "Whether an answer that denies an origin lacks Vary: Origin while others are allowed.",
            source: caches
        ) { evidence in .boolean(!evidence.denialsWithoutVary(withOrigin: true).isEmpty) },
        FactDefinition(
            "vary.missingWithoutOrigin", .boolean,
            meaning: "Whether the answer to a request without Origin allows none and lacks Vary: Origin while others "
                + "are allowed: kept by a cache, it breaks CORS for them.",
            source: caches
        ) { evidence in .boolean(!evidence.denialsWithoutVary(withOrigin: false).isEmpty) },
        FactDefinition(
            "vary.overwritten", .boolean,
            meaning: "Whether names in Vary of the answer without Origin are gone when there is one.",
            source: "RFC 9110 §12.5.5"
        ) { evidence in .boolean(evidence.isVaryOverwritten) },
        FactDefinition(
            "cachePoisoning", .boolean,
            meaning: "Whether a shared cache may store the permission for one origin and hand it to another.",
            source: caches
        ) { evidence in
            let isFound = evidence.isPoisonable
            return evidence.found(.boolean(isFound), isFound: isFound)
        }
    ]
}
