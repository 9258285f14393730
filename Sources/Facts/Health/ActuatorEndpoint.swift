import JSON
import WireFormats

/// What Spring Boot Actuator can show that is nobody's business outside, by the identifiers of Spring Boot.
package enum ActuatorEndpoint: String, Sendable, CaseIterable {
    case env, heapdump, threaddump, beans, mappings, loggers
    /// It acts, so it is never asked for.
    case shutdown

    /// Those that a GET reads without an effect on the service.
    static let readOnly: [ActuatorEndpoint] = [.env, .threaddump, .beans, .mappings, .loggers]
}

/// The list of endpoints at the actuator's root, which Spring Boot shows unless that is switched off.
struct ActuatorIndex: Equatable, Sendable {
    let listed: Set<ActuatorEndpoint>

    /// nil for a body that is no such list.
    init?(_ body: String) {
        let limits = JSONLimits(bytes: HealthBody.longestBody, depth: HealthBody.deepestNesting)
        guard let links = (try? JSONValue.parse(body, limits: limits))?["_links"]?.members else { return nil }
        // Some names stand for several links: `loggers`, `loggers-name`.
        listed = Set(links.compactMap { ActuatorEndpoint(rawValue: $0.name) })
    }
}
