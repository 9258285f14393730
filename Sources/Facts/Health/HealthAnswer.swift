import AuditModel
import WireFormats

/// One visit with its answer read as a health body.
struct HealthAnswer: Sendable {
    enum Kind: String, CaseIterable {
        case liveness, readiness, startup, aggregate
    }

    let visit: HealthCapture.Visit
    let essence: String?
    let cacheControl: CacheControl
    private let reading: Result<HealthBody.Reading, ProbeFailure>
    private let shape: BodyShape?

    init(_ visit: HealthCapture.Visit) {
        self.visit = visit
        let exchange = visit.exchange
        let essence = exchange.flatMap { MediaType.extract(lines: $0.values(of: "content-type"))?.essence }
        self.essence = essence
        cacheControl = CacheControl(lines: exchange?.values(of: "cache-control") ?? [])
        reading = Self.read(visit, essence: essence)
        shape = exchange.map { BodyShape($0.body.text, essence: essence, path: visit.path) }
    }

    private static func read(
        _ visit: HealthCapture.Visit, essence: String?
    ) -> Result<HealthBody.Reading, ProbeFailure> {
        guard let exchange = visit.exchange else {
            return .failure(visit.failure ?? ProbeFailure(.malformed, "the recording holds no response"))
        }
        if let failure = exchange.body.failure { return .failure(failure) }
        let reading = HealthBody.read(exchange.body.text, essence: essence, httpStatus: exchange.status)
        if case .excessive(let reason) = reading { return .failure(ProbeFailure(.tooLarge, reason)) }
        return .success(reading)
    }

    /// Why there is no answer at all; nil when there is one.
    var failure: ProbeFailure? {
        guard visit.exchange == nil, case .failure(let failure) = reading else { return nil }
        return failure
    }

    /// Why the body could not be read whole; nil when it was.
    var bodyFailure: ProbeFailure? {
        guard case .failure(let failure) = reading else { return nil }
        return failure
    }

    /// nil when the body follows no convention or could not be read.
    var body: HealthBody? {
        guard case .success(.recognised(let body)) = reading else { return nil }
        return body
    }

    var disclosures: Set<Disclosure> {
        guard case .success(let reading) = reading else { return [] }
        let ofBody: Set<Disclosure>
        switch reading {
        case .recognised(let body): ofBody = body.disclosures
        case .unrecognised(let disclosures): ofBody = disclosures
        case .excessive: ofBody = []
        }
        return essence?.contains("/vnd.") == true ? ofBody.union([.vendorMediaType]) : ofBody
    }

    /// Whether it says more than a status and a time; a media type alone is no detail.
    var hasDetail: Bool {
        if disclosures.contains(where: { $0 != .vendorMediaType }) { return true }
        guard let body else { return false }
        return !body.components.isEmpty || body.version != nil || body.releaseID != nil || body.uptimeSeconds != nil
    }

    var kind: Kind {
        switch visit.role {
        case .liveness: return .liveness
        case .readiness: return .readiness
        case .startup: return .startup
        case .given, .discovery, .control, .head, .anonymous, .actuatorIndex, .actuator:
            let path = visit.path.prefix { $0 != "?" && $0 != "#" }
            let name = path.split(separator: "/").last.map { String($0).asciiLowercased } ?? ""
            return Self.kinds[name] ?? .aggregate
        }
    }

    private static let kinds: [String: Kind] = [
        "live": .liveness, "livez": .liveness, "liveness": .liveness, "alive": .liveness, "ready": .readiness,
        "readyz": .readiness, "readiness": .readiness, "startup": .startup, "startupz": .startup,
        "started": .startup
    ]

    /// Whether the answer has the same status and form as another, as when one page answers to every path.
    func looksLike(_ other: HealthAnswer) -> Bool {
        visit.exchange?.status == other.visit.exchange?.status && shape == other.shape
    }

    /// Whether it is a health endpoint's answer, by itself and by its difference from what any path answers.
    func isHealthAnswer(besides control: HealthAnswer?) -> Bool {
        guard let exchange = visit.exchange else { return false }
        // 4xx means that there is nothing here, or nothing without credentials, whatever the body says.
        guard (200..<300).contains(exchange.status) || exchange.status >= 500 else { return false }
        let answered = control.flatMap { $0.visit.exchange == nil ? nil : $0 }
        if let answered, looksLike(answered) { return false }
        // Unavailable under this name alone: that is the whole answer of many a readiness endpoint.
        if exchange.status == 503, let other = answered?.visit.exchange, other.status < 500 { return true }
        guard let body else { return false }
        return body.format != .plain || (answered != nil && (200..<300).contains(exchange.status))
    }

    /// Whether the HTTP status agrees with the body's (draft-inadarei-api-health-check-06 §3.1); nil without one.
    var isHTTPConsistent: Bool? {
        guard let exchange = visit.exchange, let status = body?.status else { return nil }
        switch status {
        case .pass, .warn: return (200..<400).contains(exchange.status)
        case .fail: return (400..<600).contains(exchange.status)
        }
    }
}
