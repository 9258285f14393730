import AuditModel
import Facts
import WireFormats

/// The code of a suite by its name; 0 for a name that does not exist, which no server of these tests accepts.
func suiteCode(_ name: String) -> UInt16 { CipherSuite.all.first { $0.name == name }?.rawValue ?? 0 }

/// The code of a group by its name.
func groupCode(_ name: String) -> UInt16 { NamedGroup.all.first { $0.name == name }?.rawValue ?? 0 }

let ecdheRSA = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
let ecdheRSA256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
let ecdheECDSA = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
let dheRSA = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
let rsaCBC = "TLS_RSA_WITH_AES_128_CBC_SHA"
let aes128 = "TLS_AES_128_GCM_SHA256"
let aes256 = "TLS_AES_256_GCM_SHA384"
let chacha = "TLS_CHACHA20_POLY1305_SHA256"

/// Extensions of a server that is up to date: renegotiation_info, extended_master_secret.
let goodExtensions: [UInt16] = [0xFF01, 23]

extension TLSAnswer {
    /// A ServerHello of that version with that suite; of TLS 1.3 a HelloRetryRequest.
    static func picks(
        _ name: String, in version: ProtocolVersion, group code: UInt16? = nil,
        extensions: [UInt16] = goodExtensions, chain: Int? = 0
    ) -> TLSAnswer {
        var answer = TLSAnswer(version == .tls13 ? .helloRetry : .hello)
        answer.version = version.code
        answer.suite = suiteCode(name)
        answer.group = code
        answer.compression = 0
        answer.extensions = version == .tls13 ? [43, 51] : extensions
        if version < .tls13 {
            answer.chain = chain
            answer.requestsClientCertificate = false
        }
        return answer
    }

    static func alert(_ description: UInt8) -> TLSAnswer {
        var answer = TLSAnswer(.alert)
        answer.alert = description
        return answer
    }

    func with(_ change: (inout TLSAnswer) -> Void) -> TLSAnswer {
        var answer = self
        change(&answer)
        return answer
    }
}

extension TLSExchange {
    init(
        _ purpose: Purpose, _ version: ProtocolVersion, _ answer: TLSAnswer, lane: Int = 0, offered: Int = 40,
        detail: String? = nil, attempts: Int = 1
    ) {
        self.init(
            purpose: purpose, version: version, lane: lane, offered: offered, detail: detail, answer: answer,
            attempts: attempts)
    }
}

/// What a server offers, from which the exchanges of a whole observation follow.
struct SampleServer {
    var suites: [ProtocolVersion: [String]]
    var groups: [ProtocolVersion: [String]] = [
        .tls12: ["x25519", "secp256r1", "secp384r1"], .tls13: ["x25519", "secp256r1", "secp384r1"]
    ]
    var serverOrder = false
    /// Of the first prime that a suite of Diffie-Hellman comes with.
    var dhBits = 2048
    var dhPrime = "00"
    var extensions = goodExtensions
    /// Base64 of the leaves, each a chain of its own.
    var leaves: [String] = []
    /// Exchanges that replace the server's own of the same purpose and version.
    var replacing: [TLSExchange] = []
    /// nil for one in the highest version.
    var handshakes: [TLSHandshake]?
    var serverName: String? = "shop.example"
    /// Whether a hello in SSLv2's format is sent, which gets no answer.
    var isFramedInSSL2 = true

    /// Everything asked, everything answered; versions that are not offered get the alert protocol_version.
    var capture: TLSCapture {
        let replaced = Set(replacing.map { "\($0.purpose) \($0.version)" })
        let own = exchanges.filter { !replaced.contains("\($0.purpose) \($0.version)") }
        return TLSCapture(
            host: "shop.example", port: 443, address: "192.0.2.1", serverName: serverName,
            questions: TLSQuestion.allCases, exchanges: own + replacing,
            handshakes: handshakes ?? [TLSHandshake(version: suites.keys.max(), alpn: "h2", chain: 0)],
            certificates: leaves,
            chains: leaves.indices.map { PresentedChain(certificates: [$0], versions: [.tls12]) },
            connections: own.count, retries: 0)
    }

    private var best: ProtocolVersion { suites.keys.filter { $0 < .tls13 }.max() ?? .tls13 }

    private var exchanges: [TLSExchange] {
        ProtocolVersion.allCases.flatMap(suiteExchanges) + suites.keys.sorted().flatMap(orderExchanges)
            + suites.keys.filter { $0 > .ssl2 }.sorted().map { version in
                TLSExchange(.again, version, replacedPicks(of: version)?.first ?? first(of: version))
            }
            + [ProtocolVersion.tls12, .tls13].filter { suites[$0] != nil }.flatMap(groupExchanges) + others
    }

    private func first(of version: ProtocolVersion) -> TLSAnswer { answer(suites[version]?.first ?? "", version) }

    private func answer(_ name: String, _ version: ProtocolVersion, chain: Int = 0) -> TLSAnswer {
        let usesCurve = version == .tls13 || name.contains("ECDH")
        var answer = TLSAnswer.picks(
            name, in: version, group: usesCurve ? groups[version]?.first.map(groupCode) : nil, extensions: extensions,
            chain: chain)
        if name.contains("_DHE_") || name.contains("DH_anon"), !name.contains("ECDH") {
            (answer.dhBits, answer.dhPrime) = (dhBits, dhPrime)
        }
        if suites[.tls13] != nil, version < .tls13 { answer.sentinel = version == .tls12 ? "tls12" : "tls11" }
        return answer
    }

    private func suiteExchanges(_ version: ProtocolVersion) -> [TLSExchange] {
        guard let names = suites[version] else { return [TLSExchange(.suites, version, .alert(70))] }
        if version == .ssl2 {
            var answer = TLSAnswer(.hello)
            answer.version = 2
            answer.ssl2Suites = names.compactMap { name in SSL2Cipher.all.first { $0.name == name }?.rawValue }
            return [TLSExchange(.suites, version, answer, offered: 7)]
        }
        return names.map { TLSExchange(.suites, version, answer($0, version)) }
            + [TLSExchange(.suites, version, .alert(40))]
    }

    /// What the server chose in the exchanges that replace its elimination; nil without any.
    private func replacedPicks(of version: ProtocolVersion) -> [TLSAnswer]? {
        let steps = replacing.filter { $0.purpose == .suites && $0.version == version }.map(\.answer)
        return steps.isEmpty ? nil : steps.filter { [.hello, .helloRetry].contains($0.kind) }
    }

    private func orderExchanges(_ version: ProtocolVersion) -> [TLSExchange] {
        if let picks = replacedPicks(of: version), version != .ssl2 {
            return picks.dropFirst().prefix(1).map { TLSExchange(.order, version, $0, offered: 2) }
        }
        guard let names = suites[version], names.count > 1, version != .ssl2 else { return [] }
        return [TLSExchange(.order, version, answer(serverOrder ? names[0] : names[1], version), offered: 2)]
    }

    private func groupExchanges(_ version: ProtocolVersion) -> [TLSExchange] {
        let name = suites[version]?.first { version == .tls13 || $0.contains("ECDH") } ?? ""
        let picks = (groups[version] ?? []).map {
            TLSExchange(.groups, version, .picks(name, in: version, group: groupCode($0)))
        }
        return (name.isEmpty ? [] : picks) + [TLSExchange(.groups, version, .alert(40))]
    }

    private var others: [TLSExchange] {
        let hello = first(of: best)
        let http2 = TLSExchange(.alpn, best, hello.with { $0.alpn = "h2" }, detail: "h2")
        let http1 = TLSExchange(.alpn, best, hello.with { $0.alpn = "http/1.1" }, detail: "http/1.1")
        let purposes: [TLSExchange.Purpose] = [.compression, .grease, .longHello, .manySuites, .withoutServerName]
        return purposes.map { TLSExchange($0, best, hello) } + [
            http2, http1, TLSExchange(.alpn, best, .alert(120), detail: "x-unknown"),
            TLSExchange(.fallback, best, .alert(86)), TLSExchange(.unknownServerName, best, .alert(112))
        ] + (isFramedInSSL2 ? [TLSExchange(.ssl2Format, best, TLSAnswer(.reset), attempts: 3)] : [])
    }
}

extension SampleServer {
    /// TLS 1.2 and 1.3 as guidelines want them.
    static let good = SampleServer(suites: [.tls12: [ecdheRSA, ecdheRSA256], .tls13: [aes128, aes256, chacha]])

    static let onlyTLS13 = SampleServer(suites: [.tls13: [aes128, aes256]])

    func with(_ change: (inout SampleServer) -> Void) -> SampleServer {
        var server = self
        change(&server)
        return server
    }

    /// With exchanges in the place of the server's own of the same purpose and version.
    func replacing(_ exchanges: TLSExchange...) -> SampleServer { with { $0.replacing += exchanges } }

    var facts: FactSet { capture.facts(at: now) }
}
