import AuditModel
import Facts
import Observe
import TestSupport
import Testing

/// The probes against a real server.
struct NginxTests {
    private static let servers = """
        server {
            listen 127.0.0.1:HTTP_PORT;
            location / { return 301 https://localhost:HTTPS_PORT$request_uri; }
        }
        server {
            listen 127.0.0.1:HTTPS_PORT ssl; server_name localhost; TLS
            add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
            add_header Set-Cookie "sid=very-secret; Path=/; Secure; HttpOnly" always;
            location = / { default_type text/html; return 200 "<!doctype html><title>shop</title>"; }
            location = /bare { add_header X-Only here; return 200 "bare"; }
            location = /down { return 503 "down"; }
            location = /health { default_type application/json; return 200 '{"status":"UP"}'; }
            location = /healthz { default_type application/json; return 503 '{"status":"DOWN"}'; }
            location / { return 404; }
        }
        """

    private func run(_ body: (NginxServer, ProbeContext) async throws -> Void) async throws {
        let certificate = try await TestCertificate.make(names: "DNS:localhost")
        try await NginxServer.run(certificate: certificate, servers: Self.servers) { nginx in
            var context = makeContext()
            context.extraTrustAnchors = certificate.pem
            context.resolve = [ResolveOverride(host: "localhost", port: nil, address: "127.0.0.1", toPort: nil)]
            try await body(nginx, context)
        }
    }

    @Test("headers present, absent, and after the redirect from HTTP to HTTPS")
    func headers() async throws {
        try await run { nginx, context in
            let capture = try await observeHeaders("http://localhost:\(nginx.httpPort)/", in: context)
            #expect(capture.exchanges.map(\.status) == [301, 200])
            #expect(capture.exchanges.map { $0.tls?.isVerified } == [nil, true])
            let page = try #require(capture.exchanges.last)
            #expect(page.values(of: "strict-transport-security") == ["max-age=63072000; includeSubDomains"])
            #expect(page.values(of: "server").first?.hasPrefix("nginx/") == true)
            #expect(page.values(of: "set-cookie").first?.hasPrefix("sid=[redacted 11:") == true)
            #expect(page.body.text.isEmpty && page.body.byteCount == "<!doctype html><title>shop</title>".utf8.count)
            let bare = try await observeHeaders(
                "https://localhost:\(nginx.httpsPort)/", ["path": .text("/bare")], in: context)
            #expect(bare.exchanges.last?.values(of: "strict-transport-security") == [])
            #expect(bare.exchanges.last?.values(of: "x-only") == ["here"])
            let down = try await observeHeaders("https://localhost:\(nginx.httpsPort)/down", in: context)
            #expect(down.exchanges.last?.status == 503)
        }
    }

    @Test("health endpoints up and down")
    func health() async throws {
        try await run { nginx, context in
            let url = "https://localhost:\(nginx.httpsPort)"
            let capture = try await observeHealth(url, in: context)
            #expect(capture.endpoint == "/health")
            #expect(capture.latencies.count == 5)
            #expect(capture.visits.first { $0.path == "/health" }?.exchange?.body.text == #"{"status":"UP"}"#)
            #expect(capture.visits.first { $0.path == "/healthz" }?.exchange?.status == 503)
            let given = try await observeHealth(url, ["path": .text("/healthz")], in: context)
            #expect(given.endpoint == "/healthz")
        }
    }
}
