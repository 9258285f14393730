extension String {
    /// The text without the sequences that command a terminal (ECMA-48 §5): colours, titles, links, cursor movements.
    ///
    /// What is no complete sequence stays as it is, its control character included.
    package var withoutTerminalSequences: String {
        var text = self
        return text.withUTF8 { bytes in
            guard bytes.contains(where: { $0 == 0x1B || $0 == 0xC2 }) else { return nil }
            var scanner = TerminalSequenceScanner(bytes: bytes)
            return scanner.rest()
        } ?? self
    }
}

private struct TerminalSequenceScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Turns true at the first string without an end: no later one has an end either, so none is searched again.
    private var lacksStringEnd = false

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The text outside of the sequences.
    mutating func rest() -> String {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let end = end(ofSequenceAt: index) {
                index = end
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// The index behind the sequence that begins here; nil when none does.
    private mutating func end(ofSequenceAt index: Int) -> Int? {
        guard index + 1 < bytes.count else { return nil }
        let second = bytes[index + 1]
        switch bytes[index] {
        case 0x1B:
            switch second {
            case UInt8(ascii: "["): return controlSequenceEnd(index + 2)
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
                return stringEnd(index + 2) ?? index + 2
            default: return escapeEnd(index + 1)
            }
        case 0xC2:  // the same introducers as C1 controls in UTF-8
            switch second {
            case 0x9B: return controlSequenceEnd(index + 2)
            case 0x90, 0x98, 0x9D, 0x9E, 0x9F: return stringEnd(index + 2) ?? index + 2
            default: return nil
            }
        default: return nil
        }
    }

    /// Parameter bytes, intermediate bytes and one final byte (ECMA-48 §5.4).
    private func controlSequenceEnd(_ start: Int) -> Int? {
        var index = skip(0x20...0x3F, from: start)
        guard index < bytes.count, (0x40...0x7E).contains(bytes[index]) else { return nil }
        index += 1
        return index
    }

    /// Intermediate bytes and one final byte (ECMA-35 §13.1).
    private func escapeEnd(_ start: Int) -> Int? {
        let index = skip(0x20...0x2F, from: start)
        guard index < bytes.count, (0x30...0x7E).contains(bytes[index]) else { return nil }
        return index + 1
    }

    /// Behind BEL or the string terminator, in either form.
    private mutating func stringEnd(_ start: Int) -> Int? {
        guard !lacksStringEnd else { return nil }
        var index = start
        while index < bytes.count {
            if bytes[index] == 0x07 { return index + 1 }
            if index + 1 < bytes.count {
                if bytes[index] == 0x1B, bytes[index + 1] == UInt8(ascii: "\\") { return index + 2 }
                if bytes[index] == 0xC2, bytes[index + 1] == 0x9C { return index + 2 }
            }
            index += 1
        }
        lacksStringEnd = true
        return nil
    }

    private func skip(_ range: ClosedRange<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count, range.contains(bytes[index]) { index += 1 }
        return index
    }
}
