import AuditModel
import WireFormats

extension HealthFacts {
    /// The endpoints that an orchestrator asks: liveness, readiness, startup; absent when neither given nor found.
    static let probes: [FactDefinition<HealthEvidence>] =
        orchestratorProbe(.liveness) + orchestratorProbe(.readiness) + orchestratorProbe(.startup) + [
            FactDefinition(
                "livenessChecksDependencies", .boolean,
                meaning: "Whether liveness lists dependencies or fails together with readiness, so that an outage "
                    + "elsewhere restarts the service; absent without a liveness endpoint.",
                source: "Kubernetes, liveness probes"
            ) { livenessChecksDependencies($0) }
        ]

    private static func orchestratorProbe(_ kind: HealthAnswer.Kind) -> [FactDefinition<HealthEvidence>] {
        let name = kind.rawValue
        let answer: @Sendable (HealthEvidence) -> HealthAnswer? = { $0.answer(for: kind) }
        return [
            FactDefinition(
                "\(name).path", .text,
                meaning: "The \(name) endpoint's path, given or found; absent when there is none.",
                source: "Kubernetes, probes"
            ) { .text(answer($0)?.visit.path) },
            FactDefinition(
                "\(name).httpStatus", .integer, meaning: "The status code of the \(name) endpoint.",
                source: "RFC 9110 §15"
            ) {
                of(answer($0), failure: \.failure) { .integer(ifPresent: $0.visit.exchange.map { Int64($0.status) }) }
            },
            FactDefinition(
                "\(name).status", .choice(of: HealthStatus.self),
                meaning: "The health that the \(name) endpoint states; absent when it states none.",
                source: "draft-inadarei-api-health-check-06 §3.1"
            ) { of(answer($0), failure: \.bodyFailure) { .choice($0.body?.status) } },
            FactDefinition(
                "\(name).components", .list(.text),
                meaning: "Names of the dependencies and parts that the \(name) endpoint lists, in its order.",
                source: "draft-inadarei-api-health-check-06 §4"
            ) { of(answer($0), failure: \.bodyFailure) { .texts(ifPresent: $0.body?.components.map(\.name)) } }
        ]
    }

    private static func of(
        _ answer: HealthAnswer?, failure: (HealthAnswer) -> ProbeFailure?, _ fact: (HealthAnswer) -> DerivedFact
    ) -> DerivedFact {
        guard let answer else { return .absent }
        return failure(answer).map { .unobserved($0) } ?? fact(answer)
    }

    private static func livenessChecksDependencies(_ evidence: HealthEvidence) -> DerivedFact {
        guard let liveness = evidence.answer(for: .liveness) else { return .absent }
        if let failure = liveness.bodyFailure { return .unobserved(failure) }
        let components = liveness.body?.components ?? []
        let dependencies = components.filter { !ownParts.contains($0.name.asciiLowercased) }
        if !dependencies.isEmpty { return .boolean(true) }
        guard let readiness = evidence.answer(for: .readiness) else { return .boolean(false) }
        return .boolean(isDown(liveness) && isDown(readiness))
    }

    private static func isDown(_ answer: HealthAnswer) -> Bool { (answer.visit.exchange?.status ?? 0) >= 500 }

    /// Parts of the process itself, which a restart can mend.
    private static let ownParts: Set<String> = [
        "alive", "application", "cpu", "deadlock", "eventloop", "heap", "live", "liveness", "livenessstate", "memory",
        "ping", "process", "self", "threads", "uptime"
    ]
}
