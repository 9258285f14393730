/// How a certificate is signed (RFC 5280 §4.1.1.2, RFC 4055, RFC 5758, RFC 8410, RFC 9881).
package struct CertificateSignatureAlgorithm: Sendable, Hashable {
    package enum Scheme: Sendable, Hashable {
        case rsaPKCS1
        /// RSASSA-PSS (RFC 4055 §3.1): the length of the salt in bytes, and the hash of the mask.
        case rsaPSS(salt: Int, mask: HashAlgorithm)
        case ecdsa, dsa, ed25519, ed448, mlDSA, slhDSA, gost, sm2
        case unknown
    }

    /// Between dots.
    package let identifier: String
    package let scheme: Scheme
    /// nil when the scheme has its own, or it is not known.
    package let hash: HashAlgorithm?
    /// `sha256WithRSAEncryption`, `ecdsa-with-SHA384`, `RSASSA-PSS with SHA-256`; dotted when it is not known.
    package let name: String
    /// Two algorithms are the same when these are.
    private let der: [UInt8]

    /// nil when the element is no AlgorithmIdentifier.
    init?(_ element: DERElement) {
        var fields = element.children
        guard let identifier = fields.next()?.dotted else { return nil }
        self.identifier = identifier
        der = Array(element.encoded)
        if identifier == "1.2.840.113549.1.1.10" {
            let parameters = Self.pssParameters(fields.next())
            scheme = parameters.map { .rsaPSS(salt: $0.salt, mask: $0.mask) } ?? .unknown
            hash = parameters?.hash
            name = "RSASSA-PSS with \(parameters?.hash.rawValue ?? "an unknown hash")"
        } else {
            let known = Self.known[identifier]
            (name, scheme, hash) = (known?.0 ?? identifier, known?.1 ?? .unknown, known?.2)
        }
    }

    /// Defaults are those of RFC 4055 §3.1: SHA-1, MGF1 with SHA-1, 20 bytes of salt.
    private static func pssParameters(
        _ element: DERElement?
    ) -> (hash: HashAlgorithm, mask: HashAlgorithm, salt: Int)? {
        guard let element, element.tag == DERTag.sequence else { return (.sha1, .sha1, 20) }
        var hash: HashAlgorithm? = .sha1
        var mask: HashAlgorithm? = .sha1
        var salt: Int? = 20
        for field in element.children {
            switch field.tag {
            case DERTag.explicit(0): hash = algorithm(field.first)
            case DERTag.explicit(1): mask = algorithm(field.first?.children.dropFirst().first { _ in true })
            case DERTag.explicit(2): salt = field.first?.smallInteger
            default: break
            }
        }
        guard let hash, let mask, let salt else { return nil }
        return (hash, mask, salt)
    }

    private static func algorithm(_ element: DERElement?) -> HashAlgorithm? {
        element?.first?.dotted.flatMap(HashAlgorithm.init(identifier:))
    }

    private static let known: [String: (String, Scheme, HashAlgorithm?)] = rsa.merging(others) { first, _ in first }

    private static let rsa: [String: (String, Scheme, HashAlgorithm?)] = [
        "1.2.840.113549.1.1.2": ("md2WithRSAEncryption", .rsaPKCS1, .md2),
        "1.2.840.113549.1.1.3": ("md4WithRSAEncryption", .rsaPKCS1, .md4),
        "1.2.840.113549.1.1.4": ("md5WithRSAEncryption", .rsaPKCS1, .md5),
        "1.2.840.113549.1.1.5": ("sha1WithRSAEncryption", .rsaPKCS1, .sha1),
        "1.3.14.3.2.29": ("sha1WithRSAEncryption", .rsaPKCS1, .sha1),
        "1.2.840.113549.1.1.14": ("sha224WithRSAEncryption", .rsaPKCS1, .sha224),
        "1.2.840.113549.1.1.11": ("sha256WithRSAEncryption", .rsaPKCS1, .sha256),
        "1.2.840.113549.1.1.12": ("sha384WithRSAEncryption", .rsaPKCS1, .sha384),
        "1.2.840.113549.1.1.13": ("sha512WithRSAEncryption", .rsaPKCS1, .sha512),
        "1.2.840.113549.1.1.16": ("sha512-256WithRSAEncryption", .rsaPKCS1, .sha512Half),
        "2.16.840.1.101.3.4.3.13": ("rsassa-pkcs1-v1_5-with-sha3-224", .rsaPKCS1, .sha3of224),
        "2.16.840.1.101.3.4.3.14": ("rsassa-pkcs1-v1_5-with-sha3-256", .rsaPKCS1, .sha3of256),
        "2.16.840.1.101.3.4.3.15": ("rsassa-pkcs1-v1_5-with-sha3-384", .rsaPKCS1, .sha3of384),
        "2.16.840.1.101.3.4.3.16": ("rsassa-pkcs1-v1_5-with-sha3-512", .rsaPKCS1, .sha3of512)
    ]

    private static let others: [String: (String, Scheme, HashAlgorithm?)] = [
        "1.2.840.10045.4.1": ("ecdsa-with-SHA1", .ecdsa, .sha1),
        "1.2.840.10045.4.3.1": ("ecdsa-with-SHA224", .ecdsa, .sha224),
        "1.2.840.10045.4.3.2": ("ecdsa-with-SHA256", .ecdsa, .sha256),
        "1.2.840.10045.4.3.3": ("ecdsa-with-SHA384", .ecdsa, .sha384),
        "1.2.840.10045.4.3.4": ("ecdsa-with-SHA512", .ecdsa, .sha512),
        "2.16.840.1.101.3.4.3.9": ("ecdsa-with-SHA3-224", .ecdsa, .sha3of224),
        "2.16.840.1.101.3.4.3.10": ("ecdsa-with-SHA3-256", .ecdsa, .sha3of256),
        "2.16.840.1.101.3.4.3.11": ("ecdsa-with-SHA3-384", .ecdsa, .sha3of384),
        "2.16.840.1.101.3.4.3.12": ("ecdsa-with-SHA3-512", .ecdsa, .sha3of512),
        "1.2.840.10040.4.3": ("dsa-with-SHA1", .dsa, .sha1),
        "2.16.840.1.101.3.4.3.1": ("dsa-with-SHA224", .dsa, .sha224),
        "2.16.840.1.101.3.4.3.2": ("dsa-with-SHA256", .dsa, .sha256),
        "2.16.840.1.101.3.4.3.3": ("dsa-with-SHA384", .dsa, .sha384),
        "2.16.840.1.101.3.4.3.4": ("dsa-with-SHA512", .dsa, .sha512),
        "1.3.101.112": ("Ed25519", .ed25519, nil), "1.3.101.113": ("Ed448", .ed448, nil),
        "2.16.840.1.101.3.4.3.17": ("ML-DSA-44", .mlDSA, nil), "2.16.840.1.101.3.4.3.18": ("ML-DSA-65", .mlDSA, nil),
        "2.16.840.1.101.3.4.3.19": ("ML-DSA-87", .mlDSA, nil),
        "2.16.840.1.101.3.4.3.20": ("SLH-DSA-SHA2-128s", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.21": ("SLH-DSA-SHA2-128f", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.22": ("SLH-DSA-SHA2-192s", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.23": ("SLH-DSA-SHA2-192f", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.24": ("SLH-DSA-SHA2-256s", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.25": ("SLH-DSA-SHA2-256f", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.26": ("SLH-DSA-SHAKE-128s", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.27": ("SLH-DSA-SHAKE-128f", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.28": ("SLH-DSA-SHAKE-192s", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.29": ("SLH-DSA-SHAKE-192f", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.30": ("SLH-DSA-SHAKE-256s", .slhDSA, nil),
        "2.16.840.1.101.3.4.3.31": ("SLH-DSA-SHAKE-256f", .slhDSA, nil),
        "1.2.643.7.1.1.3.2": ("gost2012-256", .gost, .streebog256),
        "1.2.643.7.1.1.3.3": ("gost2012-512", .gost, .streebog512), "1.2.643.2.2.3": ("gost2001", .gost, nil),
        "1.2.156.10197.1.501": ("SM2-with-SM3", .sm2, .sm3)
    ]
}
