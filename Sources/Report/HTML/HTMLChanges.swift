import AuditModel

// What differs from the earlier result, when one was given.

extension HTMLPage {
    /// How many items changed in each way, each number a link to exactly those.
    func changes(_ html: inout HTMLWriter) {
        guard let changes = result.changes else { return }
        html.section("changes", "Changes since \(changes.since.forPeople)") { html in
            html.block("p", ["class": "note"]) { html in
                html.text("The answer was \(changes.outcomeBefore.label)")
                html.text(
                    changes.outcomeBefore == result.verdict.outcome
                        ? ", as it is now." : "; it is \(result.verdict.outcome.label) now.")
            }
            html.block("ul", ["class": "tally"]) { html in
                for (kind, entries) in changes.groups {
                    html.block("li", ["class": kind.tone]) { html in
                        html.inline("a", ["href": "#changes-\(kind.rawValue)"]) { html in
                            html.inline("b", text: String(entries.count))
                            html.text(" " + kind.rawValue)
                        }
                    }
                }
            }
        }
    }

    /// Every change with what differs.
    func allChanges(_ html: inout HTMLWriter) {
        guard let changes = result.changes else { return }
        let items = Dictionary(result.items.map { ($0.id, $0) }) { first, _ in first }
        html.part("all-changes", "Changes") { html in
            for (kind, entries) in changes.groups {
                html.block("details", kind == .unchanged ? ["class": "list"] : ["class": "list", "open": "open"]) {
                    html in
                    html.block("summary", ["class": kind.tone], text: "\(kind.rawValue) (\(entries.count))")
                    html.block("p", ["class": "note"], text: kind.meaning)
                    html.block("ul", ["class": "entries", "id": "changes-\(kind.rawValue)"]) { html in
                        for entry in entries { html.entry(entry, items[entry.item]) }
                    }
                }
            }
        }
    }
}

extension HTMLWriter {
    fileprivate mutating func entry(_ entry: ResultChanges.Entry, _ item: ItemResult?) {
        block("li") { html in
            if let item { html.link(to: item, text: item.title) }
            html.text(" ")
            html.inline("code", ["class": "id"]) { $0.value(entry.item) }
            if !entry.message.isEmpty {
                html.block("p", ["class": "prose"]) { $0.value(entry.message) }
            }
        }
    }
}

extension ResultChanges {
    /// The entries of each kind that occurs, the worst kind first.
    fileprivate var groups: [(kind: Kind, entries: [Entry])] {
        let groups = Dictionary(grouping: entries, by: \.kind)
        let order: [Kind] = [.new, .worse, .fixed, .changed, .added, .removed, .unchanged]
        return order.compactMap { kind in groups[kind].map { (kind, $0) } }
    }
}

extension ResultChanges.Kind {
    fileprivate var tone: String {
        switch self {
        case .new, .worse: "fail"
        case .fixed: "pass"
        case .changed: "pending"
        case .added, .removed, .unchanged: "total"
        }
    }

    fileprivate var meaning: String {
        switch self {
        case .new: "These keep the answer from go and did not before."
        case .fixed: "These kept the answer from go and no longer do."
        case .worse: "These failed before, and are graver or less known now."
        case .unchanged: "Nothing that matters differs in these."
        case .changed: "Evidence, severity, decision or expiry differ, and the meaning does not."
        case .added: "These were not asked before."
        case .removed: "These were asked before and no longer are. One that gated was not mended by that."
        }
    }
}
