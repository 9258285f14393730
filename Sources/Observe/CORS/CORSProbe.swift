import AuditModel
import Facts
import NIOCore
import WireFormats

/// Asks one URL from many origins, one request after the other: GETs, then preflights.
///
/// Redirects on the same host are followed once, by the request without an origin; elsewhere nothing is ever sent.
struct CORSProbe: Probe {
    private static let usualRequests = 26
    private static let mostKnownOrigins = 4

    private let url: URLReference
    private let budget: Int
    /// nil for what suits the target.
    private let gap: Duration?
    private let isExtended: Bool
    private let knownOrigins: [String]

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        let target = try request.targetURL()
        url = if let path = request.text("path") { try target.at(path) } else { target }
        isExtended = request.parameters["extended"] == .boolean(true)
        let usual = Self.usualRequests + (isExtended ? CORSOrigins.extendedCharacters.count : 0)
        budget = try request.integer(CORSFacts.requests) ?? usual
        gap = try request.integer(CORSFacts.gap).map { .milliseconds($0) }
        knownOrigins = try Self.knownOrigins(request)
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> CORSCapture {
        let usualGap: Duration = try url.isLoopback(in: context) ? .zero : .milliseconds(50)
        let gap = gap ?? usualGap
        let (url, budget, isExtended, knownOrigins) = (url, budget, isExtended, knownOrigins)
        return try await HTTPSession.run(target: url, context: context) { session throws(ProbeFailure) in
            var series = CORSSeries(session: session, context: context, budget: budget, gap: gap, target: url)
            try await series.begin(until: deadline)
            try await series.askOrigins(known: knownOrigins, extended: isExtended)
            try await series.askPreflights()
            var capture = series.capture
            capture.requests = await session.requests
            return capture
        }
    }

    private static func knownOrigins(_ request: ObservationRequest) throws(ProbeFailure) -> [String] {
        guard case .list(let values) = request.parameters["origins"] else { return [] }
        var origins: [String] = []
        for case .text(let text) in values {
            guard isSerializedOrigin(text) else {
                throw ProbeFailure(
                    .unsupported, "of the origins, one is not of the form https://host or https://host:port")
            }
            origins.append(text)
        }
        guard origins.count <= mostKnownOrigins else {
            throw ProbeFailure(.unsupported, "at most \(mostKnownOrigins) origins can be given")
        }
        return origins
    }
}

extension URLReference {
    /// Whether requests to it stay on this machine, as far as names and `--resolve` tell.
    fileprivate func isLoopback(in context: ProbeContext) throws(ProbeFailure) -> Bool {
        let route = try Route(to: self, in: context)
        guard route.kind == .direct else { return false }
        if let address = IPAddress(route.host) {
            return address.isVersion6 ? address == IPAddress("::1") : address.bytes.first == 127
        }
        let name = canonicalName(route.host)
        return name == "localhost" || name.hasSuffix(".localhost")
    }
}
