import AuditModel
import WireFormats

extension TLSFacts {
    /// The OCSP response that came with the chain of the default handshake. Its signature is not verified: a server gains
    /// nothing by a false answer that clients refuse.
    static let staple: [TLSFact] = [
        TLSFact(
            "ocsp.stapled", .boolean, needs: stapleQuestions,
            meaning: "Whether the server sent an OCSP response with its certificate.", source: "RFC 6066 §8"
        ) { evidence in
            evidence.inClear { .boolean($0.presented.staple != nil) }
        },
        TLSFact(
            "ocsp.status", .choice(of: StapleStatus.self), needs: stapleQuestions,
            meaning: "What the stapled response says of the leaf, and whether it is of use; absent without one.",
            source: "RFC 6960 §2.2, §4.2"
        ) { evidence in
            evidence.inClear { .choice($0.stapleStatus(at: evidence.now.wholeSeconds)) }
        },
        TLSFact(
            "ocsp.matches", .boolean, needs: stapleQuestions,
            meaning:
                "Whether the stapled response speaks of this leaf, by serial number and issuer; absent without one.",
            source: "RFC 6960 §4.1.1"
        ) { evidence in
            evidence.inClear { .boolean(ifPresent: $0.presented.staple == nil ? nil : $0.single != nil) }
        },
        TLSFact(
            "ocsp.producedAt", .instant, needs: stapleQuestions,
            meaning: "When the responder signed the stapled response; absent without one.", source: "RFC 6960 §2.4"
        ) { evidence in
            evidence.inClear { .instant($0.staple?.producedAt) }
        },
        TLSFact(
            "ocsp.thisUpdate", .instant, needs: stapleQuestions,
            meaning: "When the status was known to be right; absent without a response for the leaf.",
            source: "RFC 6960 §2.4"
        ) { evidence in
            evidence.inClear { .instant($0.single?.thisUpdate) }
        },
        TLSFact(
            "ocsp.nextUpdate", .instant, needs: stapleQuestions,
            meaning:
                "Until when clients may use the response; absent without one for the leaf, or when it does not say.",
            source: "RFC 6960 §2.4"
        ) { evidence in
            evidence.inClear { .instant($0.single?.nextUpdate) }
        }
    ]

    private static let stapleQuestions: Set<TLSQuestion> = [.certificate, .extensions]
}

/// What a staple is worth.
private enum StapleStatus: String, CaseIterable {
    case good, revoked, unknown
    /// Its next update is past.
    case expired
    /// Its update is still to come.
    case notYetValid = "not-yet-valid"
    /// It speaks of another certificate.
    case otherCertificate = "other-certificate"
    /// The responder answered with an error.
    case unsuccessful
    case malformed
}

extension TLSEvidence {
    /// What the handshake said of the certificate in clear.
    func inClear(_ derive: (ChainEvidence) -> DerivedFact) -> DerivedFact {
        firstChain { $0.isInClear ? derive($0) : .unobserved(.encrypted) }
    }
}

extension ChainEvidence {
    /// What the staple says of the leaf; nil when it says nothing.
    var single: OCSPResponse.Single? {
        guard let leaf else { return nil }
        return staple?.single(for: leaf, issuer: issuer)
    }

    /// nil without a staple. A revocation stays one after the response's time.
    fileprivate func stapleStatus(at seconds: Int64) -> StapleStatus? {
        guard presented.staple != nil else { return nil }
        guard let staple else { return .malformed }
        guard staple.status == .successful else { return .unsuccessful }
        guard let single else { return .otherCertificate }
        return single.stapleStatus(at: seconds)
    }
}

extension OCSPResponse.Single {
    /// Whether a client may rely on it.
    func isGood(at seconds: Int64) -> Bool { stapleStatus(at: seconds) == .good }

    fileprivate func stapleStatus(at seconds: Int64) -> StapleStatus {
        switch status {
        case .revoked: .revoked
        case _ where nextUpdate.map { $0 < seconds } ?? false: .expired
        case _ where thisUpdate.map { $0 > seconds } ?? true: .notYetValid
        case .unknown: .unknown
        case .good: .good
        }
    }
}
