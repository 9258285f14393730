// GitHub-flavoured Markdown (GFM 0.29) around untrusted text.

extension Sentence {
    /// The sentence for a paragraph, a list item, or the cell of a table.
    func markdown(inTable: Bool, limit: Int = MarkdownText.valueLimit) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .words(let words): text += words
            case .quoted(let untrusted): text += MarkdownText.neutral(untrusted.clipped(to: limit), inTable: inTable)
            }
        }
    }
}

package enum MarkdownText {
    /// Bytes of one untrusted value; the JSON report holds the whole.
    static let valueLimit = 300

    /// Prose that no rule of Markdown or GitHub can touch as it is, anything else in a code span.
    package static func neutral(_ untrusted: String, inTable: Bool) -> String {
        let text = untrusted.harmless
        return isInertProse(text) ? text : codeSpan(text, inTable: inTable)
    }

    /// A code span (GFM §6.3) in which nothing is markup, a mention, a reference or a link.
    static func codeSpan(_ text: String, inTable: Bool) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last else { return "`(empty)`" }
        var content: [UInt8] = []
        var longestRun = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longestRun = max(longestRun, run)
            switch byte {
            case UInt8(ascii: "\n"): content += " ⏎ ".utf8  // a line end would end the table's row
            case UInt8(ascii: "\t"): content.append(0x20)
            case UInt8(ascii: "|") where inTable: content += "\\|".utf8  // §4.10: it parts cells even in code
            default: content.append(byte)
            }
        }
        let touchesFence = first == UInt8(ascii: "`") || last == UInt8(ascii: "`")
        let losesSpaces = content.first == 0x20 && content.last == 0x20  // one is stripped on each side
        let fence = [UInt8](repeating: UInt8(ascii: "`"), count: longestRun + 1)
        let pad: [UInt8] = touchesFence || losesSpaces ? [0x20] : []
        return String(decoding: fence + pad + content + pad + fence, as: UTF8.self)
    }

    /// Words of ASCII letters, small numbers, and punctuation that only ends a word; it starts with a letter.
    ///
    ///     text  = word *(" " word)                 ; at least one letter first: no list, heading or indented code
    ///     word  = ["("] core [")"] [end]
    ///     core  = letters *(("-" / "'") letters) / 1*6DIGIT ["%"]
    ///     end   = "," / "." / ";" / ":" / "?" / "!"
    ///
    /// So it holds no mention, no address (`www.` and `://` need a dot or slash inside a word), no issue number and
    /// no emoji code.
    static func isInertProse(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, isLetter(first) else { return false }
            var start = 0
            while let end = bytes[start...].firstIndex(of: 0x20) {
                guard isInertWord(bytes[start..<end]) else { return false }
                start = end + 1
            }
            return isInertWord(bytes[start...])
        }
    }

    private static func isInertWord(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var core = word
        if let last = core.last, isEnd(last) { core = core.dropLast() }
        if core.first == UInt8(ascii: "(") { core = core.dropFirst() }
        if core.last == UInt8(ascii: ")") { core = core.dropLast() }
        guard let first = core.first else { return false }
        guard isLetter(first) else {
            if core.last == UInt8(ascii: "%") { core = core.dropLast() }
            return (1...6).contains(core.count) && core.allSatisfy { (0x30...0x39).contains($0) }
        }
        var followsLetter = false
        for byte in core {
            let isJoint = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "'")
            guard isLetter(byte) || (isJoint && followsLetter) else { return false }
            followsLetter = !isJoint
        }
        return followsLetter
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "?"),
            UInt8(ascii: "!"):
            true
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 }
}
