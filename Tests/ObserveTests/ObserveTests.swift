import AuditModel
import Facts
import Observe
import Synchronization
import TestSupport
import Testing

struct ObserveTests {
    private static let answer: @Sendable (LoopbackConnection) async throws -> Void = { connection in
        while try await connection.readRequest() != nil { try await connection.respond(body: "ok") }
    }

    @Test("a failure that may pass is tried again, and every attempt is recorded")
    func retries() async throws {
        let calls = Mutex(0)
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            if call == 3 { try await connection.respond(body: "ok") }
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(request(.headers, server.url), in: makeContext(retries: 2))
            #expect(observation.failure == nil)
            #expect(observation.capture != nil)
            #expect(observation.attempts.map(\.failure?.code) == [.closedEarly, .closedEarly, nil])
            #expect(observation.startedAt == Instant(seconds: 1_800_000_000))
            #expect(observation.durationSeconds >= 0.4)
        }
    }

    @Test("retries end, with the last failure")
    func retriesEnd() async throws {
        let port = try await freePort()
        let observation = await observe(request(.headers, "http://127.0.0.1:\(port)"), in: makeContext(retries: 1))
        #expect(observation.attempts.map(\.failure?.code) == [.refused, .refused])
        #expect(observation.failure?.code == .refused)
    }

    @Test("a failure that will not pass is not tried again")
    func noRetry() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            try await connection.write("garbage\r\n\r\n")
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(request(.headers, server.url), in: makeContext(retries: 5))
            #expect(observation.attempts.map(\.failure?.code) == [.malformed])
        }
    }

    @Test("many requests are observed a few at a time, with results in their order", arguments: [1, 3, 100])
    func concurrency(limit: Int) async throws {
        let load = Mutex((now: 0, most: 0))
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.readRequest()
            load.withLock { load in
                load.now += 1
                load.most = max(load.most, load.now)
            }
            try await Task.sleep(for: .milliseconds(20))
            load.withLock { $0.now -= 1 }
            try await connection.respond("200 OK", [("Connection", "close")], body: "ok")
        }
        try await LoopbackServer.run(script: script) { server in
            let requests = (0..<12).map { request(.headers, server.url + "/\($0)") }
            let progress = Mutex(0)
            let observations = await observe(requests, concurrency: limit, in: makeContext()) { _ in
                progress.withLock { $0 += 1 }
            }
            #expect(observations.map(\.request) == requests)
            #expect(observations.allSatisfy { $0.failure == nil })
            #expect(progress.withLock { $0 } == 12)
            #expect(load.withLock { $0.most } <= limit)
        }
    }

    @Test("nothing to observe is nothing observed")
    func nothing() async {
        #expect(await observe([], concurrency: 4, in: makeContext()).isEmpty)
    }

    @Test("cancelling ends what runs and what waits, with a result for each")
    func cancellation() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            while let head = try await connection.readRequest() {
                if (1...5).contains(where: { target(of: head) == "/\($0)" }) { try await connection.hang() }
                try await connection.respond(body: "ok")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let requests = (0..<6).map { request(.headers, server.url + "/\($0)") }
            let task = Task {
                await observe(requests, concurrency: 2, in: makeContext(timeout: .seconds(300), retries: 3))
            }
            while !server.requests.contains(where: { target(of: $0) == "/2" }) {
                try await Task.sleep(for: .milliseconds(10))
            }
            task.cancel()
            let observations = await task.value
            #expect(observations.map(\.request) == requests)
            #expect(
                observations.map(\.failure?.code) == [nil, .cancelled, .cancelled, .cancelled, .cancelled, .cancelled])
            #expect(observations.map(\.attempts.count) == [1, 1, 1, 0, 0, 0])
        }
    }
}
