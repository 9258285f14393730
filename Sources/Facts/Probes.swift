import AuditModel
import JSON

extension ProbeKind {
    /// What the catalogue says about this probe.
    package var catalogueEntry: ProbeDescription {
        switch self {
        case .cookies: CookiesFacts.description
        case .cors: CORSFacts.description
        case .csp: CSPFacts.description
        case .headers: HeadersFacts.description
        case .health: HealthFacts.description
        case .image: ImageFacts.description
        case .observatory: ObservatoryFacts.description
        case .rateLimit: RateLimitFacts.description
        case .redirect: RedirectFacts.description
        case .tls: TLSFacts.description
        }
    }

    /// The facts of a capture of this probe at an instant; throws a `JSONError` when the recording is not of the
    /// capture's form.
    package func facts(of capture: JSONValue, at now: Instant) throws -> FactSet {
        switch self {
        case .cookies: try capture.decode(CookiesCapture.self).facts(at: now)
        case .cors: try capture.decode(CORSCapture.self).facts(at: now)
        case .csp: try capture.decode(CSPCapture.self).facts(at: now)
        case .headers: try capture.decode(HeadersCapture.self).facts(at: now)
        case .health: try capture.decode(HealthCapture.self).facts(at: now)
        case .image: try capture.decode(ImageCapture.self).facts(at: now)
        case .observatory: try capture.decode(ObservatoryCapture.self).facts(at: now)
        case .rateLimit: try capture.decode(RateLimitCapture.self).facts(at: now)
        case .redirect: try capture.decode(RedirectCapture.self).facts(at: now)
        case .tls: try capture.decode(TLSCapture.self).facts(at: now)
        }
    }
}
