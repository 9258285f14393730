import AuditModel

/// The facts of the `health` probe; each theme has its list in a file of its own.
package enum HealthFacts {
    package static let description = ProbeDescription(
        kind: .health, summary: "GETs the service's health endpoints, given or found, and judges their answers.",
        parameters: [
            path("path", "Path of the health endpoint; the usual ones are looked at when not given."),
            path("liveness", "Path of the liveness endpoint; without it and without path, a usual one that answers."),
            path("readiness", "Path of the readiness endpoint; without it and without path, a usual one that answers."),
            path("startup", "Path of the startup endpoint; without it and without path, a usual one that answers."),
            ProbeParameter(
                name: "samples", type: .integer, defaultValue: .integer(5), unit: "requests",
                meaning: "How many GETs of the health endpoint measure its latency, 1 to 20.")
        ],
        facts: definitions.map(\.declaration))

    static let definitions: [FactDefinition<HealthEvidence>] =
        discovery + endpointAnswer + endpointMethods + endpointContent + endpointCache + endpointLatency + paths
        + probes + policy + actuator

    private static func path(_ name: String, _ meaning: String) -> ProbeParameter {
        ProbeParameter(name: name, type: .text, defaultValue: nil, unit: nil, meaning: meaning)
    }
}

extension HealthCapture {
    package func facts(at now: Instant) -> FactSet {
        var facts = FactSet()
        let evidence = HealthEvidence(self)
        for definition in HealthFacts.definitions {
            if let unseen = evidence.unseen, definition.declaration.path.segments.first == "endpoint" {
                facts.setUnobserved(definition.declaration.path, unseen)
            } else {
                definition.add(to: &facts, from: evidence)
            }
        }
        return facts
    }
}
