import AuditModel
import Facts
import NIOCore
import WireFormats

/// Looks at a page, and makes the visits that the facts of its capture read; probes of one run share them.
struct PageProbe<Capture: PageCapture>: Probe {
    static var sharesPages: Bool { true }

    private let url: URLReference
    private let paths: [String]
    private let httpPort: Int?
    private let hints: PageHints

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        url = try request.pageURL()
        paths = request.texts("paths")
        httpPort = request.integer("httpPort")
        let (session, csrf) = (request.texts("sessionCookies"), request.texts("csrfCookies"))
        let preloaded = request.texts("preloaded")
        hints = PageHints(
            isSensitive: request.boolean("sensitive"), sessionCookies: session.isEmpty ? nil : session,
            csrfCookies: csrf.isEmpty ? nil : csrf, preloaded: preloaded.isEmpty ? nil : preloaded)
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> Capture {
        let visits = await context.pages.visits(of: url, in: context)
        var hints = hints
        if !context.requestHeaders.isEmpty { hints.sendsCredentials = true }
        if context.requestHeaders.contains(where: { $0.name.lowercased() == "authorization" }) {
            hints.sendsAuthorization = true
        }
        let question = PageQuestion(
            url: url, visits: Capture.visits, paths: paths, httpPort: httpPort,
            hints: hints == PageHints() ? nil : hints)
        return Capture(page: try await visits.observe(question, until: deadline))
    }
}

extension ObservationRequest {
    /// The target, or the given path at its origin.
    func pageURL() throws(ProbeFailure) -> URLReference {
        let target = try targetURL()
        return if let path = text("path") { try target.at(path) } else { target }
    }
}
