import AuditModel
import Facts
import NIOCore
import WireFormats

/// GETs the URL, or the given path at its origin, follows redirects on the same host and makes the capture's visits.
struct PageProbe<Capture: PageCapture>: Probe {
    private let url: URLReference

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        let target = try request.targetURL()
        url = if let path = request.text("path") { try target.at(path) } else { target }
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> Capture {
        let redactor = context.redactor
        let url = url
        return try await HTTPSession.run(target: url, context: context) { session throws(ProbeFailure) in
            let walk = RedirectWalk(session: session, redactor: redactor, limit: HTTPLimits.redirects)
            let path = try await walk.get(url, until: deadline)
            return Capture(page: PageObservation(url: redactor.redact(url), exchanges: path.exchanges))
        }
    }
}
