import AuditModel
import Facts
import Observe
import TestSupport
import Testing
import WireFormats

/// Real servers: what is found of them, and with how many connections.
@Suite(.serialized)
struct TLSServerTests {
    /// Exchanges of a loaded machine are as long as those of a distant server, and would be done side by side.
    private static let oneByOne: [String: FactValue] = ["connections": .integer(1)]
    private static let job = ["versions", "protocols", "certificate"]

    /// The captures of the usual job and of everything, from one run of a server.
    private func captures(of server: LabServer) async throws -> (job: TLSCapture, all: TLSCapture) {
        let result = CaptureBox()
        try await server.run(try await LabAuthority.shared()) { endpoint in
            await result.set(
                try await observeTLS(port: endpoint.port, Self.job, Self.oneByOne),
                try await observeTLS(port: endpoint.port, nil, Self.oneByOne))
        }
        return try #require(await result.value)
    }

    @Test("nginx, Mozilla's intermediate")
    func intermediate() async throws {
        let (job, all) = try await captures(of: .intermediate)
        let suites: Set<UInt16> = [0xC02F, 0xC030, 0xCCA8, 0x009E, 0x009F, 0xCCAA]
        for capture in [job, all] {
            #expect(Set(capture.suites(.tls12)) == suites)
            #expect(Set(capture.suites(.tls13)) == [0x1301, 0x1302, 0x1303])
            #expect(capture.exchanges(.suites).first { $0.version == .tls12 }?.answer.chain == 0)
            #expect(capture.chains.first?.certificates.count == 2)
            #expect(capture.retries == 0)
        }
        #expect(job.connections <= 20)
        #expect(all.connections <= 40)
        #expect(all.exchanges(.suites).contains { $0.answer.dhBits == 2048 })
        #expect(all.handshakes.first?.version == .tls13)
        #expect(all.handshakes.first?.failure == nil)
        for purpose in [TLSExchange.Purpose.grease, .longHello, .manySuites] {
            #expect(all.exchange(purpose)?.answer.kind == .hello)
        }
    }

    @Test("nginx, TLS 1.3 alone: its chain comes from a whole handshake")
    func modern() async throws {
        let (job, all) = try await captures(of: .modern)
        #expect(Set(job.suites(.tls13)) == [0x1301, 0x1302, 0x1303])
        #expect(job.connections <= 12)
        #expect(job.chains.map(\.versions) == [[.tls13]])
        #expect(job.handshakes.first?.chain == 0)
        #expect(all.chains.count == 1)
        #expect(all.handshakes.map(\.keyType).contains("rsa+eddsa"))
        #expect(all.handshakes.first { $0.keyType == "rsa+eddsa" }?.failure != nil)
    }

    @Test("nginx, all that OpenSSL knows: a hundred and seven suites and two chains")
    func legacy() async throws {
        let (job, all) = try await captures(of: .legacy)
        #expect([.tls10, .tls11, .tls12].map { Set(job.suites($0)).count } == [18, 18, 71])
        #expect(job.suites(.tls12).count == 71)
        #expect(job.connections <= 125)
        #expect(all.chains.count == 2)
        #expect(all.exchange(.fallback)?.answer.alert == 86)
        #expect(all.exchanges(.suites).contains { $0.answer.dhBits == 1024 })
    }

    @Test("openssl s_server, which serves one client after the other")
    func openssl() async throws {
        let (job, _) = try await captures(of: .openssl(["-tls1_2", "-cipher", "AES128-SHA:ECDHE-RSA-AES128-SHA"]))
        #expect(Set(job.suites(.tls12)) == [0x002F, 0xC013])
        #expect(job.suites(.tls13).isEmpty)
        #expect(job.end(.tls13)?.alert == 70)
    }

    @Test("a client certificate that is asked for is told from one that is demanded")
    func clientCertificate() async throws {
        for (directive, isDemanded) in [("on", true), ("optional", false)] {
            let server = LabServer.nginx("ssl_verify_client \(directive); ssl_client_certificate ROOT;")
            let (_, all) = try await captures(of: server)
            #expect(all.exchanges(.suites).contains { $0.answer.requestsClientCertificate == true })
            let handshake = try #require(all.handshakes.first)
            #expect(handshake.failure == nil)
            #expect(handshake.requestsClientCertificate == true)
            #expect(handshake.demandsClientCertificate == isDemanded)
        }
        let (_, strict) = try await captures(of: .openssl(["-Verify", "1", "-verify_return_error"]))
        #expect(strict.handshakes.first?.demandsClientCertificate == true)
    }
}

/// Carries captures out of a server's body.
private actor CaptureBox {
    private(set) var value: (job: TLSCapture, all: TLSCapture)?

    func set(_ job: TLSCapture, _ all: TLSCapture) { value = (job, all) }
}
