import DemoService
import SwiftASN1
import Testing
import X509

/// Starts a service, gives it with a client for each port to the body, and stops it whatever happens.
private func withService(
    healthy: Bool, _ body: (_ service: DemoService, _ https: RawClient, _ http: RawClient) async throws -> Void
) async throws {
    let service = try await DemoService.start(healthy: healthy)
    do {
        let https = RawClient(tls: (service.certificateAuthority, "localhost"), port: service.httpsPort)
        try await body(service, https, RawClient(port: service.httpPort))
    } catch {
        try await service.stop()
        throw error
    }
    try await service.stop()
}

@Suite struct DemoServiceTests {
    @Test("A healthy service is exemplary over TLS")
    func healthyPage() async throws {
        try await withService(healthy: true) { _, https, _ in
            let page = try await https.get("/")
            #expect(page.statusLine == "HTTP/1.1 200 OK")
            #expect(page.field("Content-Type") == "text/html; charset=utf-8")
            #expect(page.field("Strict-Transport-Security") == "max-age=63072000; includeSubDomains")
            #expect(page.field("X-Content-Type-Options") == "nosniff")
            #expect(page.field("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
            #expect(page.field("Server") == "demo-shop")
            #expect(page.field("X-Powered-By") == nil)
            let cookie = try #require(page.field("Set-Cookie"))
            #expect(cookie.hasPrefix("__Host-session=") && cookie.hasSuffix("; Path=/; Secure; HttpOnly; SameSite=Lax"))
            #expect(page.field("Content-Length") == String(page.body.utf8.count))
            #expect(page.field("Date")?.hasSuffix(" GMT") == true)
        }
    }

    @Test("A faulty service has the faults that the demo shows")
    func faultyPage() async throws {
        try await withService(healthy: false) { _, https, http in
            for page in [try await https.get("/"), try await http.get("/")] {
                #expect(page.statusLine == "HTTP/1.1 200 OK")
                #expect(page.field("Strict-Transport-Security") == nil)
                #expect(page.field("X-Content-Type-Options") == nil)
                #expect(page.field("Server") == "demo-shop/1.4.2")
                #expect(page.field("X-Powered-By") != nil)
                let cookie = try #require(page.field("Set-Cookie"))
                #expect(!cookie.contains("Secure") && !cookie.contains("HttpOnly") && !cookie.contains("SameSite"))
            }
            let health = try await https.get("/healthz")
            #expect(health.statusLine == "HTTP/1.1 200 OK")
            #expect(health.body.contains(#""status":"warn""#) && health.body.contains("postgres://db-primary"))
        }
    }

    @Test("Every answer carries the security headers, the refusals too", arguments: ["/nothing", "/health/detailed"])
    func errorHeaders(_ path: String) async throws {
        try await withService(healthy: true) { _, https, _ in
            let answer = try await https.get(path)
            #expect(answer.statusLine == (path == "/nothing" ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 401 Unauthorized"))
            #expect(answer.field("Strict-Transport-Security") != nil)
            #expect(answer.field("X-Content-Type-Options") == "nosniff")
            #expect(answer.field("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'")
        }
    }

    @Test(
        "Each path answers with its own type and body",
        arguments: [
            ("/healthz", "application/health+json", #"{"status":"pass"}"#),
            ("/livez", "text/plain; charset=utf-8", "ok\n"),
            ("/readyz?full", "application/health+json", #"{"status":"pass"}"#)
        ])
    func paths(path: String, type: String, body: String) async throws {
        try await withService(healthy: true) { _, https, _ in
            let answer = try await https.get(path)
            #expect(answer.statusLine == "HTTP/1.1 200 OK")
            #expect(answer.field("Content-Type") == type)
            #expect(answer.field("Cache-Control") == "no-store")
            #expect(answer.body == body)
        }
    }

    @Test("Whoever has the token reads the state of each dependency")
    func detailedHealth() async throws {
        try await withService(healthy: true) { _, https, _ in
            let answer = try await https.get("/health/detailed", "Authorization: Bearer demo\r\n")
            #expect(answer.field("Content-Type") == "application/health+json")
            #expect(answer.body.contains(#""postgres:responseTime":[{"componentType":"datastore","observedValue":4,"#))
            let orders = try await https.get("/api/orders")
            #expect(orders.field("Content-Type") == "application/json" && orders.body.contains("1042"))
        }
    }

    @Test(
        "Plain HTTP redirects to TLS, only ever to our own names",
        arguments: [("127.0.0.1:80", "127.0.0.1"), ("localhost", "localhost"), ("evil.example", "localhost")])
    func redirect(host: String, name: String) async throws {
        try await withService(healthy: true) { service, _, http in
            let answer = try await http.answer(
                to: "GET /api/orders?a=1 HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
            #expect(answer.statusLine == "HTTP/1.1 308 Permanent Redirect")
            #expect(answer.field("Location") == "https://\(name):\(service.httpsPort)/api/orders?a=1")
            #expect(answer.field("Strict-Transport-Security") == nil)
            #expect(answer.field("Set-Cookie") == nil)
        }
    }

    @Test("Only the authority of this start makes a client trust the service")
    func authorities() async throws {
        try await withService(healthy: true) { service, https, _ in
            try await withService(healthy: true) { other, _, _ in
                let stranger = RawClient(tls: (other.certificateAuthority, "localhost"), port: service.httpsPort)
                await #expect(throws: (any Error).self) { _ = try await stranger.get("/livez") }
            }
            let trusted = try await https.get("/livez")
            #expect(trusted.body == "ok\n")
        }
    }

    @Test(
        "The certificate is valid for the name and the address, and for nothing else",
        arguments: [
            ("localhost", nil, true), (nil, "127.0.0.1", true), ("example.com", nil, false), (nil, "127.0.0.2", false)
        ] as [(String?, String?, Bool)])
    func identity(name: String?, address: String?, isValid: Bool) async throws {
        try await withService(healthy: true) { service, _, _ in
            let root = try Certificate(pemEncoded: service.certificateAuthority)
            let leaf = try await presentedCertificate(port: service.httpsPort)
            var verifier = Verifier(rootCertificates: CertificateStore([root])) {
                RFC5280Policy()
                ServerIdentityPolicy(serverHostname: name, serverIP: address)
            }
            let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore())
            if case .validCertificate = result { #expect(isValid) } else { #expect(!isValid, "\(result)") }
        }
    }

    @Test("A connection serves several requests, and HEAD has no body")
    func keepAlive() async throws {
        try await withService(healthy: true) { _, https, _ in
            let answer = try await https.answer(
                to: "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "HEAD /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let parts = answer.text.split(separator: "HTTP/1.1 200 OK\r\n")
            try #require(parts.count == 2)
            #expect(parts[0].hasSuffix("\r\n\r\nok\n") && parts[0].contains("Content-Length: 3\r\n"))
            #expect(parts[1].hasSuffix("\r\n\r\n") && parts[1].contains("Content-Length: 3\r\n"))
        }
    }

    @Test("Methods that a shop window does not need are refused, and OPTIONS says which there are")
    func methods() async throws {
        try await withService(healthy: true) { _, https, _ in
            let end = "Host: localhost\r\nConnection: close\r\n\r\n"
            let refused = try await https.answer(to: "DELETE / HTTP/1.1\r\n" + end)
            #expect(refused.statusLine == "HTTP/1.1 405 Method Not Allowed")
            #expect(refused.field("Allow") == "GET, HEAD, OPTIONS")
            let options = try await https.answer(to: "OPTIONS / HTTP/1.1\r\n" + end)
            #expect(options.statusLine == "HTTP/1.1 204 No Content")
            #expect(options.field("Content-Length") == nil)
        }
    }

    @Test(
        "Requests without end or sense end the connection, and the service lives on",
        arguments: [
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "a", count: 100_000),
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X: a\r\n", count: 10_000),
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
                + String(repeating: "a", count: 70_000),
            "\u{0}\u{1}\u{2}\r\n\r\n", "GET http://[ HTTP/9.9\r\n\r\n", "GET  \r\n\r\n"
        ])
    func hostileRequests(_ request: String) async throws {
        try await withService(healthy: true) { _, _, http in
            // A reset is as good an answer as a 400.
            if let answer = try? await http.answer(to: request) {
                #expect(answer.statusLine.hasPrefix("HTTP/1.1 4"))
            }
            let after = try await http.get("/")
            #expect(after.statusLine == "HTTP/1.1 308 Permanent Redirect")
        }
    }

    @Test("A stopped service leaves its ports")
    func stop() async throws {
        let service = try await DemoService.start(healthy: true)
        let client = RawClient(port: service.httpPort)
        _ = try await client.get("/")
        try await service.stop()
        await #expect(throws: (any Error).self) { _ = try await client.get("/") }
    }
}
