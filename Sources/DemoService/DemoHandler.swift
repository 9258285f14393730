import NIOCore
import NIOHTTP1

/// Answers the requests of one connection, one after the other.
final class DemoHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Bytes of a request's body; a connection that sends more is closed.
    private static let largestBody = 64 * 1024

    private let site: DemoSite
    private var head: HTTPRequestHead?
    private var bodySize = 0

    init(site: DemoSite) { self.site = site }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            bodySize = 0
        case .body(let bytes):
            bodySize += bytes.readableBytes
            if bodySize > Self.largestBody { context.close(promise: nil) }
        case .end:
            guard let head else { return }
            self.head = nil
            respond(to: head, context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func respond(to request: HTTPRequestHead, context: ChannelHandlerContext) {
        let response = site.response(
            to: DemoSite.Request(
                method: request.method, uri: request.uri, host: request.headers.first(name: "host"),
                origin: request.headers.first(name: "origin"),
                requestedMethod: request.headers.first(name: "access-control-request-method"),
                isAuthorized: request.headers.first(name: "authorization") == "Bearer \(DemoSite.token)"))
        var headers = HTTPHeaders(response.headers)
        let body = ByteBuffer(string: response.body)
        if response.status.mayHaveResponseBody {
            headers.add(name: "Content-Length", value: String(body.readableBytes))
        }
        if !request.isKeepAlive {
            headers.add(name: "Connection", value: "close")
        } else if request.version == .http1_0 {
            headers.add(name: "Connection", value: "keep-alive")
        }
        let head = HTTPResponseHead(version: .http1_1, status: response.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD, body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !request.isKeepAlive { end.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }
}
