import AuditModel

// Every item with all of its evidence, and two ways to find one: by section and by status.

extension HTMLPage {
    /// Sections against statuses.
    func sections(_ html: inout HTMLWriter) {
        let statuses = HTMLPage.worstFirst.filter { result.counts[$0] > 0 }
        html.section("sections", "Sections") { html in
            html.table(
                "Items by section and status", ["Section", "Checklist"] + statuses.map(\.label), class: "numbers"
            ) { html in
                for section in outline.sections {
                    html.block("tr") { html in
                        html.inline("th", ["scope": "row"]) { html in
                            html.inline("a", ["href": "#" + HTMLAnchor.section(section)]) { $0.value(section.title) }
                        }
                        html.inline("td") { $0.value(section.checklist) }
                        for status in statuses {
                            let count = section.count(status)
                            html.inline(
                                "td", ["class": count > 0 ? "number \(status.rawValue)" : "number none"],
                                text: String(count))
                        }
                    }
                }
            }
        }
    }

    func items(_ html: inout HTMLWriter) {
        html.section("items", "All items (\(result.items.count))") { html in
            for section in outline.sections {
                html.block("h3", ["id": HTMLAnchor.section(section), "class": "section"]) { html in
                    html.value(section.title)
                    html.text(" ")
                    html.inline("small") { $0.value(section.checklist) }
                }
                for item in section.items { self.item(&html, item) }
            }
        }
    }

    /// Folded. The anchor stands inside, because browsers unfold what holds the target of a link.
    private func item(_ html: inout HTMLWriter, _ item: ItemResult) {
        html.block("details", ["class": "item \(item.status.rawValue)"]) { html in
            html.block("summary") { html in
                html.badge(item.status)
                html.text(" ")
                html.inline("span", ["class": "title"]) { $0.value(item.title) }
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
        if !item.references.isEmpty {
            html.block("p") { html in
                html.inline("b", ["class": "label"], text: "References")
                for (index, reference) in item.references.enumerated() {
                    html.text(index == 0 ? " " : ", ")
                    html.reference(reference)
                }
            }
        }
        html.definitions(item.traits)
        if let index = item.observation, result.observations.indices.contains(index) {
            html.block("p") { html in
                html.inline("a", ["href": "#" + HTMLAnchor.observation(index)], text: "What the probe saw")
            }
        }
    }

    /// For each number at the top the items that it counts.
    func byStatus(_ html: inout HTMLWriter) {
        html.section("by-status", "Items by status") { html in
            for status in HTMLPage.worstFirst {
                index(&html, status.rawValue, status.label, result.items.filter { $0.status == status })
            }
            index(&html, "waived", "waived", result.items.filter { $0.disposition == .waived })
        }
    }

    private func index(_ html: inout HTMLWriter, _ name: String, _ label: String, _ items: [ItemResult]) {
        guard !items.isEmpty else { return }
        html.block("details", ["class": "index \(name)"]) { html in
            html.block("summary", text: "\(label) (\(items.count))")
            html.block("ul", ["id": HTMLAnchor.status(name)]) { html in
                for item in items {
                    html.block("li") { html in
                        html.link(to: item, text: item.title)
                        html.text(" ")
                        html.inline("code", ["class": "id"]) { $0.value(item.id) }
                    }
                }
            }
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
        return rows
    }
}

extension HTMLWriter {
    /// Who answered what, in which role, until when, resting on what, and whether it counts.
    mutating func attestation(_ attestation: AttestationResult) {
        let tone = attestation.state == .valid ? (attestation.answer == .fail ? " denied" : "") : " void"
        block("div", ["class": "attestation\(tone)"]) { html in
            html.block("p", ["class": "asked prose"]) { html in
                html.inline("b", text: "Answered \(attestation.answer.label):")
                html.text(" ")
                html.value(attestation.statement)
            }
            var rows: [(label: String, value: Sentence)] = [
                ("By", attestation.by.sentence), ("At", "\(attestation.at)"),
                ("Valid until", "\(attestation.validUntil)")
            ]
            let why: Sentence = attestation.reason.map { ": \($0)" } ?? ""
            rows.append(("State", "\(words: attestation.state.label)\(why)"))
            if let scope = attestation.scope.sentence { rows.append(("Scope", scope)) }
            rows += attestation.evidence.map { ("Evidence", $0.sentence) }
            html.definitions(rows + [("File", "\(attestation.file)")])
        }
    }
}
