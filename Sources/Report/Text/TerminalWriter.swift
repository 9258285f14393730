/// Text for a terminal or a log: indented, wrapped, and harmless whatever it was made from.
struct TerminalWriter {
    /// SGR parameters (ECMA-48 §8.3.117).
    enum Style: String {
        case bold = "1"
        case faint = "2"
        case red = "1;31"
        case green = "1;32"
        case amber = "1;33"
        case blue = "1;34"
        case violet = "1;35"
    }

    /// Columns; a longer word is not cut.
    private static let width = 100
    /// Bytes of one untrusted value; the JSON report holds the whole.
    private static let valueLimit = 600

    let colour: Bool
    private var output: [UInt8] = []

    init(colour: Bool) { self.colour = colour }

    var text: String { String(decoding: output, as: UTF8.self) }

    mutating func blank() { append("\n") }

    /// A blank line, then a title.
    mutating func heading(_ title: String) {
        blank()
        line("", label: title)
    }

    /// A line that may start with a styled label; what follows is wrapped and hangs below the indentation.
    mutating func line(
        _ text: Sentence, label: String = "", style: Style = .bold, indent: Int = 0, hang: Int = 2
    ) {
        var column = indent
        space(indent)
        if !label.isEmpty {
            append(colour ? "\u{1B}[\(style.rawValue)m\(label)\u{1B}[0m" : label)
            column += label.unicodeScalars.count
        }
        var isLineStart = label.isEmpty
        for word in TerminalWriter.visible(text).utf8.split(separator: UInt8(ascii: " ")) {
            let length = word.count { $0 & 0xC0 != 0x80 }  // a column for each character of Unicode
            if !isLineStart, column + 1 + length > TerminalWriter.width, column > indent + hang {
                append("\n")
                space(indent + hang)
                column = indent + hang
                isLineStart = true
            }
            if !isLineStart { space(1) }
            column += (isLineStart ? 0 : 1) + length
            // `::` at the beginning of a line would command GitHub's runner.
            let isCommand = isLineStart && word.starts(with: "::".utf8)
            if isCommand { append(": :") }
            output.append(contentsOf: isCommand ? word.dropFirst(2) : word)
            isLineStart = false
        }
        append("\n")
    }

    private static func visible(_ sentence: Sentence) -> String {
        let text = sentence.parts.reduce(into: "") { text, part in
            switch part {
            case .words(let words): text += words
            case .quoted(let untrusted): text += untrusted.clipped(to: valueLimit)
            }
        }.harmlessLine
        return text.withoutAgentCommands
    }

    private mutating func space(_ count: Int) { output.append(contentsOf: repeatElement(0x20, count: count)) }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }
}
