/// A group for the key exchange by its code (IANA, TLS Supported Groups).
package struct NamedGroup: RawRepresentable, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An elliptic curve.
        case curve
        /// Diffie-Hellman modulo a prime (RFC 7919).
        case finiteField = "finite-field"
        /// A key encapsulation mechanism alone: ML-KEM.
        case kem
        /// A curve and a key encapsulation mechanism together.
        case hybrid
        /// A curve that the peer describes itself (RFC 8422 §5.1.1).
        case explicit
    }

    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Every group of the registry, by code.
    package static let all: [NamedGroup] = registry.map { NamedGroup(rawValue: $0.code) }

    /// The groups that a hello of a version may name, by code; none before TLS 1.0, which has no extensions.
    package static func all(in version: ProtocolVersion) -> [NamedGroup] {
        switch version {
        case .ssl2, .ssl3: []
        case .tls10, .tls11, .tls12: tls12Codes.map(NamedGroup.init)
        case .tls13: tls13Codes.map(NamedGroup.init)
        }
    }

    /// IANA's name, `secp256r1`, or the code as `0x1234` when there is none.
    package var name: String { row?.name ?? rawValue.codeText(digits: 4) }

    /// nil for a code that is not in the registry.
    package var kind: Kind? { row?.kind }

    /// Of the prime or the curve's field, of a hybrid those of its curve; nil for ML-KEM alone and unknown groups.
    package var bits: Int? { row.flatMap { $0.bits > 0 ? $0.bits : nil } }

    package var isFiniteField: Bool { kind == .finiteField }

    /// Whether a quantum computer does not break it.
    package var isPostQuantum: Bool { kind == .hybrid || kind == .kem }

    private var row: (code: UInt16, name: String, kind: Kind, bits: Int)? { Self.registry.row(of: rawValue, \.code) }
}
