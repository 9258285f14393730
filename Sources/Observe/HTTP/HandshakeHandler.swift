import AuditModel
import NIOCore
import NIOSSL
import NIOTLS

/// Waits for the end of a TLS handshake and says how it went.
final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let place: String
    /// Called once, with nil when the handshake succeeded.
    private var completion: (((any Error)?) -> Void)?

    init(place: String, completion: @escaping ((any Error)?) -> Void) {
        self.place = place
        self.completion = completion
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { complete(nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard completion != nil else { return context.fireErrorCaught(error) }
        complete(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        complete(ProbeFailure(.closedEarly, "\(place) closed the connection during the TLS handshake"))
        context.fireChannelInactive()
    }

    private func complete(_ error: (any Error)?) {
        completion?(error)
        completion = nil
    }
}
