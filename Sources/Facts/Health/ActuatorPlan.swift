import WireFormats

/// Which requests tell what Spring Boot Actuator shows. Every one is a GET; none goes to an endpoint that acts.
package struct ActuatorPlan: Sendable {
    /// The path that the endpoints are below: `/actuator`, empty for the root.
    package let base: String

    /// nil when no answer looks like Spring: no body of its form, and no path of an actuator that exists.
    package init?(visits: [HealthCapture.Visit]) {
        let visited = HealthVisits(visits)
        guard let base = visited.answers.lazy.compactMap({ Self.base(of: $0, besides: visited.control) }).first
        else { return nil }
        self.base = base
    }

    package var index: String { base.isEmpty ? "/" : base }

    package func path(of endpoint: ActuatorEndpoint) -> String { base + "/" + endpoint.rawValue }

    /// The endpoints to ask for, given the answer at `index`: those that it lists, or all when it is no list.
    package func endpoints(after index: HealthCapture.Visit) -> [ActuatorEndpoint] {
        guard let listed = index.listedByActuator else { return ActuatorEndpoint.readOnly }
        return ActuatorEndpoint.readOnly.filter(listed.contains)
    }

    /// Whether only a request tells about heapdump, given the answers so far. It makes the service write a dump of its
    /// memory, so it is not asked for where the list and its neighbours' answers tell enough.
    package func needsHeapdump(after visits: [HealthCapture.Visit]) -> Bool {
        let answers = visits.filter { $0.role == .actuator }
        if answers.contains(where: { $0.exchange?.status == 429 || $0.failure != nil }) { return false }
        guard let listed = visits.first(where: { $0.role == .actuatorIndex })?.listedByActuator else { return true }
        return listed.contains(.heapdump) && !answers.contains { $0.exchange?.status == 200 }
    }

    private static func base(of answer: HealthAnswer, besides control: HealthAnswer?) -> String? {
        guard let exchange = answer.visit.exchange else { return nil }
        if let control, answer.looksLike(control) { return nil }
        let path = answer.visit.path.prefix { $0 != "?" && $0 != "#" }
        let names = path.split(separator: "/")
        let exists = [401, 403].contains(exchange.status) || answer.isHealthAnswer(besides: control)
        if exists, let index = names.firstIndex(of: "actuator") {
            return names[...index].map { "/" + $0 }.joined()
        }
        guard answer.body?.format == .springActuator, answer.isHealthAnswer(besides: control) else { return nil }
        // Only Spring itself sends its media type, so that the endpoint's neighbours are Spring's too.
        let isCertain = answer.essence?.hasPrefix("application/vnd.spring-boot.actuator") == true
        guard isCertain, let index = names.firstIndex(of: "health") else { return "/actuator" }
        return names[..<index].map { "/" + $0 }.joined()
    }
}

extension HealthCapture.Visit {
    /// The endpoints that an actuator's root lists; nil when it does not answer with a list.
    var listedByActuator: Set<ActuatorEndpoint>? {
        guard let exchange, exchange.status == 200, exchange.body.failure == nil else { return nil }
        return ActuatorIndex(exchange.body.text)?.listed
    }
}
