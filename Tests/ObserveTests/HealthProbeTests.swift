import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct HealthProbeTests {
    /// Answers the paths of the table and everything else with 404.
    private static func serving(
        _ table: [String: (status: String, body: String)]
    ) -> @Sendable (LoopbackConnection) async throws -> Void {
        { connection in
            while let head = try await connection.readRequest() {
                let answer = table[target(of: head)] ?? ("404 Not Found", "nothing here")
                try await connection.respond(answer.status, [("Content-Type", "application/json")], body: answer.body)
            }
        }
    }

    @Test("discovery looks at the usual paths and a path that cannot exist, then measures the endpoint")
    func discovers() async throws {
        let script = Self.serving(["/healthz": ("200 OK", #"{"status":"ok"}"#)])
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url + "/app/page", ["samples": .integer(4)])
            #expect(capture.visits.filter { $0.role == .discovery }.map(\.path) == HealthPaths.usual)
            #expect(capture.visits.allSatisfy { $0.exchange != nil && $0.failure == nil && $0.redirects == 0 })
            let control = try #require(capture.visits.first { $0.role == .control })
            #expect(control.path.hasPrefix("/__no-such-path-"))
            #expect(control.exchange?.status == 404)
            #expect(capture.endpoint == "/healthz")
            #expect(capture.latencies.count == 4)
            #expect(capture.requests == server.requests.count)
            #expect(server.requests.count == HealthPaths.usual.count + 1 + 3 + 1)
            #expect(server.requests.filter { $0.hasPrefix("HEAD ") }.map(target) == ["/healthz"])
            #expect(server.connections <= 4)
        }
    }

    @Test("a given endpoint is the only one looked at, with the given roles, and the series keeps one connection")
    func given() async throws {
        let script = Self.serving([
            "/h": ("503 Service Unavailable", #"{"status":"fail"}"#), "/ready": ("200 OK", "ok")
        ])
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(
                server.url,
                ["path": .text("/h"), "liveness": .text("/h"), "readiness": .text("/ready"), "samples": .integer(20)])
            #expect(capture.visits.prefix(5).map(\.role) == [.given, .liveness, .readiness, .control, .head])
            #expect(capture.visits.prefix(5).map(\.exchange?.status) == [503, 503, 200, 404, 503])
            #expect(capture.endpoint == "/h")
            #expect(capture.latencies.count == 20)
            #expect(capture.statuses == [Int](repeating: 503, count: 20))
            #expect(capture.requests == 23)
            #expect(server.connections <= 3)
        }
    }

    @Test("no health endpoint is a capture without one")
    func nothingFound() async throws {
        try await LoopbackServer.run(script: Self.serving([:])) { server in
            let capture = try await observeHealth(server.url)
            #expect(capture.endpoint == nil)
            #expect(capture.latencies.isEmpty)
        }
    }

    @Test("redirects on the same host are followed and counted, and the series asks for their end")
    func redirects() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                if target(of: head) == "/h" {
                    try await connection.respond("301 Moved Permanently", [("Location", "/h/")])
                } else {
                    try await connection.respond(body: "ok")
                }
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url, ["path": .text("/h"), "samples": .integer(3)])
            #expect(capture.visits.first?.redirects == 1)
            #expect(capture.visits.first?.exchange?.status == 200)
            #expect(server.requests.filter { target(of: $0) == "/h" }.count == 1)
            #expect(server.requests.filter { $0.hasPrefix("GET /h/ ") }.count == 3)
        }
    }

    @Test("a server that closes every connection is measured on fresh ones")
    func withoutKeepAlive() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            try await connection.respond("200 OK", [("Connection", "close")], body: "ok")
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url, ["path": .text("/h")])
            #expect(capture.latencies.count == 5)
        }
    }

    @Test("a server that closes kept connections without a word is asked again")
    func staleConnections() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            try await connection.respond(body: "ok")
            _ = try await connection.readRequest()
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url, ["path": .text("/h")])
            #expect(capture.latencies.count == 5)
        }
    }

    @Test("an endpoint whose body does not come whole is a failed attempt")
    func incompleteBody() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(request(.health, server.url, ["path": .text("/h")]), in: makeContext())
            #expect(observation.failure?.code == .closedEarly)
        }
    }

    @Test("an endpoint with an endless body is captured as far as it was read")
    func endlessBody() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            try await connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while true { try await connection.write(String(repeating: "a", count: 1 << 16)) }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url, ["path": .text("/h"), "samples": .integer(2)])
            #expect(capture.visits.first?.exchange?.body.failure?.code == .tooLarge)
            #expect(capture.latencies.count == 2)
        }
    }

    @Test("one path that never answers costs its own visit only")
    func oneSilentPath() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                if target(of: head) == "/status" { try await connection.hang() }
                try await connection.respond(target(of: head) == "/health" ? "200 OK" : "404 Not Found", body: "ok")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url, in: makeContext(timeout: .seconds(5)))
            #expect(capture.visits.first { $0.path == "/status" }?.failure?.code == .timeout)
            #expect(capture.visits.filter { $0.failure != nil }.count == 1)
            #expect(capture.endpoint == "/health")
            #expect(capture.latencies.count == 5)
        }
    }

    @Test("a sample that hangs is a failed attempt")
    func hangingSample() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                let isSecond = connection.requestCount > 1 && target(of: head) == "/h"
                if isSecond { try await connection.hang() }
                try await connection.respond(body: "ok")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(
                request(.health, server.url, ["path": .text("/h")]), in: makeContext(timeout: .seconds(6)))
            #expect(observation.failure?.code == .timeout)
        }
    }

    @Test("a service that is down is asked for four paths at most")
    func down() async throws {
        let port = try await freePort()
        let observation = await observe(request(.health, "http://127.0.0.1:\(port)"), in: makeContext())
        #expect(observation.failure?.code == .refused)
    }
}
