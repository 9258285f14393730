import WireFormats

/// What a client of the host has against a chain at an instant.
struct ChainJudgement: Sendable {
    /// In the order of their declaration; empty when the chain is to be trusted.
    private(set) var problems: [ChainProblem]
    /// The store of the path's anchor; nil without a path.
    let anchor: TrustAssessment.Store?
    /// Which signature of the path cannot be verified here, as a sentence fragment.
    let unverified: String?

    mutating func add(_ more: [ChainProblem]) { problems = Self.sorted(problems + more) }

    /// The judgement of the path with the fewest problems, of those the one that stays valid for longest.
    ///
    /// Without a path it is that of the chain as far as it leads; nil when nobody looked for paths.
    static func best(
        of chain: PresentedChain, walk: ChainWalk, certificates: [X509Certificate?], matchesHost: Bool,
        at seconds: Int64
    ) -> (path: [Int], judgement: ChainJudgement)? {
        guard let trust = chain.trust else { return nil }
        let identity: [ChainProblem] = matchesHost ? [] : [.nameMismatch]
        let candidates = trust.paths.prefix(16).compactMap { path -> (CertificationPath, [ChainProblem], Int64)? in
            let members = path.certificates.map { certificates.indices.contains($0) ? certificates[$0] : nil }
            guard !members.isEmpty, members.count <= 50, !members.contains(where: { $0 == nil }) else { return nil }
            let check = PathCheck(members.compactMap { $0 }, endsAtAnchor: true)
            var problems = check.problems(at: seconds)
            if problems.isEmpty, path.objection != nil { problems = [.invalidPath] }
            return (path, problems, check.validUntil)
        }
        guard let best = candidates.min(by: { ($0.1.count, -$0.2) < ($1.1.count, -$1.2) }) else {
            let check = PathCheck(walk.path.compactMap { certificates[$0] }, endsAtAnchor: false)
            let problems = [walk.end] + check.problems(at: seconds) + identity
            return (walk.path, ChainJudgement(problems: sorted(problems), anchor: nil, unverified: nil))
        }
        let judgement = ChainJudgement(
            problems: sorted(best.1 + identity), anchor: best.0.anchor,
            unverified: unverified(best.0, in: trust, certificates))
        return (best.0.certificates, judgement)
    }

    private static func sorted(_ problems: [ChainProblem]) -> [ChainProblem] {
        ChainProblem.allCases.filter(problems.contains)
    }

    private static func unverified(
        _ path: CertificationPath, in trust: TrustAssessment, _ certificates: [X509Certificate?]
    ) -> String? {
        for (certificate, issuer) in zip(path.certificates, path.certificates.dropFirst()) {
            let check = trust.signatures.first { $0.certificate == certificate && $0.issuer == issuer }
            guard check?.verifies != true, let signed = certificates[certificate] else { continue }
            return "the signature \(signed.signatureAlgorithm.name) of \(signed.subject.text) could not be verified"
        }
        return nil
    }
}
