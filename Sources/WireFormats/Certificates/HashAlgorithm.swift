/// A hash function inside a signature; the raw value is its usual name.
package enum HashAlgorithm: String, Sendable, Hashable {
    case md2 = "MD2"
    case md4 = "MD4"
    case md5 = "MD5"
    case sha1 = "SHA-1"
    case sha224 = "SHA-224"
    case sha256 = "SHA-256"
    case sha384 = "SHA-384"
    case sha512 = "SHA-512"
    case sha512Half = "SHA-512/256"
    case sha3of224 = "SHA3-224"
    case sha3of256 = "SHA3-256"
    case sha3of384 = "SHA3-384"
    case sha3of512 = "SHA3-512"
    case sm3 = "SM3"
    case streebog256 = "Streebog-256"
    case streebog512 = "Streebog-512"

    /// Bits of work to find two inputs with one digest, attacks included (NIST SP 800-57 part 1 §5.6.1).
    package var strength: Int {
        switch self {
        case .md2, .md4, .md5: 18
        case .sha1: 61
        case .sha224, .sha3of224: 112
        case .sha256, .sha512Half, .sha3of256, .sm3, .streebog256: 128
        case .sha384, .sha3of384: 192
        case .sha512, .sha3of512, .streebog512: 256
        }
    }

    /// The hash function of an AlgorithmIdentifier.
    init?(identifier: String) {
        guard let algorithm = Self.byIdentifier[identifier] else { return nil }
        self = algorithm
    }

    private static let byIdentifier: [String: HashAlgorithm] = [
        "1.2.840.113549.2.2": .md2, "1.2.840.113549.2.4": .md4, "1.2.840.113549.2.5": .md5, "1.3.14.3.2.26": .sha1,
        "2.16.840.1.101.3.4.2.4": .sha224, "2.16.840.1.101.3.4.2.1": .sha256, "2.16.840.1.101.3.4.2.2": .sha384,
        "2.16.840.1.101.3.4.2.3": .sha512, "2.16.840.1.101.3.4.2.6": .sha512Half,
        "2.16.840.1.101.3.4.2.7": .sha3of224, "2.16.840.1.101.3.4.2.8": .sha3of256,
        "2.16.840.1.101.3.4.2.9": .sha3of384, "2.16.840.1.101.3.4.2.10": .sha3of512
    ]
}
