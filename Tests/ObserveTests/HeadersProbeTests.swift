import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

struct HeadersProbeTests {
    /// Answers `/N` with a redirect to what the table says, and everything else with 200.
    private static func redirecting(
        _ table: [String: String]
    ) -> @Sendable (LoopbackConnection) async throws -> Void {
        { connection in
            while let head = try await connection.readRequest() {
                if let location = table[target(of: head)] {
                    try await connection.respond("302 Found", [("Location", location)])
                } else {
                    try await connection.respond(body: "end")
                }
            }
        }
    }

    @Test("redirects on the same host are followed, each one recorded, over the same connection")
    func follows() async throws {
        let script = Self.redirecting(["/": "/a", "/a": "b?c=d#e", "/b?c=d": "./last"])
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHeaders(server.url)
            #expect(capture.url == server.url + "/")
            #expect(capture.exchanges.map(\.status) == [302, 302, 302, 200])
            #expect(capture.exchanges.map(\.url) == ["/", "/a", "/b?c=d", "/last"].map { server.url + $0 })
            // A method that nobody knows goes over a connection of its own.
            #expect(server.connections == 2)
        }
    }

    @Test(
        "a redirect to another host, scheme or nonsense is the last exchange",
        arguments: [
            "http://other.example/", "https://127.0.0.2/", "//evil.example/", "ftp://127.0.0.1/", "http://[::1", "",
            "javascript:alert(1)", "/\u{1}"
        ])
    func endsOffHost(location: String) async throws {
        try await LoopbackServer.run(script: Self.redirecting(["/": location])) { server in
            let observation = await observe(request(.headers, server.url), in: makeContext())
            if location == "/\u{1}" {
                #expect(observation.failure?.code == .malformed)
            } else if location.isEmpty {
                #expect(observation.failure?.code == .tooManyRedirects)
            } else {
                let capture = try #require(observation.capture).decode(PageObservation.self)
                #expect(capture.exchanges.map(\.status) == [302])
            }
            #expect(server.pages.count == 1)
        }
    }

    @Test("another port and the name with www. are the same host")
    func sameSite() async throws {
        try await LoopbackServer.run(script: Self.redirecting([:])) { second in
            let location = "http://www.shop.example:\(second.port)/end"
            try await LoopbackServer.run(script: Self.redirecting(["/": location])) { first in
                var context = makeContext()
                context.resolve = ["shop.example", "www.shop.example"].map {
                    ResolveOverride(host: $0, port: nil, address: "127.0.0.1", toPort: nil)
                }
                context.requestHeaders = [("X-Probe-Key", "s3cret-value")]
                let capture = try await observeHeaders("http://shop.example:\(first.port)/", in: context)
                #expect(capture.exchanges.map(\.status) == [302, 200])
                #expect(first.requests.first?.contains("X-Probe-Key: s3cret-value") == true)
                #expect(second.requests.first?.contains("X-Probe-Key") == false)
            }
        }
    }

    @Test("a circle and an endless chain are too many redirects")
    func tooMany() async throws {
        try await LoopbackServer.run(script: Self.redirecting(["/": "/a", "/a": "/"])) { server in
            let observation = await observe(request(.headers, server.url), in: makeContext())
            #expect(observation.failure?.code == .tooManyRedirects)
            #expect(server.requests.count == 2)
        }
        let chain = Dictionary(uniqueKeysWithValues: (0..<50).map { ("/\($0)", "/\($0 + 1)") })
        try await LoopbackServer.run(script: Self.redirecting(chain)) { server in
            let observation = await observe(request(.headers, server.url, ["path": .text("/0")]), in: makeContext())
            #expect(observation.failure?.code == .tooManyRedirects)
            #expect(server.requests.count == 11)
        }
    }

    @Test("the request is a polite GET that names us")
    func politeRequest() async throws {
        try await LoopbackServer.run(script: Self.redirecting([:])) { server in
            _ = try await observeHeaders(server.url + "/x?y=z#f")
            #expect(
                server.pages == [
                    "GET /x?y=z HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nUser-Agent: gonogo/test\r\n"
                        + "Accept: */*\r\nAccept-Encoding: identity\r\n\r\n"
                ])
        }
    }

    @Test("a given path replaces the URL's path and cannot leave its host", arguments: ["/admin?a=b", "admin?a=b"])
    func path(path: String) async throws {
        try await LoopbackServer.run(script: Self.redirecting([:])) { server in
            let capture = try await observeHeaders(server.url + "/base/page", ["path": .text(path)])
            #expect(capture.url == server.url + "/admin?a=b")
            _ = try await observeHeaders(server.url, ["path": .text("//evil.example/")])
            #expect(server.pages.map(target) == ["/admin?a=b", "//evil.example/"])
        }
    }

    @Test("a long body is cut, and says so")
    func longBody() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while try await connection.readRequest() != nil {
                try await connection.respond(body: String(repeating: "a b ", count: 25_000))
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let body = try #require(try await observeHeaders(server.url).exchanges.last).body
            #expect(body.byteCount == 100_000)
            #expect(body.text.utf8.count <= 64 << 10)
            #expect(body.failure?.code == .tooLarge)
        }
    }

    @Test(
        "whether the credential sent was Authorization is kept beside the answers",
        arguments: [("authorization", true), ("Authorization", true), ("Cookie", nil), ("X-API-Key", nil)]
            as [(String, Bool?)])
    func credentials(name: String, isAuthorization: Bool?) async throws {
        try await LoopbackServer.run(script: Self.redirecting([:])) { server in
            var context = makeContext()
            context.requestHeaders = [(name, "s3cret-value")]
            let capture = try await observeHeaders(server.url, in: context)
            #expect(capture.hints == PageHints(sendsCredentials: true, sendsAuthorization: isAuthorization))
        }
    }

    @Test(
        "a request header that HTTP forbids is refused before anything is sent",
        arguments: [("X-A", "a\r\nb: c"), ("X A", "a"), ("", "a"), ("X-A", "a\u{0}b")])
    func forbiddenHeader(name: String, value: String) async throws {
        try await LoopbackServer.run(script: Self.redirecting([:])) { server in
            var context = makeContext()
            context.requestHeaders = [(name, value)]
            let observation = await observe(request(.headers, server.url), in: context)
            #expect(observation.failure?.code == .unsupported)
            #expect(server.connections == 0)
        }
    }

    @Test("a target that is no URL is not observed", arguments: ["", "example.com", "ftp://example.com", "http://a b/"])
    func noURL(target: String) async throws {
        let observation = await observe(request(.headers, target), in: makeContext())
        #expect(observation.failure?.code == .unsupported)
    }
}

extension LoopbackServer {
    /// The requests for pages, without those for what surrounds them.
    fileprivate var pages: [String] {
        requests.filter { head in
            head.hasPrefix("GET ") && !head.contains("/__no-such-path-") && !head.contains("gonogo-probe.invalid")
        }
    }
}
