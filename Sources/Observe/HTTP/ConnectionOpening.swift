import AuditModel
import Facts
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import WireFormats

/// Why no connection stands.
enum OpeningFailure: Error {
    case failure(ProbeFailure)
    /// Everything went well but the certificate's verification, which was asked for.
    case untrusted(CertificateProblem)
}

/// TLS as one connection speaks it.
struct TLSPlan {
    let context: NIOSSLContext
    let verification: TrustStore.Verification
    /// Says of the server's own certificate what a capture says; nil for a verified connection.
    let problem: (@Sendable (NIOSSLCertificate?) -> String)?
}

/// One attempt to open a connection: TCP, the proxy's tunnel, the TLS handshake. Confined to its event loop.
final class ConnectionOpening {
    private let route: Route
    private let tls: TLSPlan?
    private let promise: EventLoopPromise<Result<HTTPConnection, OpeningFailure>>
    private var timeout: Scheduled<Void>?
    private var channel: (any Channel)?
    private var isFinished = false
    /// What is being waited for, for the reason of a timeout.
    private var wait = "accept a connection"

    init(
        route: Route, tls: TLSPlan?, promise: EventLoopPromise<Result<HTTPConnection, OpeningFailure>>
    ) {
        self.route = route
        self.tls = tls
        self.promise = promise
    }

    func start(on loop: any EventLoop, until deadline: NIODeadline) {
        let this = NIOLoopBound(self, eventLoop: loop)
        timeout = loop.scheduleTask(deadline: deadline) { this.value.timeOut() }
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(ChannelOptions.autoRead, value: false)  // until the handlers stand
            .connectTimeout(max(.milliseconds(1), deadline - .now()))
        let connecting: EventLoopFuture<any Channel>
        if let address = try? SocketAddress(ipAddress: route.host, port: route.port) {
            connecting = bootstrap.connect(to: address)
        } else {
            connecting = bootstrap.connect(host: route.host, port: route.port)
        }
        connecting.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): this.value.didConnect(channel)
            case .failure(let error): this.value.finish(ProbeFailure(error, place: this.value.route.place))
            }
        }
    }

    func cancel() { finish(.cancelled) }

    private func timeOut() { finish(ProbeFailure(.timeout, "\(route.place) did not \(wait) in time")) }

    private func didConnect(_ channel: any Channel) {
        guard !isFinished else { return channel.close(promise: nil) }
        self.channel = channel
        do {
            if case .tunnel(let authorization) = route.kind {
                wait = "answer CONNECT"
                let handler = ProxyConnectHandler(route: route, authorization: authorization) { failure in
                    if let failure { self.finish(failure) } else { self.didReachTarget(channel) }
                }
                try channel.pipeline.syncOperations.addHandler(handler)
            } else {
                didReachTarget(channel)
            }
            try channel.syncOptions?.setOption(ChannelOptions.autoRead, value: true)
        } catch {
            finish(ProbeFailure(error, place: route.place))
        }
    }

    private func didReachTarget(_ channel: any Channel) {
        guard let tls else { return speakHTTP(channel, tls: nil) }
        wait = "finish the TLS handshake"
        do {
            let isName = IPAddress(route.origin.host) == nil
            let handler = try NIOSSLClientHandler(
                context: tls.context, serverHostname: isName ? canonicalName(route.origin.host) : nil)
            let handshake = HandshakeHandler(place: route.place) { error in self.didShakeHands(channel, tls, error) }
            try channel.pipeline.syncOperations.addHandlers(handler, handshake)
        } catch {
            fail(error)
        }
    }

    private func didShakeHands(_ channel: any Channel, _ tls: TLSPlan, _ error: (any Error)?) {
        if let error { return fail(error) }
        let operations = channel.pipeline.syncOperations
        let leaf = try? operations.nioSSL_peerCertificate()
        if tls.verification == .chain, leaf?.names(route.origin.host) != true {
            return finish(.untrusted(.hostName))
        }
        let version = (try? operations.nioSSL_tlsVersion()) ?? nil
        let problem = tls.problem?(leaf ?? nil)
        speakHTTP(
            channel,
            tls: TLSSummary(isVerified: problem == nil, problem: problem, version: version.map(\.captureName)))
    }

    private func speakHTTP(_ channel: any Channel, tls: TLSSummary?) {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldCount = HTTPLimits.fieldLines
        let response = ResponseHandler(place: route.place, tls: tls)
        let decoder = HTTPResponseDecoder(
            leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop, limitConfiguration: limits)
        do {
            try channel.pipeline.syncOperations.addHandlers(
                WireLimit(response), HTTPRequestEncoder(), ByteToMessageHandler(decoder), response)
        } catch {
            return fail(error)
        }
        let bound = NIOLoopBound(response, eventLoop: channel.eventLoop)
        finish(.success(HTTPConnection(channel: channel, response: bound, route: route)))
    }

    private func fail(_ error: any Error) {
        if tls?.verification != .nothing, let problem = error.certificateProblem {
            finish(.untrusted(problem))
        } else {
            finish(ProbeFailure(error, place: route.place))
        }
    }

    private func finish(_ failure: ProbeFailure) { finish(.failure(.failure(failure))) }

    private func finish(_ failure: OpeningFailure) { finish(.failure(failure)) }

    private func finish(_ result: Result<HTTPConnection, OpeningFailure>) {
        guard !isFinished else { return }
        isFinished = true
        timeout?.cancel()
        if case .failure = result { channel?.close(promise: nil) }
        promise.succeed(result)
    }
}

extension TLSVersion {
    /// `tls12`, `tls13`, …
    fileprivate var captureName: String {
        switch self {
        case .tlsv1: "tls10"
        case .tlsv11: "tls11"
        case .tlsv12: "tls12"
        case .tlsv13: "tls13"
        }
    }
}
