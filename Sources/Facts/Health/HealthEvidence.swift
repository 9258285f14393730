import AuditModel
import WireFormats

/// What the health probe saw, parsed once; the facts read it.
package struct HealthEvidence: Sendable {
    let capture: HealthCapture
    /// The paths that may be health endpoints, in the order looked at.
    let answers: [HealthAnswer]
    let control: HealthAnswer?
    /// The usual paths that answered like health endpoints, in the order made.
    let discovered: [HealthAnswer]
    /// The answer that `endpoint.` describes; nil when no health endpoint was given or found.
    let endpoint: HealthAnswer?
    /// The endpoint's answer to HEAD; nil when not asked for.
    let head: HealthAnswer?
    /// The endpoint's answer to anyone: as `endpoint`, unless the audit file adds header fields to that.
    let publicEndpoint: HealthAnswer?
    /// What Spring Boot Actuator shows to anyone; nil when nothing looked like it.
    let actuator: ActuatorExposure?

    init(_ capture: HealthCapture) {
        self.capture = capture
        let visited = HealthVisits(capture.visits)
        answers = visited.answers
        control = visited.control
        discovered = visited.discovered
        endpoint = visited.endpoint(orAt: capture.endpoint)
        head = capture.visits.first { $0.role == .head }.map(HealthAnswer.init)
        publicEndpoint = capture.visits.first { $0.role == .anonymous }.map(HealthAnswer.init) ?? endpoint
        actuator = ActuatorExposure(capture.visits)
    }

    /// Why it is not known whether there is a health endpoint: none was found, and a path could not be looked at.
    var unseen: ProbeFailure? {
        guard endpoint == nil else { return nil }
        for answer in answers where answer.visit.role == .discovery {
            guard let failure = answer.failure ?? answer.bodyFailure else { continue }
            return ProbeFailure(failure.code, "\(answer.visit.path): \(failure.reason)", isOwnFault: failure.isOwnFault)
        }
        return nil
    }

    /// The answer that was asked for as liveness, readiness or startup, else the given or found one of that name.
    func answer(for kind: HealthAnswer.Kind) -> HealthAnswer? {
        let role = HealthCapture.Role(rawValue: kind.rawValue)
        return answers.first { $0.visit.role == role }
            ?? answers.first { $0.visit.role == .given && $0.kind == kind }
            ?? discovered.first { $0.kind == kind }
    }
}

/// The visits of a capture, each read as a health answer.
struct HealthVisits {
    let answers: [HealthAnswer]
    let control: HealthAnswer?

    init(_ visits: [HealthCapture.Visit]) {
        answers = visits.filter(\.role.isOfHealth).map(HealthAnswer.init)
        control = visits.first { $0.role == .control }.map(HealthAnswer.init)
    }

    /// The paths that discovery found, in the order looked at.
    var discovered: [HealthAnswer] {
        answers.filter { $0.visit.role == .discovery && $0.isHealthAnswer(besides: control) }
    }

    /// The endpoint: the given one, else the best found, else the one that the probe itself chose.
    func endpoint(orAt path: String?) -> HealthAnswer? {
        if let given = answers.first(where: { $0.visit.role == .given }) { return given }
        let structured = discovered.first { $0.body.map { $0.format != .plain } == true }
        if let best = structured ?? discovered.first { return best }
        return path.flatMap { path in answers.first { $0.visit.path == path } }
    }
}

extension HealthCapture {
    /// The path to treat as the health endpoint: the given one, else the best that discovery found; nil for none.
    ///
    /// A recognised format beats plain text, then the order of the visits decides. An answer like that of the control
    /// path is never chosen, nor plain text or a bare 503 without a control answer to tell it from.
    package static func chooseEndpoint(visits: [Visit]) -> String? {
        HealthVisits(visits).endpoint(orAt: nil)?.visit.path
    }

    /// The usual paths that answered like health endpoints, in the order made.
    package static func found(in visits: [Visit]) -> [String] { HealthVisits(visits).discovered.map(\.visit.path) }
}
