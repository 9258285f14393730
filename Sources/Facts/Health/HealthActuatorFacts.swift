import AuditModel

extension HealthFacts {
    static let actuator: [FactDefinition<HealthEvidence>] = [
        FactDefinition(
            "actuator.exposed", .list(.choice(of: ActuatorEndpoint.self)),
            meaning: "Spring Boot Actuator endpoints that anyone can read; shutdown as the actuator's own list tells; "
                + "absent when nothing looks like Spring.",
            source: "Spring Boot, production-ready features; CWE-200"
        ) { evidence in
            guard let actuator = evidence.actuator else { return .absent }
            return actuator.failure.map { .unobserved($0) } ?? .texts(actuator.exposed.map(\.rawValue))
        }
    ]
}
