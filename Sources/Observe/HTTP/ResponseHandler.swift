import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import NIOPosix

/// Gathers one response after the other on a connection; every bound of `HTTPLimits` and the deadline end it.
///
/// Confined to its channel's event loop.
final class ResponseHandler: BoundedResponseHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart
    typealias Promise = EventLoopPromise<Result<HTTPResponse, ExchangeFailure>>

    /// The response being read; a class, because a copy would make each of many small chunks copy the whole body.
    private final class Exchange {
        let promise: Promise
        let bodyLimit: Int
        let start: NIODeadline
        let timeout: Scheduled<Void>

        init(promise: Promise, bodyLimit: Int, timeout: Scheduled<Void>) {
            self.promise = promise
            self.bodyLimit = bodyLimit
            self.timeout = timeout
            start = .now()
        }

        var wireBytes = 0
        /// What of `wireBytes` came before the end of the head.
        var headBytes: Int?
        var response: HTTPResponse?
        var isKeepAlive = false
    }

    /// The target's host and port, for reasons.
    private let place: String
    private let tls: TLSSummary?
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    /// What broke the connection while no response was awaited, such as a TLS alert right after the handshake.
    private var earlyFailure: ProbeFailure?

    init(place: String, tls: TLSSummary?) {
        self.place = place
        self.tls = tls
    }

    // MARK: Counters for `WireLimit`

    var isAwaitingHead: Bool { exchange.map { $0.response == nil } ?? false }
    var wireBytes: Int { exchange?.wireBytes ?? 0 }
    var bodyBytes: Int { exchange?.response?.body.count ?? 0 }
    /// Bytes after the head that are no body.
    var framingBytes: Int {
        guard let exchange, let headBytes = exchange.headBytes else { return 0 }
        return exchange.wireBytes - headBytes - bodyBytes
    }

    func didReceive(bytes: Int) { exchange?.wireBytes += bytes }

    // MARK: Request

    /// Writes the request and completes the promise when its response ended, in whatever way.
    func begin(_ head: HTTPRequestHead, bodyLimit: Int, until deadline: NIODeadline, promise: Promise) {
        guard let context, context.channel.isActive, exchange == nil else {
            let failure = earlyFailure ?? ProbeFailure(.closedEarly, "\(place) closed the connection")
            return promise.succeed(.failure(ExchangeFailure(failure: failure, isBeforeFirstByte: true)))
        }
        let this = NIOLoopBound(self, eventLoop: context.eventLoop)
        let timeout = context.eventLoop.scheduleTask(deadline: deadline) { this.value.timeOut() }
        exchange = Exchange(promise: promise, bodyLimit: bodyLimit, timeout: timeout)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Ends the response at once; without effect when none is awaited.
    func cancel() {
        guard exchange != nil else { return }
        end(.cancelled)
    }

    /// Ends the response because of what the target sent; a head that came already is kept.
    func fail(_ code: ProbeFailure.Code, _ what: String) { end(ProbeFailure(code, "\(place) \(what)")) }

    private func timeOut() {
        let what = exchange?.response == nil ? "did not answer in time" : "did not end its response's body in time"
        fail(.timeout, what)
    }

    // MARK: Inbound events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            exchange.response = HTTPResponse(
                status: Int(head.status.code), httpVersion: "\(head.version.major).\(head.version.minor)",
                fields: head.headers.map { HTTPField($0.name, $0.value) }, tls: tls,
                timeToHead: .now() - exchange.start)
            exchange.headBytes = exchange.wireBytes
            exchange.isKeepAlive = head.isKeepAlive && head.status != .switchingProtocols
        case .body(let buffer):
            let room = exchange.bodyLimit - (exchange.response?.body.count ?? 0)
            exchange.response?.body += buffer.readableBytesView.prefix(room)
            if buffer.readableBytes > room { fail(.tooLarge, "sent a body of more than \(exchange.bodyLimit) bytes") }
        case .end:
            end(nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Many servers close TCP without a closing TLS alert; whether the body is whole, the parser tells.
        if error.isUncleanTLSShutdown { return }
        let failure = ProbeFailure(error, place: place)
        if exchange == nil { earlyFailure = earlyFailure ?? failure }
        end(failure)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closedEarly, "closed the connection before the end of its response")
        context.fireChannelInactive()
    }

    // MARK: End

    /// Completes the promise; after a failure, or when the server will not keep the connection, closes it.
    private func end(_ failure: ProbeFailure?) {
        guard let exchange else {
            if failure != nil { context?.close(promise: nil) }
            return
        }
        self.exchange = nil
        exchange.timeout.cancel()
        if failure != nil || !exchange.isKeepAlive { context?.close(promise: nil) }
        exchange.promise.succeed(result(of: exchange, failure))
    }

    private func result(of exchange: Exchange, _ failure: ProbeFailure?) -> Result<HTTPResponse, ExchangeFailure> {
        guard var response = exchange.response, failure?.code != .cancelled else {
            let failure = failure ?? ProbeFailure(.malformed, "\(place) ended a response that it had not begun")
            return .failure(ExchangeFailure(failure: failure, isBeforeFirstByte: exchange.wireBytes == 0))
        }
        response.bodyFailure = failure
        return .success(response)
    }
}
