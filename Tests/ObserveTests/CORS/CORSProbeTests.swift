import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

/// The CORS probe and what it sends.
struct CORSProbeTests {
    typealias Fields = [(String, String)]

    /// Answers everything with the fields that the closure makes of the request's head.
    private static func serving(
        _ status: String = "200 OK", _ fields: @escaping @Sendable (String) -> Fields
    ) -> LoopbackServer.Script {
        { connection in
            while let head = try await connection.readRequest() {
                try await connection.respond(status, fields(head), body: "ok")
            }
        }
    }

    /// Names whatever origin asks.
    private static let reflecting: LoopbackServer.Script = serving { head in
        field("Origin", of: head).map {
            [("Access-Control-Allow-Origin", $0), ("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")]
        } ?? []
    }

    private static func capture(
        _ target: String, _ parameters: [String: FactValue] = [:], in context: ProbeContext = makeContext()
    ) async throws -> CORSCapture {
        let observation = await observe(request(.cors, target, parameters), in: context)
        try #require(observation.failure == nil, "\(observation.failure?.reason ?? "")")
        return try #require(observation.capture).decode(CORSCapture.self)
    }

    @Test("GETs come before preflights, each origin once, on one connection, within the budget")
    func requests() async throws {
        try await LoopbackServer.run(script: Self.serving { _ in [] }) { server in
            var context = makeContext()
            context.resolve = [
                ResolveOverride(host: "api.example.com", port: nil, address: "127.0.0.1", toPort: server.port)
            ]
            let capture = try await Self.capture("http://api.example.com/v1?x=1", in: context)
            let methods = server.requests.map { String($0.prefix { $0 != " " }) }
            #expect(methods.drop { $0 == "GET" } == ["OPTIONS", "OPTIONS", "OPTIONS", "OPTIONS"])
            #expect(server.requests.count <= 26)
            #expect(capture.requests == server.requests.count)
            #expect(server.connections == 1)
            let origins = server.requests.prefix { $0.hasPrefix("GET") }.map { field("Origin", of: $0) }
            #expect(Set(origins).count == origins.count)
            #expect(origins.prefix(4) == [nil, "http://api.example.com", "https://cors-probe.invalid", "null"])
            #expect(server.requests.allSatisfy { target(of: $0) == "/v1?x=1" })
            #expect(capture.visits.allSatisfy { $0.exchange?.body.text.isEmpty != false })
        }
    }

    @Test("where every origin is named, eight requests are enough, and what was not asked says so")
    func reflection() async throws {
        try await LoopbackServer.run(script: Self.reflecting) { server in
            let capture = try await Self.capture(server.url)
            #expect(server.requests.count == 8)
            let facts = capture.facts(at: now)
            #expect(facts["bypass"] == .value(.list([.text("arbitrary"), .text("null")])))
            #expect(facts["verdict"] == .value(.text("critical")))
            guard case .unobserved(let failure) = facts["anyPort"] else {
                Issue.record("anyPort is known")
                return
            }
            #expect(failure.reason.contains("every origin"))
        }
    }

    @Test("a cookie goes with every GET and with no preflight")
    func cookie() async throws {
        try await LoopbackServer.run(script: Self.reflecting) { server in
            _ = try await Self.capture(server.url)
            for head in server.requests {
                #expect(field("Cookie", of: head) == (head.hasPrefix("GET") ? "probe=1" : nil))
            }
        }
    }

    @Test("the audit's credentials replace the cookie, go with no preflight, and its Origin never counts")
    func credentials() async throws {
        try await LoopbackServer.run(script: Self.reflecting) { server in
            var context = makeContext()
            context.requestHeaders = [("authorization", "Bearer abcdefgh"), ("origin", "https://mine.example")]
            _ = try await Self.capture(server.url, in: context)
            for head in server.requests {
                let isGet = head.hasPrefix("GET")
                #expect(field("Cookie", of: head) == nil)
                #expect(field("Authorization", of: head) == (isGet ? "Bearer abcdefgh" : nil))
            }
            let origins = server.requests.dropFirst().map { field("Origin", of: $0) }
            #expect(!origins.contains("https://mine.example"))
        }
    }

    @Test("preflights say what they ask for")
    func preflights() async throws {
        try await LoopbackServer.run(script: Self.reflecting) { server in
            _ = try await Self.capture(server.url)
            let options = server.requests.filter { $0.hasPrefix("OPTIONS") }
            #expect(
                options.map { field("Access-Control-Request-Method", of: $0) } == ["DELETE", "PROBE", "DELETE", nil])
            #expect(
                options.map { field("Access-Control-Request-Headers", of: $0) }
                    == ["x-probe-1,authorization", "x-probe-1,authorization", "x-probe-1,authorization", nil])
            #expect(options.map { field("Access-Control-Request-Private-Network", of: $0) } == [nil, nil, "true", nil])
        }
    }

    @Test("the origin that the answer to nobody names is asked as one that may read")
    func namedOrigin() async throws {
        let script = Self.serving { _ in [("Access-Control-Allow-Origin", "https://app.example.com")] }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await Self.capture(server.url)
            #expect(capture.visits.contains { $0.kind == .known && $0.origin == "https://app.example.com" })
            #expect(capture.facts(at: now)["staticOrigin"] == .value(.boolean(true)))
            // What methods are allowed is asked for an origin that is.
            let options = server.requests.filter { $0.hasPrefix("OPTIONS") }.map { field("Origin", of: $0) }
            #expect(options == ["https://cors-probe.invalid"] + Array(repeating: "https://app.example.com", count: 3))
        }
    }

    @Test(
        "a smaller budget leaves out the least telling, a larger one nothing",
        arguments: [(10, true), (26, true), (64, false)])
    func budget(requests: Int64, leavesOut: Bool) async throws {
        try await LoopbackServer.run(script: Self.serving { _ in [] }) { server in
            var context = makeContext()
            context.resolve = [
                ResolveOverride(host: "api.example.com", port: nil, address: "127.0.0.1", toPort: server.port)
            ]
            let capture = try await Self.capture(
                "http://api.example.com/", ["requests": .integer(requests)], in: context)
            #expect(server.requests.count <= Int(requests))
            #expect(capture.visits.contains(where: \.isLeftOut) == leavesOut)
            #expect(server.requests.filter { $0.hasPrefix("OPTIONS") }.count == 4)
        }
    }

    @Test("characters that few browsers take are tried on request")
    func extended() async throws {
        try await LoopbackServer.run(script: Self.serving { _ in [] }) { server in
            let capture = try await Self.capture(server.url, ["extended": .boolean(true), "requests": .integer(64)])
            #expect(capture.visits.filter { $0.kind == .extended && $0.exchange != nil }.count == 18)
        }
    }

    @Test("redirects on the host are followed once, those elsewhere never")
    func redirects() async throws {
        let script = { @Sendable (connection: LoopbackConnection) async throws -> Void in
            while let head = try await connection.readRequest() {
                if target(of: head) == "/" {
                    try await connection.respond("302 Found", [("Location", "/app")])
                } else {
                    try await connection.respond("302 Found", [("Location", "https://login.example.org/")])
                }
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await Self.capture(server.url)
            #expect(capture.finalURL == server.url + "/app")
            #expect(capture.redirects.count == 1)
            #expect(server.requests.filter { target(of: $0) == "/" }.count == 1)
            #expect(capture.facts(at: now)["redirectCrossSite"] == .value(.boolean(true)))
        }
    }

    @Test(
        "what is lost in the middle is not known, and not denied",
        arguments: ["closes", "hangs", "limits", "sends too much"])
    func lost(how: String) async throws {
        let script = { @Sendable (connection: LoopbackConnection) async throws -> Void in
            while let head = try await connection.readRequest() {
                let origin = field("Origin", of: head) ?? "http://127.0.0.1:"
                let isEarly = origin.hasPrefix("http://127.0.0.1:") || origin == "https://cors-probe.invalid"
                switch isEarly && head.hasPrefix("GET") ? "" : how {
                case "closes": return
                case "hangs": try await connection.hang()
                case "limits": try await connection.respond("429 Too Many Requests")
                case "sends too much":
                    try await connection.respond("200 OK", [("X", String(repeating: "x", count: 1 << 20))])
                default: try await connection.respond(body: "ok")
                }
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let timeout = Duration.seconds(how == "hangs" ? 6 : 30)
            let capture = try await Self.capture(server.url, in: makeContext(timeout: timeout))
            let facts = capture.facts(at: now)
            #expect(capture.visits.prefix(3).allSatisfy { $0.exchange != nil })
            for path in ["nullAllowed", "bypass", "verdict", "validation", "preflight.passes", "enabled"] {
                guard case .unobserved = facts[try #require(FactPath(path))] else {
                    Issue.record("\(path) is known")
                    continue
                }
            }
            // Three losses are enough; a limiter is not asked again.
            #expect(server.requests.count <= 12)
        }
    }

    static let hostileServers: [(String, LoopbackServer.Script)] = [
        ("10,000 header fields", serving { _ in Array(repeating: ("A", "b"), count: 10_000) }),
        ("a line of 1 MiB", serving { _ in [("A", String(repeating: "a", count: 1 << 20))] }),
        (
            "a head by the byte",
            { connection in
                _ = try await connection.readRequest()
                for byte in ("HTTP/1.1 200 OK\r\nA: " + String(repeating: "a", count: 600)).utf8 {
                    try await connection.write([byte])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        )
    ]

    @Test("a hostile server is a typed failure in bounded time", arguments: hostileServers.indices)
    func hostile(index: Int) async throws {
        try await LoopbackServer.run(script: Self.hostileServers[index].1) { server in
            let observation = await observe(request(.cors, server.url), in: makeContext(timeout: .seconds(2)))
            #expect(observation.failure != nil)
            #expect(observation.durationSeconds < 30)
        }
    }

    @Test("a body without an end costs what is read of it, and its answer counts")
    func endless() async throws {
        let script = { @Sendable (connection: LoopbackConnection) async throws -> Void in
            _ = try await connection.readRequest()
            try await connection.write("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n\r\n")
            while true { try await connection.write(String(repeating: "a", count: 1 << 16)) }
        }
        try await LoopbackServer.run(script: script) { server in
            let facts = try await Self.capture(server.url).facts(at: now)
            #expect(facts["verdict"] == .value(.text("public")))
        }
    }

    @Test("what is no origin is refused before anything is sent", arguments: ["example.com", "https://a.example/", "*"])
    func wrongOrigins(text: String) async throws {
        let observation = await observe(
            request(.cors, "http://127.0.0.1:9/", ["origins": .list([.text(text)])]), in: makeContext())
        #expect(observation.failure?.code == .unsupported)
    }
}
