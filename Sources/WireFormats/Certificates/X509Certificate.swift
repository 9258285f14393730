/// A certificate as it was sent (RFC 5280 §4.1), read leniently: odd keys, algorithms and extensions are described, not
/// refused. It says nothing about whether anybody should trust it.
package struct X509Certificate: Sendable {
    package let der: [UInt8]
    /// The part that is signed.
    package let toBeSigned: [UInt8]
    /// 1 to 3; what was written plus one.
    package let version: Int
    /// Two's complement as sent; without the zero that only keeps it positive.
    package let serial: [UInt8]
    package let issuer: DistinguishedName
    package let subject: DistinguishedName
    /// Seconds since 1970, inclusive; nil when it is no date.
    package let notBefore: Int64?
    package let notAfter: Int64?
    package let publicKey: PublicKeyInfo
    package let signatureAlgorithm: CertificateSignatureAlgorithm
    package let signature: [UInt8]
    package let extensions: CertificateExtensions
    /// What breaks the standard although the rest could be read, as sentence fragments.
    package let defects: [String]
    /// Where it departs from the standard in a way that clients do not mind, as sentence fragments.
    package var lapses: [String] {
        // RFC 5280 §4.1.2.6: who has no name but the alternative ones must make everybody read them.
        subject.isEmpty && extensions.names?.isEmpty == false && !extensions.isNamesCritical
            ? ["an empty subject with alternative names that are not critical"] : []
    }

    /// More bytes than this are no certificate.
    package static let longest = 1 << 20

    /// nil when the outline of a certificate cannot be made out.
    package init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        guard der.count <= Self.longest, let certificate = outer.next(DERTag.sequence) else { return nil }
        var parts = certificate.children
        guard let body = parts.next(DERTag.sequence), let algorithm = parts.next(DERTag.sequence),
            let signatureAlgorithm = CertificateSignatureAlgorithm(algorithm),
            let signature = parts.next(DERTag.bitString)
        else { return nil }
        var fields = body.children
        let version = fields.next(DERTag.explicit(0))?.first?.smallInteger ?? 0
        guard let serial = fields.next(DERTag.integer), let innerAlgorithm = fields.next(DERTag.sequence),
            let issuer = fields.next(DERTag.sequence), let validity = fields.next(DERTag.sequence),
            let subject = fields.next(DERTag.sequence), let key = fields.next(DERTag.sequence)
        else { return nil }
        var dates = validity.children
        self.der = der
        toBeSigned = Array(body.encoded)
        self.version = min(version, 254) + 1
        self.serial = Array(
            serial.content.count > 1 && serial.content.first == 0 ? serial.content.dropFirst() : serial.content)
        self.issuer = DistinguishedName(issuer)
        self.subject = DistinguishedName(subject)
        notBefore = dates.next()?.seconds
        notAfter = dates.next()?.seconds
        publicKey = PublicKeyInfo(key)
        self.signatureAlgorithm = signatureAlgorithm
        self.signature = Array(signature.bits ?? [])
        extensions = CertificateExtensions(fields.first { $0.tag == DERTag.explicit(3) }?.first)
        var defects: [String] = []
        if CertificateSignatureAlgorithm(innerAlgorithm) != signatureAlgorithm {
            defects.append("two signature algorithms")
        }
        if notBefore == nil || notAfter == nil { defects.append("a date that is none") }
        if !outer.isAtEnd { defects.append("bytes after its end") }
        self.defects = defects + extensions.malformed.map { "the extension \($0)" }
    }

    /// The encoded subject without reading the rest, to find an issuer among many; nil when it is no certificate.
    package static func subject(of der: [UInt8]) -> ArraySlice<UInt8>? {
        var outer = DERReader(der[...])
        guard var fields = outer.next(DERTag.sequence)?.first?.children else { return nil }
        _ = fields.next(DERTag.explicit(0))
        guard fields.next(DERTag.integer) != nil else { return nil }
        for _ in 0..<3 where fields.next(DERTag.sequence) == nil { return nil }
        return fields.next(DERTag.sequence)?.encoded
    }

    /// Whether subject and issuer are one name; an empty name is nobody's.
    package var isSelfIssued: Bool { subject.der == issuer.der && !subject.isEmpty }

    /// The length of the serial number in bits.
    package var serialBits: Int { serial.drop { $0 == 0 }.bitCount }

    /// Whether the key identifiers, where both state one, let the issuer be this one's.
    package func mayBeIssued(by issuer: X509Certificate) -> Bool {
        guard self.issuer.der == issuer.subject.der else { return false }
        guard let wanted = extensions.authorityKeyIdentifier?.keyIdentifier,
            let given = issuer.extensions.subjectKeyIdentifier
        else { return true }
        return wanted == given
    }
}
