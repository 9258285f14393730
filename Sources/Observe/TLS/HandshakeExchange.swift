import AuditModel
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import WireFormats

/// What a complete client saw.
struct HandshakeResult: Sendable {
    var version: ProtocolVersion?
    var applicationProtocol: String?
    /// The chain in DER, the leaf first; empty when none came.
    var certificates: [[UInt8]] = []
    var requestsClientCertificate: Bool?
    var demandsClientCertificate = false
    var failure: ProbeFailure?
}

/// One handshake by a complete client that takes any certificate. Confined to its event loop.
///
/// A server of TLS 1.3 may refuse the missing client certificate only after the handshake (RFC 8446 §4.4.2.4), so a
/// connection on which it asked for one stays open for a moment; some servers refuse only a request of HTTP.
final class HandshakeExchange: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let route: Route
    private let serverName: String?
    private let offer: ClientOffer
    /// How long a server that asked for a client certificate may take to refuse the lack of one.
    private let patience: TimeAmount
    private var result = HandshakeResult()
    private var completion: ((HandshakeResult) -> Void)?
    private var farewell: (() -> Void)?
    private var channel: (any Channel)?
    private var timer: Scheduled<Void>?
    private var isComplete = false
    private var received: [UInt8] = []

    init(
        route: Route, serverName: String?, offer: ClientOffer, patience: TimeAmount,
        completion: @escaping (HandshakeResult) -> Void, farewell: @escaping () -> Void
    ) {
        self.route = route
        self.serverName = serverName
        self.offer = offer
        self.patience = patience
        self.completion = completion
        self.farewell = farewell
    }

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

    func cancel() { finish(.cancelled) }

    private func timeOut() {
        endResponse()
        finish(isComplete ? nil : ProbeFailure(.timeout, "\(route.place) did not finish the TLS handshake in time"))
    }

    private func didConnect(_ channel: any Channel) {
        self.channel = channel
        let this = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.closeFuture.assumeIsolated().whenComplete { _ in this.value.leave() }
        guard completion != nil else { return channel.close(promise: nil) }
        do {
            if case .tunnel(let authorization) = route.kind {
                let proxy = ProxyConnectHandler(route: route, authorization: authorization) { failure in
                    if let failure { self.finish(failure) } else { self.shakeHands(channel) }
                }
                try channel.pipeline.syncOperations.addHandler(proxy)
            } else {
                shakeHands(channel)
            }
            try channel.syncOptions?.setOption(ChannelOptions.autoRead, value: true)
        } catch {
            fail(error)
        }
    }

    private func shakeHands(_ channel: any Channel) {
        let this = NIOLoopBound(self, eventLoop: channel.eventLoop)
        do {
            let context = try offer.context { this.value.isAskedForCertificate(channel) }
            let handler = try NIOSSLClientHandler(
                context: context, serverHostname: serverName,
                customVerificationCallback: { certificates, promise in
                    this.value.result.certificates = certificates.compactMap { try? $0.toDERBytes() }
                    promise.succeed(.certificateVerified)
                })
            try channel.pipeline.syncOperations.addHandlers(handler, self)
        } catch {
            fail(error)
        }
    }

    /// The version is settled by then, whether or not the handshake gets any further.
    private func isAskedForCertificate(_ channel: any Channel) {
        result.requestsClientCertificate = true
        let version = (try? channel.pipeline.syncOperations.nioSSL_tlsVersion()) ?? nil
        result.version = version.map(\.protocolVersion)
    }

    // MARK: Events

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let name)? = event as? TLSUserEvent { didShakeHands(context, name) }
        context.fireUserInboundEventTriggered(event)
    }

    private func didShakeHands(_ context: ChannelHandlerContext, _ name: String?) {
        isComplete = true
        result.applicationProtocol = name.flatMap { $0.isEmpty ? nil : printable($0) }
        let version = (try? context.pipeline.syncOperations.nioSSL_tlsVersion()) ?? nil
        result.version = version.map(\.protocolVersion)
        if result.requestsClientCertificate == nil { result.requestsClientCertificate = false }
        if let request = offer.request {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
        } else if result.requestsClientCertificate == true, result.version == .tls13 {
            timer?.cancel()
            let this = NIOLoopBound(self, eventLoop: context.eventLoop)
            timer = context.eventLoop.scheduleTask(in: patience) { this.value.finish(nil) }
        } else {
            finish(nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard offer.request != nil else { return }
        received += unwrapInboundIn(data).readableBytesView.prefix(Self.mostReceived - received.count)
        if received.count == Self.mostReceived { endResponse() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        endResponse()
        fail(ProbeFailure(.closedEarly, "\(route.place) closed the connection during the TLS handshake"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        endResponse()
        fail(error)
    }

    /// The part of a response that is looked at.
    private static let mostReceived = 4096

    /// A refusal by HTTP, as nginx and IIS have it: a client error whose text is about the certificate.
    private func endResponse() {
        guard offer.request != nil, isComplete, completion != nil, !received.isEmpty else { return }
        let text = String(decoding: received, as: UTF8.self).lowercased()
        let status = Int(text.dropFirst(9).prefix(3)) ?? 0
        result.demandsClientCertificate =
            text.hasPrefix("http/1.") && [400, 401, 403, 495, 496].contains(status) && text.contains("certificate")
        finish(nil)
    }

    // MARK: The end

    /// Whoever asked for a client certificate and breaks off did so for want of it.
    private func fail(_ error: any Error) {
        if result.requestsClientCertificate == true, isComplete || error is NIOSSLError {
            result.demandsClientCertificate = true
        }
        finish(isComplete ? nil : ProbeFailure(error, place: route.place))
    }

    private func finish(_ failure: ProbeFailure?) {
        guard let completion else { return }
        self.completion = nil
        timer?.cancel()
        result.failure = failure
        completion(result)
        channel?.close(promise: nil)
    }

    private func leave() {
        fail(ProbeFailure(.closedEarly, "the connection to \(route.place) broke"))
        channel = nil
        farewell?()
        farewell = nil
    }
}

extension TLSVersion {
    fileprivate var protocolVersion: ProtocolVersion {
        switch self {
        case .tlsv1: .tls10
        case .tlsv11: .tls11
        case .tlsv12: .tls12
        case .tlsv13: .tls13
        }
    }
}
