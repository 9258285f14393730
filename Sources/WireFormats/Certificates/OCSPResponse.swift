/// An OCSP response as a server staples it (RFC 6960 §4.2.1); its signature is not verified.
package struct OCSPResponse: Sendable, Hashable {
    /// The raw value is its name in facts.
    package enum Status: Int, Sendable, Hashable {
        case successful, malformedRequest, internalError, tryLater
        case signatureRequired = 5
        case unauthorized
    }

    package enum CertificateStatus: String, Sendable, Hashable, CaseIterable {
        case good, revoked, unknown
    }

    /// What is said of one certificate.
    package struct Single: Sendable, Hashable {
        package let hash: HashAlgorithm?
        package let issuerNameHash: [UInt8]
        package let issuerKeyHash: [UInt8]
        package let serial: [UInt8]
        package let status: CertificateStatus
        /// Seconds since 1970.
        package let revokedAt: Int64?
        package let thisUpdate: Int64?
        package let nextUpdate: Int64?
        package let timestamps: SignedCertificateTimestampList?
    }

    package let status: Status
    /// Seconds since 1970; nil when the response holds nothing but a status.
    package let producedAt: Int64?
    package let responses: [Single]

    /// nil when the bytes are no response, or one that is not of the basic type.
    package init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        guard der.count <= X509Certificate.longest, var fields = outer.next(DERTag.sequence)?.children,
            let status = fields.next(DERTag.enumerated)?.smallInteger.flatMap(Status.init)
        else { return nil }
        self.status = status
        guard status == .successful else {
            (producedAt, responses) = (nil, [])
            return
        }
        guard let data = Self.responseData(fields.next(DERTag.explicit(0))) else { return nil }
        var parts = data.children
        _ = parts.next(DERTag.explicit(0))
        guard parts.next() != nil, let producedAt = parts.next()?.seconds, let list = parts.next(DERTag.sequence) else {
            return nil
        }
        self.producedAt = producedAt
        responses = list.children.prefix(Self.most).compactMap(Single.init)
        guard !responses.isEmpty else { return nil }
    }

    /// More answers than this are not read.
    private static let most = 100

    /// The tbsResponseData of a response of the type id-pkix-ocsp-basic.
    private static func responseData(_ element: DERElement?) -> DERElement? {
        guard var fields = element?.first?.children, fields.next()?.dotted == "1.3.6.1.5.5.7.48.1.1" else { return nil }
        return fields.next(DERTag.octetString)?.first?.first
    }

    /// What is said of this certificate, by its serial number and its issuer's name, and key where it is known.
    package func single(for certificate: X509Certificate, issuer: X509Certificate?) -> Single? {
        responses.first { $0.names(certificate, issuer: issuer) }
    }
}

extension OCSPResponse.Single {
    init?(_ element: DERElement) {
        var fields = element.children
        guard var identifier = fields.next(DERTag.sequence)?.children,
            let algorithm = identifier.next(DERTag.sequence), let name = identifier.next(DERTag.octetString),
            let key = identifier.next(DERTag.octetString), let serial = identifier.next(DERTag.integer),
            let state = fields.next(), let status = Self.statuses[state.tag], let thisUpdate = fields.next()
        else { return nil }
        hash = algorithm.first?.dotted.flatMap(HashAlgorithm.init(identifier:))
        issuerNameHash = Array(name.content)
        issuerKeyHash = Array(key.content)
        self.serial = Array(serial.magnitude)
        self.status = status
        revokedAt = status == .revoked ? state.first?.seconds : nil
        self.thisUpdate = thisUpdate.seconds
        nextUpdate = fields.next(DERTag.explicit(0))?.first?.seconds
        timestamps = Self.timestamps(fields.next(DERTag.explicit(1))?.first)
    }

    private static let statuses: [UInt8: OCSPResponse.CertificateStatus] = [
        DERTag.implicit(0): .good, DERTag.explicit(1): .revoked, DERTag.implicit(2): .unknown
    ]

    /// RFC 6962 §3.3: an extension of the single response.
    private static func timestamps(_ extensions: DERElement?) -> SignedCertificateTimestampList? {
        for field in extensions?.children ?? DERReader([]) {
            var parts = field.children
            guard parts.next()?.dotted == "1.3.6.1.4.1.11129.2.4.5" else { continue }
            let value = parts.first { $0.tag == DERTag.octetString }?.first
            return value.flatMap { SignedCertificateTimestampList(Array($0.content)) }
        }
        return nil
    }

    fileprivate func names(_ certificate: X509Certificate, issuer: X509Certificate?) -> Bool {
        guard serial[...] == certificate.serial.drop(while: { $0 == 0 }) else { return false }
        let digest: ([UInt8]) -> [UInt8]
        switch hash {
        case .sha1: digest = SecureHash.sha1
        case .sha256: digest = SecureHash.sha256
        default: return true
        }
        return issuerNameHash == digest(certificate.issuer.der)
            && issuer.map { issuerKeyHash == digest($0.publicKey.key) } ?? true
    }
}
