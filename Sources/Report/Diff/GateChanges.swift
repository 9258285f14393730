import AuditModel

// How the audit file's gate rules and the sign-offs differ from an earlier result's.

extension AuditResult {
    func gateChanges(since earlier: AuditResult) -> [ResultChanges.Entry] {
        let now = zip(gateRuleIDs, gate).map { (id: $0, voice: Voice($1)) }
        return AuditResult.changes(now, since: zip(earlier.gateRuleIDs, earlier.gate).map { ($0, Voice($1)) })
    }

    func signOffChanges(since earlier: AuditResult) -> [ResultChanges.Entry] {
        func voices(_ result: AuditResult) -> [(id: String, voice: Voice)] {
            result.signOffs.map { (AuditResult.signOffID($0.role), Voice($0)) }
        }
        return AuditResult.changes(voices(self), since: voices(earlier))
    }

    private static func changes(
        _ now: [(id: String, voice: Voice)], since earlier: [(id: String, voice: Voice)]
    ) -> [ResultChanges.Entry] {
        let before = Dictionary(earlier.map { ($0.id, $0.voice) }) { first, _ in first }
        let present = Set(now.map(\.id))
        return now.map { $0.voice.change($0.id, since: before[$0.id]) }
            + earlier.filter { !present.contains($0.id) }.map { id, voice in
                ResultChanges.Entry(
                    item: id, kind: .removed, message: "is asked no longer, and gated; before: \(voice.state)",
                    gated: true)
            }
    }
}

/// A gate rule or a sign-off, as far as two of them are compared.
private struct Voice {
    var state: String
    /// 0 when it lets the verdict go, more the worse it is.
    var weight: Int
    /// What else is known of it, in one order; nil where nothing is.
    var details: [(name: String, value: String?)]

    init(_ rule: GateOutcome) {
        state = rule.holds.map { $0 ? "holds" : "does not hold" } ?? "not known"
        weight = rule.holds.map { $0 ? 0 : 2 } ?? 1
        details = [("", rule.sentence.plain)]
    }

    init(_ signOff: SignOffResult) {
        state = signOff.state.rawValue
        weight = signOff.state.isGiven ? 0 : signOff.state == .refused ? 2 : 1
        let counts = signOff.state.isGiven || signOff.state == .refused
        let vote = counts ? signOff.attestation : nil
        details = [
            ("by ", vote?.by.id), ("condition ", vote.map { $0.condition ?? "none" }),
            ("valid until ", vote?.validUntil.forPeople)
        ]
    }

    func change(_ id: String, since earlier: Voice?) -> ResultChanges.Entry {
        guard let earlier else {
            return ResultChanges.Entry(
                item: id, kind: weight > 0 ? .new : .added, message: "was not asked before; now: \(state)")
        }
        var clauses = state == earlier.state ? [] : ["\(state), was \(earlier.state)"]
        for case (let (name, now?), let (_, before?)) in zip(details, earlier.details) where now != before {
            clauses.append("\(name)\(now), was \(before)")
        }
        let kind: ResultChanges.Kind
        switch (earlier.weight, weight) {
        case (0, 1...): kind = .new
        case (1..., 0): kind = .fixed
        case (let before, let now) where now > before: kind = .worse
        default: kind = clauses.isEmpty ? .unchanged : .changed
        }
        return ResultChanges.Entry(item: id, kind: kind, message: clauses.joined(separator: "; "))
    }
}
