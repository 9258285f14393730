/// Codes that mean nothing and that every peer must ignore (RFC 8701).
package enum GREASE {
    /// For suites, groups, extensions, signature schemes and versions: 0x0A0A, 0x1A1A and so on to 0xFAFA.
    package static let values: [UInt16] = (0..<16).map { 0x0A0A + $0 * 0x1010 }

    package static func isReserved(_ value: UInt16) -> Bool { value & 0x0F0F == 0x0A0A && value >> 8 == value & 0xFF }
}
