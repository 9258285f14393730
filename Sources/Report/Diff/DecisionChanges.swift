import AuditModel

// What differs in what people said of an item.

extension ItemResult {
    /// A clause for each person whose answer that counts is another one, rests on something else or is as sure no more.
    func answerDifferences(from earlier: ItemResult) -> [String] {
        let now = answers
        let before = earlier.answers
        return Set(now.keys).union(before.keys).sorted().compactMap { person in
            switch (before[person], now[person]) {
            case (let old?, let new?):
                let clauses = new.differences(from: old)
                return clauses.isEmpty ? nil : "answer of \(new.by.id): \(clauses.joined(separator: ", "))"
            case (nil, let new?): return "answer of \(new.by.id): \(new.answer.label), was none"
            case (let old?, nil): return "answer of \(old.by.id): none, was \(old.answer.label)"
            case (nil, nil): return nil
            }
        }
    }

    /// The answers that count, by who gave them.
    private var answers: [String: AttestationResult] {
        let valid = attestations.filter { $0.state == .valid }
        return Dictionary(valid.map { (Actor.key($0.by.id), $0) }) { _, last in last }
    }
}

extension AttestationResult {
    fileprivate func differences(from earlier: AttestationResult) -> [String] {
        var clauses: [String] = []
        if answer != earlier.answer { clauses.append("\(answer.label), was \(earlier.answer.label)") }
        if by.role != earlier.by.role {
            clauses.append("as \(by.role ?? "nobody"), was \(earlier.by.role ?? "nobody")")
        }
        if statement != earlier.statement { clauses.append("says \(statement), was \(earlier.statement)") }
        if evidence.map(\.identity) != earlier.evidence.map(\.identity) { clauses.append("rests on other evidence") }
        if assurance.level != earlier.assurance.level {
            clauses.append("\(assurance.level.rawValue), was \(earlier.assurance.level.rawValue)")
        }
        return clauses
    }
}

extension EvidenceResult {
    /// What it is, and whether it still is; not when it was collected.
    fileprivate var identity: [String?] { [path, url, text, sha256, state == .mismatch ? "mismatch" : nil] }
}

extension WaiverResult {
    /// A clause each for another approver, reason and risk.
    func differences(from earlier: WaiverResult) -> [String] {
        var clauses: [String] = []
        func compare(_ name: String, _ now: String, _ before: String) {
            if now != before { clauses.append("\(name) \(now), was \(before)") }
        }
        compare("approved by", approvedBy.plain, earlier.approvedBy.plain)
        compare("waiver's reason", reason, earlier.reason)
        compare("waiver's risk", risk ?? "none", earlier.risk ?? "none")
        return clauses
    }
}

extension Actor {
    fileprivate var plain: String { role.map { "\(id) (\($0))" } ?? id }
}
