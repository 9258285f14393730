import AuditModel
import ChecklistYAML
import Checklists

/// The page that lists every item of the built-in checklists, kept in the repository beside their files.
package enum ChecklistReference {
    package static func text() throws(AuditError) -> String {
        let loaded = try ChecklistListing.load(BuiltInChecklists.ids)
        let checklists = loaded.checklists.sorted { $0.id < $1.id }
        let items = checklists.flatMap(\.items)
        var text = """
            # The built-in checklists

            Generated from the files in this folder; a test keeps it fresh. \(items.count) items: \
            \(ItemTally(items.map(\.answering)).text).
            `gonogo checklist show ID --markdown` prints one with its questions, reasons and fixes.

            Severity says how bad it is when an item fails: critical and high ones gate, the others advise. The level says
            from which ambition on it gates (`level` in `gonogo.yaml`, `--level`). An item stands in one checklist; others
            include it.

            | checklist | own items | includes | for |
            | --- | --- | --- | --- |

            """
        for checklist in checklists {
            let includes = checklist.includes.map { include in
                "[\(include.checklist)](#\(include.checklist))"
                    + (include.items.map { " (\(countedItems($0.count)))" } ?? "")
            }
            text += row([
                "[\(checklist.id)](#\(checklist.id))", String(checklist.items.count), includes.joined(separator: ", "),
                prose(checklist.title, inTable: true)
            ])
        }
        return text + checklists.map(part).joined()
    }

    /// A checklist with its own items.
    private static func part(_ checklist: Checklist) -> String {
        var text =
            "\n## \(checklist.id)\n\n**\(prose(checklist.title))** ([\(checklist.id).yaml](\(checklist.id).yaml),"
        text += " \(ItemTally(checklist.items.map(\.answering)).text))\n"
        if let description = checklist.description { text += "\n" + prose(description) + "\n" }
        if let labels = labelText(checklist.labels) {
            text += "\nFor services with \(prose(labels)), or without such a label.\n"
        }
        if !checklist.parameters.isEmpty {
            text += "\n| parameter | default | meaning |\n| --- | --- | --- |\n"
            for parameter in checklist.parameters {
                let value = ParameterValue(value: parameter.defaultValue, type: parameter.type)
                text += row([
                    "`\(parameter.name)`", prose(value.text(unit: parameter.unit), inTable: true),
                    prose(parameter.meaning, inTable: true)
                ])
            }
        }
        for section in checklist.sections {
            text += "\n### \(checklist.id): \(prose(section.title))\n\n"
            text += "| item | holds when | severity | level | phase | concerns | answered by |\n"
            text += "| --- | --- | --- | --- | --- | --- | --- |\n"
            text += section.items.map { row($0.filledIn(with: checklist.defaults), of: checklist) }.joined()
        }
        return text
    }

    private static func row(_ item: Item, of checklist: Checklist) -> String {
        row([
            "`\(item.id)`", prose(item.title, inTable: true), item.severity.rawValue,
            item.level?.rawValue ?? "", item.phase?.rawValue ?? "",
            prose(item.appliesWhen?.concern(beside: checklist.labels) ?? "", inTable: true), answer(item)
        ])
    }

    private static func answer(_ item: Item) -> String {
        var parts = item.probe.map { ["probe \($0.rawValue)"] } ?? []
        if let attest = item.attest {
            parts.append((attest.roles.isEmpty ? "anyone" : prose(attest.roles.joined(separator: " or "))))
        }
        if let willBe = item.willBe { parts.append("later probe \(willBe.rawValue)") }
        return parts.joined(separator: ", ")
    }

    private static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
}
