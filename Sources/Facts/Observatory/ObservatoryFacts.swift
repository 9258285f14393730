import AuditModel

/// The facts of the `observatory` probe; each theme has its list in a file of its own.
package enum ObservatoryFacts {
    package static let description = ProbeDescription(
        kind: .observatory, summary: "Scores the page as the HTTP Observatory does, algorithm version 6.",
        parameters: [.path, .httpPort, .preloaded], facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<ObservatoryEvidence>] =
        overall + ObservatoryTest.allCases.flatMap(facts)

    private static let overall: [FactDefinition<ObservatoryEvidence>] = [
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the page's probes spent together.",
            source: "gonogo"
        ) { .integer($0.page.requestCount) },
        FactDefinition(
            "algorithmVersion", .integer, unit: "version", meaning: "The version of the algorithm that is followed.",
            source: source
        ) { _ in .integer(6) },
        scored(
            "score", .integer, unit: "points",
            meaning: "100 and what the tests add and take away, from 0 up; absent when the page is not scored."
        ) { .integer($0.score) },
        scored(
            "uncurvedScore", .integer, unit: "points",
            meaning: "100 and what the tests take away, bonuses apart; absent when the page is not scored."
        ) { .integer($0.uncurved) },
        scored(
            "grade", .choice(ObservatoryScore.grades),
            meaning: "The grade of the score, from A+ to F; absent when the page is not scored."
        ) { .text($0.grade) },
        scored(
            "bonusCounted", .boolean,
            meaning: "Whether bonuses count, which takes 90 points without them; absent when the page is not scored."
        ) { .boolean($0.countsBonus) },
        scored(
            "testsPassed", .integer, unit: "tests",
            meaning: "How many of the 12 tests passed; absent when the page is not scored."
        ) { .integer($0.passed) },
        FactDefinition(
            "gated", .text, meaning: "Why the page is not scored, its status; absent when it is scored.", source: source
        ) { .text($0.gate) },
        FactDefinition(
            "disagreements", .list(.text),
            meaning: "Where browsers and the standards see it otherwise than the Observatory, a sentence each.",
            source: "CSP Level 3; HTML; Fetch; RFC 6797; RFC 6265bis"
        ) { .texts(ObservatoryDisagreements.found(in: $0)) }
    ]

    private static let source = "MDN HTTP Observatory, algorithm version 6"

    private static func facts(of test: ObservatoryTest) -> [FactDefinition<ObservatoryEvidence>] {
        let path = "tests.\(test.rawValue)"
        return [
            outcome("\(path).result", .choice(test.outcomes.map(\.rawValue)), "What the test found.", test) {
                .choice($0)
            },
            outcome(
                "\(path).modifier", .integer, unit: "points", "What it adds to the score or takes away.", test
            ) { .integer($0.modifier) },
            outcome("\(path).pass", .boolean, "Whether it counts as passed.", test) { .boolean($0.isPass) }
        ]
    }

    private static func outcome(
        _ path: String, _ type: FactType, unit: String? = nil, _ meaning: String, _ test: ObservatoryTest,
        derive: @escaping @Sendable (ObservatoryOutcome) -> DerivedFact
    ) -> FactDefinition<ObservatoryEvidence> {
        FactDefinition(path, type, unit: unit, meaning: meaning, source: source) { evidence in
            do throws(ProbeFailure) {
                return derive(try evidence.outcome(of: test))
            } catch {
                return .unobserved(error)
            }
        }
    }

    private static func scored(
        _ path: String, _ type: FactType, unit: String? = nil, meaning: String,
        derive: @escaping @Sendable (ObservatoryScore) -> DerivedFact
    ) -> FactDefinition<ObservatoryEvidence> {
        FactDefinition(path, type, unit: unit, meaning: meaning, source: source) { evidence in
            do throws(ProbeFailure) {
                return try evidence.score().map(derive) ?? .absent
            } catch {
                return .unobserved(error)
            }
        }
    }
}

extension ObservatoryCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        facts.add(ObservatoryFacts.definitions, from: ObservatoryEvidence(self))
        return facts
    }
}
