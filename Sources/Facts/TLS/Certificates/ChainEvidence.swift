import AuditModel
import WireFormats

/// One chain that a server presented, and what a client of the host makes of it at an instant.
struct ChainEvidence: Sendable {
    let presented: PresentedChain
    /// The presented certificates in their order; nil for bytes that are none.
    let certificates: [X509Certificate?]
    /// The server's own certificate; nil when it cannot be read.
    let leaf: X509Certificate?
    /// The certificate that issued the leaf, presented or an anchor; nil when it is not known.
    let issuer: X509Certificate?
    /// The staple as it is; nil when none came in clear, or it is no response.
    let staple: OCSPResponse?
    /// Whether a SAN of the leaf names the host.
    let matchesHost: Bool
    /// Whether the leaf is its own issuer, as far as one can tell.
    let isSelfSigned: Bool
    /// The path on which the chain is judged: the best one to an anchor, else as far as the chain leads.
    let path: [X509Certificate]
    /// What is wrong; nil when trust was not looked at, or there was no anchor to trust.
    let judgement: ChainJudgement?

    init(_ chain: PresentedChain, certificates all: [X509Certificate?], host: String, now: Instant) {
        presented = chain
        certificates = chain.certificates.map { all.indices.contains($0) ? all[$0] : nil }
        leaf = certificates.first ?? nil
        staple = chain.staple.flatMap { Base64.decode($0) }.flatMap(OCSPResponse.init(der:))
        matchesHost = leaf?.names(host) ?? false
        let walk = ChainWalk(chain, certificates: all)
        isSelfSigned = walk.isSelfSigned
        let judged = ChainJudgement.best(
            of: chain, walk: walk, certificates: all, matchesHost: matchesHost, at: now.wholeSeconds)
        path = (judged?.path ?? walk.path).compactMap { all.indices.contains($0) ? all[$0] : nil }
        issuer = path.count > 1 ? path[1] : isSelfSigned ? leaf : nil
        var judgement = judged?.judgement
        if let leaf {
            let single = staple?.single(for: leaf, issuer: issuer)
            judgement?.add(Self.stapleProblems(chain, leaf: leaf, single: single, at: now.wholeSeconds))
        }
        self.judgement = chain.trust?.stores.isEmpty == false ? judgement : nil
    }

    /// Whether staple and timestamps of the handshake were in clear at least once.
    var isInClear: Bool { presented.versions.contains { $0 < .tls13 } }

    /// What nobody could see that a client would look at, as a sentence fragment; nil when there is nothing.
    var unseen: String? {
        guard leaf?.extensions.mustStaple == true, !isInClear else { return nil }
        return "the certificate demands a stapled OCSP response, which TLS 1.3 encrypts"
    }

    private static func stapleProblems(
        _ chain: PresentedChain, leaf: X509Certificate, single: OCSPResponse.Single?, at seconds: Int64
    ) -> [ChainProblem] {
        var problems: [ChainProblem] = []
        let isInClear = chain.versions.contains { $0 < .tls13 }
        if leaf.extensions.mustStaple, isInClear, single?.status != .revoked, single?.isGood(at: seconds) != true {
            problems.append(.mustStapleMissing)
        }
        if single?.status == .revoked { problems.append(.revoked) }
        return problems
    }
}

extension Instant {
    /// Seconds since 1970, rounded down.
    var wholeSeconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }
}

extension X509Certificate {
    /// Whether a subject alternative name names the host; the common name never counts (RFC 9525 §2).
    func names(_ host: String) -> Bool {
        let address = IPAddress(host)
        return extensions.names?.contains { $0.names(host, address: address) } ?? false
    }
}
