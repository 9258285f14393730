import AuditModel
import WireFormats

extension TLSFacts {
    /// Everything about certificates, chains, staples and timestamps.
    static let certificateFacts: [TLSFact] =
        leafIdentity + leafValidity + leafUse + certificateList + chain + staple + timestamps
}

extension TLSEvidence {
    /// What the leaf of the default handshake says.
    func leaf(_ derive: (X509Certificate) -> DerivedFact) -> DerivedFact {
        firstChain { chain in chain.leaf.map(derive) ?? .unobserved(.noCertificate) }
    }

    /// What the chain of the default handshake says.
    func firstChain(_ derive: (ChainEvidence) -> DerivedFact) -> DerivedFact {
        certificates.first.map(derive) ?? certificates.missing
    }

    /// The leaf's last second.
    var leafEnd: Instant? { certificates.first?.leaf?.notAfter.map(Instant.init(seconds:)) }

    /// The last second of the first certificate to expire on the chains' best paths.
    var chainsEnd: Int64? { certificates.chains.flatMap { $0.path.compactMap(\.notAfter) }.min() }

    /// The same without the leaves that are short-lived, which their automation renews.
    var longLivedEnd: Int64? {
        certificates.chains.flatMap { chain in
            chain.path.enumerated().compactMap { place, certificate in
                place == 0 && certificate.isShortLived == true ? nil : certificate.notAfter
            }
        }.min()
    }

    /// Whole days until the end of a certificate, rounded down; negative after it.
    func daysRemaining(_ notAfter: Int64) -> Int64 {
        let seconds = notAfter.subtractingReportingOverflow(now.wholeSeconds).partialValue
        return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }
}

extension ProbeFailure {
    static let noCertificate = ProbeFailure(.malformed, "what the server sent is no X.509 certificate")
    static let noAnchors = ProbeFailure(.unsupported, "there were no trust anchors: no system store and no file")
    /// TLS 1.3 encrypts what the server says about its certificate.
    static let encrypted = ProbeFailure(.unsupported, "the chain was seen in TLS 1.3 only, which encrypts this")
}

extension DerivedFact {
    /// An instant from seconds since 1970; absent when it is no date.
    static func instant(_ seconds: Int64?) -> DerivedFact { .text(seconds.map { Instant(seconds: $0).iso8601 }) }
}
