import AuditModel
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A small shop on loopback, over plain HTTP and over TLS: exemplary, or with deliberate faults for the demo.
///
/// It speaks HTTP/1.1 on free ports of 127.0.0.1, under a certificate authority made for this start.
package struct DemoService: Sendable {
    package let httpPort: Int
    package let httpsPort: Int
    /// The root certificate that verifies the service as `localhost` and as `127.0.0.1`, in PEM.
    package let certificateAuthority: String
    private let group: MultiThreadedEventLoopGroup

    /// Starts to listen. Throws when the machine gives no port; nothing is left running then.
    package static func start(healthy: Bool) async throws -> DemoService {
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        let identity = try DemoIdentity(at: now)
        var configuration = identity.serverConfiguration
        // The library's own list also has suites in CBC mode, which is what the faulty service is found with.
        if healthy {
            configuration.cipherSuiteValues = [
                .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            ]
        }
        let tls = try NIOSSLContext(configuration: configuration)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let limiter = healthy ? DemoLimiter() : nil
            let secure = DemoSite(
                isHealthy: healthy, isSecure: true, redirectPort: nil, startedAt: now, limiter: limiter)
            let httpsPort = try await listen(on: group, answering: secure, tls: tls)
            let plain = DemoSite(
                isHealthy: healthy, isSecure: false, redirectPort: healthy ? httpsPort : nil, startedAt: now,
                limiter: limiter)
            let httpPort = try await listen(on: group, answering: plain, tls: nil)
            return DemoService(
                httpPort: httpPort, httpsPort: httpsPort, certificateAuthority: identity.authority, group: group)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// Closes the ports and every connection.
    package func stop() async throws { try await group.shutdownGracefully() }

    /// Returns the port that the machine gave.
    private static func listen(
        on group: MultiThreadedEventLoopGroup, answering site: DemoSite, tls: NIOSSLContext?
    ) async throws -> Int {
        let channel = try await ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try configure(channel, answering: site, tls: tls) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        guard let port = channel.localAddress?.port else { throw ChannelError.unknownLocalAddress }
        return port
    }

    private static func configure(_ channel: any Channel, answering site: DemoSite, tls: NIOSSLContext?) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(IdleStateHandler(readTimeout: .seconds(30)))
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 8 * 1024
        limits.maxHeaderListSize = 32 * 1024
        limits.maxHeaderFieldCount = 100
        try pipeline.configureHTTPServerPipeline(
            withErrorHandling: true, withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try pipeline.addHandler(DemoHandler(site: site))
    }
}
