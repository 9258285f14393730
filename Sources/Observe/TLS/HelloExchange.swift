import AuditModel
import NIOCore
import NIOPosix
import WireFormats

/// What one connection brought.
struct HelloResult: Sendable {
    var flight = ServerFlight()
    /// Why no answer came; nil when the flight says what came.
    var failure: ProbeFailure?
    /// From the hello's first byte to the answer.
    var milliseconds = 0.0
    /// From the beginning of the connection to the answer.
    var wholeMilliseconds = 0.0
    /// Where the connection went.
    var address: SocketAddress?

    /// Whether the same hello may be answered a moment later.
    var mayPass: Bool { failure?.code != .nameNotResolved && failure?.isOwnFault != true }

    /// Whether the server broke the connection off.
    var isReset: Bool { failure?.code == .reset }

    /// Whether the stream ended without an answer.
    var isEnd: Bool { failure == nil && flight.end == .closed && flight.hello == nil && flight.ssl2Hello == nil }
}

/// One connection that says one hello and reads what comes back. Confined to its event loop.
///
/// It leaves politely: `close_notify`, FIN, and the rest of the flight is read, so that no RST fills the server's log.
final class HelloExchange: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let route: Route
    private let hello: [UInt8]
    private var reader: ServerFlightReader
    /// Whether the flight, not read to its end, already tells enough.
    private let isEnough: (ServerFlight) -> Bool
    private var completion: ((HelloResult) -> Void)?
    /// Called once, after the completion, when the connection is gone.
    private var farewell: (() -> Void)?
    private var channel: (any Channel)?
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private let begun = NIODeadline.now()
    private var said: NIODeadline?
    /// What is waited for, for the reason of a timeout.
    private var wait = "accept a connection"
    /// How many bytes may still come after the answer.
    private var leftover = 1 << 18

    init(
        route: Route, hello: [UInt8], reader: ServerFlightReader, isEnough: @escaping (ServerFlight) -> Bool,
        completion: @escaping (HelloResult) -> Void, farewell: @escaping () -> Void
    ) {
        self.route = route
        self.hello = hello
        self.reader = reader
        self.isEnough = isEnough
        self.completion = completion
        self.farewell = farewell
    }

    /// Connects; to the route's own host when no address is known yet.
    func start(
        with bootstrap: ClientBootstrap, on loop: any EventLoop, to address: SocketAddress?, until deadline: NIODeadline
    ) {
        let this = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(deadline: deadline) { this.value.timeOut() }
        bootstrap.connect(along: route, to: address).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): this.value.didConnect(channel)
            case .failure(let error):
                this.value.fail(error)
                this.value.leave()
            }
        }
    }

    func cancel() {
        finish(.cancelled)
        channel?.close(promise: nil)
    }

    private func timeOut() {
        if reader.flight.hello != nil { return finish(nil) }
        finish(ProbeFailure(.timeout, "\(route.place) did not \(wait) in time"))
    }

    private func didConnect(_ channel: any Channel) {
        self.channel = channel
        guard completion != nil else {
            channel.close(promise: nil)
            return leave()
        }
        do {
            try channel.pipeline.syncOperations.addHandler(self)
            if case .tunnel(let authorization) = route.kind {
                wait = "answer CONNECT"
                let proxy = ProxyConnectHandler(route: route, authorization: authorization) { failure in
                    if let failure { self.finish(failure) } else { self.say() }
                }
                try channel.pipeline.syncOperations.addHandler(proxy, position: .first)
            } else {
                say()
            }
            try channel.syncOptions?.setOption(ChannelOptions.autoRead, value: true)
        } catch {
            fail(error)
            channel.close(promise: nil)
            if context == nil { leave() }
        }
    }

    private func say() {
        guard let context, completion != nil else { return }
        wait = "answer a TLS hello"
        said = .now()
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenFailure { self.fail($0) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: hello)), promise: written)
    }

    // MARK: Events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        fail(ChannelError.ioOnClosedChannel)
        leave()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard completion != nil else {
            leftover -= buffer.readableBytes
            if leftover < 0 { context.close(promise: nil) }
            return
        }
        reader.read(buffer.readableBytesView)
        if reader.isFinished || isEnough(reader.flight) { finish(nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        reader.streamEnded()
        finish(nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
        context.close(promise: nil)
    }

    // MARK: The end

    /// A server that says hello and breaks off has said hello.
    private func fail(_ error: any Error) {
        finish(reader.flight.hello == nil ? ProbeFailure(error, place: route.place) : nil)
    }

    private func finish(_ failure: ProbeFailure?) {
        guard let completion else { return }
        self.completion = nil
        timer?.cancel()
        let end = NIODeadline.now()
        completion(
            HelloResult(
                flight: reader.flight, failure: failure, milliseconds: (end - (said ?? end)).milliseconds,
                wholeMilliseconds: (end - begun).milliseconds, address: channel?.remoteAddress))
        sayGoodbye(isPolite: failure == nil && reader.flight.end == nil)
    }

    private func sayGoodbye(isPolite: Bool) {
        guard let context, context.channel.isActive else { return }
        guard isPolite else { return context.close(promise: nil) }
        let version = min(reader.flight.hello?.version ?? 0x0303, 0x0303)
        let alert: [UInt8] = [21, UInt8(version >> 8), UInt8(version & 0xFF), 0, 2, 1, 0]
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: alert)), promise: nil)
        context.close(mode: .output, promise: nil)
        let this = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: Self.patience) { this.value.channel?.close(promise: nil) }
    }

    /// How long a server may take to close its side after ours.
    private static let patience = TimeAmount.milliseconds(500)

    private func leave() {
        timer?.cancel()
        channel = nil
        farewell?()
        farewell = nil
    }
}

extension TimeAmount {
    var milliseconds: Double { Double(nanoseconds) / 1e6 }
}
