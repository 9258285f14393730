import Foundation

/// A real server with a rate limit, on loopback, that keeps count of its requests.
package struct LimiterServer: Sendable {
    package struct Endpoint: Sendable {
        package let port: Int
        fileprivate let log: String

        /// Requests that the server says it answered.
        package var requests: Int {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").count
        }
    }

    private let program: LabProgram
    private let arguments: @Sendable (_ port: Int, _ folder: String, _ log: String) throws -> [String]
    /// The file that has a line for each request, in the server's folder.
    private let log: @Sendable (_ port: Int) -> String

    /// Runs the body against the server; the server ends with it.
    package func run(_ body: (Endpoint) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let port = try await LabPorts.next()
            let endpoint = Endpoint(port: port, log: folder + "/" + log(port))
            try await program.serve(
                port: port, in: folder, try arguments(port, folder, endpoint.log)
            ) { try await body(endpoint) }
        }
    }

    /// nginx; `zone` is the key and rate of `limit_req_zone`, `location` stands in `location /`.
    package static func nginx(zone: String, location: String) -> LimiterServer {
        LimiterServer(
            program: .nginx,
            arguments: { port, folder, log in
                let paths = NginxServer.temporaryPaths(in: folder)
                let file = folder + "/nginx.conf"
                try """
                daemon off; master_process off; pid \(folder)/nginx.pid; error_log \(folder)/error.log;
                events { worker_connections 64; }
                http {
                  access_log \(log); \(paths)
                  limit_req_zone \(zone);
                  map $status $retry_after { default ''; 429 '1'; }
                  server {
                    listen 127.0.0.1:\(port);
                    location / { \(location) root \(folder)/html; }
                  }
                }
                """.write(toFile: file, atomically: false, encoding: .utf8)
                try FileManager.default.createDirectory(
                    atPath: folder + "/html", withIntermediateDirectories: true)
                try "ok".write(toFile: folder + "/html/index.html", atomically: false, encoding: .utf8)
                return ["-p", folder, "-c", file, "-e", folder + "/error.log"]
            }, log: { _ in "requests" })
    }

    /// haproxy, whose stick table counts ten requests in four seconds, denied ones too.
    package static let haproxy = LimiterServer(
        program: .haproxy,
        arguments: { port, folder, _ in
            let file = folder + "/haproxy.cfg"
            try """
            global
                maxconn 64
                log stdout format raw daemon
            defaults
                mode http
                log global
                option httplog
                option dontlognull
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend lab
                bind 127.0.0.1:\(port)
                stick-table type ip size 10k expire 10s store http_req_rate(4s)
                http-request track-sc0 src
                http-request return status 429 hdr Retry-After 4 if { sc_http_req_rate(0) gt 10 }
                http-request return status 200 content-type text/plain string ok

            """.write(toFile: file, atomically: false, encoding: .utf8)
            return ["-db", "-f", file]
            // What it writes is kept by the program's own name for it.
        }, log: { "\($0).output" })

    /// Flask-Limiter with ten requests in four seconds; see limiter.py for the key.
    package static func flask(strategy: String, key: String) -> LimiterServer {
        LimiterServer(
            program: .httpPython,
            arguments: { port, _, log in [LabProgram.source("limiter.py"), "\(port)", log, strategy, key] },
            log: { _ in "requests" })
    }
}
