import AuditModel

/// The report for a terminal: the verdict, then what needs somebody, then the names of what does not.
struct TextReport {
    /// Of more items than these that are unknown or wait for people a line each is told: one cause has often many.
    private static let explainedLimit = 5

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
        identity()
        for group in [.blocker, .undetermined, .awaiting] as [ReportOutline.Group] { blocks(group) }
        signOffs()
        gate()
        if detail == .verbose { blocks(.waived) } else { waived() }
        changes()
        notices()
        if detail == .verbose { blocks(.advisory) } else { advisory() }
        list(.notApplicable)
        list(.passed)
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

    private mutating func blocks(_ group: ReportOutline.Group) {
        let items = outline[group]
        guard !items.isEmpty else { return }
        writer.heading("\(group.title) (\(items.count))")
        let isBrief = group != .blocker && detail != .verbose && items.count > TextReport.explainedLimit
        for item in items {
            if isBrief {
                brief(item, item.status.style)
                continue
            }
            head(item, in: group)
            if detail == .verbose { evidence(item) } else { explanation(item, in: group) }
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

    /// What was expected and seen, whom it waits for, and how to mend it.
    private mutating func explanation(_ item: ItemResult, in group: ReportOutline.Group) {
        for expectation in item.expectations where expectation.holds != true {
            writer.line(expectation.sentence, indent: 6)
        }
        if group == .awaiting || item.status == .pending || item.status == .stale, let question = item.question {
            writer.line(question.sentence, indent: 6)
        }
        for attestation in item.attestations where attestation.state != .valid || item.status == .fail {
            writer.line(attestation.sentence, indent: 6)
        }
        if let waiver = item.waiver { writer.line(waiver.sentence, indent: 6) }
        if let fix = item.advice { writer.line("fix: \(fix)", indent: 6) }
    }

    private mutating func evidence(_ item: ItemResult) {
        for line in item.evidence(result.observations) { writer.line(line, indent: 6) }
        for (framework, ids) in item.controls.sorted(by: { $0.key < $1.key }) {
            writer.line("\(framework): \(ids.joined(separator: ", "))", indent: 6)
        }
    }

    private mutating func waived() {
        let items = outline[.waived]
        guard !items.isEmpty else { return }
        writer.heading("\(ReportOutline.Group.waived.title) (\(items.count))")
        for item in items {
            writer.line(
                "\(item.id) (\(words: item.severity.rawValue)): \(item.dispositionSentence(at: result.judgedAt))",
                label: "\(item.status.symbol) \(item.status.label)", style: .violet, indent: 2)
        }
    }

    /// What does not decide, each in a line with the first thing that is wrong.
    private mutating func advisory() {
        let items = outline[.advisory]
        guard !items.isEmpty else { return }
        writer.heading("\(ReportOutline.Group.advisory.title) (\(items.count))")
        for item in items { brief(item, .faint) }
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
        for notice in result.notices { writer.line(notice.sentence, indent: 2) }
    }

    /// Items that need nobody: their names, and all of them where everything is told.
    private mutating func list(_ group: ReportOutline.Group) {
        guard detail != .verbose else { return blocks(group) }
        let items = outline[group]
        guard !items.isEmpty else { return }
        writer.heading("\(group.title) (\(items.count))")
        writer.line(items.map { "\($0.id)" }.joined(", "), indent: 2, hang: 0)
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
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - unicodeScalars.count))
    }
}
