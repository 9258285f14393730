import Facts
import WireFormats

/// Finds the paths from a presented chain, the leaf first, to the anchors of these stores, and checks their signatures.
///
/// Certificates of paths and checked signatures, anchors among them, are added to the capture's table. The work is bounded
/// whatever the chain holds: 100 certificates, 100 signatures, 16 paths of 20.
package func assess(
    chain: [[UInt8]], against stores: [AnchorStore], adding index: inout CertificateIndex
) async -> TrustAssessment {
    let search = PathSearch(chain: chain, stores: stores)
    var paths: [CertificationPath] = []
    for path in search.paths {
        paths.append(
            CertificationPath(
                certificates: path.certificates.map { index.index(of: $0.der) }, anchor: path.store,
                objection: await objection(to: path.certificates)))
    }
    let signatures = search.signatures.map { signature in
        CheckedSignature(
            certificate: index.index(of: signature.certificate.der), issuer: index.index(of: signature.issuer.der),
            verifies: signature.verifies)
    }
    return TrustAssessment(stores: stores.map(\.kind), paths: paths, signatures: signatures)
}
