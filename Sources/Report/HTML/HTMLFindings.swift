import AuditModel

// The items that need somebody, grouped by what they need.

extension HTMLPage {
    static let findingGroups: [ReportOutline.Group] = [.blocker, .undetermined, .awaiting, .waived, .advisory]

    func findings(_ html: inout HTMLWriter) {
        for group in HTMLPage.findingGroups where !outline[group].isEmpty {
            html.section(HTMLAnchor.group(group), "\(group.title) (\(outline[group].count))") { html in
                html.block("p", ["class": "note"], text: HTMLPage.note(group))
                for item in outline[group] { finding(&html, item, in: group) }
            }
        }
    }

    private static func note(_ group: ReportOutline.Group) -> String {
        switch group {
        case .blocker: "Each of these alone keeps the answer from go, until it is mended or people accept it."
        case .undetermined: "These gate, and nobody could find out whether they hold: that is never a pass."
        case .awaiting: "These gate, and only people can answer them."
        case .waived: "These do not hold; people accepted that until a date. They stay failures."
        case .advisory: "These do not pass, and they do not decide."
        case .passed, .notApplicable: ""
        }
    }

    /// The class that colours a finding: by what it does to the verdict, then by its own status.
    private static func tone(_ group: ReportOutline.Group, _ item: ItemResult) -> String {
        switch group {
        case .blocker: "fail"
        case .waived: "waived"
        case .undetermined, .awaiting, .advisory, .passed, .notApplicable: item.status.rawValue
        }
    }

    private func finding(_ html: inout HTMLWriter, _ item: ItemResult, in group: ReportOutline.Group) {
        html.block("article", ["class": "finding \(HTMLPage.tone(group, item))"]) { html in
            html.block("h3") { $0.link(to: item, text: item.title) }
            html.block("p", ["class": "meta"]) { html in
                html.badge(item.status)
                meta(&html, item)
            }
            html.reason(item)
            html.expectations(item.expectations.filter { $0.holds != true })
            if group == .awaiting || (group == .advisory && item.status == .pending), let question = item.question {
                html.question(question)
            }
            if group != .advisory {
                for attestation in item.attestations { html.attestation(attestation) }
            }
            if let waiver = item.waiver { html.waiver(waiver) }
            if group != .waived, group != .awaiting, let fix = item.advice { html.labelled("Fix", "\(fix)") }
        }
    }

    /// The item's id, weight and place.
    func meta(_ html: inout HTMLWriter, _ item: ItemResult) {
        html.text(" ")
        html.inline("code", ["class": "id"]) { $0.value(item.id) }
        html.text(" \(item.severity.rawValue) · ")
        html.sentence(item.enforcementSentence(at: result.judgedAt))
        if item.disposition == .waived { html.text(" · waived") }
        if item.disposition == .waiverExpired { html.text(" · waiver expired") }
        if item.disposition == .attested { html.text(" · attested") }
    }

    func gate(_ html: inout HTMLWriter) {
        guard !result.gate.isEmpty else { return }
        html.section("gate", "Gate rules (\(result.gate.count))") { html in
            let header = ["Rule", "Bound", "Matching items", "Result"]
            html.table("Gate rules", header, class: "stacked rules") { html in
                for rule in result.gate { html.rule(rule) }
            }
        }
    }

    func notices(_ html: inout HTMLWriter) {
        guard !result.notices.isEmpty else { return }
        html.section("notices", "Notices (\(result.notices.count))") { html in
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
            html.block(
                "td", ["data-label": "Result", "class": "result"], text: rule.label)
        }
    }

    /// What people are asked, whom, and what makes an answer count.
    mutating func question(_ question: AttestQuestion) {
        block("div", ["class": "question"]) { html in
            html.block("p", ["class": "asked prose"]) { $0.value(question.question) }
            var rows: [(label: String, value: Sentence)] = [
                ("Asked of", question.roles.isEmpty ? "anyone" : "\(question.roles.joined(separator: ", "))"),
                ("An answer is valid for", "\(words: question.validFor.text)"),
                ("Evidence", question.requiresEvidence ? "required" : "optional")
            ]
            if let probe = question.willBe { rows.append(("Will be answered by", "the probe \(probe)")) }
            html.definitions(rows)
        }
    }

    /// Who accepted what, why, and until when.
    mutating func waiver(_ waiver: WaiverResult) {
        block("div", ["class": waiver.isExpired ? "waiver expired" : "waiver"]) { html in
            html.block("p", ["class": "asked prose"]) { html in
                html.inline("b", text: waiver.isExpired ? "Waiver, expired:" : "Waived:")
                html.text(" ")
                html.value(waiver.reason)
            }
            let rows: [(label: String, value: Sentence)] = [
                ("Approved by", "\(waiver.approvedBy.sentence), \(waiver.approvedAt)"),
                (waiver.isExpired ? "Expired" : "Expires", "\(waiver.expires)")
            ]
            html.definitions(rows + waiver.details + [("File", "\(waiver.file)")])
        }
    }
}
