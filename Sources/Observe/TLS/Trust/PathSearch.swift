import Facts
import WireFormats

/// Looks for every path from a leaf to an anchor through the certificates that a server presented.
///
/// The library's path builder is not used for this: it stops at the first path, cannot read many keys, and lets a server
/// that cross-signs its own authorities keep it busy for ever. Here the work is bounded.
struct PathSearch {
    /// A certificate with its encoding's place in the search's own table.
    private struct Candidate {
        let place: Int
        let certificate: X509Certificate
    }

    /// A certification path, the leaf first.
    struct Path {
        let certificates: [X509Certificate]
        let store: TrustAssessment.Store
    }

    struct Signature {
        let certificate: X509Certificate
        let issuer: X509Certificate
        let verifies: Bool?
    }

    private struct Pair: Hashable {
        let certificate: Int
        let issuer: Int
    }

    private(set) var paths: [Path] = []
    private(set) var signatures: [Signature] = []

    private let stores: [AnchorStore]
    private var places: [[UInt8]: Int] = [:]
    private var presented: [Candidate] = []
    private var checked: [Pair: Bool?] = [:]
    private var found: Set<[Int]> = []

    private static let mostPaths = 16
    private static let longestPath = 20
    /// Partial paths that are looked at.
    private static let mostSteps = 500
    private static let mostSignatures = 100
    private static let mostPresented = 100

    init(chain: [[UInt8]], stores: [AnchorStore]) {
        self.stores = stores
        for der in chain.prefix(Self.mostPresented) where places[der] == nil {
            if let candidate = candidate(der) { presented.append(candidate) }
        }
        guard let first = chain.first, let leaf = presented.first, leaf.certificate.der == first else { return }
        search(from: leaf)
    }

    private mutating func candidate(_ der: [UInt8]) -> Candidate? {
        guard let certificate = X509Certificate(der: der) else { return nil }
        let place = places[der] ?? places.count
        places[der] = place
        return Candidate(place: place, certificate: certificate)
    }

    private mutating func search(from leaf: Candidate) {
        if let store = stores.first(where: { $0.contains(leaf.certificate) }) { record([leaf], store.kind) }
        if leaf.certificate.isSelfIssued { _ = isSigned(leaf, by: leaf) }
        var partial = [[leaf]]
        var steps = 0
        while let path = partial.popLast(), let tip = path.last, paths.count < Self.mostPaths, steps < Self.mostSteps {
            steps += 1
            for (anchor, store) in anchors(for: tip) where extends(path, anchor) { record(path + [anchor], store) }
            guard path.count < Self.longestPath - 1 else { continue }
            let issuers = presented.filter { $0.certificate.subject.der == tip.certificate.issuer.der }
            // The last one pushed is looked at first.
            for issuer in preferred(issuers, for: tip).reversed() where extends(path, issuer) {
                partial.append(path + [issuer])
            }
        }
    }

    private mutating func record(_ path: [Candidate], _ store: TrustAssessment.Store) {
        guard paths.count < Self.mostPaths, found.insert(path.map(\.place)).inserted else { return }
        paths.append(Path(certificates: path.map(\.certificate), store: store))
    }

    private mutating func anchors(for tip: Candidate) -> [(Candidate, TrustAssessment.Store)] {
        var anchors: [(Candidate, TrustAssessment.Store)] = []
        for store in stores {
            let named = store.anchors(named: tip.certificate.issuer.der).prefix(Self.mostPaths)
            let candidates = named.compactMap { candidate($0) }
            anchors += preferred(candidates, for: tip).map { ($0, store.kind) }
        }
        return anchors
    }

    /// Those whose key identifier is the one that the certificate names come first.
    private func preferred(_ issuers: [Candidate], for tip: Candidate) -> [Candidate] {
        let (likely, others) = (
            issuers.filter { tip.certificate.mayBeIssued(by: $0.certificate) },
            issuers.filter { !tip.certificate.mayBeIssued(by: $0.certificate) }
        )
        return likely + others
    }

    /// Whether the issuer signed the path's end and neither it nor another certificate of its name and key is in the path
    /// (RFC 4158 §5.2).
    private mutating func extends(_ path: [Candidate], _ issuer: Candidate) -> Bool {
        let isLoop = path.contains {
            $0.place == issuer.place
                || $0.certificate.subject == issuer.certificate.subject
                    && $0.certificate.publicKey.der == issuer.certificate.publicKey.der
        }
        guard !isLoop, let tip = path.last else { return false }
        return isSigned(tip, by: issuer) != false
    }

    /// false also when too many signatures were checked already.
    private mutating func isSigned(_ certificate: Candidate, by issuer: Candidate) -> Bool? {
        let pair = Pair(certificate: certificate.place, issuer: issuer.place)
        if let known = checked[pair] { return known }
        guard checked.count < Self.mostSignatures else { return false }
        let verifies = certificate.certificate.isSigned(by: issuer.certificate)
        checked[pair] = .some(verifies)
        signatures.append(
            Signature(certificate: certificate.certificate, issuer: issuer.certificate, verifies: verifies))
        return verifies
    }
}
