/// The built-in checklists, embedded: every YAML file of this folder, by the name of its file.
package enum BuiltInChecklists {
    /// The ids, sorted.
    package static var ids: [String] { texts.keys.sorted() }

    /// The text of the file whose name is the id; nil when there is none.
    package static func text(of id: String) -> String? { texts[id] }

    private static let texts: [String: String] = Dictionary(
        EmbeddedFiles.all.compactMap { file in
            let name = file.path.split(separator: "/").last ?? ""
            return name.hasSuffix(".yaml") ? (String(name.dropLast(5)), file.text) : nil
        }, uniquingKeysWith: { first, _ in first })
}
