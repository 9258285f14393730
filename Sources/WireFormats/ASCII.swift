extension String {
    /// The text with A to Z lowered and nothing else touched, as protocols compare names; never locale-dependent.
    package var asciiLowercased: String {
        String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self)
    }
}

extension UInt8 {
    var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    var isASCIILetter: Bool { asciiLowercased >= 0x61 && asciiLowercased <= 0x7A }

    /// Space and horizontal tab: `OWS` of RFC 9110 §5.6.3.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Space, tab, line feed, form feed, carriage return: the ASCII whitespace of the WHATWG's Infra standard.
    var isASCIIWhitespace: Bool { isBlank || self == 0x0A || self == 0x0C || self == 0x0D }

    /// `tchar` of RFC 9110 §5.6.2.
    var isTokenCharacter: Bool {
        isASCIILetter || isASCIIDigit || "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
}

extension Substring.UTF8View {
    /// The bytes without those at both ends for which the predicate holds.
    func trimmed(_ isTrimmed: (UInt8) -> Bool) -> Substring.UTF8View {
        let head = drop(while: isTrimmed)
        guard let last = head.lastIndex(where: { !isTrimmed($0) }) else { return head.prefix(0) }
        return head[...last]
    }
}
