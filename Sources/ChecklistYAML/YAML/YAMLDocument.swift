import AuditModel

/// One YAML document with the places of all its values, within bounds that no hostile file can exceed.
///
/// UTF-8 with or without byte-order mark, any line ends, at most 1 MiB, nested at most 64 deep, at most 100,000 values
/// after aliases are expanded. No tags, no merge keys, no directives.
package struct YAMLDocument: Sendable {
    /// The document's value; nil when the file could not be read as YAML.
    package let root: YAMLNode?
    /// What keeps the document from being read, or every mistake that did not.
    package let diagnostics: [Diagnostic]

    package init(_ bytes: [UInt8], file: String) {
        do throws(Diagnostics) {
            let text = try YAMLText(bytes, file: file)
            var tree = YAMLTree(text, file: file)
            root = try tree.document()
            diagnostics = tree.diagnostics
        } catch {
            root = nil
            diagnostics = error.all
        }
    }
}
