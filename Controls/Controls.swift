/// The tables of control frameworks, embedded: every file of this folder, by its name.
package enum ControlTables {
    /// The lines of `<name>.tsv`; empty when there is no such table.
    package static func rows(of name: String) -> [ControlRow] {
        guard let file = EmbeddedFiles.all.first(where: { $0.path == "\(name).tsv" }) else { return [] }
        let lines = file.text.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init)
        guard let names = lines.first.map(columns) else { return [] }
        return lines.dropFirst().map { ControlRow(names: names, columns: columns(of: $0)) }
    }

    private static func columns(of line: Substring) -> [Substring] {
        line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(Substring.init)
    }
}

/// A line of a table.
package struct ControlRow: Sendable {
    /// Of all columns, as the first line of the table has them.
    fileprivate let names: [Substring]
    fileprivate let columns: [Substring]

    /// What stands in the column of that name; nil when the table has no such column or the line ends before it.
    package subscript(_ name: String) -> String? {
        guard let index = names.firstIndex(where: { $0 == name }), columns.indices.contains(index) else { return nil }
        return String(columns[index])
    }
}
