import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import NIOHTTP2

/// The requests of one HTTP/2 connection: each has a stream of its own, read as an HTTP/1.1 response is (RFC 9113 §8).
///
/// Confined to its channel's event loop.
final class HTTP2Streams {
    private let channel: any Channel
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer
    private let budget: ConnectionBudget
    private let place: String
    private let tls: TLSSummary?
    private var current: ResponseHandler?

    /// Adds the handlers of HTTP/2 to a connection; throws when they cannot be added.
    init(_ channel: any Channel, place: String, tls: TLSSummary?) throws {
        self.channel = channel
        self.place = place
        self.tls = tls
        budget = ConnectionBudget()
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .enablePush, value: 0),
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 0),
            HTTP2Setting(parameter: .maxHeaderListSize, value: HTTPLimits.headBytes)
        ]
        // A server opens no streams: push is off.
        try channel.pipeline.syncOperations.addHandler(budget)
        multiplexer = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
            mode: .client, connectionConfiguration: connection, streamConfiguration: .init()
        ) { stream in stream.close() }
        budget.exceeded = { [weak self] in self?.current?.fail(.tooLarge, "sent more HTTP/2 framing than content") }
    }

    /// Sends a request on a stream of its own and completes the promise when its response ended.
    func begin(
        _ head: HTTPRequestHead, bodyLimit: Int, until deadline: NIODeadline, promise: ResponseHandler.Promise
    ) {
        let response = ResponseHandler(place: place, tls: tls)
        current = response
        budget.begin()
        let bound = NIOLoopBound(response, eventLoop: channel.eventLoop)
        let created = channel.eventLoop.makePromise(of: (any Channel).self)
        let place = place
        multiplexer.createStreamChannel(promise: created) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandlers(
                    HTTP2FramePayloadToHTTP1ClientCodec(httpProtocol: .https), bound.value)
            }
        }
        created.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success: bound.value.begin(head, bodyLimit: bodyLimit, until: deadline, promise: promise)
            case .failure(let error):
                let failure = ProbeFailure(error, place: place)
                promise.succeed(.failure(ExchangeFailure(failure: failure, isBeforeFirstByte: true)))
            }
        }
    }

    func cancel() { current?.cancel() }
}

/// Counts the bytes of an HTTP/2 connection, whose frames the bounds of a single response do not see.
final class ConnectionBudget: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Head and body at their largest, and as much again for frames.
    private static let bytes = 2 * (HTTPLimits.headBytes + HTTPLimits.bodyBytes)

    /// Called once the budget of a request is spent.
    var exceeded: (() -> Void)?
    private var rest = ConnectionBudget.bytes

    /// Another request begins.
    func begin() { rest = Self.bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        rest -= unwrapInboundIn(data).readableBytes
        guard rest >= 0 else {
            exceeded?()
            return context.close(promise: nil)
        }
        context.fireChannelRead(data)
    }
}
