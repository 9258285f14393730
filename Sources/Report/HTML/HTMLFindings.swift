import AuditModel

// The items that need somebody, grouped by what they need: one line each, and the way to all the evidence.

extension HTMLPage {
    /// In the order in which a meeting takes them.
    static let decisionGroups: [ReportOutline.Group] = [.blocker, .undetermined, .waived, .awaiting]
    /// Items of one group that stand in its list; the index holds them all.
    static let findingLimit = 30

    func findings(_ html: inout HTMLWriter) {
        let printed = findingsOnPaper
        for group in HTMLPage.decisionGroups where !outline[group].isEmpty {
            html.section(HTMLAnchor.group(group), group.title, count: outline[group].count) { html in
                list(&html, group, heading: "h3", printed: printed[group, default: []])
            }
        }
    }

    /// What does not pass and does not decide.
    func advisories(_ html: inout HTMLWriter) {
        guard !outline[.advisory].isEmpty else { return }
        html.part(HTMLAnchor.group(.advisory), "Advisory", count: outline[.advisory].count) { html in
            list(&html, .advisory, heading: "h4", printed: Set(0..<HTMLPage.findingLimit))
        }
    }

    private func list(
        _ html: inout HTMLWriter, _ group: ReportOutline.Group, heading: StaticString, printed: Set<Int>
    ) {
        let items = outline[group]
        html.block("p", ["class": "note"], text: HTMLPage.note(group))
        html.block("ul", ["class": "findings"]) { html in
            for (index, item) in items.prefix(HTMLPage.findingLimit).enumerated() {
                finding(&html, item, in: group, heading: heading, isPrinted: printed.contains(index))
            }
        }
        if items.count > HTMLPage.findingLimit {
            html.block("p", ["class": "more"]) { html in
                html.inline(
                    "a", ["href": "#" + HTMLAnchor.index(group)],
                    text: "\(items.count - HTMLPage.findingLimit) more: all \(items.count)")
            }
        }
        let others = items.enumerated().filter { !printed.contains($0.offset) }.map(\.element.id)
        html.block("p", ["class": "more-on-paper"]) { $0.value(others.isEmpty ? "" : HTMLPage.names(of: others)) }
    }

    /// How many more there are on the sheets behind, and as many of their names as fit the line.
    private static func names(of ids: [String]) -> String {
        var text = "and \(ids.count) more among all items"
        for (index, id) in ids.enumerated() {
            guard text.utf8.count + id.utf8.count <= namesLimit else { return text + (index > 0 ? ", …" : "") }
            text += (index == 0 ? ": " : ", ") + id
        }
        return text
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

    private func finding(
        _ html: inout HTMLWriter, _ item: ItemResult, in group: ReportOutline.Group, heading: StaticString,
        isPrinted: Bool
    ) {
        html.block("li", ["class": "finding \(HTMLPage.tone(group, item))\(isPrinted ? "" : " not-on-paper")"]) {
            html in
            html.block(heading) { $0.link(to: item, text: item.title) }
            html.block("p", ["class": "meta"]) { html in
                html.badge(item.status)
                meta(&html, item)
            }
            html.cause(item)
            for (label, text) in people(of: item) { html.labelled(label, text, class: "accepted") }
            if group == .blocker, let fix = item.advice { html.labelled("Fix", "\(fix)", class: "fix") }
        }
    }

    /// The item's id, weight and place.
    func meta(_ html: inout HTMLWriter, _ item: ItemResult) {
        html.text(" \(traits(of: item).joined(separator: " · ")) · ")
        html.inline("code", ["class": "id"]) { $0.value(item.id) }
    }

    func traits(of item: ItemResult) -> [String] {
        var words = [item.severity.rawValue, item.enforcementSentence(at: result.judgedAt).plain]
        if item.disposition == .waived { words.append("waived") }
        if item.disposition == .waiverExpired { words.append("waiver expired") }
        if item.disposition == .attested { words.append("attested") }
        return words
    }

    /// Who accepted it until when, and who is asked what.
    func people(of item: ItemResult) -> [(label: String, text: Sentence)] {
        var rows: [(String, Sentence)] = []
        if let waiver = item.waiver {
            rows.append(
                (
                    waiver.isExpired ? "Waiver expired" : "Accepted until",
                    "\(waiver.expires) (\(words: waiver.expires.distance(to: result.judgedAt))), by "
                        + "\(waiver.approvedBy.sentence): \(waiver.reason)"
                ))
        }
        if item.status == .pending || item.status == .stale, let question = item.question {
            let roles = question.roles.isEmpty ? "anyone" : question.roles.joined(separator: ", ")
            rows.append(("Asked of", "\(roles): \(question.question)"))
        }
        return rows
    }
}

extension HTMLWriter {
    /// Expectations of one item on the decision page.
    private static let causeLimit = 3

    /// Seen against expected, or else the reason.
    fileprivate mutating func cause(_ item: ItemResult) {
        reason(item)
        let open = item.expectations.filter { $0.holds != true }
        for expectation in open.prefix(HTMLWriter.causeLimit) {
            block("p", ["class": "cause"]) { html in
                html.text(expectation.unobserved == nil ? "Seen " : "")
                html.inline("b") { $0.value(expectation.observedText) }
                html.text(", expected ")
                html.inline("b") { $0.value(expectation.expectedText) }
                html.text(" ")
                html.inline("code") { $0.value(expectation.fact) }
            }
        }
        let more = open.count - HTMLWriter.causeLimit
        if more > 0 { block("p", ["class": "cause"], text: "and \(counted(more, "expectation")) more") }
    }
}

extension Instant {
    /// `in 24 days`, `3 days ago`, `today`: whole days between the two.
    func distance(to now: Instant) -> String {
        let days = Int((abs(seconds(since: now)) / 86_400).rounded(.down))
        if days == 0 { return self < now ? "less than a day ago" : "in less than a day" }
        return self < now ? "\(counted(days, "day")) ago" : "in \(counted(days, "day"))"
    }
}
