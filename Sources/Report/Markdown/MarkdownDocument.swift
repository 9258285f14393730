/// A document of sections within a limit: a section that does not fit is dropped whole, with all that follow.
struct MarkdownDocument {
    /// Bytes; GitHub drops a job summary above 1 MiB.
    let limit: Int
    private var sections: [(title: String, text: String)] = []

    init(limit: Int) { self.limit = limit }

    mutating func append(_ title: String, _ text: String) { sections.append((title, text)) }

    /// The sections that fit, and a last line that names what was dropped.
    ///
    /// The first one is kept whatever it measures, cut at the limit when it is longer.
    var text: String {
        var output = sections.first?.text.clipped(to: limit - MarkdownDocument.reserve) ?? ""
        for (index, section) in sections.enumerated().dropFirst() {
            let isLast = index == sections.count - 1
            let reserve = isLast ? 0 : MarkdownDocument.reserve
            guard output.utf8.count + section.text.utf8.count + reserve + 1 <= limit else {
                let dropped = sections[index...].map(\.title).joined(separator: ", ")
                return output + "\n> Left out, because the report would be longer than \(limit) bytes: \(dropped).\n"
            }
            output += "\n" + section.text
        }
        return output
    }

    /// Bytes kept free while more sections follow, so that there is room to say which were dropped.
    private static let reserve = 300
}

/// A table (GFM §4.10) whose cells cannot break out.
struct MarkdownTable {
    private(set) var text: String

    init(_ header: [String]) {
        text = "| \(header.joined(separator: " | ")) |\n|\(String(repeating: " --- |", count: header.count))\n"
    }

    /// Several sentences in one cell stand below each other.
    mutating func row(_ cells: [[Sentence]]) {
        text += "|"
        for cell in cells {
            text += " " + cell.map { $0.markdown(inTable: true) }.joined(separator: "<br>") + " |"
        }
        text += "\n"
    }

    mutating func row(_ cells: [Sentence]) { row(cells.map { [$0] }) }
}
