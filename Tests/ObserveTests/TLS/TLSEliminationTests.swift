import AuditModel
import Facts
import Observe
import TestSupport
import Testing
import WireFormats

struct TLSEliminationTests {
    /// A loaded machine is as slow as a distant server: without lanes, hellos come one after the other.
    private static let oneByOne: [String: FactValue] = ["connections": .integer(1)]

    @Test("every suite of every version is found, in the server's order, with one hello each and one refusal")
    func elimination() async throws {
        let server = ScriptedTLS(suites: [
            .tls10: [0x0035, 0x002F, 0xC013], .tls12: [0xC030, 0xC02F, 0x009E, 0x0081, 0xC0B1],
            .tls13: [0x1303, 0x1301]
        ])
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            for (version, suites) in server.suites { #expect(capture.suites(version) == suites) }
            #expect(capture.suites(.tls11).isEmpty)
            #expect(capture.suites(.ssl3).isEmpty)
            #expect(capture.end(.tls12)?.alert == 40)
            #expect(capture.retries == 0)
            #expect(capture.connections == loopback.connections)
            #expect(capture.connections <= 24)
        }
    }

    @Test("suites of RSA are found of a server that takes its key of ECDSA while any suite of it is on offer")
    func twoKeys() async throws {
        let ecdsa = ScriptedTLS(suites: [.tls12: [0xC02B, 0xC009]])
        let rsa = ScriptedTLS(suites: [.tls12: [0xC02F, 0x002F]])
        let script: LoopbackServer.Script = { connection in
            guard let bytes = try await connection.readHello() else { return }
            let offersECDSA = HelloShape(bytes)?.suites.contains { CipherSuite(rawValue: $0).authentication == .ecdsa }
            try await connection.write((offersECDSA == true ? ecdsa : rsa).answer(to: bytes))
            while try await connection.read() != nil {}
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            #expect(capture.suites(.tls12) == [0xC02B, 0xC009, 0xC02F, 0x002F])
            #expect(capture.end(.tls12)?.alert == 40)
        }
    }

    @Test("the hellos are as few as a server's suites allow", arguments: [0, 1, 12, 60])
    func hellos(count: Int) async throws {
        let all = CipherSuite.all.filter { $0.versions.contains(.tls12) && $0.rawValue != 0 }.map(\.rawValue)
        let suites = stride(from: 0, to: all.count, by: max(1, all.count / max(1, count))).prefix(count).map { all[$0] }
        let server = ScriptedTLS(suites: [.tls12: suites, .tls13: [0x1301]])
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            #expect(Set(capture.suites(.tls12)) == Set(suites))
            let steps = capture.exchanges(.suites).filter { $0.version == .tls12 }
            #expect(steps.count <= suites.count + 4)
        }
    }

    @Test("who orders the suites is asked with two of them", arguments: [true, false])
    func order(followsClient: Bool) async throws {
        var server = ScriptedTLS.usual
        server.followsClient = followsClient
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            for version in [ProtocolVersion.tls12, .tls13] {
                let order = try #require(capture.exchanges(.order).first { $0.version == version })
                #expect(order.offered == 2)
                #expect((order.answer.suite == capture.suites(version).first) == !followsClient)
            }
        }
    }

    @Test("suites and groups of TLS 1.3 come from one chain of hellos")
    func groups() async throws {
        var server = ScriptedTLS.usual
        server.groups = [0x11EC, 29, 23, 24, 256]
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols", "groups"], Self.oneByOne)
            let steps = capture.exchanges.filter { $0.version == .tls13 && [.suites, .groups].contains($0.purpose) }
            #expect(Set(steps.compactMap(\.answer.group)) == Set(server.groups))
            #expect(capture.suites(.tls13) == server.suites[.tls13])
            // Three suites with a group each, which stand for both, and their refusal; two more groups and theirs.
            #expect(steps.count == 7 + 3)
            #expect(
                capture.exchanges(.groups).filter { $0.version == .tls13 }.compactMap(\.answer.group) == server.groups)
            let groups12 = capture.exchanges(.groups).filter { $0.version == .tls12 }
            #expect(groups12.compactMap(\.answer.group) == [29, 23, 24])
            #expect(groups12.last?.answer.kind == .alert)
        }
    }

    @Test("a server with one group for many suites shows them all")
    func oneGroup() async throws {
        var server = ScriptedTLS.usual
        server.groups = [23]
        try await LoopbackServer.run(script: server.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols", "groups"], Self.oneByOne)
            #expect(capture.suites(.tls13) == server.suites[.tls13])
            #expect(Set(capture.exchanges.filter { $0.version == .tls13 }.compactMap(\.answer.group)) == [23])
        }
    }

    @Test("a server that needs a key share gets one")
    func keyShare() async throws {
        let server = ScriptedTLS.usual
        let script: LoopbackServer.Script = { connection in
            guard let bytes = try await connection.readHello() else { return }
            let isEmpty = bytes.firstRange(of: [0, 51, 0, 2, 0, 0]) != nil
            try await connection.write(isEmpty ? ScriptedTLS.alert(47) : server.answer(to: bytes))
            while try await connection.read() != nil {}
        }
        try await LoopbackServer.run(script: script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            #expect(capture.suites(.tls13) == server.suites[.tls13])
        }
    }

    @Test("only what the wanted facts need is asked")
    func narrowing() async throws {
        try await LoopbackServer.run(script: ScriptedTLS.usual.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            #expect(capture.questions == [.versions, .suites])
            #expect(Set(capture.exchanges.map(\.purpose)) == [.suites, .order, .again, .confirmation])
            #expect(capture.handshakes.isEmpty)
            let alone = try await observeTLS(port: loopback.port, ["alpn"])
            #expect(alone.questions == [.alpn])
            #expect(Set(alone.exchanges.map(\.purpose)) == [.suites, .alpn])
            #expect(alone.connections <= 4)
            let nothing = try await observeTLS(port: loopback.port, ["connections"])
            #expect(nothing.connections == 1)
        }
    }

    @Test("chains are kept once, that of the default handshake first")
    func chains() async throws {
        try await LoopbackServer.run(script: ScriptedTLS.usual.script) { loopback in
            let capture = try await observeTLS(port: loopback.port, ["protocols"], Self.oneByOne)
            #expect(capture.certificates == ["MAA="])
            #expect(capture.chains.map(\.certificates) == [[0]])
            #expect(capture.chains.first?.versions == [.tls12])
        }
    }
}
