/// The key of a certificate's subject (RFC 5280 §4.1.2.7), of whatever algorithm.
package struct PublicKeyInfo: Sendable, Hashable {
    /// The raw value is its name in facts.
    package enum KeyType: String, Sendable, Hashable, CaseIterable {
        case rsa
        /// An RSA key for RSASSA-PSS alone (RFC 4055 §1.2).
        case rsaPSS = "rsa-pss"
        case ecdsa, ed25519, ed448, dsa, gost
        case mlDSA = "ml-dsa"
        case slhDSA = "slh-dsa"
        case unknown
    }

    package let type: KeyType
    /// The length of the modulus, of the curve's field or of the prime; of the encoded key for ML-DSA and SLH-DSA.
    package let bits: Int?
    /// `P-256`, `brainpoolP384r1`; dotted for an unknown one, `explicit` for parameters in full.
    package let curve: String?
    /// The algorithm between dots; empty when it cannot be read.
    package let identifier: String
    /// The SubjectPublicKeyInfo.
    package let der: [UInt8]
    /// The key itself, as its algorithm encodes it.
    package let key: [UInt8]

    init(_ element: DERElement) {
        var fields = element.children
        let algorithm = fields.next()
        var parts = algorithm?.children
        identifier = parts?.next()?.dotted ?? ""
        let parameters = parts?.next()
        der = Array(element.encoded)
        key = Array(fields.next(DERTag.bitString)?.bits ?? [])
        type = Self.types[identifier] ?? .unknown
        let curve = type == .ecdsa ? NamedCurve.read(parameters, key: key) : nil
        self.curve = curve?.name
        bits = type == .ecdsa ? curve?.bits : Self.bits(type, identifier: identifier, key: key, parameters)
    }

    private static func bits(_ type: KeyType, identifier: String, key: [UInt8], _ parameters: DERElement?) -> Int? {
        switch type {
        case .rsa, .rsaPSS:
            var reader = DERReader(key[...])
            return reader.next(DERTag.sequence)?.first?.magnitude.bitCount
        case .dsa: return parameters?.first?.magnitude.bitCount
        case .ed25519: return 256
        case .ed448: return 456
        case .gost: return identifier.hasSuffix(".2") ? 512 : 256
        case .mlDSA, .slhDSA: return key.count * 8
        case .ecdsa, .unknown: return nil
        }
    }

    /// Bits of work to break the key (NIST SP 800-57 part 1 §5.6.1); nil when it cannot be said.
    package var strength: Int? {
        guard let bits else { return nil }
        switch type {
        case .rsa, .rsaPSS, .dsa: return Self.factoringStrengths.last { $0.bits <= bits }?.strength ?? 0
        case .ecdsa, .gost: return bits / 2
        case .ed25519: return 128
        case .ed448: return 224
        case .mlDSA: return Self.latticeStrengths[identifier]
        case .slhDSA: return key.count * 4
        case .unknown: return nil
        }
    }

    private static let factoringStrengths: [(bits: Int, strength: Int)] = [
        (512, 56), (1024, 80), (2048, 112), (3072, 128), (4096, 140), (7680, 192), (15_360, 256)
    ]

    private static let latticeStrengths = [
        "2.16.840.1.101.3.4.3.17": 128, "2.16.840.1.101.3.4.3.18": 192, "2.16.840.1.101.3.4.3.19": 256
    ]

    private static let types: [String: KeyType] = {
        var types: [String: KeyType] = [
            "1.2.840.113549.1.1.1": .rsa, "1.2.840.113549.1.1.10": .rsaPSS, "1.2.840.10045.2.1": .ecdsa,
            "1.3.101.112": .ed25519, "1.3.101.113": .ed448, "1.2.840.10040.4.1": .dsa, "1.2.643.2.2.19": .gost,
            "1.2.643.7.1.1.1.1": .gost, "1.2.643.7.1.1.1.2": .gost
        ]
        // Keys of FIPS 204 and 205 are named by the identifiers of their signatures (RFC 9881, RFC 9909).
        for arc in 17...19 { types["2.16.840.1.101.3.4.3.\(arc)"] = .mlDSA }
        for arc in 20...31 { types["2.16.840.1.101.3.4.3.\(arc)"] = .slhDSA }
        return types
    }()
}

extension ArraySlice<UInt8> {
    /// The length in bits of a number without leading zero bytes.
    var bitCount: Int { first.map { count * 8 - $0.leadingZeroBitCount } ?? 0 }
}
