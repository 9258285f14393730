import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing
import WireFormats

/// Servers that a probe cannot talk to, or hardly.
struct TLSContactTests {
    static let unreachable: [(String, LoopbackServer.Script, ProbeFailure.Code)] = [
        ("a web server", Hostile.http, .notTLS), ("resets", Hostile.reset, .reset),
        ("hangs up", Hostile.hangUp, .closedEarly), ("garbage", Hostile.garbage, .notTLS),
        ("an echo", Hostile.echo, .malformed), ("alerts for ever", Hostile.alertsForEver, .malformed),
        ("empty records", Hostile.emptyRecords, .malformed),
        ("a hello without end", Hostile.endlessServerHello, .malformed)
    ]

    @Test("a server without TLS is a failure of its own kind, asked again by the probe alone", arguments: unreachable)
    func fails(name: String, script: @escaping LoopbackServer.Script, code: ProbeFailure.Code) async throws {
        try await LoopbackServer.run(script: script) { server in
            let observation = await tlsObservation(port: server.port, in: makeContext(retries: 3))
            #expect(observation.failure?.code == code)
            #expect(observation.failure?.isOwnFault == false)
            #expect(observation.failure?.reason.contains("lab.test:\(server.port)") == true)
            #expect(observation.attempts.count == 1)
            #expect(server.connections <= 16)
        }
    }

    @Test("a port that nothing listens on refuses")
    func refused() async throws {
        let observation = await tlsObservation(port: try await freePort(), in: makeContext(retries: 3))
        #expect(observation.failure?.code == .refused)
        #expect(observation.attempts.count == 1)
    }

    @Test("a server that says nothing costs less than two timeouts", arguments: [Hostile.tarpit, Hostile.trickle])
    func silent(script: @escaping LoopbackServer.Script) async throws {
        try await LoopbackServer.run(script: script) { server in
            let observation = await tlsObservation(port: server.port, in: makeContext(timeout: .seconds(1), retries: 3))
            #expect(observation.failure?.code == .timeout)
            #expect(observation.attempts.count == 1)
        }
    }

    @Test("a name without an address is not resolved")
    func notResolved() async throws {
        let observation = await observe(request(.tls, "https://name.invalid"), in: makeContext())
        #expect(observation.failure?.code == .nameNotResolved)
    }

    @Test("what no server has is refused before anything is sent", arguments: [("connections", 6), ("delay", -1)])
    func parameters(name: String, value: Int64) async throws {
        let observation = await tlsObservation(port: 1, nil, [name: .integer(value)])
        #expect(observation.failure?.code == .unsupported)
    }

    @Test("a hello carries the host's name without the dot at its end, and none for an address")
    func serverName() async throws {
        try await LoopbackServer.run(script: ScriptedTLS.usual.script) { server in
            #expect(try await observeTLS(port: server.port, ["connections"]).serverName == "lab.test")
            let address = try await observeTLS(port: server.port, nil, host: "127.0.0.1")
            #expect(address.serverName == nil)
            #expect(address.exchange(.withoutServerName) == nil)
            #expect(address.address == "127.0.0.1")
            #expect(address.host == "127.0.0.1")
        }
    }

    @Test("a proxy carries every exchange")
    func proxy() async throws {
        try await LoopbackServer.run(script: ScriptedTLS.usual.script) { server in
            try await LoopbackServer.run(script: ConnectProxy.script(toPort: server.port)) { proxy in
                var context = makeContext()
                context.proxies = ProxySettings(https: "127.0.0.1:\(proxy.port)")
                let request = ObservationRequest(
                    probe: .tls, target: "https://shop.example", parameters: ["connections": .integer(1)],
                    facts: ["protocols"].compactMap(FactPath.init))
                let observation = await observe(request, in: context)
                let capture = try #require(observation.capture).decode(TLSCapture.self)
                #expect(capture.suites(.tls12) == ScriptedTLS.usual.suites[.tls12])
                #expect(capture.address == nil)
                #expect(proxy.requests.count == capture.connections)
                #expect(proxy.requests.allSatisfy { $0.hasPrefix("CONNECT shop.example:443 HTTP/1.1\r\n") })
            }
        }
    }

    @Test("a cancelled observation ends at once, in the middle of its hellos")
    func cancelled() async throws {
        let script: LoopbackServer.Script = { connection in
            guard let bytes = try await connection.readHello() else { return }
            guard HelloShape(bytes)?.offers(0x0303) == true else { return try await connection.hang() }
            try await connection.write(ScriptedTLS.usual.answer(to: bytes))
            while try await connection.read() != nil {}
        }
        try await LoopbackServer.run(script: script) { server in
            let task = Task { await tlsObservation(port: server.port, in: makeContext(timeout: .seconds(300))) }
            while server.connections < 5 { try await Task.sleep(for: .milliseconds(10)) }
            task.cancel()
            #expect(await task.value.failure?.code == .cancelled)
        }
    }
}
