import AuditModel

/// Everything that people decided about one audit, and by which rules it counts.
package struct DecisionCase: Sendable {
    package var attestations: [Attestation]
    package var waivers: [Waiver]
    package var policy: WaiverPolicy
    /// How long before its end a decision is announced.
    package var expiryWarning: TimeSpan
    package var context: DecisionContext

    package init(
        attestations: [Attestation], waivers: [Waiver], policy: WaiverPolicy = WaiverPolicy(),
        expiryWarning: TimeSpan = AuditFile.defaultExpiryWarning, context: DecisionContext
    ) {
        self.attestations = attestations
        self.waivers = waivers
        self.policy = policy
        self.expiryWarning = expiryWarning
        self.context = context
    }
}

extension DecisionCase {
    /// What the reader should know of decisions besides the items' statuses: unknown, expired, unused, ending soon.
    ///
    /// - Parameter items: the judged items, by which a decision counts as used.
    package func notices(items: [ItemResult], signOffs: [SignOffResult]) -> [Notice] {
        // An item's result is large, and most have no decision.
        let subjects = Set(attestations.map(\.item) + waivers.map(\.item))
        let byID = Dictionary(items.filter { subjects.contains($0.id) }.map { ($0.id, $0) }) { first, _ in first }
        let known = subjects.isEmpty ? [] : items.map(\.id)
        return attestations.flatMap { attestation in
            let isSignOff = attestation.item == SignOffResult.item
            let own =
                isSignOff
                ? notice(ofSignOff: attestation, signOffs) : notice(for: attestation, byID[attestation.item], known)
            let weighed =
                isSignOff ? signOffs.compactMap(\.attestation) : byID[attestation.item]?.attestations ?? []
            return [own, changedNo(attestation, weighed), danglingReplacement(attestation)].compactMap(\.self)
        }
            + waivers.flatMap { waiver in
                [notice(for: waiver, byID[waiver.item], known), overdue(waiver, byID[waiver.item])].compactMap(\.self)
            }
            + items.compactMap(endingFacts) + [actorCounts(items: items, signOffs: signOffs)].compactMap(\.self)
            + earlierCommits(items: items, signOffs: signOffs) + uncheckedRoles(items, signOffs)
    }

    private func endsSoon(_ end: Instant) -> Bool {
        end > context.now && end < context.now.adding(seconds: expiryWarning.seconds)
    }

    // MARK: Attestations

    private func notice(for attestation: Attestation, _ item: ItemResult?, _ known: [String]) -> Notice? {
        let place = attestation.location
        guard let item else {
            return Notice("unknown-item", unknown("attestation", attestation.item, known), at: place)
        }
        guard item.question != nil else {
            return Notice(
                "attestation-unused", "the attestation of \(item.id) is not asked for: a probe answers that item",
                at: place)
        }
        guard let weighed = item.attestations.first(where: { $0.file == place.file }) else { return nil }
        let subject = "the attestation of \(item.id) by \(attestation.by.id)"
        switch weighed.state {
        case .valid:
            guard endsSoon(weighed.validUntil) else { return nil }
            return Notice("expires-soon", "\(subject) ends on \(weighed.validUntil.forPeople)", at: place)
        case .expired: return Notice("attestation-expired", "\(item.id): \(weighed.reason ?? "expired")", at: place)
        case .evidenceChanged:
            return Notice("evidence-changed", "\(item.id): \(weighed.reason ?? "its evidence has changed")", at: place)
        case .notYet, .otherScope, .insufficient:
            return Notice("attestation-unused", "\(item.id): \(weighed.reason ?? "it does not count")", at: place)
        case .superseded:
            return Notice("attestation-superseded", "\(subject) was replaced by a newer one", at: place)
        }
    }

    private func notice(ofSignOff attestation: Attestation, _ signOffs: [SignOffResult]) -> Notice? {
        let subject = "the sign-off by \(attestation.by.id) as \(attestation.by.role ?? "nobody")"
        guard let row = signOffs.first(where: { $0.role == attestation.by.role }) else {
            return Notice("attestation-unused", "\(subject) is not asked for", at: attestation.location)
        }
        guard let weighed = row.attestation, weighed.file == attestation.location.file else { return nil }
        if let reason = row.reason, row.state == .stale || row.state == .missing {
            return Notice("attestation-unused", "\(subject) does not count: \(reason)", at: attestation.location)
        }
        guard endsSoon(weighed.validUntil) else { return nil }
        return Notice(
            "expires-soon", "\(subject) ends on \(weighed.validUntil.forPeople)", at: attestation.location)
    }

    /// A no that counts although its evidence is another one now.
    private func changedNo(_ attestation: Attestation, _ weighed: [AttestationResult]) -> Notice? {
        guard attestation.answer == .fail, let changed = attestation.changedEvidence,
            weighed.contains(where: { $0.file == attestation.location.file && $0.state == .valid })
        else { return nil }
        return Notice(
            "evidence-changed",
            "\(attestation.item): the no by \(attestation.by.id) rests on \(changed), which has changed since; it counts "
                + "until it is answered again", at: attestation.location)
    }

    private func danglingReplacement(_ attestation: Attestation) -> Notice? {
        guard let name = attestation.supersedes,
            !attestations.contains(where: { $0.item == attestation.item && $0.fileName == name })
        else { return nil }
        return Notice(
            "supersedes-nothing", "there is no attestation \(name) of \(attestation.item) that this one could replace",
            at: attestation.location)
    }

    // MARK: Waivers

    private func notice(for waiver: Waiver, _ item: ItemResult?, _ known: [String]) -> Notice? {
        let place = waiver.location
        guard waiver.item != SignOffResult.item else {
            return Notice("waiver-unused", "a sign-off cannot be waived", at: place)
        }
        guard let item else { return Notice("unknown-item", unknown("waiver", waiver.item, known), at: place) }
        let subject = "the waiver of \(item.id)"
        if let objection = waiver.objection(severity: item.severity, policy: policy, members: context.members) {
            return Notice("waiver-out-of-policy", "\(subject) does not count: it \(objection)", at: place)
        }
        if let mismatch = waiver.mismatch(with: context.scope) {
            return Notice("waiver-unused", "\(subject) \(mismatch.sentence)", at: place)
        }
        if context.now < waiver.approvedAt {
            return Notice(
                "waiver-unused",
                "\(subject) is approved as of \(waiver.approvedAt.forPeople), which is still to come", at: place)
        }
        if context.now >= waiver.expires {
            return Notice("waiver-expired", "\(subject) expired on \(waiver.expires.forPeople)", at: place)
        }
        guard item.disposition == .waived else {
            return Notice(
                "waiver-unused", "\(subject) covers nothing: the item is \(item.status.rawValue)", at: place)
        }
        guard item.waiver?.file == place.file else {
            return Notice("waiver-unused", "another waiver of \(item.id) counts instead of this one", at: place)
        }
        guard endsSoon(waiver.expires) else { return nil }
        return Notice("expires-soon", "\(subject) ends on \(waiver.expires.forPeople)", at: place)
    }

    private func overdue(_ waiver: Waiver, _ item: ItemResult?) -> Notice? {
        guard let due = waiver.remediation?.due, due <= context.now, item?.waiver?.file == waiver.location.file,
            item?.status != .pass
        else { return nil }
        return Notice(
            "remediation-overdue",
            "what the waiver of \(waiver.item) accepts was to be mended by \(due.forPeople)", at: waiver.location)
    }

    // MARK: All of them

    /// A passing item whose facts, such as a certificate, end soon.
    private func endingFacts(_ item: ItemResult) -> Notice? {
        guard item.status == .pass, let end = item.expectations.compactMap(\.validUntil).min(), endsSoon(end) else {
            return nil
        }
        return Notice(code: "expires-soon", message: "what \(item.id) passes by ends on \(end.forPeople)")
    }

    /// Who the statements that count are by, when some are not by people.
    private func actorCounts(items: [ItemResult], signOffs: [SignOffResult]) -> Notice? {
        let relied = items.flatMap(\.attestations).filter { $0.state == .valid } + signOffs.compactMap(\.attestation)
        let kinds = relied.filter { $0.state == .valid }.map(\.by.kind)
        func count(_ kind: Actor.Kind) -> Int { kinds.count { $0 == kind } }
        guard count(.service) + count(.agent) > 0 else { return nil }
        return Notice(
            code: "not-by-people",
            message: "of the statements that count, \(count(.human)) are by people, \(count(.service)) by services and "
                + "\(count(.agent)) by agents")
    }

    /// The roles of decisions that count, when the audit file names nobody for any role.
    private func uncheckedRoles(_ items: [ItemResult], _ signOffs: [SignOffResult]) -> [Notice] {
        guard context.members.isEmpty else { return [] }
        let relied = (items.flatMap(\.attestations) + signOffs.compactMap(\.attestation)).filter { $0.state == .valid }
        let approvals = Set(items.filter { $0.disposition == .waived }.compactMap(\.waiver?.approvedBy.role)).sorted()
        var unchecked = approvals.map { "approval by \($0) is unchecked" }
        let roles = Set(relied.compactMap(\.by.role)).sorted()
        // One for all of them: nearly every answer names a role.
        if !roles.isEmpty { unchecked.append("who answers as \(roles.joined(separator: ", ")) is unchecked") }
        return unchecked.map {
            Notice(
                code: "roles-unchecked",
                message: "roles are not configured: \($0); name people under roles in gonogo.yaml")
        }
    }

    /// The commits that decisions which count are about, where the audited one only brought decisions since.
    private func earlierCommits(items: [ItemResult], signOffs: [SignOffResult]) -> [Notice] {
        let relied = (items.flatMap(\.attestations) + signOffs.compactMap(\.attestation)).filter { $0.state == .valid }
        let files = Set(relied.map(\.file) + items.compactMap(\.waiver?.file))
        let named =
            attestations.map { ($0.location.file, $0.scope.commit, $0.proof.lineage) }
            + waivers.map { ($0.location.file, $0.scope.commit, $0.proof.lineage) }
        var counts: [String: Int] = [:]
        for case (let file, let commit?, .onlyDecisions?) in named where files.contains(file) {
            counts[commit, default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { commit, count in
            Notice(
                code: "only-decisions-since",
                message: "\(count) decision\(count == 1 ? " is" : "s are") about the commit \(commit.prefix(12)); "
                    + "since then only decisions were committed, and the code is the same")
        }
    }

    private func unknown(_ kind: String, _ id: String, _ known: [String]) -> String {
        let hint = nearestName(to: id, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        return "no selected checklist has the item \(id) that this \(kind) is about\(hint)"
    }
}

extension Notice {
    fileprivate init(_ code: String, _ message: String, at place: SourceLocation) {
        self.init(code: code, message: message, file: place.file, line: place.line)
    }
}
