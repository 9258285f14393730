import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import WireFormats

/// What each visit of a page sends, and what is kept of the answer.
struct PageRequests: Sendable {
    let session: HTTPSession
    let redactor: Redactor
    private let permitted: Set<ActiveProbing>

    init(_ url: URLReference, in context: ProbeContext) {
        session = HTTPSession(target: url, context: context)
        redactor = context.redactor
        permitted = context.permitted
    }

    private var walk: RedirectWalk {
        RedirectWalk(
            session: session, redactor: redactor, limit: HTTPLimits.redirects, keeping: HTTPLimits.keptPageBytes)
    }

    func page(_ url: URLReference, until deadline: NIODeadline) async throws(ProbeFailure) -> RedirectWalk.Path {
        try await walk.get(url, until: deadline)
    }

    /// Makes one visit.
    ///
    /// - Parameters:
    ///   - start: the URL that was asked for; `page` is where it led.
    ///   - httpPort: the port that speaks plain HTTP; nil when nobody said.
    func visit(
        _ kind: PageVisitKind, of start: URLReference, at page: RedirectWalk.Path, httpPort: Int?,
        until deadline: NIODeadline
    ) async -> PageVisit {
        do throws(ProbeFailure) {
            switch kind {
            case .again: return try await answer(.again, HTTPRequest(url: page.url), until: deadline)
            case .notFound:
                let url = try page.url.at("/__no-such-path-" + randomDigits())
                return try await answer(.notFound, HTTPRequest(url: url), until: deadline)
            case .options:
                return try await answer(.options, Self.options(page.url), until: deadline)
            case .http: return try await plain(start, page, httpPort, until: deadline)
            case .http2: return try await overHTTP2(page, until: deadline)
            case .badRequest, .otherMethod, .foreignHost, .forwardedHost:
                return try await activeVisit(kind, of: start, at: page, httpPort: httpPort, until: deadline)
            }
        } catch {
            return PageVisit(kind, failure: error)
        }
    }

    /// What a browser would ask before a cross-origin request (Fetch, CORS-preflight fetch).
    private static func options(_ url: URLReference) -> HTTPRequest {
        HTTPRequest(
            method: .OPTIONS, url: url,
            fields: [("Origin", PageVisit.foreignOrigin), ("Access-Control-Request-Method", "GET")])
    }

    private func activeVisit(
        _ kind: PageVisitKind, of start: URLReference, at page: RedirectWalk.Path, httpPort: Int?,
        until deadline: NIODeadline
    ) async throws(ProbeFailure) -> PageVisit {
        var request = HTTPRequest(url: page.url)
        switch kind {
        case .badRequest:
            try await permit(.malformedRequests, "a request with two Host fields")
            // RFC 9112 §3.2: a server must answer 400.
            request.fields = [("Host", page.url.authority), ("Host", PageVisit.foreignHost)]
        case .otherMethod:
            try await permit(.otherMethods, "a request with a method that nobody knows")
            request.method = .RAW(value: "PROBE")
        case .foreignHost:
            try await permit(.spoofedForwardingHeaders, "a request for another host's name")
            request = HTTPRequest(
                url: try plainURL(of: start, httpPort), fields: [("Host", PageVisit.foreignHost)])
        default:
            try await permit(.spoofedForwardingHeaders, "an invented X-Forwarded-Host")
            request = HTTPRequest(
                url: try plainURL(of: start, httpPort), fields: [("X-Forwarded-Host", PageVisit.foreignHost)])
        }
        return try await answer(kind, request, until: deadline)
    }

    private func permit(_ probing: ActiveProbing, _ what: String) async throws(ProbeFailure) {
        if permitted.contains(probing) { return }
        guard await session.staysOnLoopback else { throw .notPermitted(probing, what) }
    }

    private func answer(
        _ kind: PageVisitKind, _ request: HTTPRequest, until deadline: NIODeadline
    ) async throws(ProbeFailure) -> PageVisit {
        let response = try await session.send(request, until: deadline)
        var exchange = HTTPExchange(
            response, to: request.method.rawValue, from: request.url, keeping: HTTPLimits.keptPageBytes,
            redactor: redactor)
        let outline = outline(of: response)
        if outline != nil { exchange.forgetPage() }
        return PageVisit(kind, exchanges: [exchange], outline: outline)
    }

    /// From plain HTTP on, where it is known to be spoken.
    private func plain(
        _ start: URLReference, _ page: RedirectWalk.Path, _ httpPort: Int?, until deadline: NIODeadline
    ) async throws(ProbeFailure) -> PageVisit {
        guard start.scheme == .https else { return PageVisit(.http, exchanges: seen(page).exchanges) }
        var url = try plainURL(of: start, httpPort)
        // Whether a redirect keeps the query shows only with one.
        if url.query == nil { url.query = "gonogo=1" }
        let path = try await walk.follow(url, until: deadline)
        return PageVisit(.http, exchanges: seen(path).exchanges, failure: path.failure)
    }

    private func plainURL(of start: URLReference, _ httpPort: Int?) throws(ProbeFailure) -> URLReference {
        guard start.scheme == .https else { return start }
        guard let port = httpPort ?? (start.port == 443 ? 80 : nil) else {
            throw ProbeFailure(
                .unsupported,
                "which port speaks plain HTTP beside port \(start.port) is not known (parameter httpPort)")
        }
        var url = start
        (url.scheme, url.port) = (.http, port)
        return url
    }

    private func overHTTP2(
        _ page: RedirectWalk.Path, until deadline: NIODeadline
    ) async throws(ProbeFailure) -> PageVisit {
        guard page.url.scheme == .https else {
            throw ProbeFailure(.unsupported, "HTTP/2 is spoken over TLS, and the page is not")
        }
        if page.last.httpVersion == "2" { return PageVisit(.http2, exchanges: seen(page).exchanges.suffix(1)) }
        return try await answer(.http2, HTTPRequest(url: page.url, version: .http2), until: deadline)
    }
}
