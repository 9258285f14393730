import AuditModel
import WireFormats

extension TLSFacts {
    /// How the leaf leads to a trust anchor. Only `chain.problems`, `.trusted`, `.weakest`, `.minimumDaysRemaining` and
    /// `.longLivedDaysRemaining` look at every chain that clients of the host are given; the others at that of the
    /// default handshake.
    static let chain: [TLSFact] = [
        TLSFact(
            "chain.presented", .integer, needs: [.certificate], unit: "certificates",
            meaning: "How many certificates the server sent, the leaf and copies included.", source: "RFC 8446 §4.4.2"
        ) { $0.firstChain { .integer($0.presented.certificates.count) } },
        TLSFact(
            "chain.ordered", .boolean, needs: [.certificate],
            meaning: "Whether each certificate after the leaf is the issuer of the one before it, as TLS 1.2 demands.",
            source: "RFC 5246 §7.4.2"
        ) { $0.firstChain { .boolean($0.isOrdered) } },
        TLSFact(
            "chain.containsRoot", .boolean, needs: [.certificate],
            meaning: "Whether a self-issued certificate follows the leaf: clients have their anchors, so it is waste.",
            source: "RFC 8446 §4.4.2"
        ) { $0.firstChain { .boolean($0.certificates.dropFirst().contains { $0?.isSelfIssued ?? false }) } },
        TLSFact(
            "chain.duplicates", .integer, needs: [.certificate], unit: "certificates",
            meaning: "How many certificates were sent a second time.", source: "RFC 8446 §4.4.2"
        ) { $0.firstChain { .integer($0.presented.certificates.count - Set($0.presented.certificates).count) } },
        TLSFact(
            "chain.complete", .boolean, needs: [.certificate, .trust],
            meaning: "Whether no intermediate is missing that the server should send; a missing root does not count.",
            source: "RFC 8446 §4.4.2"
        ) { $0.judged { .boolean(!$0.problems.contains(.incomplete)) } },
        TLSFact(
            "chain.trusted", .boolean, needs: trustQuestions,
            meaning:
                "Whether a client of this host has no objection to any chain it may be given: chain.problems is empty.",
            source: "RFC 5280 §6; RFC 9525", until: { $0.chainsEnd.map(Instant.init(seconds:)) }
        ) { evidence in
            evidence.allProblems { .boolean($0.isEmpty) }
        },
        TLSFact(
            "chain.anchor", .choice(of: AnchorKind.self), needs: [.certificate, .trust],
            meaning:
                "Whether the chain leads to an anchor of the system by a leaf with a policy that public CAs assert, to "
                + "another anchor, or to none.",
            source: "CA/Browser Forum Baseline Requirements §7.1.6.1"
        ) { evidence in
            evidence.judged { judgement in
                .choice(AnchorKind(judgement.anchor, leaf: evidence.certificates.first?.leaf))
            }
        },
        TLSFact(
            "chain.problems", .list(.choice(of: ChainProblem.self)), needs: trustQuestions,
            meaning:
                "Everything for which clients of this host should refuse a chain, of all chains the server presented "
                + "for the host's name; judged over the best path to an anchor, the anchor's own signature apart.",
            source: "RFC 5280 §6; RFC 9325 §4.5; RFC 9525; RFC 6960; RFC 7633",
            until: { $0.chainsEnd.map(Instant.init(seconds:)) }
        ) { evidence in
            evidence.allProblems { .texts($0.map(\.rawValue)) }
        },
        TLSFact(
            "chain.minimumDaysRemaining", .integer, needs: [.certificate, .certificates, .trust], unit: "days",
            meaning:
                "Whole days until the first certificate of the chains' best paths expires, anchors included; absent "
                + "when none has a date.",
            source: "RFC 5280 §6.1.3", until: { $0.chainsEnd.map(Instant.init(seconds:)) }
        ) { evidence in
            guard evidence.certificates.first != nil else { return evidence.certificates.missing }
            return .integer(ifPresent: evidence.chainsEnd.map(evidence.daysRemaining))
        },
        TLSFact(
            "chain.longLivedDaysRemaining", .integer, needs: [.certificate, .certificates, .trust], unit: "days",
            meaning:
                "Whole days until the first certificate of the chains' best paths expires, leaves that are short-lived "
                + "left out; absent when no other has a date.",
            source: "RFC 5280 §6.1.3; CA/Browser Forum Baseline Requirements §1.6.1",
            until: { $0.longLivedEnd.map(Instant.init(seconds:)) }
        ) { evidence in
            guard evidence.certificates.first != nil else { return evidence.certificates.missing }
            return .integer(ifPresent: evidence.longLivedEnd.map(evidence.daysRemaining))
        },
        TLSFact(
            "chain.weakest", .record, needs: [.certificate, .certificates, .trust],
            meaning:
                "What is easiest to break on the chains' best paths: subject, part (key or signature), algorithm, and "
                + "strength in bits of work; the anchor's own signature apart; absent when no strength is known.",
            source: "NIST SP 800-57 part 1 §5.6.1"
        ) { evidence in
            guard evidence.certificates.first != nil else { return evidence.certificates.missing }
            let parts = evidence.certificates.chains.flatMap(PathStrength.parts)
            return parts.min { $0.strength < $1.strength }.map { .value($0.record) } ?? .absent
        }
    ]

    private static let trustQuestions: Set<TLSQuestion> = [.certificate, .certificates, .trust, .extensions]
}

extension TLSEvidence {
    /// What is wrong with the chain of the default handshake.
    fileprivate func judged(_ derive: (ChainJudgement) -> DerivedFact) -> DerivedFact {
        firstChain { chain in chain.judgement.map(derive) ?? .unobserved(.noAnchors) }
    }

    /// The problems of all chains; unobserved when the only doubt is what nobody here can verify or see.
    fileprivate func allProblems(_ derive: ([ChainProblem]) -> DerivedFact) -> DerivedFact {
        guard certificates.first != nil else { return certificates.missing }
        guard let assessed = certificates.assessed else { return .unobserved(.noAnchors) }
        let judgements = assessed.compactMap(\.judgement)
        let problems = ChainProblem.allCases.filter { problem in judgements.contains { $0.problems.contains(problem) } }
        if problems.isEmpty, let open = (judgements.compactMap(\.unverified) + assessed.compactMap(\.unseen)).first {
            return .unobserved(ProbeFailure(.unsupported, open))
        }
        return derive(problems)
    }
}

extension ChainEvidence {
    fileprivate var isOrdered: Bool {
        zip(certificates, certificates.dropFirst()).allSatisfy { certificate, issuer in
            guard let certificate, let issuer else { return false }
            return certificate.mayBeIssued(by: issuer)
        }
    }
}

/// To what kind of anchor a chain leads.
private enum AnchorKind: String, CaseIterable {
    case `public`, `private`, none

    init(_ store: TrustAssessment.Store?, leaf: X509Certificate?) {
        let policies = leaf?.extensions.policies ?? []
        let isPublic = store == .system && !BaselineRequirements.reservedPolicies.isDisjoint(with: policies)
        self = isPublic ? .public : store == nil ? .none : .private
    }
}
