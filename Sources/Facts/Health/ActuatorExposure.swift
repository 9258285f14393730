import AuditModel
import WireFormats

/// What Spring Boot Actuator shows to anyone, by the answers to an `ActuatorPlan`.
struct ActuatorExposure: Sendable {
    /// In the order of `ActuatorEndpoint`.
    let exposed: [ActuatorEndpoint]
    /// Why it is not known, when nothing was found exposed and a request got no answer.
    let failure: ProbeFailure?

    /// nil when the actuator was not asked.
    init?(_ visits: [HealthCapture.Visit]) {
        guard let index = visits.first(where: { $0.role == .actuatorIndex }) else { return nil }
        let control = visits.first { $0.role == .control }
        let asked = visits.filter { $0.role == .actuator }
        let open = Set(asked.filter { Self.isOpen($0, besides: control) }.compactMap(Self.endpoint))
        var found = open
        // The list names what exists; whether it is for anyone, the answers of its neighbours tell.
        if let listed = index.listedByActuator, !asked.contains(where: Self.isRefused) {
            let askedFor = Set(asked.compactMap(Self.endpoint))
            found.formUnion(listed.filter { $0 == .shutdown || ($0 == .heapdump && !askedFor.contains($0)) })
        }
        exposed = ActuatorEndpoint.allCases.filter(found.contains)
        failure = found.isEmpty ? ([index] + asked).lazy.compactMap(Self.failure).first : nil
    }

    private static func endpoint(_ visit: HealthCapture.Visit) -> ActuatorEndpoint? {
        visit.path.split(separator: "/").last.flatMap { ActuatorEndpoint(rawValue: String($0)) }
    }

    /// Only heads are read, so that no secret is: an endpoint answers 200 with no page, and not as any path does.
    private static func isOpen(_ visit: HealthCapture.Visit, besides control: HealthCapture.Visit?) -> Bool {
        guard let exchange = visit.exchange, exchange.status == 200 else { return false }
        let essence = essence(of: exchange)
        if essence.map(MediaType.isHTML) == true { return false }
        guard let any = control?.exchange, any.status == 200 else { return true }
        return Self.essence(of: any) != essence
    }

    private static func essence(of exchange: HTTPExchange) -> String? {
        MediaType.extract(lines: exchange.values(of: "content-type"))?.essence
    }

    private static func isRefused(_ visit: HealthCapture.Visit) -> Bool {
        [401, 403, 407].contains(visit.exchange?.status)
    }

    private static func failure(_ visit: HealthCapture.Visit) -> ProbeFailure? {
        if visit.exchange?.status == 429 {
            return ProbeFailure(.refused, "\(visit.path): the service limits requests: it answered 429")
        }
        return visit.failure.map { ProbeFailure($0.code, "\(visit.path): \($0.reason)", isOwnFault: $0.isOwnFault) }
    }
}
