/// A signature scheme by its code (IANA, TLS SignatureScheme); in TLS 1.2 a hash and a signature, one byte each.
package struct SignatureScheme: RawRepresentable, Sendable, Hashable {
    /// The kind of key that signs, as the certificate names it.
    package enum Key: String, Sendable, Hashable, CaseIterable {
        case rsa
        /// A key that signs with PSS alone (id-RSASSA-PSS, RFC 4055 §1.2).
        case rsaPSS
        case dsa, ecdsa, ed25519, ed448, sm2, gost, mldsa
        /// Identity-based, without a certificate.
        case identity
    }

    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Every scheme of the registry and the legacy pairs, by code.
    package static let all: [SignatureScheme] = registry.map { SignatureScheme(rawValue: $0.code) }

    /// IANA's name, `ecdsa_secp256r1_sha256`, or the code as `0x1234` when there is none.
    package var name: String { Self.registry.row(of: rawValue, \.code)?.name ?? rawValue.codeText(digits: 4) }

    /// nil for a code that is not in the registry.
    package var key: Key? {
        let keys: [(prefix: String, key: Key)] = [
            ("rsa_pkcs1", .rsa), ("rsa_pss_rsae", .rsa), ("rsa_pss_pss", .rsaPSS), ("dsa_", .dsa), ("ecdsa_", .ecdsa),
            ("ed25519", .ed25519), ("ed448", .ed448), ("sm2", .sm2), ("gost", .gost), ("mldsa", .mldsa),
            ("eccsi", .identity), ("iso_", .identity)
        ]
        let name = name
        return keys.first { name.hasPrefix($0.prefix) }?.key
    }
}
