import XML

extension String {
    /// The text without terminal sequences, with control characters and characters that change the direction of
    /// writing (Unicode TR 36 §2.1) shown as U+FFFD; line feeds and tabs stay.
    var harmless: String {
        var text = self
        guard text.withUTF8(holdsSuspects) else { return self }
        var output = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in withoutTerminalSequences.unicodeScalars {
            if scalar == "\r" {
                output.append("\n")
            } else if scalar != "\n" || !afterReturn {
                output.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
            }
            afterReturn = scalar == "\r"
        }
        return String(output)
    }

    /// The harmless text on one line: each line end or tab is one space.
    var harmlessLine: String {
        let text = harmless
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x09 }) else { return text }
        return String(decoding: text.utf8.map { $0 == 0x0A || $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self)
    }

    /// The text without what commands a build agent wherever it stands in a line: `##[…]` of GitHub, `##vso[…]` of Azure.
    var withoutAgentCommands: String {
        guard utf8.contains(UInt8(ascii: "#")) else { return self }
        return replacing("##[", with: "# #[").replacing("##vso[", with: "# #vso[")
    }

    /// The text cut behind at most that many bytes, between two characters of Unicode, with a note of what is missing.
    func clipped(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        let head = self[..<end]
        return "\(head)… [truncated \(utf8.count - head.utf8.count) bytes]"
    }
}

/// Whether a byte occurs that may belong to a character which `harmless` replaces.
private func holdsSuspects(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for (index, byte) in bytes.enumerated() {
        switch byte {
        case 0x09, 0x0A, 0x20..<0x7F, 0x80..<0xC2, 0xC3..<0xD8, 0xD9..<0xE2, 0xE3..<0xEF, 0xF0...: continue
        case 0xC2 where bytes[index + 1] >= 0xA0: continue
        case 0xD8 where bytes[index + 1] != 0x9C: continue
        case 0xE2 where bytes[index + 1] != 0x80 && bytes[index + 1] != 0x81: continue
        case 0xEF where bytes[index + 1] != 0xBF: continue
        default: return true
        }
    }
    return false
}

private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: true
    case 0..<0x20, 0x7F..<0xA0: false
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
    case 0x2028, 0x2029, 0xFFFE, 0xFFFF: false
    default: true
    }
}
