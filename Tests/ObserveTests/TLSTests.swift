import AuditModel
import Facts
import Foundation
import Observe
import TestSupport
import Testing

struct TLSTests {
    private static let answer: @Sendable (LoopbackConnection) async throws -> Void = { connection in
        while try await connection.readRequest() != nil {
            try await connection.respond("200 OK", [("X-Served", "yes")], body: "hello")
        }
    }

    /// The summary of the handshake with a server that has this certificate.
    private func summary(
        _ certificate: TestCertificate, host: String, in context: ProbeContext
    ) async throws -> TLSSummary {
        try await LoopbackServer.run(tls: certificate, script: Self.answer) { server in
            let exchange = try #require(
                try await observeHeaders("https://\(host):\(server.port)", in: context).exchanges.last)
            #expect(exchange.values(of: "x-served") == ["yes"])
            return try #require(exchange.tls)
        }
    }

    @Test(
        "a certificate under a given trust anchor verifies, by name and by address",
        arguments: ["localhost", "127.0.0.1"])
    func verifies(host: String) async throws {
        let certificate = try await TestCertificate.make(names: "DNS:localhost", "IP:127.0.0.1")
        var context = makeContext()
        context.extraTrustAnchors = certificate.pem
        context.resolve = [ResolveOverride(host: "localhost", port: nil, address: "127.0.0.1", toPort: nil)]
        let tls = try await summary(certificate, host: host, in: context)
        #expect(tls == TLSSummary(isVerified: true, problem: nil, version: "tls13"))
    }

    @Test(
        "without the trust anchor, everything is seen and the chain is the problem",
        arguments: ["localhost", "127.0.0.1"])
    func untrusted(host: String) async throws {
        let certificate = try await TestCertificate.make(names: "DNS:localhost", "IP:127.0.0.1")
        var context = makeContext()
        context.now = { [now = Self.currentInstant()] in now }
        context.resolve = [ResolveOverride(host: "localhost", port: nil, address: "127.0.0.1", toPort: nil)]
        let tls = try await summary(certificate, host: host, in: context)
        #expect(!tls.isVerified)
        #expect(tls.problem == "the certificate's chain does not lead to a trust anchor")
        #expect(tls.version == "tls13")
    }

    @Test(
        "the system's anchors are found by their hash, in the bundle alone, or not at all",
        arguments: [(true, false), (false, true), (true, true), (false, false)])
    func systemAnchors(isHashed: Bool, isBundled: Bool) async throws {
        let certificate = try await TestCertificate.make(names: "DNS:localhost")
        let other = try await TestCertificate.make(names: "DNS:other.example")
        let tls = try await withTemporaryFolder { folder in
            let bundle = folder + "/bundle.pem"
            try (isBundled ? other.pem + certificate.pem : other.pem).write(
                toFile: bundle, atomically: false, encoding: .utf8)
            let hashed = folder + "/hashed"
            try FileManager.default.createDirectory(atPath: hashed, withIntermediateDirectories: false)
            try (isHashed ? certificate : other).pem.write(
                toFile: hashed + "/anchor.pem", atomically: false, encoding: .utf8)
            try await run("/usr/bin/openssl", "rehash", hashed)
            var context = ProbeContext(
                timeout: .seconds(60), retries: 0, userAgent: "gonogo/test",
                trust: TrustStore(SystemAnchors(bundle: bundle, directory: hashed))
            ) { Self.currentInstant() }
            context.resolve = [ResolveOverride(host: "localhost", port: nil, address: "127.0.0.1", toPort: nil)]
            return try await summary(certificate, host: "localhost", in: context)
        }
        #expect(tls.isVerified == (isHashed || isBundled))
        #expect(tls.problem == (tls.isVerified ? nil : "the certificate's chain does not lead to a trust anchor"))
    }

    @Test("a certificate for another host is told apart from an untrusted one", arguments: ["localhost", "127.0.0.1"])
    func otherName(host: String) async throws {
        let certificate = try await TestCertificate.make(names: "DNS:other.example", "IP:127.0.0.2")
        var context = makeContext()
        context.extraTrustAnchors = certificate.pem
        context.resolve = [ResolveOverride(host: "localhost", port: nil, address: "127.0.0.1", toPort: nil)]
        let tls = try await summary(certificate, host: host, in: context)
        #expect(tls.problem == "the certificate does not name \(host)")
    }

    @Test("an expired certificate is named so")
    func expired() async throws {
        let certificate = try await TestCertificate.make(names: "DNS:localhost", "IP:127.0.0.1")
        var context = makeContext()
        context.now = { Instant(seconds: 4_000_000_000) }
        let tls = try await summary(certificate, host: "127.0.0.1", in: context)
        #expect(tls.problem == "the certificate has expired")
    }

    @Test("a name counts only as a subject alternative name of the host asked for, not by where the connection goes")
    func socketAddressIsNoName() async throws {
        let certificate = try await TestCertificate.make(names: "IP:127.0.0.1")
        var context = makeContext()
        context.extraTrustAnchors = certificate.pem
        context.resolve = [ResolveOverride(host: "shop.example", port: nil, address: "127.0.0.1", toPort: nil)]
        let tls = try await summary(certificate, host: "shop.example", in: context)
        #expect(tls.problem == "the certificate does not name shop.example")
    }

    @Test("credentials go to a server that proved its name, and to no other", arguments: [true, false])
    func credentials(isTrusted: Bool) async throws {
        let certificate = try await TestCertificate.make(names: "IP:127.0.0.1")
        var context = makeContext()
        context.extraTrustAnchors = isTrusted ? certificate.pem : nil
        context.requestHeaders = [("Authorization", "Bearer hunter2hunter2")]
        try await LoopbackServer.run(tls: certificate, script: Self.answer) { server in
            _ = try await observeHeaders("https://127.0.0.1:\(server.port)", in: context)
            #expect(!server.requests.isEmpty)
            #expect(server.requests.contains { $0.contains("hunter2hunter2") } == isTrusted)
        }
    }

    @Test("an address is verified by the URL even when the connection goes elsewhere")
    func addressElsewhere() async throws {
        let certificate = try await TestCertificate.make(names: "IP:127.0.0.1")
        var context = makeContext()
        context.extraTrustAnchors = certificate.pem
        context.resolve = [ResolveOverride(host: "192.0.2.7", port: nil, address: "127.0.0.1", toPort: nil)]
        let tls = try await summary(certificate, host: "192.0.2.7", in: context)
        #expect(tls.problem == "the certificate does not name 192.0.2.7")
    }

    @Test("a server that speaks plain HTTP on the TLS port does not speak TLS")
    func plainHTTP() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { connection in
            _ = try await connection.read()
            try await connection.respond("400 Bad Request", body: "plain HTTP here")
        }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(request(.headers, "https://127.0.0.1:\(server.port)"), in: makeContext())
            #expect(observation.failure?.code == .notTLS)
        }
    }

    @Test("a server that closes during the handshake closed early")
    func closesInHandshake() async throws {
        let script: @Sendable (LoopbackConnection) async throws -> Void = { _ = try await $0.read() }
        try await LoopbackServer.run(script: script) { server in
            let observation = await observe(request(.headers, "https://127.0.0.1:\(server.port)"), in: makeContext())
            #expect(observation.failure?.code == .closedEarly)
        }
    }

    @Test("a server that is silent in the handshake is a timeout")
    func silentInHandshake() async throws {
        try await LoopbackServer.run(script: { try await $0.hang() }) { server in
            let observation = await observe(
                request(.headers, "https://127.0.0.1:\(server.port)"), in: makeContext(timeout: .seconds(1)))
            #expect(observation.failure?.code == .timeout)
            #expect(observation.failure?.reason.contains("TLS handshake") == true)
        }
    }

    @Test("a server that demands a client certificate says so")
    func clientCertificate() async throws {
        var certificate = try await TestCertificate.make(names: "IP:127.0.0.1")
        certificate.demandsClientCertificate = true
        var context = makeContext()
        context.extraTrustAnchors = certificate.pem
        let target = { (port: Int) in "https://127.0.0.1:\(port)" }
        try await LoopbackServer.run(tls: certificate, script: Self.answer) { server in
            let observation = await observe(request(.headers, target(server.port)), in: context)
            #expect(observation.failure?.code == .tlsFailed)
            #expect(observation.failure?.reason.contains("demands a client certificate") == true)
        }
    }

    @Test("trust anchors that are no PEM are our caller's mistake, and told before")
    func anchors() async throws {
        #expect(TrustStore.problem(inAnchors: "nonsense") != nil)
        #expect(TrustStore.problem(inAnchors: "") != nil)
        let certificate = try await TestCertificate.make(names: "DNS:a")
        #expect(TrustStore.problem(inAnchors: certificate.pem) == nil)
    }

    /// Of the machine: certificates made just now must be valid.
    private static func currentInstant() -> Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
