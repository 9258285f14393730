import AuditModel

// Every item with all of its evidence.

extension HTMLPage {
    func items(_ html: inout HTMLWriter) {
        html.part("items", "All items", count: result.items.count) { html in
            for section in outline.sections {
                let anchor = HTMLAnchor.section(section)
                html.block("section", ["class": "items", "aria-labelledby": anchor, "data-section": anchor]) { html in
                    html.block("h4", ["id": anchor]) { html in
                        html.value(section.title)
                        html.text(" ")
                        html.inline("small") { $0.value(section.checklist) }
                    }
                    for item in section.items { self.item(&html, item) }
                }
            }
        }
    }

    /// Folded. The anchor stands inside, because browsers unfold what holds the target of a link.
    private func item(_ html: inout HTMLWriter, _ item: ItemResult) {
        let marks = ItemMark.all.filter { $0.marks(item) }.map(\.name).joined(separator: " ")
        html.block(
            "details",
            [
                "class": "item \(item.status.rawValue)", "data-is": marks, "data-severity": item.severity.rawValue,
                "data-owners": item.question?.roles.joined(separator: "|") ?? ""
            ]
        ) { html in
            html.block("summary") { html in
                html.badge(item.status)
                html.inline("h5") { $0.value(item.title) }
                html.inline("span", ["class": "meta"]) { meta(&$0, item) }
            }
            html.block("div", ["class": "body", "id": HTMLAnchor.item(item.id)]) { evidence(&$0, item) }
        }
    }

    private func evidence(_ html: inout HTMLWriter, _ item: ItemResult) {
        html.reason(item)
        html.expectations(item.expectations)
        if let question = item.question { html.question(question) }
        for attestation in item.attestations { html.attestation(attestation) }
        if let waiver = item.waiver { html.waiver(waiver) }
        if let why = item.why { html.labelled("Why", "\(why)") }
        if let fix = item.fix { html.labelled("Fix", "\(fix)") }
        if let tailored = item.tailored { html.labelled("Tailored", "\(tailored)") }
        html.references(item.references)
        html.definitions(item.traits)
        html.block("p", ["class": "places"]) { html in
            if let index = item.observation, result.observations.indices.contains(index) {
                html.inline("a", ["href": "#" + HTMLAnchor.observation(index)], text: "What the probe saw")
                html.text(" · ")
            }
            html.inline("a", ["href": "#" + HTMLAnchor.item(item.id)], text: "Link to this item")
        }
    }
}

extension ItemResult {
    /// The controls that it serves, and where it stands in a service's life.
    fileprivate var traits: [(label: String, value: Sentence)] {
        var rows: [(String, Sentence)] = controls.sorted { $0.key < $1.key }.map { framework, ids in
            (framework, "\(ids.joined(separator: ", "))")
        }
        if let phase { rows.append(("Phase", "\(words: phase.rawValue)")) }
        if let level { rows.append(("Level", "\(words: level.rawValue)")) }
        if let enforceFrom { rows.append(("Advisory until", "\(enforceFrom)")) }
        if isInBaseline { rows.append(("Baseline", "It failed there already, so that it does not gate.")) }
        if let location { rows.append(("Declared in", "\(location.file):\(location.line)")) }
        return rows
    }
}

extension HTMLWriter {
    fileprivate mutating func references(_ references: [String]) {
        guard !references.isEmpty else { return }
        block("p") { html in
            html.inline("b", ["class": "label"], text: "References")
            for (index, reference) in references.enumerated() {
                html.text(index == 0 ? " " : ", ")
                html.reference(reference)
            }
        }
    }
}
