import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import WireFormats

/// The connections of one attempt of one probe: opened, kept alive and replaced per origin.
///
/// The context's request headers go to the target's own host alone, and never from `https` to `http`.
actor HTTPSession {
    private let context: ProbeContext
    private let target: URLReference
    private var idle: [Line: [HTTPConnection]] = [:]
    /// Origins whose certificate did not verify, so that one handshake is enough from then on.
    private var problems: [Route: CertificateProblem] = [:]
    /// Origins that refuse HTTP/1.1 over TLS.
    private var newer: Set<Route> = []
    /// Requests sent, redirects and repetitions on a fresh connection included.
    private(set) var requests = 0
    /// Whether every connection so far went straight to an address of loopback; false before the first.
    var staysOnLoopback: Bool { hasConnected && !hasLeftLoopback }
    private var hasConnected = false
    private var hasLeftLoopback = false

    /// What an idle connection can be used for.
    private struct Line: Hashable {
        let route: Route
        let speaks: ApplicationProtocol
    }

    init(target: URLReference, context: ProbeContext) {
        self.target = target
        self.context = context
    }

    /// Runs the body with a session and closes its connections afterwards.
    static func run<Result: Sendable>(
        target: URLReference, context: ProbeContext,
        _ body: (HTTPSession) async throws(ProbeFailure) -> Result
    ) async throws(ProbeFailure) -> Result {
        let session = HTTPSession(target: target, context: context)
        do {
            let result = try await body(session)
            await session.close()
            return result
        } catch {
            await session.close()
            throw error
        }
    }

    /// Sends a GET and returns its response; throws when no head of a response came before the deadline.
    func get(_ url: URLReference, until deadline: NIODeadline) async throws(ProbeFailure) -> HTTPResponse {
        try await send(HTTPRequest(url: url), until: deadline)
    }

    /// Sends a request and returns its response; throws when no head of a response came before the deadline.
    func send(_ request: HTTPRequest, until deadline: NIODeadline) async throws(ProbeFailure) -> HTTPResponse {
        if Task.isCancelled { throw .cancelled }
        let route = try Route(to: request.url, in: context)
        let line = Line(route: route, speaks: request.version ?? (newer.contains(route) ? .http2 : .http1))
        let head = try head(of: request, on: route)
        // What may not be repeated goes to a connection that cannot be stale (RFC 9110 §9.2.2).
        if request.method.isIdempotent, let connection = takeIdle(line) {
            do {
                return try await exchange(head, of: request, on: connection, until: deadline)
            } catch {
                // Otherwise the server closed the idle connection while the request was on its way.
                guard error.isBeforeFirstByte, error.failure.isStaleConnection else { throw error.failure }
            }
        }
        let connection = try await open(line, canChange: request.version == nil, until: deadline)
        // Made again: by now it is known whether the server proved its name.
        let proven = try self.head(of: request, on: route)
        do {
            return try await exchange(proven, of: request, on: connection, until: deadline)
        } catch {
            guard connection.isUnagreed, request.version == nil, error.isBeforeFirstByte,
                error.failure.isStaleConnection
            else { throw error.failure }
            return try await sendByHTTP2(request, on: route, until: deadline, after: error.failure)
        }
    }

    /// Some servers that speak HTTP/2 alone choose nothing of ALPN and close, instead of refusing the handshake.
    private func sendByHTTP2(
        _ request: HTTPRequest, on route: Route, until deadline: NIODeadline, after failure: ProbeFailure
    ) async throws(ProbeFailure) -> HTTPResponse {
        let connection: HTTPConnection
        do {
            connection = try await open(Line(route: route, speaks: .http2), canChange: false, until: deadline)
        } catch {
            throw failure
        }
        do {
            let response = try await exchange(
                head(of: request, on: route), of: request, on: connection, until: deadline)
            newer.insert(route)
            return response
        } catch let error as ExchangeFailure {
            throw error.failure
        } catch {
            throw failure
        }
    }

    func close() {
        for connection in idle.values.joined() { connection.close() }
        idle = [:]
    }

    private func takeIdle(_ line: Line) -> HTTPConnection? {
        while let connection = idle[line]?.popLast() {
            if connection.isOpen { return connection }
        }
        return nil
    }

    private func exchange(
        _ head: HTTPRequestHead, of request: HTTPRequest, on connection: HTTPConnection, until deadline: NIODeadline
    ) async throws(ExchangeFailure) -> HTTPResponse {
        requests += 1
        let response = try await connection.send(head, bodyLimit: request.bodyLimit, until: deadline)
        // Some servers send the body that they promise in answer to HEAD, and it would be read as the next response.
        let isSpent = request.method == .HEAD && connection.speaks == .http1
        if isSpent {
            connection.close()
        } else if connection.isOpen, response.keepsConnection {
            idle[Line(route: connection.route, speaks: connection.speaks), default: []].append(connection)
        }
        return response
    }

    // MARK: Opening

    /// - Parameter canChange: whether HTTP/2 will do where the server refuses HTTP/1.1.
    private func open(
        _ line: Line, canChange: Bool, until deadline: NIODeadline
    ) async throws(ProbeFailure) -> HTTPConnection {
        let route = line.route
        let plan = try tls(line)
        do throws(OpeningFailure) {
            let connection = try await HTTPConnection.open(route, tls: plan, until: deadline)
            hasConnected = true
            if !connection.isToLoopback { hasLeftLoopback = true }
            return connection
        } catch {
            switch error {
            case .failure(let failure): throw failure
            case .unknownProtocol(let failure):
                guard canChange, line.speaks == .http1 else { throw failure }
                newer.insert(route)
                return try await open(Line(route: route, speaks: .http2), canChange: false, until: deadline)
            case .untrusted(let problem):
                // Again without verification: everything else about the server can still be seen.
                problems[route] = problem
                return try await open(line, canChange: canChange, until: deadline)
            }
        }
    }

    private func tls(_ line: Line) throws(ProbeFailure) -> TLSPlan? {
        let route = line.route
        guard route.origin.scheme == .https else { return nil }
        guard let problem = problems[route] else {
            return try context.trust.plan(
                anchors: context.extraTrustAnchors, verification: .chain, speaks: line.speaks)
        }
        let now = context.now()
        return try context.trust.plan(
            anchors: context.extraTrustAnchors, verification: .nothing, speaks: line.speaks
        ) { problem.text(host: route.origin.host, leaf: $0, now: now) }
    }

    // MARK: Request

    private func head(of request: HTTPRequest, on route: Route) throws(ProbeFailure) -> HTTPRequestHead {
        // A server that cannot prove its name gets no credentials.
        let isTrusted = takesRequestHeaders(request.url) && problems[route] == nil
        let own = request.carriesAuditFields && isTrusted ? context.requestHeaders : []
        return try HTTPRequestHead(request.method, of: request.url, on: route, in: context, accept: "*/*") { headers in
            for (name, value) in own { headers.replaceOrAdd(name: name, value: value.trimmed) }
            for (name, _) in request.fields { headers.remove(name: name) }
            for (name, value) in request.fields { headers.add(name: name, value: value) }
        }
    }

    private func takesRequestHeaders(_ url: URLReference) -> Bool {
        sameHost(url.host, target.host) && !(target.scheme == .https && url.scheme == .http)
    }
}

extension HTTPMethod {
    /// RFC 9110 §9.2.2, as far as requests without bodies go.
    fileprivate var isIdempotent: Bool { [.GET, .HEAD, .OPTIONS, .TRACE, .PUT, .DELETE].contains(self) }
}

extension ProbeFailure {
    var isStaleConnection: Bool { code == .closedEarly || code == .reset }
}

extension String {
    /// Without spaces and line ends around it, as a value read from a file or variable has them.
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        let rest = drop(while: isSpace)
        guard let end = rest.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(rest[...end])
    }
}
