import AuditModel

// Sections against statuses, as bars and as numbers, and for each number the list of what it counts.

extension HTMLPage {
    func sections(_ html: inout HTMLWriter) {
        let statuses = Status.worstFirst.filter { result.counts[$0] > 0 }
        html.part("sections", "Sections", count: outline.sections.count) { html in
            html.table(
                "Items by section and status", ["Section", "Share"] + statuses.map(\.label) + ["total"],
                class: "numbers", scrolls: true
            ) { html in
                for section in outline.sections { row(&html, section, statuses) }
            }
        }
    }

    private func row(_ html: inout HTMLWriter, _ section: ReportOutline.Section, _ statuses: [Status]) {
        html.block("tr") { html in
            html.inline("th", ["scope": "row"]) { html in
                html.inline("a", ["href": "#" + HTMLAnchor.section(section)]) { $0.value(section.title) }
                html.text(" ")
                html.inline("small") { $0.value(section.checklist) }
            }
            html.inline("td", ["class": "share"]) { html in
                let counts = statuses.map { ($0, section.count($0)) }
                let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.label)" }.joined(separator: ", ")
                html.bar("\(section.title): \(words)", .shares(counts.map { ($0.0.rawValue, $0.1) }), height: 12)
            }
            for status in statuses { cell(&html, section, status) }
            html.inline("td", ["class": "number total"], text: String(section.items.count))
        }
    }

    private func cell(_ html: inout HTMLWriter, _ section: ReportOutline.Section, _ status: Status) {
        let count = section.count(status)
        guard count > 0 else { return html.inline("td", ["class": "number none"], text: "0") }
        let mark = ItemMark.status(status)
        html.inline("td", ["class": "number \(status.rawValue)"]) { html in
            html.inline(
                "a",
                [
                    "href": "#" + HTMLAnchor.index(mark, section),
                    "data-filter": "is=\(mark.name)&section=\(HTMLAnchor.section(section))"
                ], text: String(count))
        }
    }

    /// For each number of the page the items that it counts.
    func index(_ html: inout HTMLWriter) {
        html.part("index", "Index", class: "index-part") { html in
            for mark in ItemMark.all {
                let sections = outline.sections.map { ($0, $0.items.filter(mark.marks)) }.filter { !$0.1.isEmpty }
                guard !sections.isEmpty else { continue }
                html.list(mark.name, HTMLAnchor.index(mark), mark.label, sections.reduce(0) { $0 + $1.1.count }) {
                    html in
                    for (section, items) in sections {
                        html.block("p") { $0.value(section.title) }
                        html.links(items, HTMLAnchor.index(mark, section))
                    }
                }
            }
            let groups = HTMLPage.decisionGroups + [.advisory]
            for group in groups where outline[group].count > HTMLPage.findingLimit {
                let title = group.title.lowercased()
                html.list("", HTMLAnchor.index(group), title, outline[group].count) { html in
                    html.links(outline[group], "\(HTMLAnchor.index(group))-list")
                }
            }
        }
    }
}

extension HTMLWriter {
    /// A folded list; its anchor stands inside, because browsers unfold what holds the target of a link.
    fileprivate mutating func list(
        _ tone: String, _ anchor: String, _ label: String, _ count: Int, _ body: (inout HTMLWriter) -> Void
    ) {
        block("details", ["class": "list \(tone)"]) { html in
            html.block("summary", text: "\(label) (\(count))")
            html.block("div", ["id": anchor], body)
        }
    }

    fileprivate mutating func links(_ items: [ItemResult], _ anchor: String) {
        block("ul", ["id": anchor]) { html in
            for item in items { html.inline("li") { $0.link(to: item, text: item.id) } }
        }
    }
}
