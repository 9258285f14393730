import AuditModel

extension AuditResult {
    /// How this result differs from an earlier one, by the ids of items, gate rules and sign-offs.
    package func changes(since earlier: AuditResult) -> ResultChanges {
        let before = Dictionary(earlier.items.map { ($0.id, $0) }) { first, _ in first }
        let present = Set(items.map(\.id))
        let entries =
            items.map { $0.change(since: before[$0.id]) }
            + earlier.items.filter { !present.contains($0.id) }.map(\.removal)
            + gateChanges(since: earlier) + signOffChanges(since: earlier)
        return ResultChanges(since: earlier.judgedAt, outcomeBefore: earlier.verdict.outcome, entries: entries)
    }

    /// This result with its changes since an earlier one, and a notice when that is of another service.
    package func compared(with earlier: AuditResult) -> AuditResult {
        var result = self
        result.changes = changes(since: earlier)
        if earlier.service.name != service.name {
            result.notices.append(
                Notice(
                    code: "other-service",
                    message: "the earlier result is of \(earlier.service.name), this one of \(service.name)"))
        }
        return result
    }
}

extension ResultChanges {
    /// Whether something keeps the verdict from go that did not before, or does so worse than before, or is no longer
    /// asked although it gated.
    package func hasRegressions(now outcome: Outcome) -> Bool {
        let isWorse = outcome.rank < outcomeBefore.rank
        // An item waived since may make a conditional go of a go; that is what people decided.
        let isOpen = outcome != .go && outcome != .conditionalGo
        return entries.contains(where: \.isRegression) || (isWorse && isOpen)
    }
}

extension ItemResult {
    fileprivate func change(since earlier: ItemResult?) -> ResultChanges.Entry {
        guard let earlier else {
            return ResultChanges.Entry(
                item: id, kind: blocks ? .new : .added, message: "was not asked before; it is \(standing)")
        }
        let differences = differences(from: earlier)
        let kind: ResultChanges.Kind
        switch (earlier.blocks, blocks) {
        case (false, true): kind = .new
        case (true, false): kind = .fixed
        case (true, true) where isWorse(than: earlier): kind = .worse
        case (true, true), (false, false): kind = differences.isEmpty ? .unchanged : .changed
        }
        // A gate rule of the audit file may count an item that is as it was.
        let counted = kind == .new ? ["it decides now"] : kind == .fixed ? ["it decides no longer"] : []
        return ResultChanges.Entry(
            item: id, kind: kind, message: (differences.isEmpty ? counted : differences).joined(separator: "; "))
    }

    /// What is told of an item that is asked no longer.
    fileprivate var removal: ResultChanges.Entry {
        let gated = blocks || (enforcement == .gate && status != .notApplicable)
        return ResultChanges.Entry(
            item: id, kind: .removed,
            message: "is asked no longer; it was \(standing)\(gated ? " and gated" : "")", gated: gated)
    }

    /// Of two results that keep the verdict from go: graver, known to fail now, or known no longer.
    private func isWorse(than earlier: ItemResult) -> Bool {
        if severity > earlier.severity { return true }
        let order: [[Status]] = [[.pending, .stale], [.inconclusive, .error], [.fail]]
        let rank = order.firstIndex { $0.contains(status) } ?? 2
        let rankBefore = order.firstIndex { $0.contains(earlier.status) } ?? 2
        // From a failure to something that nobody could see: whether it was mended is not known.
        return rank > rankBefore || (rankBefore == 2 && rank == 1)
    }

    /// What differs, a clause each, the status first; what is only worded otherwise does not count.
    private func differences(from earlier: ItemResult) -> [String] {
        var clauses: [String] = []
        func compare(_ name: String, _ now: String, _ before: String) {
            if now != before { clauses.append("\(name)\(now), was \(before)") }
        }
        compare("", standing, earlier.standing)
        compare("severity ", severity.rawValue, earlier.severity.rawValue)
        compare("enforcement ", enforcement.rawValue, earlier.enforcement.rawValue)
        clauses += evidenceDifferences(from: earlier)
        compare("waiver until ", waiver.expiry, earlier.waiver.expiry)
        if let waiver, let before = earlier.waiver { clauses += waiver.differences(from: before) }
        clauses += answerDifferences(from: earlier)
        compare("answers valid until ", answerExpiry, earlier.answerExpiry)
        return clauses
    }

    private func evidenceDifferences(from earlier: ItemResult) -> [String] {
        let before = Dictionary(earlier.expectations.map { ($0.key, $0) }) { first, _ in first }
        return expectations.compactMap { expectation in
            guard let old = before[expectation.key] else { return nil }
            var clauses: [String] = []
            if old.observedText != expectation.observedText {
                clauses.append("seen \(expectation.observedText), was \(old.observedText)")
            }
            if old.expectedText != expectation.expectedText {
                clauses.append("expected \(expectation.expectedText), was \(old.expectedText)")
            }
            return clauses.isEmpty ? nil : "\(expectation.fact): \(clauses.joined(separator: ", "))"
        }
    }

    /// `fail`, `fail (waived)`.
    private var standing: String {
        disposition == .waived ? "\(status.label) (waived)" : status.label
    }

    private var answerExpiry: String {
        attestations.filter { $0.state == .valid }.map(\.validUntil).min()?.forPeople ?? "none"
    }
}

extension ExpectationResult {
    fileprivate var key: String { "\(fact) \(matcher) \(alternative ?? 0)" }
}

extension WaiverResult? {
    fileprivate var expiry: String { self?.expires.forPeople ?? "none" }
}

extension Outcome {
    /// 0 for the worst.
    fileprivate var rank: Int { Outcome.allCases.firstIndex(of: self) ?? 0 }
}
