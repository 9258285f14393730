import Facts

extension TLSCapture {
    /// Finds the paths of each chain to trust anchors.
    ///
    /// - Parameter certificates: The capture's own in DER; those of paths are added to it.
    mutating func assessTrust(_ certificates: [[UInt8]], in context: ProbeContext) async {
        var index = CertificateIndex()
        for certificate in certificates { _ = index.index(of: certificate) }
        let stores = AnchorStore.stores(extra: context.extraTrustAnchors)
        for place in chains.indices {
            let chain = chains[place].certificates.map { certificates[$0] }
            chains[place].trust = await assess(chain: chain, against: stores, adding: &index)
        }
        self.certificates = index.base64
    }
}
