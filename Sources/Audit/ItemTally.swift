import AuditModel
import ChecklistYAML

/// How an item is answered today.
package enum Answering: String, Sendable, CaseIterable {
    /// By a probe, alone or together with people.
    case automated
    /// By people.
    case attested
    /// By people, until the probe that the item names is built.
    case planned
}

extension Item {
    package var answering: Answering {
        guard probe == nil else { return .automated }
        return willBe == nil ? .attested : .planned
    }
}

/// How many items are answered in which way.
package struct ItemTally: Sendable, Equatable {
    package var automated = 0
    /// By people today, planned ones included.
    package var attested = 0
    /// Of those attested, the ones that a planned probe will answer.
    package var planned = 0

    package init(_ answers: some Sequence<Answering>) {
        for answer in answers {
            switch answer {
            case .automated: automated += 1
            case .attested: attested += 1
            case .planned:
                attested += 1
                planned += 1
            }
        }
    }

    /// `80 automated, 30 attested (12 of them until a planned probe is built)`
    package var text: String {
        let later = planned == 0 ? "" : " (\(planned) of them until a planned probe is built)"
        return "\(automated) automated, \(attested) attested\(later)"
    }
}

/// `1 item`, `3 items`.
func countedItems(_ count: Int) -> String { count == 1 ? "1 item" : "\(count) items" }

/// Text in columns, as wide as their widest cell; numbers stand to the right, and the last column is not padded.
func columns(_ rows: [[String]], numbers: ClosedRange<Int>) -> String {
    let widths = (rows.first ?? []).indices.map { column in
        rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
        let cells = row.enumerated().map { column, cell in
            let space = String(repeating: " ", count: max(0, widths[column] - cell.count))
            if numbers.contains(column) { return space + cell }
            return column == row.count - 1 ? cell : cell + space
        }
        return cells.joined(separator: "  ") + "\n"
    }.joined()
}
