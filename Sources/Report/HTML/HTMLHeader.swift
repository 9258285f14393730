import AuditModel

// The first screen: the answer, what it is about, and how many items there are of each kind.

extension HTMLPage {
    func verdict(_ html: inout HTMLWriter) {
        html.block("div", ["class": "verdict"]) { html in
            html.block("p", ["class": "kind"], text: "Production readiness")
            html.block("h1", text: result.verdict.outcome.label)
            html.block("p", ["class": "lead"]) { $0.sentence(result.verdictSentence) }
            html.block("p", ["class": result.judgedAsOf ? "judged as-of" : "judged"]) { html in
                html.sentence(result.judgedSentence)
            }
            if let validity = result.validitySentence {
                html.block("p", ["class": "judged"]) { $0.sentence(validity) }
            }
            reasons(&html)
        }
    }

    /// Every reason with the items that it speaks of.
    private func reasons(_ html: inout HTMLWriter) {
        let items = Dictionary(result.items.map { ($0.id, $0) }) { first, _ in first }
        let reasons = result.verdict.reasons.filter { !$0.items.isEmpty }
        guard !reasons.isEmpty else { return }
        html.block("dl", ["class": "reasons"]) { html in
            for reason in reasons {
                html.block("div") { html in
                    html.block("dt") { $0.sentence(reason.phrase) }
                    html.block("dd") { html in
                        for (index, id) in reason.items.prefix(50).enumerated() {
                            if index > 0 { html.text(", ") }
                            if let item = items[id] { html.link(to: item, text: id) } else { html.value(id) }
                        }
                        if reason.items.count > 50 { html.text(" and \(reason.items.count - 50) more") }
                    }
                }
            }
        }
    }

    func identity(_ html: inout HTMLWriter) {
        html.definitions(result.identity, class: "identity")
    }

    /// The number of items of each status, each a link to exactly those items.
    func counts(_ html: inout HTMLWriter) {
        html.block("nav", ["aria-label": "Items by status", "class": "counts"]) { html in
            bar(&html)
            html.block("ul") { html in
                for status in HTMLPage.worstFirst where result.counts[status] > 0 {
                    count(&html, status.rawValue, status.symbol, result.counts[status], status.label)
                }
                if result.counts.waived > 0 { count(&html, "waived", "◇", result.counts.waived, "waived") }
                html.block("li", ["class": "total"]) { html in
                    html.inline("a", ["href": "#items"]) { html in
                        html.inline("b", text: String(result.counts.total))
                        html.text(" in total")
                    }
                }
            }
        }
    }

    private func count(
        _ html: inout HTMLWriter, _ name: String, _ symbol: String, _ count: Int, _ label: String
    ) {
        html.block("li", ["class": name]) { html in
            html.inline("a", ["href": "#" + HTMLAnchor.status(name)]) { html in
                html.inline("span", ["aria-hidden": "true", "class": "symbol"], text: symbol)
                html.text(" ")
                html.inline("b", text: String(count))
                html.text(" " + label)
            }
        }
    }

    /// The shares of the statuses as a bar; the numbers below say the same.
    private func bar(_ html: inout HTMLWriter) {
        let total = max(1, Status.allCases.reduce(0) { $0 + result.counts[$1] })
        html.block(
            "svg",
            [
                "class": "bar", "viewBox": "0 0 \(total) 1", "preserveAspectRatio": "none", "aria-hidden": "true",
                "width": "100%", "height": "10"
            ]
        ) { html in
            var start = 0
            for status in HTMLPage.worstFirst where result.counts[status] > 0 {
                html.block(
                    "rect",
                    [
                        "class": status.rawValue, "x": String(start), "y": "0",
                        "width": String(result.counts[status]), "height": "1", "fill": "#777"
                    ]
                ) { _ in }
                start += result.counts[status]
            }
        }
    }

    /// The order in which statuses are listed.
    static let worstFirst: [Status] = [.fail, .error, .inconclusive, .stale, .pending, .pass, .notApplicable]
}
