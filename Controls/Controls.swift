/// The tables of control frameworks, embedded: every file of this folder, by its name.
package enum ControlTables {
    /// The lines of `<name>.tsv` as columns by the names in its first line; empty when there is no such table.
    package static func rows(of name: String) -> [[String: String]] {
        guard let file = EmbeddedFiles.all.first(where: { $0.path == "\(name).tsv" }) else { return [] }
        let lines = file.text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        guard let names = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(names, $0)) { first, _ in first } }
    }
}
