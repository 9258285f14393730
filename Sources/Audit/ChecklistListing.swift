import AuditModel
import ChecklistYAML
import Checklists
import Judge

/// Checklists as text for people.
package enum ChecklistListing {
    /// A line for each built-in checklist.
    package static func list() throws(AuditError) -> String {
        var lines: [String] = []
        for id in BuiltInChecklists.ids {
            let loaded = try load(id)
            let count = loaded.selected.count
            let title = loaded.checklists.last { $0.id == id }?.title ?? ""
            lines.append("\(id) — \(title) (\(count) item\(count == 1 ? "" : "s"))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every item that a checklist selects, included ones as well, by checklist and section.
    package static func show(_ name: String) throws(AuditError) -> String {
        let loaded = try load(name)
        guard let root = loaded.checklists.last else { return "" }
        var text = "\(root.id) \(root.version) — \(root.title)\n"
        if let description = root.description { text += description + "\n" }
        var section = ""
        for selected in loaded.items {
            let heading = "\(selected.checklist.id) / \(selected.section.title)"
            if heading != section { text += "\n\(heading)\n" }
            section = heading
            text += show(selected.item.filledIn(with: selected.checklist.defaults))
        }
        return text
    }

    private static func show(_ item: Item) -> String {
        var lines = ["  \(item.id) [\(item.severity.rawValue)] \(item.title)"]
        for expectation in item.expect?.expectations ?? [] {
            let expected = expectation.conditions.map { $0.expected(unit: nil) }.joined(separator: " and ")
            lines.append("      \(item.probe?.rawValue ?? "").\(expectation.fact.text): \(expected)")
        }
        if let attest = item.attest {
            let roles = attest.roles.isEmpty ? "anyone" : attest.roles.joined(separator: " or ")
            lines.append("      asks \(roles), for \(attest.validFor.text): \(attest.question)")
        }
        if let probe = item.willBe { lines.append("      the probe \(probe) will take this over") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func load(_ name: String) throws(AuditError) -> LoadedChecklists {
        let (loaded, diagnostics) = ChecklistFiles.load([LocatedName(name)])
        guard let loaded else { throw .malformed(diagnostics) }
        return loaded
    }
}
