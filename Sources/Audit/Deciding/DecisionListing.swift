import AuditModel
import Judge
import SignOff

/// All attestations and waivers of a service with their state at one instant.
package struct DecisionListing: Sendable {
    /// One decision.
    package struct Row: Sendable {
        package var kind: String
        package var item: String
        /// `valid`, `expired`, `unused`, `unmatched`, …
        package var state: String
        package var by: Actor
        package var end: Instant
        package var assurance: AssuranceResult
        package var evidence: [EvidenceResult]
        /// Why it does not count, or what else there is to know; nil when it simply counts.
        package var remark: String?
        package var file: String
        package var endsSoon: Bool
    }

    package var rows: [Row]
    /// What is no single decision's: folders that are not there, files that are not read.
    package var remarks: [String]
    /// What could be looked at no more: signatures that nothing here verifies, evidence that is not there.
    package var unverified: [String]
    private let now: Instant
    private let within: TimeSpan

    /// - Parameter recording: what an audit saw, by which waivers count as used; nil when that is not asked.
    /// - Parameter within: how long before its end a decision is marked; nil for what the audit file says.
    package init(
        _ preparation: Preparation, _ recording: Recording?, at now: Instant, within: TimeSpan?
    ) throws(AuditError) {
        let (plan, result) = try preparation.judgedForPeople(recording, at: now)
        let decisions = preparation.decisionCase(for: recording?.service ?? preparation.service, at: now)
        self.now = now
        self.within = within ?? decisions.expiryWarning
        let soon = now.adding(seconds: self.within.seconds)
        let remarks = Dictionary(
            result.notices.compactMap { notice in notice.file.map { ($0, notice) } }, uniquingKeysWith: { $1 })
        func row(
            _ kind: String, _ item: String, _ state: String, by: Actor, end: Instant, _ proof: DecisionProof,
            _ evidence: [EvidenceResult], _ remark: String?, _ file: String
        ) -> Row {
            Row(
                kind: kind, item: item, state: state, by: by, end: end, assurance: proof.assurance,
                evidence: evidence, remark: remark, file: file, endsSoon: end > now && end < soon)
        }
        let demands = Dictionary(
            plan.items.compactMap { planned in planned.item.attest.map { (planned.item.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        let signOffRoles = Set(result.signOffs.map(\.role))
        rows = preparation.attestations.map { made in
            let file = made.location.file
            let demand =
                made.item == SignOffResult.item
                ? made.by.role.flatMap { signOffRoles.contains($0) ? SignOffResult.demand(role: $0) : nil }
                : demands[made.item]
            let own = preparation.attestations.filter { $0.item == made.item }
            let weighed = demand?.weigh(own, in: decisions.context).first { $0.file == file }
            return row(
                made.item == SignOffResult.item ? "sign-off" : "attestation", made.item,
                weighed?.state.rawValue ?? "unmatched", by: made.by, end: weighed?.validUntil ?? made.expires,
                made.proof, weighed?.evidence ?? made.evidence.map { EvidenceResult($0) },
                weighed?.state == .valid ? made.proof.remark : weighed?.reason ?? remarks[file]?.message, file)
        }
        rows += preparation.waivers.map { made in
            let file = made.location.file
            let planned = plan.items.first { $0.item.id == made.item }
            let state = Self.state(
                of: made, planned?.severity, result.items.first { $0.id == made.item }, decisions,
                isObserved: recording != nil)
            return row(
                "waiver", made.item, state, by: made.approvedBy, end: made.expires, made.proof, [],
                state == "valid" ? made.proof.remark : remarks[file]?.message, file)
        }
        unverified =
            result.notices.filter { $0.code == "signature-not-verified" }.map(\.message)
            + preparation.attestations.flatMap { made in
                zip(made.evidence, made.proof.evidence).filter { $0.1 == .missing }.map { evidence, _ in
                    "the evidence \(evidence.path ?? "") of \(made.location.file) is not there"
                }
            }
        self.remarks = result.notices.filter { $0.file == nil && Self.codes.contains($0.code) }.map(\.message)
    }

    private static let codes: Set<String> = ["no-such-folder", "not-read", "decisions-from", "log-unread"]

    private static func state(
        of waiver: Waiver, _ severity: Severity?, _ item: ItemResult?, _ decisions: DecisionCase, isObserved: Bool
    ) -> String {
        guard let severity, let item else { return "unmatched" }
        if waiver.objection(severity: severity, policy: decisions.policy, members: decisions.context.members) != nil {
            return "out-of-policy"
        }
        guard decisions.context.now >= waiver.approvedAt else { return "not-yet" }
        guard let counting = [waiver].weigh(severity: severity, policy: decisions.policy, in: decisions.context) else {
            return "other-scope"
        }
        if counting.isExpired { return "expired" }
        let isUnused = isObserved && item.waiver?.file != waiver.location.file
        return isUnused || item.status == .pass || item.status == .notApplicable ? "unused" : "valid"
    }
}

extension DecisionListing {
    /// A block for each decision, what ends first at the top.
    package var text: String {
        guard !rows.isEmpty else { return (remarks + ["no decisions"]).joined(separator: "\n") + "\n" }
        let ordered = rows.sorted { ($0.end, $0.file) < ($1.end, $1.file) }
        var text = remarks.map { $0 + "\n" }.joined()
        for row in ordered { text += block(row) }
        let soon = rows.count { $0.endsSoon && $0.state == "valid" }
        var counts: [String: Int] = [:]
        for row in rows { counts[row.state, default: 0] += 1 }
        let states = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return text + "\n\(rows.count) decisions as of \(now.forPeople): \(states); "
            + "\(soon) end\(soon == 1 ? "s" : "") within \(within.text)\n"
    }

    private func block(_ row: Row) -> String {
        let role = row.by.role.map { " as \($0)" } ?? ""
        let kind = row.by.kind == .human ? "" : ", \(row.by.kind.rawValue)"
        let mark = row.endsSoon && row.state == "valid" ? ", ends soon" : ""
        var lines = [
            "\(row.state)  \(row.item)  \(row.kind) by \(row.by.id)\(role)\(kind)",
            "    until \(row.end.forPeople), \(row.end.distance(from: now))\(mark); \(row.assuranceText)"
        ]
        if let remark = row.remark { lines.append("    \(remark)") }
        lines += row.evidence.map { "    evidence \($0.path ?? $0.url ?? $0.text ?? ""): \($0.state.rawValue)" }
        return (lines + ["    \(row.file)"]).joined(separator: "\n") + "\n"
    }

    /// What does not verify: evidence that is not what it was.
    package var failures: [Diagnostic] {
        rows.flatMap { row in
            row.evidence.filter { $0.state == .mismatch }.map { evidence in
                Diagnostic(
                    "evidence-changed", "\(evidence.path ?? "the evidence") is not what it was when it was attested",
                    at: SourceLocation(file: row.file, line: 1, column: 1))
            }
        }
    }
}

extension DecisionProof {
    /// That it is about an earlier commit of the same code.
    fileprivate var remark: String? {
        lineage == .onlyDecisions ? "about an earlier commit; since then only decisions were committed" : nil
    }
}

extension DecisionListing.Row {
    fileprivate var assuranceText: String {
        let by = assurance.by.map { " (\($0))" } ?? ""
        switch assurance.level {
        case .unsigned: return "unsigned"
        case .committed: return "committed\(by)"
        case .signedUntrusted: return "signed by a key that is not trusted\(by)"
        case .signed: return "signed\(by)"
        }
    }
}
