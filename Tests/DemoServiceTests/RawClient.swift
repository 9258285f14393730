import NIOCore
import NIOPosix
import NIOSSL

/// Sends bytes to a port of loopback and returns all that comes back until the server closes; nothing is an error.
struct RawClient {
    /// The PEM certificate to trust and the name to verify; nil for a plain connection.
    var tls: (authority: String, name: String)?
    let port: Int

    func answer(to request: String) async throws -> RawResponse {
        let answer = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String.self)
        do {
            let context = try trustingContext()
            let name = tls?.name
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(5))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if let context {
                            try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
                        }
                        try pipeline.addHandler(Collector(answer: answer))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: request))
        } catch {
            answer.fail(error)
        }
        return RawResponse(text: try await answer.futureResult.get())
    }

    /// The answer to a GET on a connection of its own.
    func get(_ path: String, _ more: String = "") async throws -> RawResponse {
        try await answer(to: "GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\n\(more)Connection: close\r\n\r\n")
    }

    private func trustingContext() throws -> NIOSSLContext? {
        guard let tls else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(tls.authority.utf8)))
        return try NIOSSLContext(configuration: configuration)
    }
}

/// All bytes of a connection as text, and the parts of the first response in it.
struct RawResponse {
    let text: String

    var statusLine: String { String(text.prefix { !$0.isNewline }) }

    var body: String { text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? "" }

    /// The value of the first field of that name; nil when the response has none.
    func field(_ name: String) -> String? {
        let head = text.firstRange(of: "\r\n\r\n").map { text[..<$0.lowerBound] } ?? ""
        for line in head.split(whereSeparator: \.isNewline).dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name.lowercased() { return String(parts[1].dropFirst()) }
        }
        return nil
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let answer: EventLoopPromise<String>
    private var received = ByteBuffer()

    init(answer: EventLoopPromise<String>) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if received.readableBytes == 0 { answer.fail(ChannelError.eof) }
        answer.succeed(String(buffer: received))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A server that closes without TLS's farewell has still said what it said.
        if let error = error as? NIOSSLError, error == .uncleanShutdown { return }
        answer.fail(error)
        context.close(promise: nil)
    }
}
