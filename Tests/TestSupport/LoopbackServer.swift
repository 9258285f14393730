import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TCP or TLS server on 127.0.0.1, or one at a Unix domain socket, whose every byte a test decides.
///
/// Each connection runs the script; when the script returns, its connection is closed.
package final class LoopbackServer: Sendable {
    package typealias Script = @Sendable (LoopbackConnection) async throws -> Void

    /// 0 for a server at a socket.
    package let port: Int
    private let log: ConnectionLog

    private init(port: Int, log: ConnectionLog) {
        self.port = port
        self.log = log
    }

    /// The request heads received so far, as text, in the order received.
    package var requests: [String] { log.requests }

    /// How many connections were accepted so far; those whose TLS handshake failed count too.
    package var connections: Int { log.connections.count }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Runs the body against a server; the server ends with it, and its connections too.
    ///
    /// - Parameter socket: the path of a Unix domain socket to listen at; nil for a port.
    package static func run<Result: Sendable>(
        tls certificate: TestCertificate? = nil, socket: String? = nil, script: @escaping Script,
        body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let tls = try certificate.map { try $0.serverContext() }
        let log = ConnectionLog()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    log.add(channel)
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(script, log: log))
                }
            }
        let listener = try await
            (socket.map { bootstrap.bind(unixDomainSocketPath: $0) }
            ?? bootstrap.bind(host: "127.0.0.1", port: 0)).get()
        defer {
            listener.close(promise: nil)
            for connection in log.connections { connection.close(promise: nil) }
        }
        return try await body(LoopbackServer(port: listener.localAddress?.port ?? 0, log: log))
    }
}

/// What a server saw.
final class ConnectionLog: Sendable {
    private let state = Mutex<(requests: [String], connections: [any Channel])>(([], []))

    var requests: [String] { state.withLock { $0.requests } }
    var connections: [any Channel] { state.withLock { $0.connections } }

    func add(_ request: String) { state.withLock { $0.requests.append(request) } }

    func add(_ connection: any Channel) { state.withLock { $0.connections.append(connection) } }
}

/// Runs a script for its channel, from its start until either ends.
final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let script: LoopbackServer.Script
    private let log: ConnectionLog
    private let received: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation
    private var task: Task<Void, Never>?

    init(_ script: @escaping LoopbackServer.Script, log: ConnectionLog) {
        self.script = script
        self.log = log
        (received, continuation) = AsyncStream.makeStream()
    }

    func channelActive(context: ChannelHandlerContext) {
        task = Task { [script, log, received, channel = context.channel] in
            // A script that ends because its client went away has done its work.
            try? await script(LoopbackConnection(channel: channel, received: received, log: log))
            channel.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.finish()
        task?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
