import AuditModel
import Facts
import NIOCore
import NIOPosix
import NIOSSL
import WireFormats

/// Why no connection stands.
enum OpeningFailure: Error {
    case failure(ProbeFailure)
    /// Everything went well but the certificate's verification, which was asked for.
    case untrusted(CertificateProblem)
    /// The server speaks nothing of what was offered (RFC 7301 §3.2).
    case unknownProtocol(ProbeFailure)
}

/// TLS as one connection speaks it.
struct TLSPlan: Sendable {
    /// Says of the server's own certificate what a capture says.
    typealias Problem = @Sendable (NIOSSLCertificate?) -> String

    let context: NIOSSLContext
    let verification: TrustStore.Verification
    let speaks: ApplicationProtocol
    /// nil for a verified connection.
    let problem: Problem?
    /// The same with every anchor of the system; nil when that is this one.
    var readingAll: (@Sendable () throws(ProbeFailure) -> TLSPlan)?
}

/// One attempt to open a connection: TCP, the proxy's tunnel, the TLS handshake. Confined to its event loop.
final class ConnectionOpening<Connection: Sendable> {
    /// Adds the handlers of what is spoken on the connection, on its event loop.
    ///
    /// Their last argument says whether TLS stands without an agreement on what is spoken in it (RFC 7301 §3.2).
    typealias Speech = @Sendable (any Channel, Route, TLSSummary?, _ isUnagreed: Bool) throws -> Connection

    private let route: Route
    private let tls: TLSPlan?
    private let speak: Speech
    private let promise: EventLoopPromise<Result<Connection, OpeningFailure>>
    private var timeout: Scheduled<Void>?
    private var channel: (any Channel)?
    private var isFinished = false
    /// What is being waited for, for the reason of a timeout.
    private var wait = "accept a connection"

    private init(
        route: Route, tls: TLSPlan?, promise: EventLoopPromise<Result<Connection, OpeningFailure>>,
        speak: @escaping Speech
    ) {
        self.route = route
        self.tls = tls
        self.promise = promise
        self.speak = speak
    }

    /// Opens a connection; a cancelled task ends the attempt at once.
    static func open(
        _ route: Route, tls: TLSPlan?, until deadline: NIODeadline, speak: @escaping Speech
    ) async throws(OpeningFailure) -> Connection {
        do throws(OpeningFailure) {
            return try await openOnce(route, tls: tls, until: deadline, speak: speak)
        } catch {
            guard case .untrusted(.chain) = error, let readingAll = tls?.readingAll else { throw error }
            let all: TLSPlan
            do throws(ProbeFailure) { all = try readingAll() } catch { throw .failure(error) }
            return try await openOnce(route, tls: all, until: deadline, speak: speak)
        }
    }

    private static func openOnce(
        _ route: Route, tls: TLSPlan?, until deadline: NIODeadline, speak: @escaping Speech
    ) async throws(OpeningFailure) -> Connection {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: Result<Connection, OpeningFailure>.self)
        let opening = NIOLoopBoundBox.makeBoxSendingValue(
            ConnectionOpening?.none, eventLoop: loop)
        loop.execute {
            let attempt = ConnectionOpening(route: route, tls: tls, promise: promise, speak: speak)
            opening.value = attempt
            attempt.start(on: loop, until: deadline)
        }
        let result = await withTaskCancellationHandler {
            try? await promise.futureResult.get()
        } onCancel: {
            loop.execute { opening.value?.cancel() }
        }
        switch result {
        case .success(let connection): return connection
        case .failure(let failure): throw failure
        case nil: throw .failure(ProbeFailure(.closedEarly, "the connection to \(route.place) broke"))
        }
    }

    private func start(on loop: any EventLoop, until deadline: NIODeadline) {
        let this = NIOLoopBound(self, eventLoop: loop)
        timeout = loop.scheduleTask(deadline: deadline) { this.value.timeOut() }
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(ChannelOptions.autoRead, value: false)  // until the handlers stand
            .connectTimeout(max(.milliseconds(1), deadline - .now()))
        bootstrap.connect(along: route).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): this.value.didConnect(channel)
            case .failure(let error): this.value.finish(ProbeFailure(error, place: this.value.route.place))
            }
        }
    }

    private func cancel() { finish(.cancelled) }

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
        guard let tls else { return startSpeaking(channel, tls: nil, isUnagreed: false) }
        wait = "finish the TLS handshake"
        do {
            let isName = IPAddress(route.origin.host) == nil
            let handler = try NIOSSLClientHandler(
                context: tls.context, serverHostname: isName ? canonicalName(route.origin.host) : nil)
            let handshake = HandshakeHandler(place: route.place) { self.didShakeHands(channel, tls, $0) }
            try channel.pipeline.syncOperations.addHandlers(handler, handshake)
        } catch {
            fail(error)
        }
    }

    private func didShakeHands(_ channel: any Channel, _ tls: TLSPlan, _ result: Result<String?, any Error>) {
        let chosen: String?
        switch result {
        case .failure(let error): return fail(error)
        case .success(let name):
            chosen = name
            guard tls.speaks != .http2 || chosen == tls.speaks.rawValue else {
                let failure = ProbeFailure(.unsupported, "\(route.place) does not speak HTTP/2")
                return finish(.unknownProtocol(failure))
            }
        }
        let operations = channel.pipeline.syncOperations
        let leaf = try? operations.nioSSL_peerCertificate()
        if tls.verification == .chain, leaf?.names(route.origin.host) != true {
            return finish(.untrusted(.hostName))
        }
        let version = (try? operations.nioSSL_tlsVersion()) ?? nil
        let problem = tls.problem?(leaf ?? nil)
        startSpeaking(
            channel,
            tls: TLSSummary(isVerified: problem == nil, problem: problem, version: version.map(\.captureName)),
            isUnagreed: chosen?.isEmpty != false)
    }

    private func startSpeaking(_ channel: any Channel, tls: TLSSummary?, isUnagreed: Bool) {
        do {
            finish(.success(try speak(channel, route, tls, isUnagreed)))
        } catch {
            fail(error)
        }
    }

    private func fail(_ error: any Error) {
        if tls?.verification != .nothing, let problem = error.certificateProblem {
            finish(.untrusted(problem))
        } else if error.isUnknownProtocol {
            finish(.unknownProtocol(ProbeFailure(error, place: route.place)))
        } else {
            finish(ProbeFailure(error, place: route.place))
        }
    }

    private func finish(_ failure: ProbeFailure) { finish(.failure(.failure(failure))) }

    private func finish(_ failure: OpeningFailure) { finish(.failure(failure)) }

    private func finish(_ result: Result<Connection, OpeningFailure>) {
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

extension ClientBootstrap {
    /// Connects to an address of the route's host that is known already, or to the host.
    func connect(along route: Route, to address: SocketAddress? = nil) -> EventLoopFuture<any Channel> {
        if route.kind == .socket { return connect(unixDomainSocketPath: route.host) }
        if let address = address ?? (try? SocketAddress(ipAddress: route.host, port: route.port)) {
            return connect(to: address)
        }
        return connect(host: route.host, port: route.port)
    }
}
