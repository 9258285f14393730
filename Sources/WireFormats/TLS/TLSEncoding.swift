/// Integers and vectors as TLS writes them (RFC 8446 §3): big-endian, and a vector's length before its content.
extension [UInt8] {
    mutating func append(uint16 value: UInt16) {
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    /// A vector with a length of one byte; what does not fit is left out.
    mutating func append(vector8 content: some Collection<UInt8>) {
        let kept = content.prefix(0xFF)
        append(UInt8(truncatingIfNeeded: kept.count))
        append(contentsOf: kept)
    }

    /// A vector with a length of two bytes; what does not fit is left out.
    mutating func append(vector16 content: some Collection<UInt8>) {
        let kept = content.prefix(0xFFFF)
        append(uint16: UInt16(truncatingIfNeeded: kept.count))
        append(contentsOf: kept)
    }

    /// Numbers of two bytes each, without a length.
    init(uint16s values: some Collection<UInt16>) {
        self = []
        reserveCapacity(2 * values.count)
        for value in values { append(uint16: value) }
    }
}
