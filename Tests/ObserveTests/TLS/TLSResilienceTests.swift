import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing
import WireFormats

/// Networks and servers that lose hellos: what is lost is asked again, and never taken for a refusal.
struct TLSResilienceTests {
    private static let server = ScriptedTLS.usual

    /// Answers as the usual server does unless the closure has done it.
    private static func script(
        unless handles: @escaping @Sendable (HelloShape, LoopbackConnection) async throws -> Bool
    ) -> LoopbackServer.Script {
        { connection in
            guard let bytes = try await connection.readHello() else { return }
            if let hello = HelloShape(bytes), try await handles(hello, connection) { return }
            try await connection.write(server.answer(to: bytes))
            while try await connection.read() != nil {}
        }
    }

    private func expectUsual(_ capture: TLSCapture) {
        #expect(Set(capture.suites(.tls12)) == Set(Self.server.suites[.tls12] ?? []))
        #expect(Set(capture.suites(.tls13)) == Set(Self.server.suites[.tls13] ?? []))
        for version in [ProtocolVersion.ssl3, .tls10, .tls11] { #expect(capture.end(version)?.alert == 70) }
    }

    @Test("every fifth connection reset: ten runs in a row are right")
    func everyFifth() async throws {
        try await LoopbackServer.run(script: Self.server.script) { server in
            for _ in 1...10 {
                try await LoopbackServer.run(script: Relay.everyFifthReset(server.port)) { relay in
                    let capture = try await observeTLS(port: relay.port, ["protocols"])
                    expectUsual(capture)
                    #expect(capture.retries > 0)
                    #expect(capture.connections == relay.connections)
                    #expect(capture.connections <= 40)
                }
            }
        }
    }

    @Test("three connections at a time: ten runs in a row are right")
    func threeAtATime() async throws {
        try await LoopbackServer.run(script: Self.server.script) { server in
            try await LoopbackServer.run(script: Relay.threeAtATime(server.port)) { relay in
                for _ in 1...10 {
                    let capture = try await observeTLS(port: relay.port, ["protocols"])
                    expectUsual(capture)
                    #expect(capture.connections <= 40)
                }
            }
        }
    }

    @Test("two back ends that take turns are told apart")
    func backEnds() async throws {
        let other = ScriptedTLS(suites: [.tls12: [0x002F]])
        try await LoopbackServer.run(script: Self.server.script) { first in
            try await LoopbackServer.run(script: other.script) { second in
                try await LoopbackServer.run(script: Relay.byTurns([first.port, second.port])) { relay in
                    let capture = try await observeTLS(port: relay.port, ["protocols"])
                    let again = try #require(capture.exchange(.again))
                    let first = try #require(capture.exchanges(.suites).first { $0.version == again.version })
                    #expect(first.answer.suite != again.answer.suite)
                }
            }
        }
    }

    @Test("a single end of stream is asked again, and so is one of a server that closes what is too much")
    func singleEnd() async throws {
        let counter = SharedCounter()
        let script = Self.script { _, _ in counter.enter().isMultiple(of: 4) }
        try await LoopbackServer.run(script: script) { loopback in
            expectUsual(try await observeTLS(port: loopback.port, ["protocols"]))
        }
    }

    @Test("never more connections at a time than allowed", arguments: [1, 2, 5])
    func connections(limit: Int64) async throws {
        let counter = SharedCounter()
        let script: LoopbackServer.Script = { connection in
            guard let bytes = try await connection.readHello() else { return }
            _ = counter.enter()
            try await Task.sleep(for: .milliseconds(20))
            counter.leave()
            try await connection.write(Self.server.answer(to: bytes))
            while try await connection.read() != nil {}
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], ["connections": .integer(limit)])
            expectUsual(capture)
            #expect(counter.most <= limit)
        }
    }

    @Test("a pause between connections is kept")
    func delay() async throws {
        try await LoopbackServer.run(script: Self.server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], ["delay": .integer(20)])
            expectUsual(capture)
            let observation = await tlsObservation(port: loopback.port, ["versions"], ["delay": .integer(50)])
            #expect(observation.durationSeconds >= 0.05 * Double(6 - 1))
        }
    }

    @Test(
        "a server that hangs on 256 to 511 bytes, or on anything long, is asked in another length",
        arguments: [256...511, 256...65_536])
    func lengths(range: ClosedRange<Int>) async throws {
        let script = Self.script { hello, connection in
            guard range.contains(hello.length) else { return false }
            try await connection.hang()
            return true
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(
                port: loopback.port, ["protocols"], in: makeContext(timeout: .seconds(10)))
            // What was lost on the way is no answer of its own.
            #expect(capture.exchanges(.suites).allSatisfy { $0.version < .tls12 || $0.answer.kind != .timeout })
            #expect(Set(capture.suites(.tls12)) == Set(Self.server.suites[.tls12] ?? []))
            #expect(Set(capture.suites(.tls13)) == Set(Self.server.suites[.tls13] ?? []))
        }
    }

    @Test("hellos that a server does not bear are told from what it does not offer")
    func tolerance() async throws {
        let script = Self.script { hello, connection in
            if hello.hasGrease { try await connection.write(ScriptedTLS.alert(40)) }
            return hello.hasGrease || hello.suites.count > 127
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols", "tolerance"])
            expectUsual(capture)
            #expect(capture.exchange(.grease)?.answer.alert == 40)
            #expect(capture.exchange(.manySuites)?.answer.kind == .closed)
            #expect(capture.exchange(.longHello)?.answer.kind == .hello)
        }
    }

    @Test("one hello answers for all three when the server bears them")
    func tolerant() async throws {
        var server = Self.server
        server.suites[.tls13] = nil
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["tolerance.grease", "tolerance.manySuites"])
            for purpose in [TLSExchange.Purpose.grease, .longHello, .manySuites] {
                #expect(capture.exchange(purpose)?.answer.kind == .hello)
            }
        }
    }

    @Test("what is silent stays unanswered, and does not hide what answers")
    func silentVersion() async throws {
        let script = Self.script { hello, connection in
            guard hello.version < 0x0303 else { return false }
            try await connection.hang()
            return true
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(
                port: loopback.port, ["protocols"], in: makeContext(timeout: .seconds(5)))
            #expect(Set(capture.suites(.tls12)) == Set(Self.server.suites[.tls12] ?? []))
            for version in [ProtocolVersion.ssl3, .tls10, .tls11] {
                #expect(capture.end(version)?.kind == .timeout)
            }
        }
    }

    @Test("a server that falls silent for good is given up after two timeouts")
    func fallsSilent() async throws {
        let counter = SharedCounter()
        let script = Self.script { _, connection in
            guard counter.enter() > 4 else { return false }
            try await connection.hang()
            return true
        }
        try await LoopbackServer.run(script: script) { loopback in
            let observation = await tlsObservation(port: loopback.port, in: makeContext(timeout: .seconds(5)))
            let capture = try #require(observation.capture).decode(TLSCapture.self)
            #expect(capture.exchanges.contains { $0.answer.kind == .timeout })
            #expect(capture.exchanges.allSatisfy { $0.answer.kind != .timeout || $0.attempts <= 3 })
            #expect(counter.total <= 4 + 5 * 3)
        }
    }

    @Test("a server that is slow but steady is read to the end")
    func slow() async throws {
        let script = Self.script { _, _ in
            try await Task.sleep(for: .milliseconds(60))
            return false
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"])
            #expect(Set(capture.suites(.tls12)) == Set(Self.server.suites[.tls12] ?? []))
            // Exchanges this long are worth being done side by side.
            #expect(capture.exchanges(.suites).contains { $0.lane > 0 })
            #expect(capture.connections <= 35)
        }
    }

    @Test("a pick that was not offered ends the elimination, and is kept")
    func strangePick() async throws {
        let script = Self.script { hello, connection in
            guard hello.version == 0x0303, hello.supportedVersions.isEmpty else { return false }
            try await connection.write(ScriptedTLS.serverHello(0xC0FF))
            return true
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"])
            let steps = capture.exchanges(.suites).filter { $0.version == .tls12 }
            #expect(steps.map(\.answer.suite) == [0xC0FF])
            #expect(Set(capture.suites(.tls13)) == Set(Self.server.suites[.tls13] ?? []))
        }
    }

    @Test("a server that answers in another version is not asked for the rest of the suites")
    func otherVersion() async throws {
        let script = Self.script { hello, connection in
            guard hello.version == 0x0303, hello.supportedVersions.isEmpty else { return false }
            try await connection.write(ScriptedTLS.serverHello(0x002F, .tls10))
            return true
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"])
            let steps = capture.exchanges(.suites).filter { $0.version == .tls12 }
            #expect(steps.map(\.answer.version) == [0x0301])
        }
    }

    @Test("a server that changes its mind is recorded as it answers")
    func changesItsMind() async throws {
        let counter = SharedCounter()
        let script = Self.script { hello, connection in
            guard hello.version == 0x0303, hello.supportedVersions.isEmpty, counter.enter() > 3 else { return false }
            try await connection.write(ScriptedTLS.alert(40))
            return true
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], ["connections": .integer(1)])
            #expect(capture.suites(.tls12).count == 2)
            #expect(capture.exchanges(.order).first { $0.version == .tls12 }?.answer.alert == 40)
        }
    }

    @Test(
        "answers in single bytes and records of one byte are read",
        arguments: [Relay.singleBytes, Relay.singleByteRecords])
    func singleBytes(relay: @escaping @Sendable (Int) -> LoopbackServer.Script) async throws {
        try await LoopbackServer.run(script: Self.server.script) { server in
            try await LoopbackServer.run(script: relay(server.port)) { loopback in
                expectUsual(try await observeTLS(port: loopback.port, ["protocols"]))
            }
        }
    }

    @Test("a chain of 16 MiB is no chain, and is not waited for")
    func hugeChain() async throws {
        let filler = [22, 3, 3, 0x40, 0] + [UInt8](repeating: 0x30, count: 0x4000)
        let script = Self.script { hello, connection in
            guard hello.version == 0x0303, hello.supportedVersions.isEmpty else { return false }
            try await connection.write(
                ScriptedTLS.serverHello(ScriptedTLS.suite) + [22, 3, 3, 0, 7, 11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFC])
            while true { try await connection.write(filler) }
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["versions"])
            #expect(capture.suites(.tls12) == [ScriptedTLS.suite])
            #expect(capture.certificates.isEmpty)
        }
    }

    @Test("ServerHello after ServerHello is one")
    func helloAfterHello() async throws {
        try await LoopbackServer.run(script: Hostile.serverHellosForEver) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"])
            #expect(capture.suites(.tls12) == [ScriptedTLS.suite])
            #expect(capture.certificates.isEmpty)
        }
    }
}
