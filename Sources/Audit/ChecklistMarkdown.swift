import AuditModel
import ChecklistYAML
import Report

/// A checklist to go through in a meeting: a box per item, with the question, who answers, and what to do.
package enum ChecklistMarkdown {
    /// Every item that a checklist selects, included ones as well, in GitHub's Markdown.
    package static func text(_ name: String) throws(AuditError) -> String {
        let loaded = try ChecklistListing.load([name])
        guard let root = loaded.checklists.last else { return "" }
        var text = "# \(prose(root.title))\n\n"
        if let description = root.description { text += prose("Purpose: " + description) + "\n\n" }
        let tally = ItemTally(loaded.items.map(\.item.answering))
        text += "Checklist `\(root.id)`, version \(prose(root.version)): "
        text += "\(countedItems(loaded.items.count)), \(tally.text).\n"
        if !root.signOffRoles.isEmpty { text += "\nSigned by: \(prose(root.signOffRoles.joined(separator: ", ")))\n" }
        var heading = ""
        for selected in loaded.items {
            let own = selected.checklist.id == root.id ? "" : " (`\(selected.checklist.id)`)"
            let next = "\n## \(prose(selected.section.title))\(own)\n"
            if next != heading {
                text += next
                if let labels = labelText(selected.checklist.labels) {
                    text += "\nFor services with \(prose(labels)).\n"
                }
            }
            heading = next
            text += "\n" + box(selected)
        }
        return text
    }

    private static func box(_ selected: LoadedItem) -> String {
        let item = selected.item.filledIn(with: selected.checklist.defaults)
        var text = "- [ ] **\(prose(item.title))** (`\(item.id)`)\n"
        let concern = selected.ownConcern.map { prose($0) }
        for line in [item.weightText, item.answerText, concern, item.enforceText].compactMap(\.self) {
            text += "  - \(line)\n"
        }
        if let attest = item.attest { text += "  - \(attest.conditions): \(prose(attest.question))\n" }
        let reasons = [("Why", item.why), ("Fix", item.fix)].compactMap { label, text in
            text.map { "  **\(label):** \(prose($0))\n" }
        }
        guard !reasons.isEmpty else { return text }
        let summary = item.why == nil ? "What to do" : item.fix == nil ? "Why" : "Why, and what to do"
        return text + "\n  <details><summary>\(summary)</summary>\n\n\(reasons.joined(separator: "\n"))\n  </details>\n"
    }
}

/// Text of a checklist, which may be anybody's, on one line.
func prose(_ text: String, inTable: Bool = false) -> String { MarkdownText.prose(text, inTable: inTable) }

extension Item {
    /// `critical, level essential, looked at for each release`
    fileprivate var weightText: String {
        var parts = [severity.rawValue]
        if let enforcement { parts.append(enforcement.rawValue) }
        if let level { parts.append("level \(level.rawValue)") }
        if let phase { parts.append("phase \(phase.rawValue)") }
        return parts.joined(separator: ", ")
    }

    /// By which probe it is answered, now or later; nil for what people alone answer.
    fileprivate var answerText: String? {
        if let willBe { return "will be answered by the probe \(willBe.rawValue)" }
        guard let probe else { return nil }
        let people = attest.map { $0.isFallback ? ", by people where it is not permitted" : " and by people" } ?? ""
        return "answered by the probe \(probe.rawValue)\(people)"
    }

    fileprivate var enforceText: String? { enforceFrom.map { "gates from \($0.forPeople) on, advisory before" } }
}

extension AttestDemand {
    /// `service-owner or sre-lead, for 90d, with evidence`
    fileprivate var conditions: String {
        let people = roles.isEmpty ? "anyone" : prose(roles.joined(separator: " or "))
        let evidence = requiresEvidence ? ", with evidence" : ""
        let several = minAttesters > 1 ? ", \(minAttesters) people" : ""
        return "asked of \(people)\(several), for \(validFor.text)\(evidence)"
    }
}
