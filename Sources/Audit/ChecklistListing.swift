import AuditModel
import ChecklistYAML
import Checklists
import Judge

/// Checklists as text for people.
package enum ChecklistListing {
    /// A line for each built-in checklist with the number of its items, included ones as well, and one for all.
    package static func list() throws(AuditError) -> String {
        var rows = [["checklist", "items", "own", "automated", "attested", "planned", "title"]]
        func add(_ name: String, _ loaded: LoadedChecklists, own: String, title: String) {
            let items = loaded.items.map(\.item)
            let tally = ItemTally(items.map(\.answering))
            let counts = [tally.automated, tally.attested, tally.planned].map(String.init)
            rows.append([name, String(items.count), own] + counts + [title])
        }
        for id in BuiltInChecklists.ids {
            let loaded = try load([id])
            let root = loaded.checklists.last
            add(id, loaded, own: String(root?.items.count ?? 0), title: root?.title ?? "")
        }
        add("all", try load(BuiltInChecklists.ids), own: "", title: "each item once")
        return columns(rows, numbers: 1...5) + """

            items: what an audit by the checklist asks, included ones as well; own: those that stand in its own file
            attested: answered by people; planned: those of them that a probe will answer once it is built

            """
    }

    /// Every item that a checklist selects, included ones as well, by checklist and section.
    package static func show(_ name: String) throws(AuditError) -> String {
        let loaded = try load([name])
        guard let root = loaded.checklists.last else { return "" }
        var text = "\(root.id) \(root.version) — \(root.title)\n"
        if let description = root.description { text += description + "\n" }
        text += "\(countedItems(loaded.items.count)): \(ItemTally(loaded.items.map(\.item.answering)).text)\n"
        var section = ""
        for selected in loaded.items {
            let heading = "\(selected.checklist.id) / \(selected.section.title)"
            if heading != section {
                text += "\n\(heading)\n"
                if let labels = labelText(selected.checklist.labels) { text += "  (for services with \(labels))\n" }
            }
            section = heading
            text += show(selected.item.filledIn(with: selected.checklist.defaults), concern: selected.ownConcern)
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

    private static func show(_ item: Item, concern: String?) -> String {
        let level = item.level.map { ", \($0.rawValue)" } ?? ""
        var lines = ["  \(item.id) [\(item.severity.rawValue)\(level)] \(item.title)"]
        if let concern { lines.append("      \(concern)") }
        if let enforceFrom = item.enforceFrom {
            lines.append("      gates from \(enforceFrom.forPeople) on, advisory before")
        }
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
        if let probe = item.willBe { lines.append("      will be answered by the probe \(probe.rawValue)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func show(_ expectation: Expectation, of item: Item) -> String {
        let expected = expectation.conditions.map { $0.expected(unit: nil) }.joined(separator: " and ")
        return "      \(item.probe?.rawValue ?? "").\(expectation.fact.text): \(expected)"
    }

    /// The checklists of these names with all that they include.
    static func load(_ names: [String]) throws(AuditError) -> LoadedChecklists {
        let (loaded, diagnostics) = ChecklistFiles.load(names.map { LocatedName($0) })
        guard let loaded else { throw .malformed(diagnostics) }
        return loaded
    }
}

/// `exposure public, kind page or api`; nil where no label is named.
func labelText(_ labels: [String: [String]]) -> String? {
    guard !labels.isEmpty else { return nil }
    return labels.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.joined(separator: " or "))" }
        .joined(separator: ", ")
}

extension Applicability {
    /// `for services with runs-on kubernetes, where strategy is canary`; nil for what concerns every service.
    func concern(beside own: [String: [String]]) -> String? {
        let labels = labelText(labels.filter { own[$0.key] != $0.value }).map { "for services with \($0)" }
        let choices = parameters.sorted { $0.key < $1.key }
            .map { "where \($0.key) is \($0.value.joined(separator: " or "))" }
        let parts = [labels].compactMap(\.self) + choices
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension LoadedItem {
    /// Whom the item concerns beyond what its checklist says.
    var ownConcern: String? { item.appliesWhen?.concern(beside: checklist.labels) }
}
