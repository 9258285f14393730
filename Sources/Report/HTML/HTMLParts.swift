import AuditModel

// The parts that the sections of the page are made of.

extension HTMLWriter {
    /// Bytes of one untrusted value; the JSON report holds the whole.
    static let valueLimit = 8 << 10

    /// A section of the decision page with its heading.
    mutating func section(
        _ anchor: String, _ title: String, count: Int? = nil, _ body: (inout HTMLWriter) -> Void
    ) {
        block("section", ["aria-labelledby": anchor, "class": "on-\(anchor)"]) { html in
            html.block("h2", ["id": anchor]) { $0.heading(title, count) }
            body(&html)
        }
    }

    /// A part of the item list or of the evidence with its heading.
    mutating func part(
        _ anchor: String, _ title: String, count: Int? = nil, class name: String = "part",
        _ body: (inout HTMLWriter) -> Void
    ) {
        block("section", ["aria-labelledby": anchor, "class": name]) { html in
            html.block("h3", ["id": anchor]) { $0.heading(title, count) }
            body(&html)
        }
    }

    private mutating func heading(_ title: String, _ count: Int?) {
        text(title)
        guard let count else { return }
        text(" ")
        inline("span", ["class": "count"], text: String(count))
    }

    /// A table, its header repeated on every printed page; one that cannot wrap scrolls by itself.
    mutating func table(
        _ caption: String, _ header: [String], class name: String, scrolls: Bool = false,
        _ rows: (inout HTMLWriter) -> Void
    ) {
        guard scrolls else { return plainTable(caption, header, name, rows) }
        block("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
            html.plainTable(caption, header, name, rows)
        }
    }

    private mutating func plainTable(
        _ caption: String, _ header: [String], _ name: String, _ rows: (inout HTMLWriter) -> Void
    ) {
        block("table", ["class": name, "aria-label": caption]) { html in
            html.block("thead") { html in
                html.inline("tr") { html in
                    for title in header { html.inline("th", ["scope": "col"], text: title) }
                }
            }
            html.inline("tbody") { rows(&$0) }
        }
    }

    /// Text of any length that somebody else wrote.
    mutating func value(_ text: String) { self.text(text.clipped(to: HTMLWriter.valueLimit)) }

    mutating func sentence(_ sentence: Sentence) { value(sentence.plain) }

    /// A paragraph that begins with what it is about.
    mutating func labelled(_ label: String, _ sentence: Sentence, class name: String = "labelled") {
        inline("p", ["class": "\(name) prose"]) { html in
            html.inline("b", text: label)
            html.text(" ")
            html.sentence(sentence)
        }
    }

    /// Terms and their descriptions; none writes nothing. Neither elements nor line ends around them: there are many.
    mutating func definitions(_ rows: [(label: String, value: Sentence)]) {
        guard !rows.isEmpty else { return }
        block("dl", ["class": "facts"]) { html in
            for (label, value) in rows {
                html.inline("dt", text: label)
                html.inline("dd") { $0.sentence(value) }
            }
        }
    }

    /// The status in words and with its sign, so that no reader depends on the colour.
    mutating func badge(_ status: Status) {
        inline("span", ["class": "badge \(status.rawValue)"], text: "\(status.symbol) \(status.label)")
    }

    /// A link to the item's place in the list of all items.
    mutating func link(to item: ItemResult, text: String) {
        inline("a", ["href": "#" + HTMLAnchor.item(item.id)]) { $0.value(text) }
    }

    /// A reference as a link when it is an address of the web, with the address as its text.
    mutating func reference(_ text: String) {
        let isAddress = text.hasPrefix("https://") || text.hasPrefix("http://")
        guard isAddress, text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return value(text)
        }
        inline("a", ["href": text, "rel": "noopener noreferrer external"], text: text)
    }

    /// Why the status is what it is, unless the expectations beside it say so.
    mutating func reason(_ item: ItemResult) {
        guard let reason = item.reasonBesideExpectations else { return }
        inline("p", ["class": "message prose"]) { $0.sentence(reason) }
    }

    /// What was expected against what was seen.
    mutating func expectations(_ expectations: [ExpectationResult]) {
        guard !expectations.isEmpty else { return }
        inline("ul", ["class": "expectations"]) { html in
            for expectation in expectations { html.expectation(expectation) }
        }
    }

    private mutating func expectation(_ expectation: ExpectationResult) {
        let state = expectation.holds.map { $0 ? "pass" : "fail" } ?? "inconclusive"
        inline("li", ["class": state]) { html in
            html.inline("b", text: expectation.verdictLabel)
            html.text(" ")
            html.inline("code") { html in
                html.value(expectation.fact)
                if let alternative = expectation.alternative { html.text(" (alternative \(alternative))") }
            }
            html.text(" expected ")
            html.value(expectation.expectedText)
            html.text(expectation.unobserved == nil ? ", seen " : ", ")
            html.inline("b") { $0.value(expectation.observedText) }
        }
    }
}
