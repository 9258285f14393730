import Foundation
import NIOCore
import NIOPosix

/// One connection of a `LoopbackServer`, as its script sees it.
package final class LoopbackConnection {
    private let channel: any Channel
    private let received: AsyncStream<[UInt8]>
    private let log: ConnectionLog
    private var buffered: [UInt8] = []
    /// How many requests were read on this connection.
    package private(set) var requestCount = 0

    init(channel: any Channel, received: AsyncStream<[UInt8]>, log: ConnectionLog) {
        self.channel = channel
        self.received = received
        self.log = log
    }

    /// The next request's head up to its empty line; nil when the client closed.
    package func readRequest() async throws -> String? {
        while true {
            if let end = buffered.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: buffered[..<end.upperBound], as: UTF8.self)
                buffered.removeSubrange(..<end.upperBound)
                requestCount += 1
                log.add(head)
                return head
            }
            guard let more = try await read() else { return nil }
            buffered += more
        }
    }

    /// The next bytes, whatever they are; nil when the client closed.
    package func read() async throws -> [UInt8]? {
        try Task.checkCancellation()
        return await received.first { _ in true }
    }

    package func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    /// Returns when the operating system took the bytes, so that a client that does not read stops the script.
    package func write(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    /// A whole response with `Content-Length`.
    package func respond(
        _ status: String = "200 OK", _ fields: [(String, String)] = [], body: String = ""
    ) async throws {
        let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
        try await write("HTTP/1.1 \(status)\r\n\(lines)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Ends the connection with RST instead of FIN.
    package func reset() async throws {
        try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    /// Keeps the connection open without another byte until either side ends.
    package func hang() async throws { try await Task.sleep(for: .seconds(600)) }

    /// Connects to a port on loopback and carries bytes both ways until either side ends.
    ///
    /// - Parameters:
    ///   - first: Sent before all else: what a script took from the client already.
    ///   - delay: How long each part of the answer is held back.
    ///   - rewrite: What becomes of each part of the answer; each element is written by itself.
    package func relay(
        toPort port: Int, sending first: [UInt8] = [], delay: Duration = .zero,
        rewrite: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { [$0] }
    ) async throws {
        let (answers, continuation) = AsyncStream<RelayHandler.Answer>.makeStream()
        let target = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.pipeline.addHandler(RelayHandler(continuation))
            }
            .connect(host: "127.0.0.1", port: port).get()
        defer { target.close(promise: nil) }
        if !first.isEmpty { try await target.writeAndFlush(ByteBuffer(bytes: first)) }
        try await withThrowingTaskGroup(of: Void.self) { [channel, received] group in
            group.addTask {
                for await bytes in received { try await target.writeAndFlush(ByteBuffer(bytes: bytes)) }
            }
            group.addTask {
                for await answer in answers {
                    if delay > .zero { try await Task.sleep(until: answer.arrival + delay, clock: .continuous) }
                    for part in rewrite(answer.bytes) { try await channel.writeAndFlush(ByteBuffer(bytes: part)) }
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}

/// Hands on what it reads, with the time.
private final class RelayHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias Answer = (arrival: ContinuousClock.Instant, bytes: [UInt8])

    private let continuation: AsyncStream<Answer>.Continuation

    init(_ continuation: AsyncStream<Answer>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield((.now, Array(unwrapInboundIn(data).readableBytesView)))
    }

    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
