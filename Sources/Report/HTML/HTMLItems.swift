import AuditModel

// Every item with all of its evidence.

extension HTMLPage {
    /// Items that the browser lays out together, once they come near: one by one it would watch each. The style sheet
    /// knows the height of as many.
    private static let batch = 10

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
                    let inBatches = section.items.count - section.items.count % HTMLPage.batch
                    for start in stride(from: 0, to: inBatches, by: HTMLPage.batch) {
                        html.block("div", ["class": "batch"]) { html in
                            for item in section.items[start..<start + HTMLPage.batch] { self.item(&html, item) }
                        }
                    }
                    for item in section.items[inBatches...] { self.item(&html, item) }
                }
            }
        }
    }

    /// Its title leads to itself, which unfolds it. There are many: not an element more than needed, and no
    /// `details`, for which browsers build a tree of its own each.
    private func item(_ html: inout HTMLWriter, _ item: ItemResult) {
        let marks = ItemMark.all.filter { $0.marks(item) }.map(\.name).joined(separator: " ")
        html.block(
            "div",
            [
                "class": "item \(item.status.rawValue)", "id": HTMLAnchor.item(item.id), "data-is": marks,
                "data-severity": item.severity.rawValue,
                "data-owners": item.question?.roles.joined(separator: "|") ?? ""
            ]
        ) { html in
            html.badge(item.status)
            html.inline("h5") { $0.link(to: item, text: item.title) }
            html.inline("p", ["class": "meta"]) { meta(&$0, item) }
            html.inline("div", ["class": "body"]) { evidence(&$0, item) }
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
        html.traits(item.traits)
        if let index = item.observation, result.observations.indices.contains(index) {
            html.inline("a", ["class": "seen", "href": "#" + HTMLAnchor.observation(index)], text: "What the probe saw")
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
        inline("p", ["class": "labelled"]) { html in
            html.inline("b", text: "References")
            for (index, reference) in references.enumerated() {
                html.text(index == 0 ? " " : ", ")
                html.reference(reference)
            }
        }
    }

    fileprivate mutating func traits(_ traits: [(label: String, value: Sentence)]) {
        guard !traits.isEmpty else { return }
        inline("p", ["class": "meta"]) { html in
            for (index, trait) in traits.enumerated() {
                html.text("\(index == 0 ? "" : " · ")\(trait.label): ")
                html.sentence(trait.value)
            }
        }
    }
}
