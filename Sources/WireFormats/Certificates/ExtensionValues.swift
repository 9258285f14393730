/// The values of single extensions.
extension CertificateExtensions {
    static func octets(_ value: DERElement) -> [UInt8]? {
        value.tag == DERTag.octetString ? Array(value.content) : nil
    }

    /// nil when one of the names is none, or the list is cut.
    static func names(_ value: DERElement) -> [GeneralName]? {
        guard value.tag == DERTag.sequence else { return nil }
        var reader = value.children
        var names: [GeneralName] = []
        while let element = reader.next() {
            guard let name = GeneralName(element) else { return nil }
            names.append(name)
        }
        return reader.isAtEnd ? names : nil
    }

    static func basicConstraints(_ value: DERElement) -> BasicConstraints? {
        guard value.tag == DERTag.sequence else { return nil }
        var fields = value.children
        let isCA = fields.next(DERTag.boolean)?.content.contains { $0 != 0 } ?? false
        let length = fields.next(DERTag.integer)
        return BasicConstraints(isCA: isCA, pathLength: length.map { $0.smallInteger ?? 0 })
    }

    static func keyUsage(_ value: DERElement) -> [KeyUsage]? {
        guard value.tag == DERTag.bitString, let bytes = value.bits.map(Array.init) else { return nil }
        return KeyUsage.allCases.enumerated().filter { index, _ in
            index / 8 < bytes.count && bytes[index / 8] & (0x80 >> UInt8(index % 8)) != 0
        }.map(\.element)
    }

    static func authorityKeyIdentifier(_ value: DERElement) -> AuthorityKeyIdentifier {
        var key: [UInt8]?
        var issuer: DistinguishedName?
        for field in value.children {
            if field.tag == DERTag.implicit(0) { key = Array(field.content) }
            if field.tag == DERTag.explicit(1) {
                for case .directory(let name)? in field.children.prefix(10).map(GeneralName.init) { issuer = name }
            }
        }
        return AuthorityKeyIdentifier(keyIdentifier: key, issuer: issuer)
    }

    /// The addresses of full names (RFC 5280 §4.2.1.13).
    static func distributionPoints(_ value: DERElement) -> [String] {
        value.children.prefix(100).flatMap { point -> [String] in
            let name = point.children.first { $0.tag == DERTag.explicit(0) }?.first
            guard let name, name.tag == DERTag.explicit(0) else { return [] }
            return name.children.prefix(10).filter { $0.tag == DERTag.implicit(6) }.map(\.implicitText)
        }
    }

    /// The addresses of an access method (RFC 5280 §4.2.2.1).
    static func accessURLs(_ value: DERElement, method: String) -> [String] {
        value.children.prefix(100).compactMap { description in
            var parts = description.children
            guard parts.next()?.dotted == method else { return nil }
            return parts.next(DERTag.implicit(6))?.implicitText
        }
    }

    /// Purposes of RFC 5280 §4.2.1.12 and those of servers and of Microsoft and Netscape step-up.
    static let purposes = [
        "2.5.29.37.0": "anyExtendedKeyUsage", "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth",
        "1.3.6.1.5.5.7.3.3": "codeSigning", "1.3.6.1.5.5.7.3.4": "emailProtection",
        "1.3.6.1.5.5.7.3.8": "timeStamping", "1.3.6.1.5.5.7.3.9": "OCSPSigning",
        "1.3.6.1.5.5.7.3.5": "ipsecEndSystem", "1.3.6.1.5.5.7.3.17": "ipsecIKE",
        "1.3.6.1.4.1.311.10.3.3": "msSGC", "2.16.840.1.113730.4.1": "nsSGC",
        "1.3.6.1.4.1.311.20.2.2": "smartcardLogon", "1.3.6.1.5.2.3.5": "kerberosKDC"
    ]
}
