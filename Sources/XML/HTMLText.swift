/// The bytes of an HTML page as UTF-8 without U+0000, which is all that the parser has to know.
///
/// Markup is ASCII in every encoding of the web but UTF-16, so that pages in other encodings need no table: their bytes
/// beyond ASCII are read as ISO 8859-1 (HTML §13.2.3.2 names windows-1252, which differs in no markup).
struct HTMLText {
    let bytes: [UInt8]

    init(_ bytes: ArraySlice<UInt8>, charset: String?) {
        let label = charset?.lowercased()
        let text: [UInt8]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = Self.repaired(bytes.dropFirst(3))
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            text = Self.fromUTF16(bytes.dropFirst(2), isBigEndian: false)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            text = Self.fromUTF16(bytes.dropFirst(2), isBigEndian: true)
        } else if label == "utf-16be" {
            text = Self.fromUTF16(bytes, isBigEndian: true)
        } else if label == "utf-16le" || label == "utf-16" {
            text = Self.fromUTF16(bytes, isBigEndian: false)
        } else if label == nil || label == "utf-8" || label == "utf8" {
            text = Self.isUTF8(bytes) || label != nil ? Self.repaired(bytes) : Self.fromLatin1(bytes)
        } else {
            text = Self.fromLatin1(bytes)
        }
        self.bytes = Self.withoutNull(text)
    }

    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    /// Malformed sequences replaced by U+FFFD.
    private static func repaired(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    private static func fromLatin1(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(0xC0 | byte >> 6)
                text.append(0x80 | byte & 0x3F)
            }
        }
        return text
    }

    private static func fromUTF16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func withoutNull(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0) else { return text }
        return text.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
    }
}
