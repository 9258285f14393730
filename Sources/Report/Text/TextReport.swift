import AuditModel

/// The report for a terminal: what decides first, one block for each item that needs somebody.
struct TextReport {
    let result: AuditResult
    private let outline: ReportOutline
    private var writer: TerminalWriter

    init(_ result: AuditResult, colour: Bool) {
        self.result = result
        outline = ReportOutline(result)
        writer = TerminalWriter(colour: colour)
    }

    mutating func rendered() -> String {
        verdict()
        identity()
        for group in [.blocker, .undetermined, .awaiting, .waived, .advisory] as [ReportOutline.Group] {
            blocks(group)
        }
        gate()
        notices()
        list(.notApplicable)
        list(.passed)
        counts()
        return writer.text
    }

    private mutating func verdict() {
        let outcome = result.verdict.outcome
        writer.line(result.verdictSentence, label: outcome.label, style: outcome.style, hang: 0)
        writer.line(result.judgedSentence, hang: 0)
        if let validity = result.validitySentence { writer.line(validity, hang: 0) }
    }

    private mutating func identity() {
        writer.blank()
        for (label, value) in result.identity {
            writer.line(value, label: label.lowercased().padded(to: 12), style: .faint, indent: 2, hang: 13)
        }
    }

    private mutating func blocks(_ group: ReportOutline.Group) {
        let items = outline[group]
        guard !items.isEmpty else { return }
        heading("\(group.title) (\(items.count))")
        for item in items { block(item, in: group) }
    }

    private mutating func block(_ item: ItemResult, in group: ReportOutline.Group) {
        let style = group == .waived ? .violet : group == .advisory ? .faint : item.status.style
        writer.line(
            "\(item.id) (\(words: item.severity.rawValue)): \(item.title)",
            label: "\(item.status.symbol) \(item.status.label)", style: style, indent: 2)
        if let deferral = item.deferral(at: result.judgedAt) { writer.line(deferral, indent: 4) }
        if let reason = item.reasonBesideExpectations { writer.line(reason, indent: 4) }
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
        if group != .waived, let fix = item.advice { writer.line("fix: \(fix)", indent: 6) }
    }

    private mutating func gate() {
        guard !result.gate.isEmpty else { return }
        heading("Gate rules (\(result.gate.count))")
        for rule in result.gate {
            let items = rule.items.isEmpty ? "" : ": " + rule.items.map { "\($0)" }.joined(", ")
            writer.line(
                "\(rule.name) (\(rule.sentence))\(items)", label: rule.label,
                style: rule.holds == true ? .green : .red, indent: 2)
        }
    }

    private mutating func notices() {
        guard !result.notices.isEmpty else { return }
        heading("Notices (\(result.notices.count))")
        for notice in result.notices { writer.line(notice.sentence, indent: 2) }
    }

    /// Items that need nobody: their ids, and the reason why one does not apply.
    private mutating func list(_ group: ReportOutline.Group) {
        let items = outline[group]
        guard !items.isEmpty else { return }
        heading("\(group.title) (\(items.count))")
        if group == .notApplicable {
            for item in items { writer.line("\(item.id): \(item.reason)", indent: 2) }
        } else {
            writer.line(items.map { "\($0.id)" }.joined(", "), indent: 2, hang: 0)
        }
    }

    private mutating func counts() {
        writer.blank()
        writer.line("\(words: result.countsText)", hang: 0)
    }

    private mutating func heading(_ title: String) {
        writer.blank()
        writer.line("", label: title)
    }
}

extension Outcome {
    fileprivate var style: TerminalWriter.Style {
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
