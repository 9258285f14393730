extension DERElement {
    /// The text of any of ASN.1's string types, at most 1,000 characters; nil when it is no string.
    ///
    /// T61String is read as Latin-1, as everybody writes it; bytes that break their encoding become U+FFFD.
    var text: String? {
        switch tag {
        case 0x0C, 0x12, 0x13, 0x16, 0x1A, 0x1B: Self.bounded(String(decoding: content.prefix(4000), as: UTF8.self))
        case 0x14: Self.bounded(String(String.UnicodeScalarView(content.prefix(1001).map(Unicode.Scalar.init))))
        case 0x1C: Self.bounded(Self.universal(content))
        case 0x1E: Self.bounded(Self.basicPlane(content))
        default: nil
        }
    }

    /// The text of an element whose implicit tag hides an IA5String.
    var implicitText: String { Self.bounded(String(decoding: content.prefix(4000), as: UTF8.self)) }

    private static func bounded(_ text: String) -> String {
        text.unicodeScalars.count <= 1000 ? text : String(text.unicodeScalars.prefix(1000)) + "…"
    }

    /// UniversalString: four bytes each (X.690 §8.23.7).
    private static func universal(_ bytes: ArraySlice<UInt8>) -> String {
        let bytes = Array(bytes.prefix(4004))
        let units = stride(from: 0, to: bytes.count - 3, by: 4).map { index in
            bytes[index..<index + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        return String(String.UnicodeScalarView(units.map { Unicode.Scalar($0) ?? "\u{FFFD}" }))
    }

    /// BMPString: two bytes each; surrogate pairs are tolerated.
    private static func basicPlane(_ bytes: ArraySlice<UInt8>) -> String {
        let bytes = Array(bytes.prefix(2002))
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }
}
