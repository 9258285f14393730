import AuditModel
import Facts
import Observe
import TestSupport
import Testing

struct HealthQuestionsTests {
    private static let springJSON = "application/vnd.spring-boot.actuator.v3+json"

    /// A Spring Boot service: health at the usual path, and these endpoints beside it.
    private static func spring(
        _ open: [String], lists: Bool = true, body: String = #"{"password":"hunter2"}"#
    ) -> @Sendable (LoopbackConnection) async throws -> Void {
        { connection in
            while let head = try await connection.readRequest() {
                let path = target(of: head)
                let fields = [("Content-Type", springJSON)]
                let name = String(path.dropFirst("/actuator/".count))
                if path == "/actuator/health" {
                    try await connection.respond("200 OK", fields, body: #"{"status":"UP"}"#)
                } else if path == "/actuator", lists {
                    let links = (["self", "health"] + open).map { #""\#($0)":{"href":"x"}"# }.joined(separator: ",")
                    try await connection.respond("200 OK", fields, body: #"{"_links":{\#(links)}}"#)
                } else if path.hasPrefix("/actuator/"), open.contains(name) {
                    try await connection.respond("200 OK", fields, body: body)
                } else {
                    try await connection.respond("404 Not Found", body: "nothing here")
                }
            }
        }
    }

    /// The requests for the actuator besides its health, as method and path.
    private static func asked(_ requests: [String]) -> [String] {
        requests.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
            .filter { $0.contains("/actuator") && !$0.contains("/actuator/health") }
    }

    @Test("a service that looks like Spring is asked for what its list names, by GET, and no secret is kept")
    func listed() async throws {
        try await LoopbackServer.run(script: Self.spring(["env", "heapdump", "shutdown"])) { server in
            let capture = try await observeHealth(server.url)
            #expect(Self.asked(server.requests) == ["GET /actuator", "GET /actuator/env"])
            let env = try #require(capture.visits.first { $0.role == .actuator }?.exchange)
            #expect(env.body.text.isEmpty && env.body.failure == nil)
            let facts = capture.facts(at: now)
            #expect(facts["actuator.exposed"] == .value(.list([.text("env"), .text("heapdump"), .text("shutdown")])))
        }
    }

    @Test("without a list the readable endpoints are asked for, at most seven requests and none to shutdown")
    func unlisted() async throws {
        let dump = String(repeating: "x", count: 4 << 20)
        try await LoopbackServer.run(script: Self.spring(["heapdump", "shutdown"], lists: false, body: dump)) {
            server in
            let capture = try await observeHealth(server.url, ["path": .text("/actuator/health")])
            let names = ["", "/env", "/threaddump", "/beans", "/mappings", "/loggers", "/heapdump"]
            #expect(Self.asked(server.requests) == names.map { "GET /actuator" + $0 })
            #expect(capture.visits.last?.exchange?.body.byteCount == 0)
            #expect(capture.facts(at: now)["actuator.exposed"] == .value(.list([.text("heapdump")])))
        }
    }

    @Test("a service that does not look like Spring gets no request for an actuator besides the usual path")
    func otherService() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                let isHealth = target(of: head) == "/health"
                try await connection.respond(isHealth ? "200 OK" : "404 Not Found", body: isHealth ? "ok" : "nothing")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url)
            #expect(Self.asked(server.requests).isEmpty)
            #expect(capture.facts(at: now)["actuator.exposed"] == .absent)
            #expect(!server.requests.contains { $0.hasPrefix("POST") })
        }
    }

    @Test("what Spring has below its health is looked at once that was found")
    func below() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                let isHealth = target(of: head).hasPrefix("/actuator/health")
                let fields = [("Content-Type", Self.springJSON)]
                try await connection.respond(
                    isHealth ? "200 OK" : "404 Not Found", fields, body: isHealth ? #"{"status":"UP"}"# : "{}")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let facts = try await observeHealth(server.url).facts(at: now)
            #expect(facts["liveness.path"] == .value(.text("/actuator/health/liveness")))
            #expect(facts["readiness.path"] == .value(.text("/actuator/health/readiness")))
            #expect(facts["endpoint.path"] == .value(.text("/actuator/health")))
        }
    }

    @Test("HEAD that is refused, and an endpoint that shows detail only to those with the audit's header fields")
    func methodsAndCredentials() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                if head.hasPrefix("HEAD ") {
                    try await connection.respond("405 Method Not Allowed")
                } else if target(of: head) != "/h" {
                    try await connection.respond("404 Not Found", body: "nothing")
                } else if head.lowercased().contains("x-api-key: k") {
                    try await connection.respond("200 OK", body: #"{"status":"ok","checks":{"db":"ok"}}"#)
                } else {
                    try await connection.respond("200 OK", body: #"{"status":"ok"}"#)
                }
            }
        }
        try await LoopbackServer.run(script: script) { server in
            var context = makeContext()
            context.requestHeaders = [("X-API-Key", "k")]
            let facts = try await observeHealth(server.url, ["path": .text("/h")], in: context).facts(at: now)
            #expect(facts["endpoint.components"] == .value(.list([.text("db")])))
            #expect(facts["endpoint.detailUnauthenticated"] == .value(.boolean(false)))
            #expect(facts["endpoint.headSupported"] == .value(.boolean(false)))
            #expect(facts["endpoint.differsByMethod"] == .value(.boolean(true)))
            #expect(facts["endpoint.rateLimited"] == .value(.boolean(false)))
            let open = try await observeHealth(server.url, ["path": .text("/h")])
            #expect(!open.visits.contains { $0.role == .anonymous })
        }
    }

    @Test("the series ends at a limiter's 429")
    func limited() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            var count = 0
            while let head = try await connection.readRequest() {
                if target(of: head) == "/h" { count += 1 }
                try await connection.respond(count > 2 ? "429 Too Many Requests" : "200 OK", body: "ok")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url, ["path": .text("/h"), "samples": .integer(20)])
            #expect(capture.statuses?.last == 429)
            #expect((capture.statuses?.count ?? 20) < 6)
            #expect(capture.facts(at: now)["endpoint.rateLimited"] == .value(.boolean(true)))
        }
    }

    @Test("a body that follows the answer to HEAD is not read as the next response")
    func lateBody() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                let path = target(of: head)
                if head.hasPrefix("HEAD ") {
                    try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
                    try await Task.sleep(for: .milliseconds(50))
                    try await connection.write("late")
                } else {
                    let isThere = path == "/actuator/health" || path == "/actuator"
                    try await connection.respond(
                        isThere ? "200 OK" : "404 Not Found", [("Content-Type", Self.springJSON)],
                        body: path == "/actuator" ? #"{"_links":{"self":{"href":"x"}}}"# : #"{"status":"UP"}"#)
                }
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(server.url)
            #expect(Self.asked(server.requests) == ["GET /actuator"])
            #expect(capture.visits.allSatisfy { $0.failure == nil })
            #expect(capture.facts(at: now)["actuator.exposed"] == .value(.list([])))
        }
    }

    @Test("a HEAD that is never answered leaves the probe's other facts")
    func silentHead() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                if head.hasPrefix("HEAD ") { try await connection.hang() }
                try await connection.respond(body: "ok")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let capture = try await observeHealth(
                server.url, ["path": .text("/h")], in: makeContext(timeout: .seconds(3)))
            #expect(capture.visits.last?.failure?.code == .timeout)
            #expect(capture.latencies.count == 5)
        }
    }
}
