import HTTPTypes
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Synchronization
import TestSupport

extension HTTPSServer {
    /// Hummingbird with its middleware, in this process.
    static func hummingbird(
        _ middleware: @escaping @Sendable () -> CORSMiddleware<BasicRequestContext>
    ) -> HTTPSServer {
        HTTPSServer { certificate, body in
            let log = RequestLog()
            let router = Router()
            router.add(middleware: log)
            router.add(middleware: middleware())
            router.get("/") { _, _ in "ok" }
            var logger = Logger(label: "hummingbird")
            logger.logLevel = .error
            let port = AsyncStream.makeStream(of: Int.self)
            let application = Application(
                router: router, server: try .tls(.http1(), tlsConfiguration: .serving(certificate)),
                configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in port.continuation.yield(channel.localAddress?.port ?? 0) }, logger: logger
            )
            let running = Task { try await application.run() }
            defer { running.cancel() }
            guard let port = await port.stream.first(where: { _ in true }) else { return }
            try await body(Endpoint(port: port) { log.lines.withLock { $0 } })
        }
    }
}

/// Counts what passes, before anything answers it.
private final class RequestLog: RouterMiddleware {
    typealias Context = BasicRequestContext

    let lines = Mutex<[String]>([])

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        lines.withLock { $0.append("\(request.method) ") }
        return try await next(request, context)
    }
}

extension TLSConfiguration {
    fileprivate static func serving(_ certificate: TestCertificate) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.pem.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(certificate.key.utf8), format: .pem)
        return .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }
}
