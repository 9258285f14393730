import AuditModel

/// The checklists of an audit, each loaded once, and the items that they select.
package struct LoadedChecklists: Sendable {
    /// In the order in which they were reached: a checklist stands behind those that it includes.
    package var checklists: [Checklist]
    /// The checklists asked for, in that order, with their items.
    package var roots: [RootChecklist]

    package init(checklists: [Checklist], roots: [RootChecklist]) {
        self.checklists = checklists
        self.roots = roots
    }

    /// What all the roots select, each item once, in their order.
    package var selected: [SelectedItem] {
        var seen: Set<String> = []
        return roots.flatMap(\.items).filter { seen.insert($0.item).inserted }
    }
}

/// A checklist that was asked for.
package struct RootChecklist: Sendable, Hashable {
    package var checklist: String
    /// The items of included checklists in the order of the includes, then its own, each once.
    package var items: [SelectedItem]

    package init(checklist: String, items: [SelectedItem]) {
        self.checklist = checklist
        self.items = items
    }
}

/// An item by the ids of the checklist and the section that declare it.
package struct SelectedItem: Sendable, Hashable {
    package var checklist: String
    package var section: String
    package var item: String

    package init(checklist: String, section: String, item: String) {
        self.checklist = checklist
        self.section = section
        self.item = item
    }
}

/// The bytes of a checklist file.
package struct ChecklistSource: Sendable {
    package var text: [UInt8]
    /// The path for messages; the same file has the same path however it was named.
    package var file: String
    /// SHA-256 in lower-case hexadecimal.
    package var digest: String

    package init(text: [UInt8], file: String, digest: String) {
        self.text = text
        self.file = file
        self.digest = digest
    }
}

/// Loads checklists with all that they include; nil with all mistakes of all files when there are any.
///
/// `read` finds a checklist by the id of a built-in one or by its path, which is relative to the file of the name's
/// location (nil: the working directory); it returns nil when there is none and throws when it cannot be read.
package func loadChecklists(
    _ names: [LocatedName], builtIn: [String], catalogue: Catalogue,
    patternProblem: @escaping @Sendable (String) -> String?,
    read: (LocatedName) throws(Diagnostic) -> ChecklistSource?
) -> (LoadedChecklists?, [Diagnostic]) {
    var loader = ChecklistLoader(builtIn: builtIn, catalogue: CatalogueIndex(catalogue), patternProblem: patternProblem)
    var roots: [RootChecklist] = []
    for name in names {
        guard let entry = loader.load(name, read) else { continue }
        roots.append(RootChecklist(checklist: entry.id, items: entry.items))
    }
    loader.reportRepeatedItems()
    let diagnostics = Diagnostics(loader.diagnostics).all
    guard diagnostics.isEmpty else { return (nil, diagnostics) }
    return (LoadedChecklists(checklists: loader.checklists, roots: roots), [])
}
