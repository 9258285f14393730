extension String {
    /// The text without terminal sequences, every character that XML 1.0 §2.2 forbids replaced by U+FFFD.
    package var legalXML: String {
        var text = self
        guard text.withUTF8(needsRepair) else { return self }
        var legal = String.UnicodeScalarView()
        for scalar in withoutTerminalSequences.unicodeScalars {
            legal.append(isLegal(scalar) ? scalar : "\u{FFFD}")
        }
        return String(legal)
    }
}

/// Whether a byte occurs that only forbidden characters or terminal sequences hold.
private func needsRepair(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for (index, byte) in bytes.enumerated() {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20..<0xC2, 0xC3..<0xEF, 0xF0...: continue
        case 0xC2 where !(0x90...0x9F).contains(bytes[index + 1]): continue
        case 0xEF where bytes[index + 1] != 0xBF || bytes[index + 2] < 0xBE: continue
        default: return true
        }
    }
    return false
}

private func isLegal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
}
