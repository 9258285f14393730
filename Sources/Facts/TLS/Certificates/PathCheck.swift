import WireFormats

/// Checks of a certification path, the leaf first (RFC 5280 §6.1; RFC 9325 §4.5; Baseline Requirements §7.1).
///
/// They are our own because libraries stop at the first problem and leave out SHA-1, purposes and key usage.
struct PathCheck {
    private let path: [X509Certificate]
    private let endsAtAnchor: Bool

    init(_ path: [X509Certificate], endsAtAnchor: Bool) {
        self.path = path
        self.endsAtAnchor = endsAtAnchor
    }

    /// Seconds since 1970: when the first certificate expires.
    var validUntil: Int64 { path.map { $0.notAfter ?? .min / 2 }.min() ?? .min / 2 }

    /// In no order; each may stand several times.
    func problems(at seconds: Int64) -> [ChainProblem] {
        path.flatMap { dates($0, at: seconds) + strength($0) + form($0) } + signatures + purposes + authorities
    }

    private func dates(_ certificate: X509Certificate, at seconds: Int64) -> [ChainProblem] {
        var problems: [ChainProblem] = []
        if let notAfter = certificate.notAfter, notAfter < seconds { problems.append(.expired) }
        if let notBefore = certificate.notBefore, notBefore > seconds { problems.append(.notYetValid) }
        return problems
    }

    private func strength(_ certificate: X509Certificate) -> [ChainProblem] {
        let key = certificate.publicKey
        guard let bits = key.bits else { return [] }
        switch key.type {
        case .rsa, .rsaPSS, .dsa: return bits < 2048 ? [.weakKey] : []
        case .ecdsa: return bits < 224 ? [.weakKey] : []
        case .ed25519, .ed448, .gost, .mlDSA, .slhDSA, .unknown: return []
        }
    }

    private func form(_ certificate: X509Certificate) -> [ChainProblem] {
        var problems: [ChainProblem] = []
        if !certificate.defects.isEmpty { problems.append(.malformed) }
        let extensions = certificate.extensions
        if !extensions.unknownCritical.isEmpty || extensions.isPoisoned { problems.append(.unknownCriticalExtension) }
        return problems
    }

    /// Nobody relies on the signature of an anchor, nor on that of a root over itself.
    private var signatures: [ChainProblem] {
        guard let last = path.last else { return [] }
        let signed = endsAtAnchor || last.isSelfIssued ? path.dropLast() : path[...]
        return signed.contains { $0.signatureAlgorithm.hash.map { $0.strength < 112 } ?? false } ? [.weakSignature] : []
    }

    /// The leaf and the intermediates below the anchor must allow servers (RFC 5280 §4.2.1.12, CA/B §7.1.2.10.6).
    private var purposes: [ChainProblem] {
        let bound = path.count > 1 && endsAtAnchor ? path.dropLast() : path[...]
        let isWrong = bound.contains { certificate in
            guard let purposes = certificate.extensions.extendedKeyUsage else { return false }
            return !purposes.contains("serverAuth") && !purposes.contains("anyExtendedKeyUsage")
        }
        let serving: Set<CertificateExtensions.KeyUsage> = [.digitalSignature, .keyEncipherment, .keyAgreement]
        let serves = path.first?.extensions.keyUsage.map { !serving.isDisjoint(with: $0) } ?? true
        return isWrong || !serves ? [.wrongPurpose] : []
    }

    /// Who issued something must be a CA, within its path length and its name constraints.
    private var authorities: [ChainProblem] {
        var problems: [ChainProblem] = []
        var intermediates = 0
        for (position, authority) in path.enumerated().dropFirst() {
            if !isCA(authority, isAnchor: endsAtAnchor && position == path.count - 1) { problems.append(.notACA) }
            if let limit = authority.extensions.basicConstraints?.pathLength, limit < intermediates {
                problems.append(.pathTooLong)
            }
            if let constraints = authority.extensions.nameConstraints, violates(constraints, below: position) {
                problems.append(.nameConstraints)
            }
            if !authority.isSelfIssued { intermediates += 1 }
        }
        return problems
    }

    /// Anchors from before version 3 say nothing of what they are.
    private func isCA(_ certificate: X509Certificate, isAnchor: Bool) -> Bool {
        if isAnchor, certificate.version < 3 { return true }
        return certificate.extensions.basicConstraints?.isCA == true
            && certificate.extensions.keyUsage?.contains(.keyCertSign) != false
    }

    /// Self-issued intermediates are exempt (RFC 5280 §6.1.3).
    private func violates(_ constraints: NameConstraints, below position: Int) -> Bool {
        path[..<position].enumerated().contains { index, certificate in
            (index == 0 || !certificate.isSelfIssued) && constraints.violation(in: certificate) != nil
        }
    }
}
