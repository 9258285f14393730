import AuditModel

// The audit file's own rules, and what the reader should know that no item says.

extension HTMLPage {
    func gate(_ html: inout HTMLWriter) {
        guard !result.gate.isEmpty else { return }
        html.part("gate", "Gate rules", count: result.gate.count) { html in
            html.table("Gate rules", ["Rule", "Bound", "Matching items", "Result"], class: "stacked rules") { html in
                for rule in result.gate { html.rule(rule) }
            }
        }
    }

    func notices(_ html: inout HTMLWriter) {
        guard !result.notices.isEmpty else { return }
        html.part("notices", "Notices", count: result.notices.count) { html in
            html.block("ul", ["class": "notices"]) { html in
                for notice in result.notices { html.block("li", ["class": "prose"]) { $0.sentence(notice.sentence) } }
            }
        }
    }
}

extension HTMLWriter {
    fileprivate mutating func rule(_ rule: GateOutcome) {
        block("tr", ["class": rule.holds.map { $0 ? "pass" : "fail" } ?? "inconclusive"]) { html in
            html.block("td", ["data-label": "Rule"]) { $0.value(rule.name) }
            html.block("td", ["data-label": "Bound"]) { $0.sentence(rule.sentence) }
            html.block("td", ["data-label": "Items"]) { $0.value(rule.items.joined(separator: ", ")) }
            html.block("td", ["data-label": "Result", "class": "result"], text: rule.label)
        }
    }
}
