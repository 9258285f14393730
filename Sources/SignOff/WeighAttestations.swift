import AuditModel

/// Whether a statement counts, and why not; the reason is nil when it does.
typealias Weight = (state: AttestationResult.State, reason: String?)

extension AttestDemand {
    /// Weighs every attestation of one item at an instant: which count, and why the others do not.
    ///
    /// In the order of their `at`. Of several by one person about this release only the newest counts; a person of the
    /// same role may replace a statement by naming its file.
    package func weigh(_ attestations: [Attestation], in context: DecisionContext) -> [AttestationResult] {
        weigh(attestations, in: context) { _ in nil }
    }

    /// - Parameter objection: what else keeps a statement from counting.
    func weigh(
        _ attestations: [Attestation], in context: DecisionContext, objection: (Attestation) -> Weight?
    ) -> [AttestationResult] {
        // Of two at one instant a no stands last, so that no yes replaces it.
        let ordered = attestations.sorted {
            ($0.at, $0.answer == .fail ? 1 : 0, $0.location.file) < (
                $1.at, $1.answer == .fail ? 1 : 0, $1.location.file
            )
        }
        let alone = ordered.map { objection($0) ?? weight(of: $0, in: context) }
        return ordered.indices.map { index in
            let isReplaced =
                alone[index].state != .notYet
                && ordered.indices[(index + 1)...].contains { newer in
                    ordered[newer].replaces(ordered[index], weighing: alone[newer].state, demand: self, in: context)
                }
            let (state, reason) = isReplaced ? (.superseded, "replaced by a newer statement") : alone[index]
            return ordered[index].result(validUntil: end(of: ordered[index]), state: state, reason: reason)
        }
    }

    private func end(of attestation: Attestation) -> Instant {
        min(attestation.expires, attestation.at.adding(seconds: validFor.seconds))
    }

    /// What the statement weighs by itself, whatever else was said.
    private func weight(of attestation: Attestation, in context: DecisionContext) -> Weight {
        let who = attestation.by.id
        let subject = "the attestation by \(who)"
        guard attestation.at <= context.now else {
            return (.notYet, "\(subject) is dated \(attestation.at.forPeople), which is still to come")
        }
        if let mismatch = attestation.mismatch(with: context.scope, demanded: bind) {
            return (mismatch.isUnknown ? .insufficient : .otherScope, "\(subject) \(mismatch.sentence)")
        }
        let end = end(of: attestation)
        guard context.now < end else {
            let cause = end < attestation.expires ? ", \(validFor.text) after it was made" : ""
            return (.expired, "\(subject) expired on \(end.forPeople)\(cause)")
        }
        // Whoever can touch a file would otherwise set a no aside.
        if attestation.answer != .fail, let changed = attestation.changedEvidence {
            return (.evidenceChanged, "\(subject) rests on \(changed), which has changed since")
        }
        if !roles.isEmpty, !roles.contains(attestation.by.role ?? "") {
            let role = attestation.by.role.map { "the role \($0)" } ?? "no role"
            return (.insufficient, "\(who) attests with \(role); asked are \(roles.joined(separator: " or "))")
        }
        if let objection = context.objection(toRoleOf: attestation.by) {
            return (.insufficient, "\(who) attests \(objection)")
        }
        if let objection = evidenceObjection(to: attestation) { return (.insufficient, "\(subject) \(objection)") }
        if let objection = attestation.proof.objection(to: assurance, by: who) {
            return (.insufficient, "\(subject) \(objection)")
        }
        return independenceObjection(to: who, in: context).map { (.insufficient, $0) } ?? (.valid, nil)
    }

    private func evidenceObjection(to attestation: Attestation) -> String? {
        guard requiresEvidence, attestation.answer != .fail else { return nil }
        if attestation.evidence.isEmpty { return "names no evidence, which is required" }
        let missing = zip(attestation.evidence, attestation.proof.evidence).filter { $0.1 == .missing }
        guard !missing.isEmpty else { return nil }
        return "rests on \(missing.compactMap(\.0.path).joined(separator: ", ")), which is not there"
    }

    private func independenceObjection(to id: String, in context: DecisionContext) -> String? {
        guard independent else { return nil }
        guard let authors = context.authors else {
            return "the item asks somebody else than the author of the audited commit, who is not known"
        }
        guard authors.contains(where: { isSame($0, id) }) else { return nil }
        return "\(id) wrote the audited commit, and the item asks somebody else"
    }
}

extension Attestation {
    fileprivate func mismatch(with audit: Scope, demanded: [Binding]) -> ScopeMismatch? {
        scope.mismatch(with: audit, demanded: demanded, lineage: proof.lineage)
    }

    /// Whether this newer statement takes the place of an older one about the same item.
    ///
    /// Nobody's "no" is set aside by a statement that does not count itself.
    fileprivate func replaces(
        _ older: Attestation, weighing state: AttestationResult.State, demand: AttestDemand, in context: DecisionContext
    ) -> Bool {
        guard at <= context.now, mismatch(with: context.scope, demanded: demand.bind) == nil else { return false }
        let isSound = state == .valid || state == .expired
        if isSame(by.id, older.by.id) { return isSound || older.answer != .fail }
        return isSound && supersedes == older.fileName && by.role != nil && by.role == older.by.role
    }

    /// The name of its file without the folder.
    var fileName: String { location.file.split(separator: "/").last.map(String.init) ?? location.file }

    /// The first piece of its evidence that is another one now; nil when none is.
    var changedEvidence: String? {
        zip(evidence, proof.evidence).first { $0.1 == .changed }.map { $0.0.path ?? "its evidence" }
    }

    fileprivate func result(
        validUntil: Instant, state: AttestationResult.State, reason: String?
    ) -> AttestationResult {
        AttestationResult(
            answer: answer, statement: statement, by: by, at: at, expires: expires, validUntil: validUntil,
            state: state, reason: reason, scope: scope,
            evidence: evidence.enumerated().map { index, evidence in
                EvidenceResult(
                    evidence,
                    state: proof.evidence.indices.contains(index) ? proof.evidence[index].state : .unverifiable
                )
            }, condition: condition, assurance: proof.assurance, file: location.file)
    }
}
