import CLibXML2

/// Character references in attributes: `&amp;`, `&#39;`, `&#x27;` (HTML §13.2.5.72).
enum HTMLReferences {
    /// The text with references resolved; what is no reference stays as it is.
    static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.first {
            if byte == UInt8(ascii: "&"), let (scalar, length) = reference(rest.dropFirst()) {
                output += Array(String(Character(scalar)).utf8)
                rest = rest.dropFirst(1 + length)
            } else {
                output.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// What a reference stands for, and how many bytes it has behind the ampersand.
    private static func reference(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        if bytes.first == UInt8(ascii: "#") { return numeric(bytes) }
        // No name of the table is longer.
        let name = bytes.prefix(longestName + 1).prefix { isAlphanumeric($0) }
        guard !name.isEmpty, name.count <= longestName, let scalar = named(name) else { return nil }
        let next = bytes.dropFirst(name.count).first
        if next == UInt8(ascii: ";") { return (scalar, name.count + 1) }
        // Old names go without a semicolon, except where a query may be meant.
        return scalar.value < 0x100 && next != UInt8(ascii: "=") ? (scalar, name.count) : nil
    }

    private static func numeric(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
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
        return (scalar, head + digits.count + (hasEnd ? 1 : 0))
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

    /// The names of HTML 4 from libxml2, and the punctuation that HTML 5 added.
    private static func named(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let text = String(decoding: name, as: UTF8.self)
        if let scalar = punctuation[text] { return scalar }
        return htmlEntityLookup(text).flatMap { Unicode.Scalar($0.pointee.value) }
    }

    private static let longestName = 10

    private static let punctuation: [String: Unicode.Scalar] = [
        "Tab": "\t", "NewLine": "\n", "excl": "!", "num": "#", "dollar": "$", "percnt": "%", "apos": "'", "lpar": "(",
        "rpar": ")", "ast": "*", "plus": "+", "comma": ",", "period": ".", "sol": "/", "colon": ":", "semi": ";",
        "equals": "=", "quest": "?", "commat": "@", "lsqb": "[", "bsol": "\\", "rsqb": "]", "lowbar": "_", "grave": "`",
        "lcub": "{", "verbar": "|", "rcub": "}", "AMP": "&", "LT": "<", "GT": ">", "QUOT": "\""
    ]
}
