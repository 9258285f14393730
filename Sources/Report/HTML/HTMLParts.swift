import AuditModel

// The parts that the sections of the page are made of.

extension HTMLWriter {
    /// Bytes of one untrusted value; the JSON report holds the whole.
    static let valueLimit = 8 << 10

    /// A section with its heading.
    mutating func section(_ anchor: String, _ title: String, _ body: (inout HTMLWriter) -> Void) {
        block("section", ["aria-labelledby": anchor]) { html in
            html.block("h2", ["id": anchor], text: title)
            body(&html)
        }
    }

    /// A table that scrolls by itself on a narrow screen; its header is repeated on every printed page.
    mutating func table(
        _ caption: String, _ header: [String], class name: String = "", _ rows: (inout HTMLWriter) -> Void
    ) {
        block("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
            html.block("table", ["class": name]) { html in
                html.block("thead") { html in
                    html.block("tr") { html in
                        for title in header { html.inline("th", ["scope": "col"], text: title) }
                    }
                }
                html.block("tbody") { rows(&$0) }
            }
        }
    }

    /// Text of any length that somebody else wrote.
    mutating func value(_ text: String) { self.text(text.clipped(to: HTMLWriter.valueLimit)) }

    mutating func sentence(_ sentence: Sentence) { value(sentence.plain) }

    /// A paragraph that begins with what it is about.
    mutating func labelled(_ label: String, _ sentence: Sentence) {
        block("p") { html in
            html.inline("b", ["class": "label"], text: label)
            html.text(" ")
            html.inline("span", ["class": "prose"]) { $0.sentence(sentence) }
        }
    }

    /// Terms and their descriptions; none writes nothing.
    mutating func definitions(_ rows: [(label: String, value: Sentence)], class name: String = "facts") {
        guard !rows.isEmpty else { return }
        block("dl", ["class": name]) { html in
            for (label, value) in rows {
                html.block("div") { html in
                    html.inline("dt", text: label)
                    html.block("dd") { $0.sentence(value) }
                }
            }
        }
    }

    /// The status in words and with its sign, so that no reader depends on the colour.
    mutating func badge(_ status: Status) {
        inline("span", ["class": "badge \(status.rawValue)"]) { html in
            html.inline("span", ["aria-hidden": "true"], text: status.symbol)
            html.text(" " + status.label)
        }
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
        block("p", ["class": "message prose"]) { $0.sentence(reason) }
    }

    /// What was expected against what was seen.
    mutating func expectations(_ expectations: [ExpectationResult]) {
        guard !expectations.isEmpty else { return }
        table("Expected and seen", ["Fact", "Expected", "Seen", "Result"], class: "stacked") { html in
            for expectation in expectations { html.expectation(expectation) }
        }
    }

    private mutating func expectation(_ expectation: ExpectationResult) {
        let state = expectation.holds.map { $0 ? "pass" : "fail" } ?? "inconclusive"
        block("tr", ["class": state]) { html in
            html.block("td", ["data-label": "Fact"]) { html in
                html.inline("span") { html in
                    html.inline("code") { $0.value(expectation.fact) }
                    if let alternative = expectation.alternative { html.text(" (alternative \(alternative))") }
                }
            }
            html.block("td", ["data-label": "Expected"]) { $0.value(expectation.expectedText) }
            html.block("td", ["data-label": "Seen"]) { $0.value(expectation.observedText) }
            html.block("td", ["data-label": "Result", "class": "result"], text: expectation.verdictLabel)
        }
    }
}
