import Testing
import WireFormats

extension ServerFlight {
    /// What was read, in one line.
    fileprivate var summary: String {
        var parts: [String] = []
        if let hello {
            let version = ProtocolVersion(code: hello.version)?.rawValue ?? "?"
            parts.append("\(hello.isRetryRequest ? "retry " : "")\(version) \(CipherSuite(rawValue: hello.suite).name)")
            if let group = hello.keyShareGroup { parts.append(NamedGroup(rawValue: group).name) }
            if let name = hello.applicationProtocol { parts.append("alpn \(String(decoding: name, as: UTF8.self))") }
            if let sentinel = hello.downgradeSentinel { parts.append("sentinel \(sentinel)") }
        }
        if let certificates { parts.append("certificates \(certificates.map(\.count))") }
        if let staple { parts.append("staple \(staple.count)") }
        switch keyExchange {
        case .diffieHellman(let prime):
            parts.append("prime \(prime.count * 8 - (prime.first?.leadingZeroBitCount ?? 0))")
        case .namedCurve(let curve): parts.append("curve \(NamedGroup(rawValue: curve).name)")
        case .other: parts.append("other key exchange")
        case nil: break
        }
        if requestsClientCertificate { parts.append("certificate request") }
        if isComplete { parts.append("complete") }
        if let end { parts.append("\(end)") }
        return parts.joined(separator: ", ")
    }
}

struct RecordedFlightTests {
    static let flights: [(file: String, version: ProtocolVersion, summary: String)] = [
        (
            "ecdhe-ecdsa-staple-alpn", .tls12,
            "tls12 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, alpn h2, certificates [406], staple 736, curve x25519, "
                + "certificate request, complete"
        ),
        ("dhe-rsa", .tls12, "tls12 TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, certificates [803], prime 2048, complete"),
        ("dh-anon", .tls12, "tls12 TLS_DH_anon_WITH_AES_128_CBC_SHA, prime 1024, complete"),
        ("ecdh-anon", .tls12, "tls12 TLS_ECDH_anon_WITH_AES_128_CBC_SHA, curve x25519, complete"),
        ("ecdhe-psk", .tls12, "tls12 TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA, curve x25519, complete"),
        ("dhe-psk", .tls12, "tls12 TLS_DHE_PSK_WITH_AES_128_CBC_SHA, prime 2048, complete"),
        ("static-rsa", .tls12, "tls12 TLS_RSA_WITH_AES_128_CBC_SHA, certificates [803], complete"),
        ("tls10", .tls10, "tls10 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, certificates [803], curve x25519, complete"),
        (
            "sentinel", .tls12,
            "tls12 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, sentinel tls12, certificates [406], curve x25519, complete"
        ),
        ("tls13-retry", .tls13, "retry tls13 TLS_AES_128_GCM_SHA256, x25519, complete"),
        ("tls13-hello", .tls13, "tls13 TLS_AES_128_GCM_SHA256, x25519, complete"),
        ("gnutls-retry", .tls13, "retry tls13 TLS_AES_128_GCM_SHA256, x25519, complete"),
        (
            "gnutls-dhe", .tls12,
            "tls12 TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, certificates [803], prime 2048, certificate request, complete"
        ),
        ("refused", .tls12, "alert(70)"),
        (
            "ssl3", .ssl3,
            "ssl3 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, sentinel tls11, certificates [803], curve x25519, complete"
        ),
        ("ssl2-error", .ssl2, "ssl2Error(1)"),
        ("ssl2-format", .tls12, "tls12 TLS_RSA_WITH_AES_128_CBC_SHA, certificates [803], complete")
    ]

    @Test("A real server's flight is read whole", arguments: flights)
    func whole(file: String, version: ProtocolVersion, summary: String) throws {
        let read = flight(try FlightFile.named(file), offering: version).summary
        #expect(read == summary)
    }

    @Test("Every recording is looked at")
    func all() {
        #expect(Set(FlightFile.recorded.map(\.name)) == Set(Self.flights.map(\.file)))
    }

    @Test("A goal ends the reading where it is reached")
    func goals() throws {
        let bytes = try FlightFile.named("ecdhe-ecdsa-staple-alpn")
        let hello = flight(bytes, goal: .hello)
        #expect(hello.hello != nil && hello.certificates == nil && !hello.isComplete && hello.end == nil)
        let exchange = flight(bytes, goal: .keyExchange)
        #expect(exchange.keyExchange == .namedCurve(29) && !exchange.requestsClientCertificate && !exchange.isComplete)
        #expect(flight(try FlightFile.named("static-rsa"), goal: .keyExchange).isComplete)
    }

    @Test(
        "A flight is the same whole, byte by byte and in pieces of any size",
        arguments: FlightFile.recorded + FlightFile.hostile)
    func pieces(file: FlightFile) {
        for version in [ProtocolVersion.ssl2, .tls12] {
            for goal in [FlightGoal.hello, .keyExchange, .flight] {
                let whole = flight(file.bytes, offering: version, goal: goal)
                for size in [1, 2, 3, 5, 7, 64, 1000] {
                    var reader = ServerFlightReader(offering: version, goal: goal)
                    for start in stride(from: 0, to: file.bytes.count, by: size) {
                        reader.read(file.bytes[start..<min(start + size, file.bytes.count)])
                    }
                    reader.streamEnded()
                    #expect(reader.flight == whole, "in pieces of \(size)")
                }
            }
        }
    }

    @Test("A flight that is cut anywhere is closed or malformed, never complete", arguments: FlightFile.recorded)
    func truncated(file: FlightFile) {
        let version: ProtocolVersion = file.name == "ssl2-error" ? .ssl2 : .tls12
        let whole = flight(file.bytes, offering: version)
        for count in 0..<file.bytes.count {
            let cut = flight(Array(file.bytes.prefix(count)), offering: version)
            switch cut.end {
            case .closed, .malformed: #expect(!cut.isComplete)
            case .notTLS: #expect(count < 3)
            default: #expect(cut == whole)
            }
        }
    }
}
