/// An IPv4 or IPv6 address by its bytes, so that two spellings of one address are equal.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes, network order.
    package let bytes: [UInt8]

    /// Reads dotted decimal IPv4 or any form of RFC 4291 §2.2 without brackets and zone; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let bytes = Self.version4(text.utf8) ?? Self.version6(Array(text.utf8)) else { return nil }
        self.bytes = bytes
    }

    package var isVersion6: Bool { bytes.count == 16 }

    /// Whether the first bits of both addresses are the same; false between the two versions.
    package func hasPrefix(_ prefix: IPAddress, bits: Int) -> Bool {
        guard bytes.count == prefix.bytes.count, (0...bytes.count * 8).contains(bits) else { return false }
        let whole = bits / 8
        guard bytes.prefix(whole) == prefix.bytes.prefix(whole) else { return false }
        guard bits % 8 > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (bits % 8))
        return bytes[whole] & mask == prefix.bytes[whole] & mask
    }

    private static func version4(_ text: some Collection<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(isDigit), part.count == 1 || part.first != 0x30,
                let byte = UInt8(String(decoding: part, as: UTF8.self))
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// At most one `::`, which stands for one group of zeros or more.
    private static func version6(_ text: [UInt8]) -> [UInt8]? {
        guard (2...45).contains(text.count) else { return nil }
        let colon = UInt8(ascii: ":")
        guard let gap = text.indices.dropLast().first(where: { text[$0] == colon && text[$0 + 1] == colon }) else {
            guard let bytes = groups(text[...], endsAddress: true), bytes.count == 16 else { return nil }
            return bytes
        }
        guard let head = groups(text[..<gap], endsAddress: false),
            let tail = groups(text[(gap + 2)...], endsAddress: true), head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: ArraySlice<UInt8>, endsAddress: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if endsAddress, index == parts.count - 1, let embedded = version4(part) {
                bytes += embedded
                continue
            }
            guard (1...4).contains(part.count), part.allSatisfy(isHexDigit),
                let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte & 0xDF)
    }
}
