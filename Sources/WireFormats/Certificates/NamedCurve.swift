/// Curves of ECDSA keys by their identifiers (RFC 5480 §2.1.1.1, SEC 2, RFC 5639).
enum NamedCurve {
    /// Name and field size in bits of the curve that the parameters name; nil bits when nothing tells them.
    static func read(_ parameters: DERElement?, key: [UInt8]) -> (name: String, bits: Int?)? {
        guard let parameters else { return nil }
        if let identifier = parameters.dotted {
            return known[identifier] ?? (identifier, pointBits(key))
        }
        guard parameters.tag == DERTag.sequence else { return nil }
        // SpecifiedECDomain (SEC 1 §C.2): the version, then the field with its type and its prime.
        var fields = parameters.children
        _ = fields.next(DERTag.integer)
        let prime = fields.next(DERTag.sequence)?.children.first { $0.tag == DERTag.integer }
        return ("explicit", prime?.magnitude.bitCount ?? pointBits(key))
    }

    /// From an uncompressed or compressed point, in whole bytes.
    private static func pointBits(_ key: [UInt8]) -> Int? {
        switch key.first {
        case 4: (key.count - 1) / 2 * 8
        case 2, 3: (key.count - 1) * 8
        default: nil
        }
    }

    private static let known: [String: (name: String, bits: Int?)] = {
        var curves: [String: (name: String, bits: Int?)] = [
            "1.2.840.10045.3.1.1": ("P-192", 192), "1.3.132.0.33": ("P-224", 224),
            "1.2.840.10045.3.1.7": ("P-256", 256), "1.3.132.0.34": ("P-384", 384), "1.3.132.0.35": ("P-521", 521),
            "1.3.132.0.8": ("secp160r1", 160), "1.3.132.0.9": ("secp160k1", 160), "1.3.132.0.31": ("secp192k1", 192),
            "1.3.132.0.32": ("secp224k1", 224), "1.3.132.0.10": ("secp256k1", 256),
            "1.3.132.0.26": ("sect233k1", 233), "1.3.132.0.27": ("sect233r1", 233),
            "1.3.132.0.16": ("sect283k1", 283), "1.3.132.0.17": ("sect283r1", 283),
            "1.3.132.0.36": ("sect409k1", 409), "1.3.132.0.37": ("sect409r1", 409),
            "1.3.132.0.38": ("sect571k1", 571), "1.3.132.0.39": ("sect571r1", 571),
            "1.2.156.10197.1.301": ("SM2", 256)
        ]
        for (index, bits) in [160, 192, 224, 256, 320, 384, 512].enumerated() {
            curves["1.3.36.3.3.2.8.1.1.\(2 * index + 1)"] = ("brainpoolP\(bits)r1", bits)
            curves["1.3.36.3.3.2.8.1.1.\(2 * index + 2)"] = ("brainpoolP\(bits)t1", bits)
        }
        return curves
    }()
}
