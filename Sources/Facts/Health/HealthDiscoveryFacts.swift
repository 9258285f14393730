import AuditModel
import WireFormats

extension HealthFacts {
    /// What was looked at and what was found.
    static let discovery: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "discovered", .list(.text),
            meaning:
                "Usual paths that answered like health endpoints, in the order looked at; empty when one was given.",
            source: "gonogo"
        ) { .texts($0.discovered.map(\.visit.path)) },
        FactDefinition(
            "requests", .integer, unit: "requests", meaning: "How many requests the probe spent.", source: "gonogo"
        ) { .integer($0.capture.requests) }
    ]

    /// Every path that was looked at, except the control path.
    static let paths: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "paths.*.httpStatus", .integer, meaning: "The status code of that path.", source: "RFC 9110 §15"
        ) { evidence in
            byPath(evidence, failure: \.failure) { answer in
                answer.visit.exchange.map { .integer(Int64($0.status)) } ?? .absent
            }
        },
        FactDefinition(
            "paths.*.status", .choice(of: HealthStatus.self),
            meaning: "The health that the body of that path states; absent when it states none.",
            source: "draft-inadarei-api-health-check-06 §3.1"
        ) { evidence in
            byPath(evidence, failure: \.bodyFailure) { $0.body?.status.map { .text($0.rawValue) } ?? .absent }
        },
        FactDefinition(
            "paths.*.kind", .choice(of: HealthAnswer.Kind.self),
            meaning: "What the path is for, as its parameter or its name says.", source: "Kubernetes, probes"
        ) { evidence in .keyed(evidence.answers.map { ($0.visit.path, .text($0.kind.rawValue)) }) },
        FactDefinition(
            "paths.*.format", .choice(of: HealthFormat.self),
            meaning: "The convention that the body of that path follows.", source: HealthFormat.source
        ) { evidence in
            byPath(evidence, failure: \.bodyFailure) { .text(HealthFormat($0.body?.format).rawValue) }
        }
    ]

    private static func byPath(
        _ evidence: HealthEvidence, failure: (HealthAnswer) -> ProbeFailure?, value: (HealthAnswer) -> FactValue
    ) -> DerivedFact {
        var values: [KeyedValue] = []
        var failures: [KeyedFailure] = []
        for answer in evidence.answers {
            if let failure = failure(answer) {
                failures.append((answer.visit.path, failure))
            } else {
                values.append((answer.visit.path, value(answer)))
            }
        }
        return .keyed(values, unobserved: failures)
    }
}
