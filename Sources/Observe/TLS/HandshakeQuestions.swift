import AuditModel
import Facts
import NIOCore
import NIOSSL
import WireFormats

extension TLSConversation {
    /// What a current client, which takes any kind of key, gets; its chain is the default one where none was in clear.
    func askHandshake() async {
        guard var result = await handshake(ClientOffer()) else { return }
        if result.failure == nil, result.requestsClientCertificate == true, !result.demandsClientCertificate,
            questions.contains(.handshake)
        {
            let requested = await handshake(ClientOffer(protocols: ["http/1.1"], request: httpRequest))
            result.demandsClientCertificate = requested?.demandsClientCertificate == true
        }
        record(result, keyType: "any")
    }

    /// What a server that lets everybody shake hands has to answer by HTTP.
    private var httpRequest: String {
        "GET / HTTP/1.1\r\nHost: \(endpoint.route.origin.authority)\r\nUser-Agent: \(context.userAgent)\r\n"
            + "Accept: */*\r\nConnection: close\r\n\r\n"
    }

    /// In TLS 1.3 chains are encrypted, and which one is chosen does not depend on suites: whole handshakes show them,
    /// each without the kinds of key that the ones before showed.
    func askCertificatesByHandshake() async {
        var kinds = KeyKind.asOffered
        if let shown = record.handshakes.last(where: { $0.version == .tls13 })?.chain.flatMap(keyKind) {
            kinds.removeAll { $0 == shown }
        }
        while !kinds.isEmpty {
            let offer = ClientOffer(schemes: kinds.flatMap(\.handshakeSchemes), isModern: true)
            guard let result = await handshake(offer) else { return }
            record(result, keyType: kinds.map(\.rawValue).joined(separator: "+"))
            guard result.failure == nil, let chain = record.handshakes.last?.chain, let shown = keyKind(of: chain),
                kinds.contains(shown)
            else { return }
            kinds.removeAll { $0 == shown }
        }
    }

    private func keyKind(of chain: Int) -> KeyKind? {
        guard let leaf = record.chains.chains[chain].certificates.first else { return nil }
        return X509Certificate(der: record.chains.certificates[leaf]).flatMap { KeyKind($0.publicKey.type) }
    }

    /// In TLS 1.3 the choice of a protocol is encrypted, but not that there is none.
    func askProtocolsByHandshake(_ found: VersionFindings) async {
        let chosen = Set(record.handshakes.compactMap(\.alpn))
        for name in ["h2", "http/1.1", "x-unknown"] where !chosen.contains(name) {
            var shape = found.shape.plain
            shape.protocols = [name]
            shape.keyShares = HelloLists.keyShares()
            let heard = await ask(HelloRequest(.alpn, shape, detail: name))
            guard heard.verdict == .accepted, name != "x-unknown" else { continue }
            guard let result = await handshake(ClientOffer(protocols: [name])) else { return }
            record(result, keyType: "any")
        }
    }

    private func record(_ result: HandshakeResult, keyType: String) {
        let chain = record.chains.add(result.certificates, in: result.version ?? .tls13)
        record.handshakes.append(
            TLSHandshake(
                version: result.version, alpn: result.applicationProtocol, chain: chain,
                requestsClientCertificate: result.requestsClientCertificate,
                demandsClientCertificate: result.demandsClientCertificate, failure: result.failure, keyType: keyType))
    }
}

/// What a complete client offers.
struct ClientOffer: Sendable {
    var protocols = ["h2", "http/1.1"]
    var schemes = NIOSSL.SignatureAlgorithm.everything
    /// What it says after the handshake.
    var request: String?
    /// Whether it takes nothing but TLS 1.3.
    var isModern = false

    /// - Parameter isAsked: called when the server asks for a client certificate; there is none.
    func context(isAsked: @escaping @Sendable () -> Void) throws(ProbeFailure) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = protocols
        if isModern { configuration.minimumTLSVersion = .tlsv13 }
        configuration.verifySignatureAlgorithms = schemes
        // The callback looks at every chain and takes it: no anchors, so that reading them costs nothing.
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates([])
        configuration.shutdownTimeout = .milliseconds(500)
        // BoringSSL calls a client's certificate callback exactly when a CertificateRequest came.
        configuration.sslContextCallback = { _, promise in
            isAsked()
            promise.succeed(.noChanges)
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ProbeFailure(.unsupported, "no client could be made (\(printable("\(error)")))", isOwnFault: true)
        }
    }
}

extension NIOSSL.SignatureAlgorithm {
    fileprivate static let everything = KeyKind.asOffered.flatMap(\.handshakeSchemes)
}

extension KeyKind {
    /// In the order of current clients, which prefer elliptic curves: it decides what servers with two keys show.
    fileprivate static let asOffered: [KeyKind] = [.ecdsa, .rsa, .eddsa]

    /// nil for a key that no handshake here can verify.
    fileprivate init?(_ type: PublicKeyInfo.KeyType) {
        switch type {
        case .rsa, .rsaPSS: self = .rsa
        case .ecdsa: self = .ecdsa
        case .ed25519, .ed448: self = .eddsa
        case .dsa, .gost, .mlDSA, .slhDSA, .unknown: return nil
        }
    }

    fileprivate var handshakeSchemes: [NIOSSL.SignatureAlgorithm] {
        switch self {
        case .rsa:
            [
                .rsaPssRsaeSha256, .rsaPkcs1Sha256, .rsaPssRsaeSha384, .rsaPkcs1Sha384, .rsaPssRsaeSha512,
                .rsaPkcs1Sha512, .rsaPkcs1Sha1
            ]
        case .ecdsa: [.ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .ecdsaSecp521R1Sha512, .ecdsaSha1]
        case .eddsa: [.ed25519]
        }
    }
}
