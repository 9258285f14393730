import AuditModel

extension ReportFormat {
    /// What differs from the earlier result, for a terminal; a result that was not compared says so.
    ///
    ///     NO-GO shop in production is not ready: 1 gating item fails.
    ///     Since 2026-11-20 09:00 UTC, when it was GO: 1 new, 40 unchanged.
    ///
    ///     New (1)
    ///       hsts (high): HSTS is on
    ///         fail, was pass; headers.hsts.maxAge: seen 1 day, was 730 days
    package static func changes(colour: Bool, detail: TextDetail) -> ReportFormat {
        ReportFormat(
            name: "text", fileExtension: "txt", mediaType: "text/plain; charset=utf-8",
            summary: "text for the terminal: what differs from the earlier result"
        ) { result in
            var writer = TerminalWriter(colour: colour)
            writer.line(
                result.verdictSentence, label: result.verdict.outcome.label, style: result.verdict.outcome.style,
                hang: 0)
            guard let changes = result.changes else {
                writer.line("It was not compared with an earlier result.", hang: 0)
                return writer.text
            }
            writer.line(changes.summary, hang: 0)
            writer.changes(changes, of: result, detail)
            for notice in result.notices where notice.code == "other-service" { writer.line(notice.sentence, hang: 0) }
            return writer.text
        }
    }
}

extension TerminalWriter {
    /// The changes by their kind; unchanged items only where everything is told, and only regressions where little is.
    mutating func changes(_ changes: ResultChanges, of result: AuditResult, _ detail: TextDetail) {
        let items = Dictionary(result.items.map { ($0.id, $0) }) { first, _ in first }
        for kind in ResultChanges.order {
            let entries = changes.entries.filter { $0.kind == kind && (detail != .quiet || $0.isRegression) }
            guard !entries.isEmpty, kind != .unchanged || detail == .verbose else { continue }
            heading("\(kind.title) (\(entries.count))")
            if kind == .unchanged {
                line(entries.map { "\($0.item)" }.joined(", "), indent: 2, hang: 0)
                continue
            }
            for entry in entries {
                let about: Sentence = items[entry.item].map { " (\(words: $0.severity.rawValue)): \($0.title)" } ?? ""
                line("\(entry.item)\(about)", indent: 2)
                if !entry.message.isEmpty { line("\(entry.message)", indent: 4) }
            }
        }
    }
}

extension ResultChanges.Kind {
    fileprivate var title: String {
        switch self {
        case .new: "New"
        case .fixed: "Fixed"
        case .worse: "Worse"
        case .unchanged: "Unchanged"
        case .changed: "Changed"
        case .added: "Added"
        case .removed: "Removed"
        }
    }
}
