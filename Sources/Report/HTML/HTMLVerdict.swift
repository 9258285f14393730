import AuditModel

// The first screen: the answer, what it is about, and how many items there are of each kind.

extension HTMLPage {
    func verdict(_ html: inout HTMLWriter) {
        html.block("div", ["class": "verdict"]) { html in
            html.block("p", ["class": "kind"]) { html in
                html.inline("span", text: "Production readiness of ")
                html.inline("b") { $0.value(subject) }
            }
            html.block("h1") { html in
                html.inline("span", ["aria-hidden": "true", "class": "sign"], text: result.verdict.outcome.sign)
                html.text(" " + result.verdict.outcome.label)
            }
            html.block("p", ["class": "lead"]) { $0.sentence(result.verdictSentence) }
            html.block("p", ["class": result.judgedAsOf ? "judged as-of" : "judged"]) { html in
                html.sentence(result.judgedSentence)
                if let end = result.validityEnd {
                    html.text(" ")
                    html.sentence(end)
                }
            }
        }
        reasons(&html)
    }

    /// The reasons that no list of items below gives: gate rules and sign-offs, with the items that they count.
    private func reasons(_ html: inout HTMLWriter) {
        let items = Dictionary(result.items.map { ($0.id, $0) }) { first, _ in first }
        let reasons = ownReasons
        guard !reasons.isEmpty else { return }
        html.block("ul", ["class": "reasons"]) { html in
            for (reason, lines) in zip(reasons, reasonsOnPaper) {
                html.block("li", ["class": lines > 0 ? "reason" : "reason not-on-paper"]) { html in
                    html.inline("b") { $0.sentence(reason.phrase) }
                    for (index, id) in reason.items.prefix(8).enumerated() {
                        html.text(index == 0 ? ": " : ", ")
                        if let item = items[id] { html.link(to: item, text: id) } else { html.value(id) }
                    }
                    if reason.items.count > 8 { html.text(" and \(reason.items.count - 8) more") }
                }
            }
        }
    }

    /// The reasons that are no list of items on the decision page.
    var ownReasons: [VerdictReason] {
        let listed = ["gating-failure", "gating-inconclusive", "gating-awaiting", "waived"]
        return result.verdict.reasons.filter { !listed.contains($0.rule) }
    }

    func identity(_ html: inout HTMLWriter) {
        html.block("dl", ["class": "identity"]) { html in
            for ((label, value), isPrinted) in zip(result.identity, identityOnPaper) {
                html.block("div", ["class": isPrinted ? "whole" : "elsewhere"]) { html in
                    html.inline("dt", text: label)
                    html.inline("dd") { html in html.inline("span") { $0.sentence(value) } }
                }
            }
        }
    }

    /// On paper alone, where the first page is one sheet: the answer and what it is about, whole.
    func audited(_ html: inout HTMLWriter) {
        html.part("audited", "Audited", class: "part on-paper") { html in
            html.block("p") { $0.sentence(result.verdictSentence) }
            for reason in ownReasons {
                let items = reason.items.isEmpty ? "" : ": " + reason.items.joined(separator: ", ")
                html.block("p") { $0.sentence("\(reason.phrase)\(items)") }
            }
            html.definitions(result.identity)
        }
    }

    /// The number of items of each kind, each a link to exactly those items.
    func counts(_ html: inout HTMLWriter) {
        html.block("nav", ["aria-label": "Items by status", "class": "counts"]) { html in
            let statuses = Status.worstFirst.map { ($0.rawValue, result.counts[$0]) }
            html.bar(result.countsText, .shares(statuses), height: 14)
            html.block("ul") { html in
                for mark in ItemMark.all {
                    let count = result.items.count(where: mark.marks)
                    guard count > 0 else { continue }
                    html.block("li", ["class": mark.name]) { html in
                        html.inline("a", ["href": "#" + HTMLAnchor.index(mark), "data-filter": "is=\(mark.name)"]) {
                            html in
                            html.inline("span", ["aria-hidden": "true", "class": "symbol"], text: mark.symbol)
                            html.inline("b", text: " \(count)")
                            html.text(" " + mark.label)
                        }
                    }
                }
                html.block("li", ["class": "total"]) { html in
                    html.inline("a", ["href": "#items", "data-filter": ""]) { html in
                        html.inline("b", text: String(result.counts.total))
                        html.text(" in total")
                    }
                }
            }
        }
    }
}

extension Outcome {
    /// One character beside the label, never instead of it.
    fileprivate var sign: String {
        switch self {
        case .noGo: "✗"
        case .undetermined: "?"
        case .awaiting: "○"
        case .conditionalGo: "◇"
        case .go: "✓"
        }
    }
}

extension AuditResult {
    /// Until when the answer holds, and what ends then; nil when nothing it relied on expires.
    fileprivate var validityEnd: Sentence? {
        guard let cause = verdict.validUntilCause, let end = verdict.validUntil, validitySentence != nil else {
            return validitySentence
        }
        return "The answer holds until \(end): then ends \(cause)."
    }
}
