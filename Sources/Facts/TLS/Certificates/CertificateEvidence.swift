import AuditModel
import WireFormats

/// The certificates of a capture, read once, and each chain that clients of the host are given.
struct CertificateEvidence: Sendable {
    /// By their index in the capture; nil for bytes that are no certificate.
    let certificates: [X509Certificate?]
    /// Chains for the host's own name, that of the default handshake first.
    let chains: [ChainEvidence]
    /// What is said of the leaf's facts when no chain was seen: absent, or why it could not be seen.
    let missing: DerivedFact

    init(_ capture: TLSCapture, at now: Instant) {
        let certificates = capture.certificates.map { Base64.decode($0).flatMap(X509Certificate.init(der:)) }
        self.certificates = certificates
        chains = capture.chainsForHost.map { chain in
            ChainEvidence(chain, certificates: certificates, host: capture.host, now: now)
        }
        missing = Self.missing(in: capture)
    }

    /// The chain of the default handshake.
    var first: ChainEvidence? { chains.first }

    /// Every chain whose trust was looked at; nil when none was, or there was nothing to trust.
    var assessed: [ChainEvidence]? {
        let assessed = chains.filter { $0.judgement != nil }
        return assessed.isEmpty ? nil : assessed
    }

    /// A server that only speaks anonymous suites has no certificate; one whose chain is encrypted may have any.
    private static func missing(in capture: TLSCapture) -> DerivedFact {
        let hellos = capture.exchanges.map(\.answer).filter { $0.kind == .hello || $0.kind == .helloRetry }
        if !hellos.isEmpty,
            hellos.allSatisfy({ $0.suite.map { CipherSuite(rawValue: $0).needsNoCertificate } ?? false })
        {
            return .absent
        }
        return .unobserved(
            capture.handshakes.compactMap(\.failure).first
                ?? ProbeFailure(.tlsFailed, "no handshake went as far as the certificate"))
    }
}

extension TLSCapture {
    /// The chains that came when the server was called by its name, that of the default handshake first: clients of the
    /// host never see the others.
    var chainsForHost: [PresentedChain] {
        var uses: [Int: Bool] = [:]
        for exchange in exchanges {
            guard let chain = exchange.answer.chain else { continue }
            let isForHost = ![.withoutServerName, .unknownServerName].contains(exchange.purpose)
            uses[chain] = uses[chain] == true || isForHost
        }
        for handshake in handshakes { if let chain = handshake.chain { uses[chain] = true } }
        return chains.enumerated().filter { $0.offset == 0 || uses[$0.offset] != false }.map(\.element)
    }
}

extension CipherSuite {
    /// Whether its server shows no certificate: it is anonymous, or both sides know a key, a password or a third party.
    fileprivate var needsNoCertificate: Bool {
        [.anonymous, .psk, .password, .krb5].contains(authentication)
    }
}
