import WireFormats

/// How far a presented chain leads from its leaf by itself, and why it ends there.
struct ChainWalk: Sendable {
    /// Indices into the capture's certificates; empty when the leaf cannot be read.
    private(set) var path: [Int] = []
    private(set) var end: ChainProblem = .malformed

    private let chain: PresentedChain
    private let certificates: [X509Certificate?]

    init(_ chain: PresentedChain, certificates: [X509Certificate?]) {
        self.chain = chain
        self.certificates = certificates
        guard var tip = chain.certificates.first, certificate(tip) != nil else { return }
        path = [tip]
        while let next = issuer(of: tip) {
            path.append(next)
            tip = next
        }
        end = self.end(at: tip)
    }

    /// Whether the leaf is its own issuer, as far as one can tell.
    var isSelfSigned: Bool { path.first.map(isSelfSigned) ?? false }

    /// A longer path than this is of no use to any client.
    private static let longest = 20

    private func certificate(_ index: Int) -> X509Certificate? {
        certificates.indices.contains(index) ? certificates[index] : nil
    }

    private func isSelfSigned(_ index: Int) -> Bool {
        guard let certificate = certificate(index) else { return false }
        return certificate.isSelfIssued && certificate.mayBeIssued(by: certificate) && verifies(index, index) != false
    }

    /// What was found out about a signature; nil when it was not checked, or could not be.
    private func verifies(_ certificate: Int, _ issuer: Int) -> Bool? {
        chain.trust?.signatures.first { $0.certificate == certificate && $0.issuer == issuer }?.verifies
    }

    /// The presented issuer of a certificate; one whose signature does not verify is none.
    private func issuer(of index: Int) -> Int? {
        guard path.count < Self.longest, !isSelfSigned(index) else { return nil }
        return candidates(for: index).first { verifies(index, $0) != false }
    }

    /// Presented certificates that could have issued this one, each once.
    private func candidates(for index: Int) -> [Int] {
        guard let certificate = certificate(index) else { return [] }
        return chain.certificates.prefix(200).filter { candidate in
            !path.contains(candidate) && (self.certificate(candidate).map(certificate.mayBeIssued(by:)) ?? false)
        }
    }

    /// Why the chain leads no further than to this certificate.
    private func end(at index: Int) -> ChainProblem {
        guard let certificate = certificate(index) else { return .malformed }
        let isLeaf = path.count == 1
        if isSelfSigned(index) { return isLeaf ? .selfSigned : .unknownIssuer }
        if hasForgedIssuer(index) { return .badSignature }
        // The name of the issuer's issuer, where it is stated, says whether the issuer is a root.
        if let grandparent = certificate.extensions.authorityKeyIdentifier?.issuer {
            return grandparent.der == certificate.issuer.der ? .unknownIssuer : .incomplete
        }
        // A root is not sent, so an intermediate without an issuer is the end of a whole chain. A leaf is hardly ever
        // issued by a root: it lacks its intermediate if it says where to get it, if other certificates came with it,
        // or if the anchors that a person gave for it do not hold its issuer.
        guard isLeaf else { return .unknownIssuer }
        let isIncomplete =
            !certificate.extensions.caIssuersURLs.isEmpty || Set(chain.certificates).count > 1
            || chain.trust?.stores.contains(.file) == true
        return isIncomplete ? .incomplete : .unknownIssuer
    }

    /// Whether every certificate that claims to have issued this one has not.
    private func hasForgedIssuer(_ index: Int) -> Bool {
        guard let certificate = certificate(index), let signatures = chain.trust?.signatures else { return false }
        return signatures.contains { signature in
            signature.certificate == index && signature.verifies == false
                && (self.certificate(signature.issuer).map(certificate.mayBeIssued(by:)) ?? false)
        }
    }
}
