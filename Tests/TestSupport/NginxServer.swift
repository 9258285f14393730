import Foundation
import NIOCore
import NIOPosix

/// A real nginx on loopback, with TLS, for as long as a test's body runs.
package struct NginxServer: Sendable {
    package let httpPort: Int
    package let httpsPort: Int

    /// `server` blocks may use `HTTP_PORT`, `HTTPS_PORT` and `TLS` (the certificate's two directives).
    package static func run<Result: Sendable>(
        certificate: TestCertificate, servers: String, body: (NginxServer) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let files = try certificate.write(to: folder)
            let tls = "ssl_certificate \(files.certificate); ssl_certificate_key \(files.key);"
            // Another process may take a free port before nginx does: then nginx ends, and others are tried.
            for _ in 0..<5 {
                let server = NginxServer(httpPort: try await freePort(), httpsPort: try await freePort())
                let process = try server.start(
                    in: folder,
                    servers: servers.replacing("HTTPS_PORT", with: "\(server.httpsPort)")
                        .replacing("HTTP_PORT", with: "\(server.httpPort)").replacing("TLS", with: tls))
                do {
                    let isListening = try await server.waitUntilItListens(process)
                    let result = isListening ? try await body(server) : nil
                    await process.stop()
                    if let result { return result }
                } catch {
                    await process.stop()
                    throw error
                }
            }
            let log = (try? String(contentsOfFile: folder + "/error.log", encoding: .utf8)) ?? ""
            throw ProgramFailure(description: "nginx did not start: \(log)")
        }
    }

    /// The directives without which nginx writes to folders of the system.
    static func temporaryPaths(in folder: String) -> String {
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    }

    private func start(in folder: String, servers: String) throws -> RunningProgram {
        let paths = NginxServer.temporaryPaths(in: folder)
        let configuration = """
            daemon off; master_process off; pid \(folder)/nginx.pid; error_log \(folder)/error.log;
            events { worker_connections 64; }
            http { access_log off; server_tokens on; \(paths) \(servers) }
            """
        try configuration.write(toFile: folder + "/nginx.conf", atomically: false, encoding: .utf8)
        return try RunningProgram(
            "/usr/sbin/nginx", ["-p", folder, "-c", folder + "/nginx.conf", "-e", folder + "/error.log"],
            output: folder + "/output")
    }

    private func waitUntilItListens(_ process: RunningProgram) async throws -> Bool {
        for _ in 0..<600 where process.isRunning {
            let connecting = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: httpsPort)
            if let channel = try? await connecting.get() {
                try await channel.close()
                return true
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}

/// A port on 127.0.0.1 that nothing listens on at the moment.
package func freePort() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    try await channel.close()
    return port
}
