import AuditModel

/// The report for a terminal: the verdict, then what needs somebody, then the names of what does not.
struct TextReport {
    /// Blockers that are explained; of further ones a line each is told.
    private static let explainedLimit = 10
    /// Items of any other group that have a line; of further ones the names are told.
    private static let lineLimit = 10
    /// What fails without deciding and has a line.
    private static let advisoryLimit = 5
    private static let noticeLimit = 5
    /// Bytes after which a fix ends with its sentence.
    private static let fixLimit = 120

    private let result: AuditResult
    private let outline: ReportOutline
    private let detail: TextDetail
    private var writer: TerminalWriter

    init(_ result: AuditResult, colour: Bool, detail: TextDetail) {
        self.result = result
        self.detail = detail
        outline = ReportOutline(result)
        writer = TerminalWriter(colour: colour)
    }

    mutating func rendered() -> String {
        verdict()
        guard detail != .quiet else {
            findings()
            return writer.text
        }
        writer.line("\(words: result.countsText)", hang: 0)
        identity()
        if detail == .verbose { blocks([.blocker, .undetermined, .awaiting]) } else { deciding() }
        signOffs()
        gate()
        if detail == .verbose { blocks([.waived]) } else { waived() }
        changes()
        notices()
        if detail == .verbose { blocks([.advisory, .notApplicable, .passed]) } else { others() }
        observations()
        counts()
        return writer.text
    }

    private mutating func verdict() {
        let outcome = result.verdict.outcome
        writer.line(result.verdictSentence, label: outcome.label, style: outcome.style, hang: 0)
        guard detail != .quiet else { return }
        writer.line(result.judgedSentence, hang: 0)
        if let validity = result.validitySentence { writer.line(validity, hang: 0) }
    }

    /// A line for everything that keeps the verdict from go.
    private mutating func findings() {
        for finding in result.findings where finding.blocks {
            let label = finding.item.map { "\($0.status.symbol) \($0.status.label)" } ?? "✗"
            let reason = finding.reasons.first ?? ""
            writer.line(
                "\(finding.id) (\(words: finding.severity.rawValue)): \(reason)", label: label,
                style: finding.item?.status.style ?? .red, indent: 2)
        }
    }

    /// What was audited: all that is known of it, or the targets alone.
    private mutating func identity() {
        guard detail == .verbose else {
            let service = result.service
            var parts: [Sentence] = [service.url, service.image].compactMap { $0.map { "\($0)" } }
            if let commit = service.commit { parts.append("commit \(String(commit.prefix(12)))") }
            parts += result.checklists.prefix(6).map { "\($0.id) \($0.version)" }
            if result.checklists.count > 6 { parts.append("and \(result.checklists.count - 6) more checklists") }
            return writer.line(parts.joined(" · "), hang: 0)
        }
        writer.blank()
        for (label, value) in result.identity {
            writer.line(value, label: label.lowercased().padded(to: 12), style: .faint, indent: 2, hang: 13)
        }
    }

    /// Every item of the groups with its evidence.
    private mutating func blocks(_ groups: [ReportOutline.Group]) {
        for group in groups where heading(group) {
            for item in outline[group] {
                head(item, in: group)
                evidence(item)
            }
        }
    }

    /// False, and no heading, for a group without items.
    private mutating func heading(_ group: ReportOutline.Group) -> Bool {
        let count = outline[group].count
        if count > 0 { writer.heading("\(group.title) (\(count))") }
        return count > 0
    }

    /// What keeps the verdict from go: blockers with what was expected and seen, and a line for what is unknown or
    /// waits for people.
    private mutating func deciding() {
        if heading(.blocker) {
            let items = outline[.blocker]
            for item in items.prefix(TextReport.explainedLimit) {
                head(item, in: .blocker)
                explanation(item)
            }
            for item in items.dropFirst(TextReport.explainedLimit) { brief(item, item.status.style) }
        }
        for group in [.undetermined, .awaiting] as [ReportOutline.Group] where heading(group) {
            let items = outline[group]
            for item in items.prefix(TextReport.lineLimit) { brief(item, item.status.style) }
            names(of: items.dropFirst(TextReport.lineLimit))
        }
    }

    private mutating func head(_ item: ItemResult, in group: ReportOutline.Group) {
        let style = group == .waived ? .violet : group == .advisory ? .faint : item.status.style
        writer.line(
            "\(item.id) (\(words: item.severity.rawValue)): \(item.title)",
            label: "\(item.status.symbol) \(item.status.label)", style: style, indent: 2)
        if let deferral = item.deferral(at: result.judgedAt) { writer.line(deferral, indent: 4) }
        if let reason = item.reasonBesideExpectations { writer.line(reason, indent: 4) }
    }

    /// What was expected and seen, and how to mend it.
    private mutating func explanation(_ item: ItemResult) {
        for expectation in item.expectations where expectation.holds != true {
            writer.line(expectation.sentence, indent: 6)
        }
        if let waiver = item.waiver { writer.line(waiver.sentence, indent: 6) }
        if let fix = item.advice { writer.line("fix: \(fix.leadingSentences(past: TextReport.fixLimit))", indent: 6) }
    }

    private mutating func evidence(_ item: ItemResult) {
        for line in item.evidence(result.observations) { writer.line(line, indent: 6) }
        for (framework, ids) in item.controls.sorted(by: { $0.key < $1.key }) {
            writer.line("\(framework): \(ids.joined(separator: ", "))", indent: 6)
        }
    }

    private mutating func waived() {
        guard heading(.waived) else { return }
        let items = outline[.waived]
        for item in items.prefix(TextReport.lineLimit) {
            writer.line(
                "\(item.id) (\(words: item.severity.rawValue)): \(item.dispositionSentence(at: result.judgedAt))",
                label: "\(item.status.symbol) \(item.status.label)", style: .violet, indent: 2)
        }
        names(of: items.dropFirst(TextReport.lineLimit))
    }

    /// What does not decide: the gravest failures with the first thing that is wrong, of everything else the names.
    private mutating func others() {
        if heading(.advisory) {
            let items = outline[.advisory]
            let shown = items.filter { $0.status == .fail }.prefix(TextReport.advisoryLimit)
            for item in shown { brief(item, .faint) }
            let told = Set(shown.map(\.id))
            names(of: items.filter { !told.contains($0.id) })
        }
        for group in [.notApplicable, .passed] as [ReportOutline.Group] where heading(group) {
            writer.line(outline[group].map { "\($0.id)" }.joined(", "), indent: 2, hang: 0)
        }
    }

    /// The names of items by their status, each with the date until when it is advisory, or the baseline.
    private mutating func names(of items: some Collection<ItemResult>) {
        for status in Status.worstFirst {
            let names: [Sentence] = items.filter { $0.status == status }.map { item in
                let deferral = item.enforceFrom == nil && !item.isInBaseline ? nil : item.deferral(at: result.judgedAt)
                return "\(item.id)" + (deferral.map { " (\($0))" } ?? "")
            }
            guard !names.isEmpty else { continue }
            writer.line(
                names.joined(", "), label: "\(status.symbol) \(names.count) \(status.label):", style: .faint, indent: 2)
        }
    }

    /// A line with the first thing that is wrong.
    private mutating func brief(_ item: ItemResult, _ style: TerminalWriter.Style) {
        let unmet = item.expectations.first { $0.holds != true }.map(\.sentence)
        let remarks = item.remarks(at: result.judgedAt)
        let aside: Sentence = remarks.isEmpty ? "" : " (\(remarks.joined("; ")))"
        writer.line(
            "\(item.id) (\(words: item.severity.rawValue)): \(unmet ?? item.reason)\(aside)",
            label: "\(item.status.symbol) \(item.status.label)", style: style, indent: 2)
    }

    private mutating func signOffs() {
        let known = Set(result.signOffs.map(\.role))
        let bare = result.openSignOffs.filter { !known.contains($0.role) }
        guard !result.signOffs.isEmpty || !bare.isEmpty else { return }
        writer.heading("Sign-offs (\(result.signOffs.count + bare.count))")
        for row in result.signOffs {
            writer.line(row.summary, label: row.state.mark, style: row.state.isGiven ? .green : .blue, indent: 2)
        }
        for open in bare {
            writer.line(open.summary, label: SignOffResult.State.missing.mark, style: .blue, indent: 2)
        }
    }

    private mutating func gate() {
        let rules = detail == .verbose ? result.gate : result.gate.filter { $0.holds != true }
        guard !rules.isEmpty else { return }
        writer.heading("Gate rules (\(rules.count))")
        for rule in rules {
            let items = rule.items.isEmpty ? "" : ": " + rule.items.map { "\($0)" }.joined(", ")
            writer.line(
                "\(rule.name) (\(rule.sentence))\(items)", label: rule.label,
                style: rule.holds == true ? .green : .red, indent: 2)
        }
    }

    private mutating func changes() {
        guard let changes = result.changes else { return }
        writer.blank()
        writer.line(changes.summary, hang: 0)
        for entry in changes.told where detail == .verbose || entry.kind != .changed {
            let message: Sentence = entry.message.isEmpty ? "" : ": \(entry.message)"
            writer.line("\(entry.item)\(message)", label: entry.kind.rawValue, indent: 2)
        }
    }

    private mutating func notices() {
        guard !result.notices.isEmpty else { return }
        writer.heading("Notices (\(result.notices.count))")
        let limit = detail == .verbose ? result.notices.count : TextReport.noticeLimit
        for notice in result.notices.prefix(limit) { writer.line(notice.sentence, indent: 2) }
        if result.notices.count > limit { writer.line("and \(result.notices.count - limit) more", indent: 2) }
    }

    private mutating func observations() {
        guard detail == .verbose, !result.observations.isEmpty else { return }
        writer.heading("Observations (\(result.observations.count))")
        for observation in result.observations {
            let seconds = decimalSeconds(milliseconds: milliseconds(observation.durationSeconds))
            writer.line(
                "\(words: observation.probe.rawValue) of \(observation.target): "
                    + "\(words: observation.outcome.rawValue), \(words: seconds) s", indent: 2)
        }
    }

    /// The answer once more, where the eye is when the text has scrolled by.
    private mutating func counts() {
        let outcome = result.verdict.outcome
        writer.blank()
        writer.line("\(words: result.countsText)", label: outcome.label, style: outcome.style, hang: 0)
    }
}

extension Outcome {
    var style: TerminalWriter.Style {
        switch self {
        case .noGo: .red
        case .undetermined: .amber
        case .awaiting: .blue
        case .conditionalGo: .violet
        case .go: .green
        }
    }
}

extension Status {
    fileprivate var style: TerminalWriter.Style {
        switch self {
        case .pass: .green
        case .fail: .red
        case .inconclusive, .error: .amber
        case .pending, .stale: .blue
        case .notApplicable: .faint
        }
    }
}

extension String {
    /// The sentences up to the one that passes a number of bytes, and `…` for what is left out.
    fileprivate func leadingSentences(past limit: Int) -> String {
        guard utf8.count > 2 * limit else { return self }
        let stop = ranges(of: ". ").first { utf8.distance(from: startIndex, to: $0.upperBound) > limit }
        return stop.map { "\(self[..<$0.upperBound])…" } ?? self
    }

    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - unicodeScalars.count))
    }
}
