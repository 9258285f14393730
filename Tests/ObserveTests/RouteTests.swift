import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct RouteTests {
    private static let answer: @Sendable (LoopbackConnection) async throws -> Void = { connection in
        while try await connection.readRequest() != nil { try await connection.respond(body: "hello") }
    }

    @Test(
        "NO_PROXY covers a host by curl's rules",
        arguments: [
            ("example.com", "example.com", true), ("www.example.com", "example.com", true),
            ("www.example.com", ".example.com", true), ("example.com", ".example.com", true),
            ("notexample.com", "example.com", false), ("example.com", "www.example.com", false),
            ("EXAMPLE.com", "example.COM.", true), ("example.com", "*", true), ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.0.0.0/8", true), ("11.1.2.3", "10.0.0.0/8", false), ("10.1.2.3", "2.3", false),
            ("::1", "[::1]", true), ("::1", "0:0:0:0:0:0:0:1", true), ("fd00::1", "fc00::/7", true),
            ("localhost", "", false), ("127.0.0.1", "localhost", false), ("10.1.2.3", "10.0.0.0/x", false),
            ("10.1.2.3", "10.0.0.0/99", false), ("example.com", " example.com ", true), ("example.com", ".", false)
        ])
    func exceptions(host: String, exception: String, expected: Bool) {
        #expect(ProxySettings(exceptions: [exception]).exempts(host) == expected)
    }

    @Test("an override leads to another address and port and keeps the name")
    func resolveOverride() async throws {
        try await LoopbackServer.run(script: Self.answer) { server in
            var context = makeContext()
            context.resolve = [
                ResolveOverride(host: "shop.example", port: 81, address: "192.0.2.1", toPort: nil),
                ResolveOverride(host: "Shop.Example", port: 80, address: "127.0.0.1", toPort: server.port)
            ]
            let capture = try await observeHeaders("http://shop.example/x", in: context)
            #expect(capture.exchanges.last?.url == "http://shop.example/x")
            #expect(server.requests.first?.contains("Host: shop.example\r\n") == true)
        }
    }

    @Test("plain HTTP goes through a proxy in absolute form, with the proxy's credentials")
    func forwardProxy() async throws {
        try await LoopbackServer.run(script: Self.answer) { proxy in
            var context = makeContext()
            context.proxies = ProxySettings(http: "http://me:p%40ss@127.0.0.1:\(proxy.port)")
            let capture = try await observeHeaders("http://shop.example/x?y=z", in: context)
            let head = try #require(proxy.requests.first)
            #expect(head.hasPrefix("GET http://shop.example/x?y=z HTTP/1.1\r\nHost: shop.example\r\n"))
            #expect(head.contains("Proxy-Authorization: Basic bWU6cEBzcw==\r\n"))
            #expect(capture.exchanges.last?.body.text == "hello")
        }
    }

    @Test("TLS goes through a proxy by CONNECT, verified against the target's name")
    func tunnel() async throws {
        let certificate = try await TestCertificate.make(names: "DNS:shop.example")
        try await LoopbackServer.run(tls: certificate, script: Self.answer) { server in
            try await LoopbackServer.run(script: ConnectProxy.script(toPort: server.port)) { proxy in
                var context = makeContext()
                context.extraTrustAnchors = certificate.pem
                context.proxies = ProxySettings(https: "127.0.0.1:\(proxy.port)", exceptions: ["other.example"])
                let capture = try await observeHeaders("https://shop.example/", in: context)
                #expect(capture.exchanges.last?.tls?.isVerified == true)
                #expect(capture.exchanges.last?.body.text == "hello")
                #expect(
                    Set(proxy.requests) == ["CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n"])
                #expect(server.requests.first?.hasPrefix("GET / HTTP/1.1\r\nHost: shop.example\r\n") == true)
            }
        }
    }

    @Test(
        "a proxy that does not connect us through is a typed failure",
        arguments: [
            ("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", ProbeFailure.Code.refused),
            ("HTTP/1.1 200 OK\r\n\r\nextra", .malformed), ("garbage\r\n\r\n", .malformed),
            ("HTTP/1.1 200", .closedEarly),
            ("", .closedEarly), ("HTTP/1.1 200 OK\r\n\(String(repeating: "A: b\r\n", count: 4000))", .tooLarge)
        ])
    func brokenProxy(answer: String, code: ProbeFailure.Code) async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            try await connection.write(answer)
            if code == .tooLarge || code == .refused { try await connection.hang() }
        }
        try await LoopbackServer.run(script: script) { proxy in
            var context = makeContext()
            context.proxies = ProxySettings(https: "http://127.0.0.1:\(proxy.port)")
            let observation = await observe(request(.headers, "https://shop.example/"), in: context)
            #expect(observation.failure?.code == code)
        }
    }

    @Test("a silent proxy is a timeout, and loopback is no exception by itself")
    func silentProxy() async throws {
        try await LoopbackServer.run(script: { try await $0.hang() }) { proxy in
            var context = makeContext(timeout: .seconds(1))
            context.proxies = ProxySettings(https: "http://127.0.0.1:\(proxy.port)")
            let observation = await observe(request(.headers, "https://127.0.0.1:1/"), in: context)
            #expect(observation.failure?.code == .timeout)
            #expect(observation.failure?.reason.contains("CONNECT") == true)
        }
    }

    @Test(
        "a proxy that cannot be used is unsupported",
        arguments: ["https://127.0.0.1:1", "socks5://127.0.0.1:1", "http://"])
    func unusableProxy(proxy: String) async throws {
        var context = makeContext()
        context.proxies = ProxySettings(https: proxy)
        let observation = await observe(request(.headers, "https://shop.example/"), in: context)
        #expect(observation.failure?.code == .unsupported)
    }
}
