import AuditModel
import CertificateFixtures
import WireFormats

/// A certificate of which only what guidelines look at matters.
struct SampleLeaf {
    enum Key {
        case rsa(bits: Int)
        /// The identifier of the curve, and the length of its field in bytes.
        case curve(String, bytes: Int)
        case ed25519
    }

    var key = Key.curve("1.2.840.10045.3.1.7", bytes: 32)
    /// ecdsa-with-SHA256.
    var signature = "1.2.840.10045.4.3.2"
    var days: Int64 = 90

    /// DER in Base64.
    var text: String {
        var template = CertificateTemplate()
        let begin = Instant(seconds: 1_798_761_600)
        template.algorithm = DER.sequence(DER.identifier(signature))
        template.key = encodedKey
        template.notBefore = time(begin)
        // Both ends count.
        template.notAfter = time(begin.adding(seconds: days * 86_400 - 1))
        return Base64.encode(template.der)
    }

    private var encodedKey: [UInt8] {
        switch key {
        case .rsa(let bits):
            let modulus: [UInt8] = [0x80] + Array(repeating: 1, count: bits / 8 - 1)
            return DER.sequence(
                DER.sequence(DER.identifier("1.2.840.113549.1.1.1"), DER.element(0x05)),
                DER.bits(DER.sequence(DER.integer(modulus), DER.integer([1, 0, 1]))))
        case .curve(let curve, let bytes):
            return DER.sequence(
                DER.sequence(DER.identifier("1.2.840.10045.2.1"), DER.identifier(curve)),
                DER.bits([4] + Array(repeating: 1, count: 2 * bytes)))
        case .ed25519:
            return DER.sequence(
                DER.sequence(DER.identifier("1.3.101.112")), DER.bits(Array(repeating: 0, count: 32)))
        }
    }

    private func time(_ instant: Instant) -> [UInt8] {
        DER.time(String(instant.iso8601.filter(\.isNumber).prefix(14)) + "Z")
    }
}
