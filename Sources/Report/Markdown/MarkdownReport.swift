import AuditModel

/// The report for job summaries, pull requests and wikis: what decides first, details folded.
struct MarkdownReport {
    /// Bytes of a GitHub job summary; a longer one is dropped whole.
    static let summaryLimit = 1 << 20

    private let result: AuditResult
    private let outline: ReportOutline
    private var document: MarkdownDocument
    /// How many items a table holds at most; nil for all.
    private let rows: Int?

    init(_ result: AuditResult, limit: Int, rows: Int? = nil) {
        self.result = result
        self.rows = rows
        outline = ReportOutline(result)
        document = MarkdownDocument(limit: limit)
    }

    mutating func rendered() -> String {
        document.append("Verdict", verdict)
        add(.blocker, ["Item", "Severity", "What is wrong", "Fix"]) { item in
            [item.name, ["\(words: item.severity.rawValue)"], item.failureSentences, item.fix.map { ["\($0)"] } ?? []]
        }
        add(.undetermined, ["Item", "Severity", "Status", "Why nobody can say"]) { item in
            [item.name, ["\(words: item.severity.rawValue)"], ["\(words: item.status.label)"], item.failureSentences]
        }
        add(.awaiting, ["Item", "Severity", "Question", "What is missing"]) { item in
            let question: [Sentence] = item.question.map { ["\($0.question)", $0.conditions] } ?? []
            return [item.name, ["\(words: item.severity.rawValue)"], question, item.failureSentences]
        }
        add(.waived, ["Item", "Status", "Accepted", "Conditions"]) { item in
            let details: [Sentence] = item.waiver?.details.map { "\(words: $0.label): \($0.value)" } ?? []
            return [item.name, ["\(words: item.status.label)"], item.waiver.map { [$0.sentence] } ?? [], details]
        }
        addGate()
        addSignOffs()
        addChanges()
        addNotices()
        document.append("Audited", audited)
        addSections()
        let now = result.judgedAt
        add(.advisory, ["Item", "Severity", "Status", "Message"], folded: true) { item in
            [
                item.name, ["\(words: item.severity.rawValue)"], ["\(words: item.status.label)"],
                item.remarks(at: now) + item.failureSentences
            ]
        }
        addItems()
        addAnswers()
        addObservations()
        document.substitute = names
        return document.text
    }

    private var verdict: String {
        let lead = ([result.verdictSentence, result.judgedSentence] + (result.validitySentence.map { [$0] } ?? []))
            .map { $0.markdown(inTable: false) }.joined(separator: " ")
        return """
            # \(result.verdict.outcome.symbol) \(result.verdict.outcome.label)

            \(lead)

            **Items:** \(result.countsText)

            """
    }

    private var audited: String {
        var table = MarkdownTable(["Audited", ""])
        for (label, value) in result.identity { table.row(["\(words: label)", value]) }
        return "## Audited\n\n\(table.text)"
    }

    private mutating func add(
        _ group: ReportOutline.Group, _ header: [String], folded: Bool = false, _ cells: (ItemResult) -> [[Sentence]]
    ) {
        let items = outline[group]
        guard !items.isEmpty else { return }
        var table = MarkdownTable(header)
        for item in items.prefix(rows ?? items.count) { table.row(cells(item)) }
        if let rows, items.count > rows { table.row([["and \(items.count - rows) more"]]) }
        let title = "\(group.title) (\(items.count))"
        document.append(group.title, folded ? fold(title, table.text) : "## \(title)\n\n\(table.text)")
    }

    private mutating func addGate() {
        guard !result.gate.isEmpty else { return }
        var table = MarkdownTable(["Rule", "Holds", "Matching items"])
        for rule in result.gate {
            let items: [Sentence] = rule.items.map { "\($0)" }
            table.row([
                ["\(rule.name)"], ["\(words: rule.label)"],
                [rule.sentence] + (items.isEmpty ? [] : [items.joined(", ")])
            ])
        }
        document.append("Gate rules", "## Gate rules (\(result.gate.count))\n\n\(table.text)")
    }

    private mutating func addSignOffs() {
        let known = Set(result.signOffs.map(\.role))
        let rows =
            result.signOffs.map { ($0.state.mark, $0.summary) }
            + result.openSignOffs.filter { !known.contains($0.role) }
            .map { (SignOffResult.State.missing.mark, $0.summary) }
        guard !rows.isEmpty else { return }
        let lines = rows.map { "- \($0) \($1.markdown(inTable: false))\n" }.joined()
        document.append("Sign-offs", "## Sign-offs (\(rows.count))\n\n\(lines)")
    }

    private mutating func addChanges() {
        guard let changes = result.changes else { return }
        var text = "## Changes\n\n\(changes.summary.markdown(inTable: false))\n"
        let told = changes.told
        if !told.isEmpty {
            var table = MarkdownTable(["Change", "Item", "What differs"])
            for entry in told.prefix(rows ?? told.count) {
                table.row(["\(words: entry.kind.rawValue)", "\(entry.item)", "\(entry.message)"])
            }
            if let rows, told.count > rows { table.row(["and \(told.count - rows) more"]) }
            text += "\n\(table.text)"
        }
        document.append("Changes", text)
    }

    private mutating func addNotices() {
        guard !result.notices.isEmpty else { return }
        let lines = result.notices.map { "- \($0.sentence.markdown(inTable: false))\n" }.joined()
        document.append("Notices", "## Notices (\(result.notices.count))\n\n\(lines)")
    }

    private mutating func addSections() {
        let statuses = Status.allCases.filter { result.counts[$0] > 0 }
        var table = MarkdownTable(["Checklist", "Section"] + statuses.map(\.label))
        for section in outline.sections {
            table.row(["\(section.checklist)", "\(section.title)"] + statuses.map { "\(section.count($0))" })
        }
        document.append("By section", "## By section\n\n\(table.text)")
    }

    private mutating func addItems() {
        var table = MarkdownTable(["Status", "Item", "Severity", "Message"])
        for item in outline.sections.flatMap(\.items) {
            let disposition: Sentence = item.disposition == .waived ? " (waived)" : ""
            table.row([
                ["\(words: item.status.symbol) \(words: item.status.label)\(disposition)"], item.name,
                ["\(words: item.severity.rawValue)"],
                item.remarks(at: result.judgedAt) + [item.reason]
            ])
        }
        document.append("All items", fold("All items (\(result.items.count))", table.text))
    }

    /// Every item by its status: what is left of the list of all items where that does not fit.
    private var names: String {
        let lines = Status.worstFirst.compactMap { status -> String? in
            let items = result.items.filter { $0.status == status }
            guard !items.isEmpty else { return nil }
            let names = items.map { item -> Sentence in "\(item.id)" }.joined(", ").markdown(inTable: false)
            return "- \(status.symbol) \(items.count) \(status.label): \(names)\n"
        }
        return fold("All items, their names (\(result.items.count))", lines.joined())
    }

    private mutating func addAnswers() {
        let answered = result.items.filter { !$0.attestations.isEmpty }
        guard !answered.isEmpty else { return }
        var table = MarkdownTable(["Item", "Answers"])
        for item in answered { table.row([["\(item.id)"], item.attestations.map(\.sentence)]) }
        document.append("Answers of people", fold("Answers of people (\(answered.count))", table.text))
    }

    private mutating func addObservations() {
        guard !result.observations.isEmpty else { return }
        var table = MarkdownTable(["Probe", "Target", "Outcome", "Seconds", "Failure and attempts"])
        for observation in result.observations {
            let seconds = decimalSeconds(milliseconds: milliseconds(observation.durationSeconds))
            table.row([
                ["\(words: observation.probe.rawValue)"], ["\(observation.target)"],
                ["\(words: observation.outcome.rawValue)"], ["\(words: seconds)"], observation.failureSentences
            ])
        }
        document.append("Observations", fold("Observations (\(result.observations.count))", table.text))
    }

    /// Our own words as the summary; blank lines so that the table inside is Markdown again.
    private func fold(_ summary: String, _ text: String) -> String {
        "<details><summary>\(summary)</summary>\n\n\(text)\n</details>\n"
    }
}

extension ItemResult {
    fileprivate var name: [Sentence] { ["\(id)", "\(title)"] }
}

extension Outcome {
    fileprivate var symbol: String {
        switch self {
        case .noGo: "⛔"
        case .undetermined: "❔"
        case .awaiting: "⏳"
        case .conditionalGo: "⚠️"
        case .go: "✅"
        }
    }
}
