import Foundation

/// A real server with CORS over HTTPS, on loopback, that keeps count of its requests.
package struct CORSServer: Sendable {
    package struct Endpoint: Sendable {
        package let port: Int
        fileprivate let log: String

        /// The requests that the server says it answered: a line of method and origin for each.
        package var requests: [String] {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").map(String.init)
        }
    }

    private let program: LabProgram
    private let arguments: @Sendable (_ port: Int, _ folder: String, _ tls: (String, String)) throws -> [String]

    /// Runs the body against the server; the server ends with it.
    package func run(_ certificate: TestCertificate, _ body: (Endpoint) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let port = try await LabPorts.next()
            let arguments = try arguments(port, folder, certificate.write(to: folder))
            try await program.serve(port: port, in: folder, arguments) {
                try await body(Endpoint(port: port, log: folder + "/requests"))
            }
        }
    }

    /// nginx; `maps` stand beside its server, `location` in its `location /`, which serves a file.
    package static func nginx(maps: String = "", location: String) -> CORSServer {
        CORSServer(program: .nginx) { port, folder, tls in
            let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
            let file = folder + "/nginx.conf"
            try """
            daemon off; master_process off; pid \(folder)/nginx.pid; error_log \(folder)/error.log;
            events { worker_connections 64; }
            http {
              log_format origins '$request_method $http_origin'; access_log \(folder)/requests origins; \(paths)
              \(maps)
              server {
                listen 127.0.0.1:\(port) ssl; ssl_certificate \(tls.0); ssl_certificate_key \(tls.1);
                location / { \(location) root \(folder)/html; }
              }
            }
            """.write(toFile: file, atomically: false, encoding: .utf8)
            try FileManager.default.createDirectory(atPath: folder + "/html", withIntermediateDirectories: true)
            try "ok".write(toFile: folder + "/html/index.html", atomically: false, encoding: .utf8)
            return ["-p", folder, "-c", file, "-e", folder + "/error.log"]
        }
    }

    /// flask-cors, with its options as a Python dictionary.
    package static func flask(_ options: String) -> CORSServer { python("flask", options) }

    /// Starlette's middleware, with its options as a Python dictionary.
    package static func starlette(_ options: String) -> CORSServer { python("starlette", options) }

    private static func python(_ library: String, _ options: String) -> CORSServer {
        CORSServer(program: .httpPython) { port, folder, tls in
            [LabProgram.source("cors.py"), "\(port)", folder + "/requests", tls.0, tls.1, library, options]
        }
    }
}
