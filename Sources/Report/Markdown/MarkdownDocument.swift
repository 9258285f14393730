/// A document of sections within a limit: a section that does not fit is dropped whole, with all that follow.
struct MarkdownDocument {
    /// Bytes; GitHub drops a job summary above 1 MiB.
    let limit: Int
    /// What stands at the end in place of what was dropped; left out when it would take half of the limit or more.
    var substitute = ""
    private var sections: [(title: String, text: String)] = []

    init(limit: Int) { self.limit = limit }

    mutating func append(_ title: String, _ text: String) { sections.append((title, text)) }

    /// The sections that fit; when that is not all of them the substitute, and a last line that names what was dropped.
    ///
    /// The first one is kept whatever it measures, cut at the limit when it is longer.
    var text: String {
        let whole = sections.map(\.text).joined(separator: "\n")
        return whole.utf8.count <= limit ? whole : shortened
    }

    private var shortened: String {
        let substitute = substitute.utf8.count < limit / 2 && !substitute.isEmpty ? "\n" + substitute : ""
        let room = limit - MarkdownDocument.reserve - substitute.utf8.count
        var output = sections.first?.text.clipped(to: room) ?? ""
        let end = sections.indices.dropFirst().first { index in
            guard output.utf8.count + sections[index].text.utf8.count + 1 <= room else { return true }
            output += "\n" + sections[index].text
            return false
        }
        let dropped = sections[(end ?? sections.count)...].map(\.title).joined(separator: ", ")
        return output + substitute
            + "\n> Left out, because the report would be longer than \(limit) bytes: "
            + (dropped.isEmpty ? "the end of the verdict.\n" : "\(dropped).\n")
    }

    /// Bytes kept free to say which sections were dropped.
    private static let reserve = 400
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
