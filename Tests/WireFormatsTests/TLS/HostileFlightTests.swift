import TestSupport
import Testing
import WireFormats

extension ServerFlight {
    /// All bytes that the flight holds on to.
    fileprivate var size: Int {
        let parts = (certificates ?? []) + [staple ?? [], warnings, ssl2Hello?.certificate ?? []]
        return parts.reduce(0) { $0 + $1.count } + (hello?.extensions ?? []).reduce(0) { $0 + $1.body.count }
    }
}

struct HostileFlightTests {
    static let ends: [(file: String, version: ProtocolVersion, end: ServerFlight.End?)] = [
        ("echoed-client-hello", .tls12, .malformed("a ClientHello, as if the server echoed ours")),
        ("two-hellos", .tls12, .malformed("a second ServerHello")),
        ("duplicate-extension", .tls12, .malformed("a ServerHello with extension 23 twice")),
        ("extension-overrun", .tls12, .malformed("a block of extensions that is cut short")),
        ("hello-trailing-bytes", .tls12, .malformed("a ServerHello with bytes after its end")),
        ("hello-long-session", .tls12, .malformed("a ServerHello with a session ID of over 32 bytes")),
        ("hello-empty", .tls12, .malformed("a ServerHello that is cut short")),
        ("retry-without-version", .tls12, .malformed("a HelloRetryRequest that does not choose TLS 1.3")),
        ("retry-long-share", .tls13, .malformed("a key_share extension with bytes after its end")),
        ("version-list", .tls13, .malformed("a supported_versions extension with bytes after its end")),
        ("alpn-two-names", .tls12, .malformed("an ALPN extension with bytes after its end")),
        ("alpn-empty-name", .tls12, .malformed("an ALPN extension with an empty name")),
        ("certificate-first", .tls12, .malformed("a Certificate before the ServerHello")),
        ("certificate-empty-entry", .tls12, .malformed("a Certificate message with an empty certificate")),
        ("certificate-overrun", .tls12, .malformed("a Certificate message that is cut short")),
        ("certificate-list-overrun", .tls12, .malformed("a Certificate message that is cut short")),
        ("certificates-100", .tls12, .tooLarge("a chain of more than 64 certificates")),
        ("certificate-16-mib", .tls12, .tooLarge("a handshake message of 16777215 bytes")),
        ("status-overrun", .tls12, .malformed("a CertificateStatus that is cut short")),
        ("exchange-empty", .tls12, .malformed("a ServerKeyExchange that is cut short")),
        ("exchange-explicit-curve", .tls12, .closed),
        ("exchange-zero-prime", .tls12, .closed),
        ("exchange-prime-overrun", .tls12, .malformed("a ServerKeyExchange that is cut short")),
        ("done-with-body", .tls12, .malformed("a ServerHelloDone with bytes after its end")),
        ("warnings", .tls12, .tooLarge("more than 64 records that bring nothing")),
        ("empty-records", .tls12, .tooLarge("more than 64 records that bring nothing")),
        ("change-cipher-specs", .tls12, .tooLarge("more than 64 records that bring nothing")),
        ("hello-requests", .tls12, .tooLarge("more than 64 records that bring nothing")),
        ("single-bytes", .tls12, nil),
        ("interleaved-alert", .tls12, nil),
        ("heartbeat", .tls12, .malformed("a record of type 24 in the handshake")),
        ("long-record", .tls12, .malformed("a record of 65535 bytes")),
        ("http", .tls12, .notTLS(Array("HTTP/1.1 400 Bad".utf8))),
        ("ssl2-hello", .ssl2, nil),
        ("ssl2-part-of-a-kind", .ssl2, .malformed("an SSLv2 SERVER-HELLO with part of a cipher kind")),
        ("ssl2-overrun", .ssl2, .malformed("an SSLv2 message that is cut short")),
        ("ssl2-nothing", .ssl2, .malformed("an SSLv2 message that is cut short"))
    ]

    @Test("Each answer that no server should give has its outcome", arguments: ends)
    func outcome(file: String, version: ProtocolVersion, end: ServerFlight.End?) throws {
        let hostile = try #require(FlightFile.hostile.first { $0.name == file })
        let read = flight(hostile.bytes, offering: version)
        #expect(read.end == end)
        #expect(read.isComplete == (end == nil))
    }

    @Test("Every hostile file is looked at")
    func all() {
        #expect(Set(FlightFile.hostile.map(\.name)) == Set(Self.ends.map(\.file)))
    }

    @Test("A SERVER-HELLO of SSLv2 gives its kinds and certificate")
    func ssl2() throws {
        let hostile = try #require(FlightFile.hostile.first { $0.name == "ssl2-hello" })
        let hello = SSL2ServerHello(version: 2, ciphers: [0x0700C0, 0x010080], certificate: Array("abc".utf8))
        #expect(flight(hostile.bytes, offering: .ssl2).ssl2Hello == hello)
    }

    @Test(
        "Flipped, cut and repeated bytes never trap, hang or grow beyond what was sent",
        arguments: FlightFile.recorded + FlightFile.hostile)
    func mutations(file: FlightFile) {
        var numbers = SeededNumbers(seed: UInt64(file.bytes.count))
        for _ in 0..<400 {
            var bytes = file.bytes
            for _ in 0..<Int.random(in: 1...8, using: &numbers) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &numbers)
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
                case 1: bytes[index] = UInt8.random(in: .min ... .max, using: &numbers)
                case 2: bytes.removeSubrange(index..<min(bytes.count, index + 3))
                default: bytes.insert(contentsOf: bytes.suffix(bytes.count - index).prefix(40), at: index)
                }
            }
            for version in [ProtocolVersion.ssl2, .tls13] {
                var reader = ServerFlightReader(offering: version)
                reader.read(bytes)
                reader.streamEnded()
                let read = reader.flight
                let isBounded = read.size <= bytes.count && (read.certificates?.count ?? 0) <= 64
                guard reader.isFinished, read.isComplete == (read.end == nil), isBounded else {
                    Issue.record("\(bytes)")
                    return
                }
            }
        }
    }

    @Test("A chain of 16 MiB ends at the limit, not at its end")
    func endlessChain() {
        var reader = ServerFlightReader(offering: .tls12)
        reader.read(FlightBytes.record(FlightBytes.hello()))
        // Each message is as long as may be, but together they are more than may be.
        let supplement = FlightBytes.message(23, [UInt8](repeating: 0, count: 1_000_000))
        let chain = FlightBytes.certificates([[UInt8](repeating: 1, count: 1_000_000)])
        var fed = 0
        for start in stride(from: 0, to: 2_000_000, by: 16_384) where !reader.isFinished {
            let record = FlightBytes.record(Array((supplement + chain)[start...].prefix(16_384)))
            reader.read(record)
            fed += record.count
        }
        #expect(reader.flight.end == .tooLarge("an answer of more than 1048576 bytes"))
        #expect(fed <= 1_048_576 + 16_389 && reader.flight.certificates == nil)
    }

    @Test("Limits are the caller's")
    func limits() {
        let chain = FlightBytes.record(
            FlightBytes.hello() + FlightBytes.certificates([[1], [2], [3]]) + FlightBytes.done)
        #expect(flight(chain, limits: FlightLimits(certificates: 3)).isComplete)
        #expect(
            flight(chain, limits: FlightLimits(certificates: 2)).end == .tooLarge("a chain of more than 2 certificates")
        )
        let warned = FlightBytes.alert(1, 112) + chain
        #expect(flight(warned, limits: FlightLimits(idleRecords: 1)).warnings == [112])
        #expect(
            flight(warned, limits: FlightLimits(idleRecords: 0)).end
                == .tooLarge("more than 0 records that bring nothing"))
        #expect(flight(chain, limits: FlightLimits(bytes: chain.count)).isComplete)
        #expect(
            flight(chain, limits: FlightLimits(bytes: chain.count - 1)).end
                == .tooLarge("an answer of more than \(chain.count - 1) bytes"))
    }

    @Test("What comes after the end changes nothing")
    func afterTheEnd() {
        var reader = ServerFlightReader(offering: .tls12)
        reader.read(FlightBytes.alert(2, 40))
        let ended = reader.flight
        reader.read(FlightBytes.record(FlightBytes.hello()))
        reader.streamEnded()
        #expect(reader.flight == ended && reader.isFinished)
    }
}
