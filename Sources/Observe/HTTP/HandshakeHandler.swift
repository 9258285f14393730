import AuditModel
import NIOCore
import NIOSSL
import NIOTLS

/// Waits for the end of a TLS handshake and says how it went.
final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let place: String
    /// Called once, with the protocol that the server chose, if any.
    private var completion: ((Result<String?, any Error>) -> Void)?

    init(place: String, completion: @escaping (Result<String?, any Error>) -> Void) {
        self.place = place
        self.completion = completion
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let chosen)? = event as? TLSUserEvent { complete(.success(chosen)) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard completion != nil else { return context.fireErrorCaught(error) }
        complete(.failure(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        let reason = "\(place) closed the connection during the TLS handshake"
        complete(.failure(ProbeFailure(.closedEarly, reason)))
        context.fireChannelInactive()
    }

    private func complete(_ result: Result<String?, any Error>) {
        completion?(result)
        completion = nil
    }
}
