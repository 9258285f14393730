import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

/// What every probe must do, whatever it observes; a new probe is covered as soon as it exists.
///
/// A probe that does not speak HTTP of its own accord gets a case in `server` and in `target`.
struct ProbeConformance {
    private static let secret = "tok-5d41402abc4b2a76"

    /// Answers everything with 200 and repeats the request, in fields and in a JSON body.
    private static let echo: @Sendable (LoopbackConnection) async throws -> Void = { connection in
        while let head = try await connection.readRequest() {
            let lines = head.split(separator: "\r\n").map { JSONValue.string(String($0)) }
            let body = JSONValue.object([.init("status", .string("UP")), .init("request", .array(lines))]).compact
            let fields = [
                ("Content-Type", "application/json"), ("Set-Cookie", "sid=\(secret); Secure"),
                ("X-Echo", "Bearer \(secret)"),
                ("X-Token", secret), ("Content-Location", "https://me:\(secret)@127.0.0.1/?access_token=\(secret)")
            ]
            try await connection.respond("200 OK", fields, body: body)
        }
    }

    /// A server that a probe observes without a failure, and that holds the secret.
    private static func server(for probe: ProbeKind) -> LoopbackServer.Script {
        switch probe {
        case .headers, .health: return echo
        case .tls: return ScriptedTLS.usual.script
        case .image:
            var image = TestImage.common
            image.settings = ",\"Env\":[\"API_TOKEN=\(secret)\"],\"Labels\":{\"password\":\"\(secret)\"}"
            image.history = "[{\"created_by\":\"|1 TOKEN=\(secret) /bin/sh -c curl -u me:\(secret)\"}]"
            let registry = RegistryScript(image)
            return { try await registry($0) }
        }
    }

    private static func target(of probe: ProbeKind, port: Int) -> String {
        switch probe {
        case .headers, .health: "http://127.0.0.1:\(port)/?token=\(secret)&page=2"
        case .tls: "https://127.0.0.1:\(port)/?token=\(secret)&page=2"
        case .image: "127.0.0.1:\(port)/\(RegistryScript.repository):1.0"
        }
    }

    @Test("a target that is down is refused, recorded without a capture", arguments: ProbeKind.allCases)
    func down(probe: ProbeKind) async throws {
        let port = try await freePort()
        let observation = await observe(request(probe, Self.target(of: probe, port: port)), in: makeContext())
        #expect(observation.failure?.code == .refused)
        #expect(observation.capture == nil)
        #expect(observation.failure?.isOwnFault != true)
    }

    @Test("a target that never answers is a timeout", arguments: ProbeKind.allCases)
    func silent(probe: ProbeKind) async throws {
        try await LoopbackServer.run(script: { try await $0.hang() }) { server in
            let observation = await observe(
                request(probe, Self.target(of: probe, port: server.port)), in: makeContext(timeout: .seconds(1)))
            #expect(observation.failure?.code == .timeout)
            #expect(observation.durationSeconds < 30)
        }
    }

    @Test("a cancelled observation says so", arguments: ProbeKind.allCases)
    func cancelled(probe: ProbeKind) async throws {
        try await LoopbackServer.run(script: { try await $0.hang() }) { server in
            let task = Task {
                await observe(
                    request(probe, Self.target(of: probe, port: server.port)),
                    in: makeContext(timeout: .seconds(300), retries: 3))
            }
            while server.connections == 0 { try await Task.sleep(for: .milliseconds(10)) }
            task.cancel()
            let observation = await task.value
            #expect(observation.failure?.code == .cancelled)
            #expect(observation.durationSeconds < 30)
        }
    }

    @Test(
        "a capture survives its recording, holds no secret, and every fact of it is accounted for",
        arguments: ProbeKind.allCases)
    func capture(probe: ProbeKind) async throws {
        try await LoopbackServer.run(script: Self.server(for: probe)) { server in
            var context = makeContext()
            context.requestHeaders = [("Authorization", "Bearer \(Self.secret)")]
            let observation = await observe(
                request(probe, Self.target(of: probe, port: server.port)), in: context)
            let capture = try #require(observation.capture)
            #expect(observation.failure == nil)
            let text = capture.indented
            #expect(!text.contains(Self.secret))
            // A handshake says nothing of the URL but its host.
            #expect(text.contains("[redacted ") == (probe != .tls))
            let limits = JSONLimits(bytes: 64 << 20)
            #expect(try JSONValue.parse(text, limits: limits) == capture)

            let facts = try probe.facts(of: capture, at: now)
            #expect(try probe.facts(of: JSONValue.parse(text, limits: limits), at: now) == facts)
            for declaration in probe.catalogueEntry.facts where !declaration.path.isPattern {
                #expect(facts[declaration.path] != .undeclared, "\(declaration.path.text)")
            }
            #expect(server.requests.count <= 40)
            #expect(server.requests.allSatisfy { $0.contains("User-Agent: gonogo/test\r\n") })
            #expect(
                server.requests.allSatisfy { request in
                    ["GET ", "HEAD ", "OPTIONS ", "PROBE "].contains { request.hasPrefix($0) }
                }
            )
        }
    }

    @Test("a target whose answer is of no protocol is no target", arguments: ProbeKind.allCases)
    func malformed(probe: ProbeKind) async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.read()
            try await connection.write("\u{1B}[2J garbage\r\n\r\n")
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(
                request(probe, Self.target(of: probe, port: server.port)), in: makeContext())
            #expect(observation.failure?.code == (probe == .tls ? .notTLS : .malformed))
        }
    }
}
