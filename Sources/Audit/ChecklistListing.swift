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
        let used = loaded.items.reduce(into: Set<String>()) { names, selected in
            names.formUnion(selected.item.usedParameters.map { "\(selected.checklist.id).\($0)" })
        }
        for checklist in loaded.checklists {
            let parameters = checklist.parameters.filter { used.contains("\(checklist.id).\($0.name)") }
            guard !parameters.isEmpty else { continue }
            text += "\nparameters of \(checklist.id), which tailor in gonogo.yaml sets\n"
            text += parameters.map(show).joined()
        }
        return text
    }

    private static func show(_ parameter: ChecklistParameter) -> String {
        let choices = parameter.choices.map { ", one of \($0.joined(separator: ", "))" } ?? ""
        let value = inWords(parameter.defaultValue, unit: parameter.unit)
        return "  \(parameter.name) (\(parameter.type.rawValue)\(choices)): \(value)\n      \(parameter.meaning)\n"
    }

    private static func show(_ item: Item) -> String {
        var lines = ["  \(item.id) [\(item.severity.rawValue)] \(item.title)"]
        switch item.expect {
        case .all(let expectations): lines += expectations.map { show($0, of: item) }
        case .anyOf(let groups):
            lines += groups.enumerated().flatMap { index, group in
                (index == 0 ? [] : ["      or"]) + group.map { show($0, of: item) }
            }
        case nil: break
        }
        if let attest = item.attest {
            let roles = attest.roles.isEmpty ? "anyone" : attest.roles.joined(separator: " or ")
            lines.append("      asks \(roles), for \(attest.validFor.text): \(attest.question)")
        }
        if let probe = item.willBe { lines.append("      the probe \(probe) will take this over") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func show(_ expectation: Expectation, of item: Item) -> String {
        let expected = expectation.conditions.map { $0.expected(unit: nil) }.joined(separator: " and ")
        return "      \(item.probe?.rawValue ?? "").\(expectation.fact.text): \(expected)"
    }

    private static func load(_ name: String) throws(AuditError) -> LoadedChecklists {
        let (loaded, diagnostics) = ChecklistFiles.load([LocatedName(name)])
        guard let loaded else { throw .malformed(diagnostics) }
        return loaded
    }
}
