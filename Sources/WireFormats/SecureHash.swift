/// Digests for fingerprints of certificates and of a page's own style sheet, without a library; not for secrets.
package enum SecureHash {
    /// The message, a one bit, zeros, and the message's length in bits (FIPS 180-4 §5.1.1).
    static func pad(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
        let bits = UInt64(message.count) * 8
        padded += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
        return padded
    }
}
