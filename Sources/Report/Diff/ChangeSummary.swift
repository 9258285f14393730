import AuditModel

extension ResultChanges {
    /// The order in which changes are told: what got worse comes first.
    static let order: [Kind] = [.new, .worse, .fixed, .changed, .added, .removed, .unchanged]

    /// `Since 2026-11-20 09:00 UTC, when it was GO: 1 new, 40 unchanged.`
    var summary: Sentence {
        let counts = ResultChanges.order.compactMap { kind in
            let count = entries.count { $0.kind == kind }
            return count > 0 ? "\(count) \(kind.rawValue)" : nil
        }
        let text = counts.isEmpty ? "no items" : counts.joined(separator: ", ")
        return "Since \(since), when it was \(words: outcomeBefore.label): \(words: text)."
    }

    /// The entries that differ, worst first, then in the order of the items.
    var told: [Entry] { ResultChanges.order.dropLast().flatMap { kind in entries.filter { $0.kind == kind } } }
}
