import AuditModel
import NIOCore
import WireFormats

/// Asks a proxy to connect us through (RFC 9110 §9.3.6), then leaves the pipeline.
final class ProxyConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let route: Route
    private let authorization: String?
    /// Called once, with nil when the tunnel stands.
    private var completion: ((ProbeFailure?) -> Void)?
    private var received: [UInt8] = []

    init(route: Route, authorization: String?, completion: @escaping (ProbeFailure?) -> Void) {
        self.route = route
        self.authorization = authorization
        self.completion = completion
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let authority = route.origin.hostAndPort
        var head = "CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n"
        if let authorization { head += "Proxy-Authorization: \(authorization)\r\n" }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head + "\r\n")), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let searched = max(0, received.count - 3)
        received += unwrapInboundIn(data).readableBytesView
        guard let end = received[searched...].firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else {
            guard received.count > HTTPLimits.proxyHeadBytes else { return }
            return complete(ProbeFailure(.tooLarge, "the proxy's answer to CONNECT for \(route.place) has no end"))
        }
        guard let status = Self.status(received) else {
            return complete(ProbeFailure(.malformed, "the proxy's answer to CONNECT for \(route.place) is not HTTP"))
        }
        guard (200...299).contains(status) else {
            return complete(ProbeFailure(.refused, "the proxy answered CONNECT for \(route.place) with \(status)"))
        }
        guard end == received.count else {
            return complete(ProbeFailure(.malformed, "the proxy sent more than its answer for \(route.place)"))
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
        complete(nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        complete(ProbeFailure(error, place: route.place))
    }

    func channelInactive(context: ChannelHandlerContext) {
        complete(ProbeFailure(.closedEarly, "the proxy closed the connection for \(route.place)"))
        context.fireChannelInactive()
    }

    private func complete(_ failure: ProbeFailure?) {
        completion?(failure)
        completion = nil
    }

    /// The status code of `HTTP/1.1 200 …` (RFC 9112 §4); nil when the bytes begin otherwise.
    private static func status(_ bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: Array("HTTP/1.".utf8)), bytes.count >= 12, bytes[8] == UInt8(ascii: " ") else {
            return nil
        }
        return Int(String(decoding: bytes[9..<12], as: UTF8.self))
    }
}
