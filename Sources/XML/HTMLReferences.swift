/// Character references in attributes: `&amp;`, `&#39;`, `&#x27;` (HTML §13.2.5.72).
enum HTMLReferences {
    /// The text with references resolved; what is no reference stays as it is.
    static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.first {
            if byte == UInt8(ascii: "&"), let (text, length) = reference(rest.dropFirst()) {
                output += Array(text.utf8)
                rest = rest.dropFirst(1 + length)
            } else {
                output.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// What a reference stands for, and how many bytes it has behind the ampersand.
    private static func reference(_ bytes: ArraySlice<UInt8>) -> (String, Int)? {
        if bytes.first == UInt8(ascii: "#") { return numeric(bytes) }
        let name = bytes.prefix(longestName + 1).prefix { isAlphanumeric($0) }
        guard !name.isEmpty, let found = named[String(decoding: name, as: UTF8.self)] else { return nil }
        let next = bytes.dropFirst(name.count).first
        if next == UInt8(ascii: ";") { return (found.text, name.count + 1) }
        // Old names go without a semicolon, except where a query may be meant.
        return found.isOld && next != UInt8(ascii: "=") ? (found.text, name.count) : nil
    }

    private static func numeric(_ bytes: ArraySlice<UInt8>) -> (String, Int)? {
        let isHexadecimal = bytes.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
        let head = isHexadecimal ? 2 : 1
        let digits = bytes.dropFirst(head).prefix(12).prefix {
            digit($0).map { $0 < (isHexadecimal ? 16 : 10) } ?? false
        }
        guard !digits.isEmpty else { return nil }
        let value = digits.reduce(UInt64(0)) { $0 * (isHexadecimal ? 16 : 10) + UInt64(digit($1) ?? 0) }
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let scalar = value == 0 ? replacement : UInt32(exactly: value).flatMap(Unicode.Scalar.init) ?? replacement
        let hasEnd = bytes.dropFirst(head + digits.count).first == UInt8(ascii: ";")
        return (String(scalar), head + digits.count + (hasEnd ? 1 : 0))
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private struct Named {
        let text: String
        let isOld: Bool
    }

    private static let longestName = named.keys.map(\.utf8.count).max() ?? 0

    private static let named: [String: Named] = HTMLNamedReferences.lines.withUTF8Buffer { lines in
        var named: [String: Named] = [:]
        for line in lines.split(separator: 0x0A) {
            let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            let scalars = words.dropFirst().compactMap { UInt32($0, radix: 16) }.compactMap(Unicode.Scalar.init)
            named[words[0]] = Named(
                text: String(String.UnicodeScalarView(scalars)), isOld: words.last == "old")
        }
        return named
    }
}
