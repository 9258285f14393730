import WireFormats

/// The table of distinct certificates of one capture: chains and paths name them by their place in it.
package struct CertificateIndex: Sendable {
    /// The capture's `certificates`.
    package private(set) var base64: [String] = []
    private var places: [[UInt8]: Int] = [:]

    /// The table of these certificates, which differ, in their order.
    package init(_ certificates: [[UInt8]] = []) {
        for certificate in certificates { _ = index(of: certificate) }
    }

    /// The place of a certificate, which is added when it is new.
    package mutating func index(of der: [UInt8]) -> Int {
        if let place = places[der] { return place }
        places[der] = base64.count
        base64.append(Base64.encode(der))
        return base64.count - 1
    }
}
