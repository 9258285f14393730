import AuditModel
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection whose responses are read as streams, one at a time.
struct StreamConnection: Sendable {
    let channel: any Channel
    let handler: NIOLoopBound<BodyStreamHandler>
    let route: Route

    static func open(
        _ route: Route, tls: TLSPlan?, until deadline: NIODeadline
    ) async throws(OpeningFailure) -> StreamConnection {
        try await ConnectionOpening.open(route, tls: tls, until: deadline) { channel, route, _, _ in
            let handler = BodyStreamHandler(place: route.place)
            try channel.pipeline.syncOperations.addHTTPHandlers(handler)
            let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
            return StreamConnection(channel: channel, handler: bound, route: route)
        }
    }

    /// Sends a request and returns its response's head; a cancelled task ends it at once.
    func send(
        _ head: HTTPRequestHead, body: ByteBuffer?, until deadline: NIODeadline
    ) async throws(ExchangeFailure) -> HTTPResponse {
        let (loop, handler) = (channel.eventLoop, handler)
        let promise = loop.makePromise(of: Result<HTTPResponse, ExchangeFailure>.self)
        loop.execute { handler.value.begin(head, body: body, until: deadline, promise: promise) }
        switch await result(of: promise) {
        case .success(let response): return response
        case .failure(let failure): throw failure
        case nil: throw ExchangeFailure(failure: broken, isBeforeFirstByte: false)
        }
    }

    /// The next pieces of the body; none at its end.
    func take(until deadline: NIODeadline) async throws(ProbeFailure) -> [ByteBuffer] {
        let (loop, handler) = (channel.eventLoop, handler)
        let promise = loop.makePromise(of: Result<[ByteBuffer], ProbeFailure>.self)
        loop.execute { handler.value.take(until: deadline, promise: promise) }
        switch await result(of: promise) {
        case .success(let pieces): return pieces
        case .failure(let failure): throw failure
        case nil: throw broken
        }
    }

    /// Whether the response was read to its end and another request can be sent.
    func release() async -> Bool {
        let handler = handler
        return (try? await channel.eventLoop.submit { handler.value.release() }.get()) ?? false
    }

    func close() { channel.close(promise: nil) }

    private var broken: ProbeFailure { ProbeFailure(.closedEarly, "the connection to \(route.place) broke") }

    /// nil when the event loop ended.
    private func result<Value: Sendable>(of promise: EventLoopPromise<Value>) async -> Value? {
        let (loop, handler) = (channel.eventLoop, handler)
        return await withTaskCancellationHandler {
            try? await promise.futureResult.get()
        } onCancel: {
            loop.execute { handler.value.cancel() }
        }
    }
}

/// The body of a response, taken piece by piece.
struct BodyStream: Sendable {
    /// What must come within each span of the context's timeout; a slower sender is as good as silent.
    private static let leastBytes = 64 << 10

    private let connection: StreamConnection
    private let timeout: TimeAmount

    init(_ connection: StreamConnection, timeout: Duration) {
        self.connection = connection
        self.timeout = TimeAmount(timeout)
    }

    /// Hands the whole body to the closure; only the time spent waiting counts against the timeout.
    func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Void) async throws {
        var waited = TimeAmount.zero
        var received = 0
        while true {
            let start = NIODeadline.now()
            let pieces = try await connection.take(until: start + (timeout - waited))
            if pieces.isEmpty { return }
            waited = waited + (.now() - start)
            for piece in pieces {
                received += piece.readableBytes
                try piece.withUnsafeReadableBytes(take)
            }
            if received >= Self.leastBytes { (waited, received) = (.zero, 0) }
            try Task.checkCancellation()
        }
    }

    /// The whole body, at most `limit` bytes.
    func bytes(atMost limit: Int, _ what: String) async throws(ProbeFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            try await forEachPiece { piece in
                guard bytes.count + piece.count <= limit else {
                    throw ProbeFailure(.tooLarge, "\(connection.route.place) sent \(what) of more than \(limit) bytes")
                }
                bytes += piece
            }
        } catch {
            throw ProbeFailure(error, place: connection.route.place)
        }
        return bytes
    }
}
