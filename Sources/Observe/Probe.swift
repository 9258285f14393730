import AuditModel
import Facts
import NIOCore
import WireFormats

/// Asks a target one question; a capture says all that was seen.
protocol Probe: Sendable {
    associatedtype Capture: ProbeCapture

    /// Whether a failure that may pass by itself is worth another observation; false for one that sees to it itself.
    static var isRepeated: Bool { get }

    /// Whether the probe looks at pages that other probes of the run look at too.
    static var sharesPages: Bool { get }

    /// Whether other observations at the same time would disturb it; it is then made after them, by itself.
    static var runsAlone: Bool { get }

    /// Throws a `ProbeFailure` when target or parameters are not what the probe takes.
    init(_ request: ObservationRequest) throws(ProbeFailure)

    /// Observes once; a `ProbeFailure` says why nothing could be seen, and every wait ends at the deadline.
    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> Capture
}

extension Probe {
    static var isRepeated: Bool { true }
    static var sharesPages: Bool { false }
    static var runsAlone: Bool { false }
}

extension ProbeKind {
    /// Whether other observations at the same time would disturb this probe.
    package var runsAlone: Bool { observer.runsAlone }

    /// The observer of each probe.
    var observer: any Probe.Type {
        switch self {
        case .cookies: PageProbe<CookiesCapture>.self
        case .cors: CORSProbe.self
        case .csp: PageProbe<CSPCapture>.self
        case .headers: PageProbe<HeadersCapture>.self
        case .health: HealthProbe.self
        case .image: ImageProbe.self
        case .observatory: PageProbe<ObservatoryCapture>.self
        case .rateLimit: RateLimitProbe.self
        case .redirect: PageProbe<RedirectCapture>.self
        case .tls: TLSProbe.self
        }
    }
}

extension ObservationRequest {
    func targetURL() throws(ProbeFailure) -> URLReference {
        do {
            return try URLReference(target)
        } catch {
            throw ProbeFailure(.unsupported, "the target is no URL: \(error.reason)")
        }
    }

    /// nil when the parameter is not given.
    func text(_ parameter: String) -> String? {
        guard case .text(let text) = parameters[parameter], !text.isEmpty else { return nil }
        return text
    }

    /// Empty when the parameter is not given.
    func texts(_ parameter: String) -> [String] {
        guard case .list(let values) = parameters[parameter] else { return [] }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// nil when the parameter is not given.
    func boolean(_ parameter: String) -> Bool? {
        guard case .boolean(let flag) = parameters[parameter] else { return nil }
        return flag
    }

    /// What was given, or the default; nil without either. Throws when it lies outside of the parameter's range.
    func integer(_ parameter: ProbeParameter) throws(ProbeFailure) -> Int? {
        guard let value = parameters[parameter.name] ?? parameter.defaultValue, case .integer(let integer) = value
        else { return nil }
        if let objection = parameter.objection(to: value) {
            throw ProbeFailure(.unsupported, "the parameter \(parameter.name) is \(objection)")
        }
        return Int(clamping: integer)
    }

    /// nil when the parameter is not given.
    func integer(_ parameter: String) -> Int? {
        guard case .integer(let integer) = parameters[parameter] else { return nil }
        return Int(clamping: integer)
    }
}

extension URLReference {
    /// The same origin at a path that a parameter names.
    func at(_ path: String) throws(ProbeFailure) -> URLReference {
        do {
            return try withPath(path)
        } catch {
            throw ProbeFailure(.unsupported, "the path is not one of a URL: \(error.reason)")
        }
    }
}
