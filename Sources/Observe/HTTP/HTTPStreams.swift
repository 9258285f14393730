import AuditModel
import NIOCore
import NIOHTTP1
import Synchronization
import WireFormats

/// A request whose response is read as a stream.
struct StreamRequest: Sendable {
    var method = HTTPMethod.GET
    var url: URLReference
    /// Besides `Host`, `User-Agent` and `Accept-Encoding`.
    var fields: [(name: String, value: String)] = []
    var body: ByteBuffer?
}

/// The connections of one observation whose responses are streams; a server must prove its name.
final class HTTPStreams: Sendable {
    private let context: ProbeContext
    /// Where all requests go instead of where their URLs point to; nil for the network.
    private let socket: String?
    private let idle = Mutex<[Route: [StreamConnection]]>([:])

    init(context: ProbeContext, socket: String? = nil) {
        self.context = context
        self.socket = socket
    }

    /// Sends a request and gives its response to the closure; what the closure leaves of the body is not read.
    ///
    /// - Throws: a `ProbeFailure` when no head came in time, or what the closure throws.
    func withResponse<Value>(
        to request: StreamRequest, _ read: (HTTPResponse, BodyStream) async throws -> Value
    ) async throws -> Value {
        let (connection, response) = try await send(request)
        do {
            let value = try await read(response, BodyStream(connection, timeout: context.timeout))
            if await connection.release() {
                idle.withLock { $0[connection.route, default: []].append(connection) }
            } else {
                connection.close()
            }
            return value
        } catch {
            connection.close()
            throw error
        }
    }

    func close() {
        let connections = idle.withLock { idle in
            defer { idle = [:] }
            return idle.values.flatMap { $0 }
        }
        for connection in connections { connection.close() }
    }

    private func send(_ request: StreamRequest) async throws(ProbeFailure) -> (StreamConnection, HTTPResponse) {
        if Task.isCancelled { throw .cancelled }
        let deadline = NIODeadline.now() + TimeAmount(context.timeout)
        let route = try route(to: request.url)
        let head = try head(of: request, on: route)
        while let connection = idle.withLock({ $0[route]?.popLast() }) {
            guard connection.channel.isActive else { continue }
            do {
                return (connection, try await connection.send(head, body: request.body, until: deadline))
            } catch {
                connection.close()
                // Otherwise the server closed the idle connection while the request was on its way.
                guard error.isBeforeFirstByte, error.failure.isStaleConnection else { throw error.failure }
            }
        }
        let connection = try await open(route, until: deadline)
        do {
            return (connection, try await connection.send(head, body: request.body, until: deadline))
        } catch {
            connection.close()
            throw error.failure
        }
    }

    private func route(to url: URLReference) throws(ProbeFailure) -> Route {
        if let socket { return Route(socket: socket, origin: url.atRoot) }
        return try Route(to: url, in: context)
    }

    private func open(_ route: Route, until deadline: NIODeadline) async throws(ProbeFailure) -> StreamConnection {
        do throws(OpeningFailure) {
            return try await StreamConnection.open(route, tls: try tls(route), until: deadline)
        } catch {
            switch error {
            case .failure(let failure), .unknownProtocol(let failure): throw failure
            case .untrusted(.hostName):
                throw ProbeFailure(.tlsFailed, "the certificate of \(route.place) does not name \(route.origin.host)")
            case .untrusted(.chain):
                throw ProbeFailure(
                    .tlsFailed, "the certificate of \(route.place) leads to no trust anchor, or is out of date")
            }
        }
    }

    private func tls(_ route: Route) throws(OpeningFailure) -> TLSPlan? {
        guard route.origin.scheme == .https, route.kind != .socket else { return nil }
        do throws(ProbeFailure) {
            return try context.trust.plan(anchors: context.extraTrustAnchors, verification: .chain)
        } catch {
            throw .failure(error)
        }
    }

    private func head(of request: StreamRequest, on route: Route) throws(ProbeFailure) -> HTTPRequestHead {
        try HTTPRequestHead(request.method, of: request.url, on: route, in: context, accept: nil) { headers in
            for (name, value) in request.fields { headers.add(name: name, value: value) }
            if let body = request.body { headers.add(name: "Content-Length", value: "\(body.readableBytes)") }
        }
    }
}
