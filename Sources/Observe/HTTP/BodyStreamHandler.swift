import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import NIOPosix

/// Hands on one response after the other: its head at once, its body only as fast as it is asked for.
///
/// Confined to its channel's event loop. Until the head is there a deadline holds; for the body each wait has its own.
final class BodyStreamHandler: BoundedResponseHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart
    typealias HeadPromise = EventLoopPromise<Result<HTTPResponse, ExchangeFailure>>
    /// No pieces say that the body ended.
    typealias BodyPromise = EventLoopPromise<Result<[ByteBuffer], ProbeFailure>>

    /// Bytes held back for a slow taker before the socket is no longer read.
    private static let mostHeldBytes = 256 << 10

    private final class Exchange {
        let start = NIODeadline.now()
        var head: HeadPromise?
        var timeout: Scheduled<Void>?
        var wireBytes = 0
        /// What of `wireBytes` came before the end of the head.
        var headBytes: Int?
        var bodyBytes = 0
        var isKeepAlive = false
        var held: [ByteBuffer] = []
        var heldBytes = 0
        /// Set once: how the body ended.
        var end: Result<Void, ProbeFailure>?
        var taker: BodyPromise?
    }

    private let place: String
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    /// What broke the connection while no response was awaited.
    private var earlyFailure: ProbeFailure?

    init(place: String) { self.place = place }

    // MARK: Counters for `WireLimit`

    var isAwaitingHead: Bool { exchange.map { $0.headBytes == nil } ?? false }
    var wireBytes: Int { exchange?.wireBytes ?? 0 }
    var bodyBytes: Int { exchange?.bodyBytes ?? 0 }
    var framingBytes: Int {
        guard let exchange, let headBytes = exchange.headBytes else { return 0 }
        return exchange.wireBytes - headBytes - exchange.bodyBytes
    }

    func didReceive(bytes: Int) { exchange?.wireBytes += bytes }

    // MARK: Request

    /// Writes the request and completes the promise with the response's head.
    func begin(_ head: HTTPRequestHead, body: ByteBuffer?, until deadline: NIODeadline, promise: HeadPromise) {
        guard let context, context.channel.isActive, exchange == nil else {
            let failure = earlyFailure ?? ProbeFailure(.closedEarly, "\(place) closed the connection")
            return promise.succeed(.failure(ExchangeFailure(failure: failure, isBeforeFirstByte: true)))
        }
        let exchange = Exchange()
        exchange.head = promise
        self.exchange = exchange
        setTimeout(deadline, "did not answer in time")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Completes the promise with the pieces that came meanwhile, or with the next one.
    func take(until deadline: NIODeadline, promise: BodyPromise) {
        guard let exchange, exchange.taker == nil else {
            return promise.succeed(.failure(ProbeFailure(.cancelled, "nothing of \(place) is being read")))
        }
        exchange.taker = promise
        serve(exchange)
        guard exchange.taker != nil else { return }
        setTimeout(deadline, "did not send enough of its response's body in time")
        setAutoRead(true)
    }

    /// Forgets a response that was read to its end; true when the connection can carry another one.
    func release() -> Bool {
        guard let exchange, case .success? = exchange.end, exchange.held.isEmpty else { return false }
        self.exchange = nil
        setAutoRead(true)
        return exchange.isKeepAlive && context?.channel.isActive == true
    }

    /// Ends the response at once; without effect when none is awaited.
    func cancel() {
        guard exchange != nil else { return }
        end(.failure(.cancelled))
    }

    func fail(_ code: ProbeFailure.Code, _ what: String) { end(.failure(ProbeFailure(code, "\(place) \(what)"))) }

    // MARK: Inbound events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange, exchange.end == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): didReceive(head, in: exchange)
        case .body(let piece):
            exchange.bodyBytes += piece.readableBytes
            exchange.heldBytes += piece.readableBytes
            exchange.held.append(piece)
            if exchange.heldBytes >= Self.mostHeldBytes { setAutoRead(false) }
            serve(exchange)
        case .end: end(.success(()))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Many servers close TCP without a closing TLS alert; whether the body is whole, the parser tells.
        if error.isUncleanTLSShutdown { return }
        let failure = ProbeFailure(error, place: place)
        if exchange == nil { earlyFailure = earlyFailure ?? failure }
        end(.failure(failure))
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closedEarly, "closed the connection before the end of its response")
        context.fireChannelInactive()
    }

    // MARK: Steps

    private func didReceive(_ head: HTTPResponseHead, in exchange: Exchange) {
        exchange.headBytes = exchange.wireBytes
        exchange.isKeepAlive = head.isKeepAlive && head.status != .switchingProtocols
        exchange.timeout?.cancel()
        let response = HTTPResponse(
            status: Int(head.status.code), httpVersion: "\(head.version.major).\(head.version.minor)",
            fields: head.headers.map { HTTPField($0.name, $0.value) }, tls: nil, timeToHead: .now() - exchange.start)
        exchange.head?.succeed(.success(response))
        exchange.head = nil
    }

    /// Gives the taker what is there: pieces first, then the end.
    private func serve(_ exchange: Exchange) {
        guard let taker = exchange.taker else { return }
        if !exchange.held.isEmpty {
            let pieces = exchange.held
            (exchange.held, exchange.heldBytes, exchange.taker) = ([], 0, nil)
            exchange.timeout?.cancel()
            taker.succeed(.success(pieces))
        } else if let end = exchange.end {
            exchange.taker = nil
            exchange.timeout?.cancel()
            taker.succeed(end.map { [] })
        }
    }

    private func end(_ result: Result<Void, ProbeFailure>) {
        var result = result
        guard let exchange else {
            if case .failure = result { context?.close(promise: nil) }
            return
        }
        guard exchange.end == nil else { return }
        if case .success = result, exchange.headBytes == nil {
            result = .failure(ProbeFailure(.malformed, "\(place) ended a response that it had not begun"))
        }
        exchange.end = result
        exchange.timeout?.cancel()
        if case .failure(let failure) = result {
            exchange.head?.succeed(
                .failure(ExchangeFailure(failure: failure, isBeforeFirstByte: exchange.wireBytes == 0)))
            exchange.head = nil
            context?.close(promise: nil)
        }
        serve(exchange)
    }

    private func setTimeout(_ deadline: NIODeadline, _ what: String) {
        guard let context else { return }
        let this = NIOLoopBound(self, eventLoop: context.eventLoop)
        exchange?.timeout = context.eventLoop.scheduleTask(deadline: deadline) { this.value.fail(.timeout, what) }
    }

    private func setAutoRead(_ isOn: Bool) {
        try? context?.channel.syncOptions?.setOption(ChannelOptions.autoRead, value: isOn)
    }
}
