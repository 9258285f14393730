import AuditModel
import Facts
import NIOCore
import WireFormats

/// GETs the URL, or the given path at its origin, and follows redirects on the same host.
struct HeadersProbe: Probe {
    private static let redirectLimit = 10

    private let url: URLReference

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        let target = try request.targetURL()
        url = if let path = request.text("path") { try target.at(path) } else { target }
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> HeadersCapture {
        let redactor = context.redactor
        let url = url
        return try await HTTPSession.run(target: url, context: context) { session throws(ProbeFailure) in
            let walk = RedirectWalk(session: session, redactor: redactor, limit: Self.redirectLimit)
            let path = try await walk.get(url, until: deadline)
            return HeadersCapture(url: redactor.redact(url), exchanges: path.exchanges)
        }
    }
}
