import Foundation

/// A real server over HTTPS, on loopback, that keeps count of its requests.
package struct HTTPSServer: Sendable {
    package struct Endpoint: Sendable {
        package let port: Int
        private let log: @Sendable () -> [String]

        package init(port: Int, log: @escaping @Sendable () -> [String]) {
            self.port = port
            self.log = log
        }

        /// The requests that the server says it answered: a line of method and origin for each.
        package var requests: [String] { log() }
    }

    package typealias Body = (Endpoint) async throws -> Void

    private let serve: @Sendable (TestCertificate, Body) async throws -> Void

    /// - Parameter serve: Runs the body against the server, which ends with it.
    package init(serve: @escaping @Sendable (TestCertificate, Body) async throws -> Void) { self.serve = serve }

    /// Runs the body against the server; the server ends with it.
    package func run(_ certificate: TestCertificate, _ body: Body) async throws { try await serve(certificate, body) }

    /// A program that writes its log to the file `requests` in its folder.
    private init(
        program: LabProgram, line: @escaping @Sendable (String) -> String? = { $0 },
        arguments: @escaping @Sendable (_ port: Int, _ folder: String, _ tls: (String, String)) throws -> [String]
    ) {
        self.init { certificate, body in
            try await withTemporaryFolder { folder in
                let port = try await LabPorts.next()
                let log = folder + "/requests"
                let arguments = try arguments(port, folder, certificate.write(to: folder))
                try await program.serve(port: port, in: folder, arguments) {
                    let endpoint = Endpoint(port: port) {
                        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                        return text.split(separator: "\n").compactMap { line(String($0)) }
                    }
                    try await body(endpoint)
                }
            }
        }
    }

    /// nginx; `maps` stand beside its server, `location` in its `location /`, which serves a file.
    package static func nginx(maps: String = "", location: String) -> HTTPSServer {
        HTTPSServer(program: .nginx) { port, folder, tls in
            let paths = NginxServer.temporaryPaths(in: folder)
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

    /// Caddy, which writes a line of JSON for each request; `routes` are objects of its configuration.
    package static func caddy(_ routes: String) -> HTTPSServer {
        HTTPSServer(program: .caddy, line: methodOfCaddy) { port, folder, tls in
            let file = folder + "/caddy.json"
            try """
            {"admin": {"disabled": true, "config": {"persist": false}},
             "storage": {"module": "file_system", "root": "\(folder)"},
             "logging": {"logs": {
              "default": {"level": "ERROR"},
              "requests": {"writer": {"output": "file", "filename": "\(folder)/requests"}, "include": ["http.log.access"]}}},
             "apps": {
              "tls": {"certificates": {"load_files": [{"certificate": "\(tls.0)", "key": "\(tls.1)"}]}},
              "http": {"servers": {"lab": {
               "listen": ["127.0.0.1:\(port)"], "automatic_https": {"disable": true},
               "logs": {}, "tls_connection_policies": [{}],
               "routes": [\(routes), {"handle": [{"handler": "static_response", "body": "ok"}]}]}}}}}
            """.write(toFile: file, atomically: false, encoding: .utf8)
            return ["run", "--config", file]
        }
    }

    private static func methodOfCaddy(_ line: String) -> String? {
        guard let start = line.firstRange(of: "\"method\":\"")?.upperBound else { return nil }
        return line[start...].prefix { $0 != "\"" } + " "
    }

    /// haproxy, which speaks one version of HTTP alone; `rules` stand in its frontend.
    package static func haproxy(isHTTP2: Bool, _ rules: String) -> HTTPSServer {
        HTTPSServer(program: .haproxy) { port, folder, tls in
            let file = folder + "/haproxy.cfg"
            let both = folder + "/both.pem"
            try (String(contentsOfFile: tls.0, encoding: .utf8) + String(contentsOfFile: tls.1, encoding: .utf8))
                .write(toFile: both, atomically: false, encoding: .utf8)
            try """
            global
                maxconn 64
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend lab
                bind 127.0.0.1:\(port) ssl crt \(both) \(isHTTP2 ? "alpn h2 proto h2" : "alpn http/1.1")
                \(rules)

            """.write(toFile: file, atomically: false, encoding: .utf8)
            return ["-db", "-f", file]
        }
    }

    /// flask-cors, with its options as a Python dictionary.
    package static func flask(_ options: String) -> HTTPSServer { python("flask", options) }

    /// Starlette's middleware, with its options as a Python dictionary.
    package static func starlette(_ options: String) -> HTTPSServer { python("starlette", options) }

    private static func python(_ library: String, _ options: String) -> HTTPSServer {
        HTTPSServer(program: .httpPython) { port, folder, tls in
            [LabProgram.source("cors.py"), "\(port)", folder + "/requests", tls.0, tls.1, library, options]
        }
    }
}
