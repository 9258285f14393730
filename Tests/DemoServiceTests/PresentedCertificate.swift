import NIOCore
import NIOPosix
import NIOSSL
import SwiftASN1
import X509

/// The leaf certificate that the server on a port of loopback presents, whether it is trusted or not.
func presentedCertificate(port: Int) async throws -> Certificate {
    let presented = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: [UInt8].self)
    let context = try NIOSSLContext(configuration: .makeClientConfiguration())
    // The refused handshake closes the connection.
    _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost") { chain, verdict in
                    presented.completeWith(Result { try chain.first?.toDERBytes() ?? [] })
                    verdict.succeed(NIOSSLVerificationResult.failed)
                }
                try channel.pipeline.syncOperations.addHandler(handler)
            }
        }
        .connect(host: "127.0.0.1", port: port).get()
    let bytes = try await presented.futureResult.get()
    return try Certificate(derEncoded: bytes)
}
