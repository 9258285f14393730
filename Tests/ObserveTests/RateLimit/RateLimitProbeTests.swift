import AuditModel
import Facts
import JSON
import Observe
import Synchronization
import TestSupport
import Testing

/// A service that accepts so many requests of a client and denies the rest, whatever the time.
private func limited(to count: Int, field: String? = nil) -> LoopbackServer.Script {
    let used = Mutex<[String: Int]>([:])
    return { connection in
        while let head = try await connection.readRequest() {
            let lines = head.split(separator: "\r\n")
            let name = field.flatMap { field in lines.first { $0.hasPrefix(field + ": ") } }.map(String.init) ?? ""
            let number = used.withLock { used in
                used[name, default: 0] += 1
                return used[name, default: 0]
            }
            if number <= count {
                try await connection.respond(body: "ok")
            } else {
                try await connection.respond("429 Too Many Requests", [("Retry-After", "60")], body: "slow down")
            }
        }
    }
}

private func observed(
    _ target: String, _ parameters: [String: FactValue] = [:], facts: [FactPath]? = nil,
    in context: ProbeContext = makeContext()
) async throws -> (RateLimitCapture, FactSet) {
    var asked = request(.rateLimit, target, parameters)
    asked.facts = facts
    let observation = await observe(asked, in: context)
    #expect(observation.failure == nil)
    let capture = try #require(observation.capture).decode(RateLimitCapture.self)
    return (capture, capture.facts(at: now))
}

struct RateLimitProbeTests {
    @Test("a limit on loopback is measured without asking, and every request is in the capture")
    func loopback() async throws {
        try await LoopbackServer.run(script: limited(to: 8)) { server in
            let (capture, facts) = try await observed(server.url)
            #expect(capture.stop == .retryAfter)
            #expect(facts["acceptedBeforeDenial"] == .value(.integer(8)))
            #expect(facts["retryAfterS"] == .value(.integer(60)))
            #expect(facts.isUnobserved("refillPerS", as: .timeout))
            #expect(capture.requests.count == server.requests.count)
            #expect(facts["requests"] == .value(.integer(Int64(server.requests.count))))
            #expect(server.requests.allSatisfy { $0.hasPrefix("GET / HTTP/1.1\r\n") })
            #expect(capture.requests.first { $0.body != nil }?.body?.text == "slow down")
            #expect(capture.requests.count { $0.body != nil } == 1)
        }
    }

    @Test("a client that names itself anew is accepted again")
    func spoof() async throws {
        try await LoopbackServer.run(script: limited(to: 8, field: "X-Real-IP")) { server in
            let (_, facts) = try await observed(server.url)
            #expect(facts["spoof.bypass"] == .value(.list([.text("X-Real-IP")])))
        }
    }

    @Test(
        "a target that is not on loopback gets three requests, unless the burst is permitted",
        arguments: [
            (Set<ActiveProbing>(), 3), ([.spoofedForwardingHeaders], 3), ([.rateLimitBurst], 20)
        ] as [(Set<ActiveProbing>, Int)])
    func permission(permitted: Set<ActiveProbing>, requests: Int) async throws {
        try await LoopbackServer.run(script: limited(to: 8)) { server in
            // Through a proxy the address of the target is not known, even where the proxy is on loopback.
            var context = makeContext()
            context.proxies = ProxySettings(http: server.url)
            context.permitted = permitted
            let (capture, facts) = try await observed("http://shop.example/", in: context)
            #expect(server.requests.count <= requests)
            #expect(facts["denied"] == .value(.boolean(requests > 3)))
            #expect(facts.isUnobserved("mode", as: .notPermitted) == (requests == 3))
            #expect(facts.isUnobserved("spoof.bypass", as: .notPermitted))
            #expect(capture.requests.allSatisfy { $0.claim == nil })
        }
    }

    @Test("a redirect to another service is followed, but not measured")
    func elsewhere() async throws {
        try await LoopbackServer.run(script: limited(to: 8)) { other in
            let script: LoopbackServer.Script = { connection in
                while try await connection.readRequest() != nil {
                    try await connection.respond("302 Found", [("Location", other.url)])
                }
            }
            try await LoopbackServer.run(script: script) { server in
                let (_, facts) = try await observed(server.url)
                #expect(facts.isUnobserved("mode", as: .notPermitted))
                #expect(other.requests.count == 3)
            }
        }
    }

    @Test("only what the wanted facts need is sent")
    func wanted() async throws {
        try await LoopbackServer.run(script: limited(to: 8)) { server in
            let paths = ["advertised.form", "advertised.valid"].compactMap { FactPath($0) }
            _ = try await observed(server.url, facts: paths)
            #expect(server.requests.count == 3)
            let (_, facts) = try await observed(server.url, facts: FactPath("mode").map { [$0] })
            #expect(server.requests.count == 3 + 6)
            #expect(facts["mode"] == .value(.text("deny")))
        }
    }

    @Test("the health endpoint, a key and other spellings are tried while the path is denied")
    func more() async throws {
        try await LoopbackServer.run(script: limited(to: 8)) { server in
            let (capture, facts) = try await observed(
                server.url + "/a", ["health": .text("/healthz"), "key": .text("X-Api-Key"), "variants": .boolean(true)])
            #expect(server.requests.contains { $0.hasPrefix("GET /healthz ") })
            #expect(server.requests.contains { $0.hasPrefix("GET /a/ ") })
            #expect(server.requests.contains { $0.hasPrefix("GET /A ") })
            #expect(server.requests.contains { $0.hasPrefix("GET /a?gonogo=1 ") })
            #expect(server.requests.contains { $0.contains("X-Api-Key: gonogo-") })
            #expect(facts["healthExempt"] == .value(.boolean(false)))
            #expect(facts["routeVariants.bypass"] == .value(.list([])))
            #expect(capture.requests.count == server.requests.count)
        }
    }

    @Test(
        "a parameter out of its range is refused before anything is sent",
        arguments: [
            ("requests", FactValue.integer(9)), ("requests", .integer(201)), ("rate", .integer(0)),
            ("rate", .integer(51)), ("seconds", .integer(4)), ("seconds", .integer(121)), ("key", .text("a b"))
        ])
    func parameters(name: String, value: FactValue) async throws {
        try await LoopbackServer.run(script: limited(to: 8)) { server in
            let observation = await observe(request(.rateLimit, server.url, [name: value]), in: makeContext())
            #expect(observation.failure?.code == .unsupported)
            #expect(server.connections == 0)
        }
    }

    @Test("a service that is never whole is not sent more than the budget", arguments: [10, 30])
    func budget(requests: Int) async throws {
        try await LoopbackServer.run(script: limited(to: 1000)) { server in
            let (capture, _) = try await observed(server.url, ["requests": .integer(Int64(requests))])
            #expect(capture.stop == .budget)
            #expect(server.requests.count <= requests)
        }
    }

    @Test("a connection that breaks each time ends the measurement soon")
    func breaking() async throws {
        let script: LoopbackServer.Script = { connection in
            while try await connection.readRequest() != nil {
                guard connection.requestCount == 1 else { return }
                try await connection.respond(body: "ok")
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let (capture, _) = try await observed(server.url)
            // Each request finds its connection stale, and is sent again.
            #expect(server.requests.count <= capture.budget)
        }
    }

    @Test("it is made after all other observations, by itself, retries and all")
    func alone() async throws {
        let log = Mutex<[(isBurst: Bool, open: Int)]>([])
        let open = Mutex(0)
        let failing: LoopbackServer.Script = { connection in
            _ = try await connection.readRequest()
            open.withLock { $0 += 1 }
            try await Task.sleep(for: .milliseconds(100))
            log.withLock { log in log.append((false, open.withLock { $0 })) }
            open.withLock { $0 -= 1 }
        }
        let counting: LoopbackServer.Script = { connection in
            while try await connection.readRequest() != nil {
                log.withLock { log in log.append((true, open.withLock { $0 })) }
                try await connection.respond(body: "ok")
            }
        }
        try await LoopbackServer.run(script: failing) { slow in
            try await LoopbackServer.run(script: counting) { server in
                var requests = [request(.rateLimit, server.url, ["requests": .integer(10)])]
                requests += (0..<3).map { request(.headers, slow.url + "/\($0)") }
                requests.append(request(.rateLimit, server.url, ["requests": .integer(11)]))
                let results = await observe(requests, concurrency: 8, in: makeContext(retries: 1))
                #expect(results.map(\.request) == requests)
                #expect(results.map { $0.failure == nil } == [true, false, false, false, true])
                #expect(results[1].attempts.count == 2)
                let entries = log.withLock { $0 }
                let firstBurst = try #require(entries.firstIndex { $0.isBurst })
                #expect(entries[firstBurst...].allSatisfy { $0.isBurst && $0.open == 0 })
                #expect(entries[..<firstBurst].count == 6)
                // One of the two ended before the other began.
                #expect(results[0].durationSeconds > 0)
            }
        }
        #expect(ProbeKind.allCases.filter(\.runsAlone) == [.rateLimit])
    }
}

extension FactSet {
    func isUnobserved(_ path: String, as code: ProbeFailure.Code) -> Bool {
        if case .unobserved(let failure) = self[path] { return failure.code == code }
        return false
    }
}
