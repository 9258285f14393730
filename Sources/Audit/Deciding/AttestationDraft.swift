import AuditModel
import SignOff

/// An answer as somebody gave it, before it is completed and checked.
package struct AttestationDraft: Sendable {
    package var answer: Attestation.Answer
    package var statement: String
    package var by: String
    package var kind: Actor.Kind
    /// nil to take the one asked role that the person holds.
    package var role: String?
    /// An instant, a date or a duration; nil for as long as the item allows.
    package var expires: String?
    /// Paths from the working folder, or addresses.
    package var evidence: [String]
    package var condition: String?
    package var supersedes: String?

    package init(
        answer: Attestation.Answer, statement: String, by: String, kind: Actor.Kind = .human, role: String? = nil,
        expires: String? = nil, evidence: [String] = [], condition: String? = nil, supersedes: String? = nil
    ) {
        self.answer = answer
        self.statement = statement
        self.by = by
        self.kind = kind
        self.role = role
        self.expires = expires
        self.evidence = evidence
        self.condition = condition
        self.supersedes = supersedes
    }
}

extension Preparation {
    /// The attestation that a draft makes: bound to the release, with the digests of its evidence.
    ///
    /// Throws wrong usage when it would not count.
    ///
    /// - Parameter isSigned: whether it will be signed when it is written.
    package func attestation(
        _ draft: AttestationDraft, answering question: OpenQuestion, at now: Instant, isSigned: Bool
    ) throws(AuditError) -> Attestation {
        let at = now.wholeSeconds
        let evidence = try draft.evidence.map { name throws(AuditError) in try piece(name, at: at) }
        var made = Attestation(
            item: question.item, answer: draft.answer, statement: draft.statement,
            by: Actor(id: draft.by, kind: draft.kind, role: role(of: draft, asked: question)), at: at,
            expires: try end(draft.expires, of: question, from: at),
            scope: try scope(for: question), evidence: evidence, condition: draft.condition,
            supersedes: draft.supersedes,
            location: SourceLocation(file: "the new attestation", line: 1, column: 1))
        guard !made.statement.trimmingSpaces.isEmpty else {
            throw .usage("--statement: say what was done or seen; for notApplicable the reason")
        }
        guard made.condition == nil || (question.isSignOff && made.answer == .pass) else {
            throw .usage("--condition belongs to a pass of \(SignOffResult.item) alone")
        }
        made.proof = expectedProof(by: made.by.id, isSigned: isSigned)
        made.proof.evidence = EvidenceCheck.proofs(of: made.evidence, in: folder)
        if let objection = objection(to: made, answering: question) {
            throw .usage("the attestation would not count: \(objection)")
        }
        return made
    }

    /// Throws wrong usage when a piece of evidence can be none.
    package func checkEvidence(_ name: String) throws(AuditError) { _ = try piece(name, at: Instant(milliseconds: 0)) }

    /// Throws wrong usage when an answer of now cannot hold until then.
    package func checkEnd(_ text: String, of question: OpenQuestion, at now: Instant) throws(AuditError) {
        _ = try end(text, of: question, from: now.wholeSeconds)
    }

    private func end(_ text: String?, of question: OpenQuestion, from start: Instant) throws(AuditError) -> Instant {
        try Self.end(text, from: start, longest: question.demand.validFor, of: "an answer to \(question.item)")
    }

    /// What will be known of a statement once it is committed, or signed with a trusted key, by who makes it.
    func expectedProof(by id: String, isSigned: Bool) -> DecisionProof {
        DecisionProof(
            commit: CommitIdentity(commit: "", name: id, email: id),
            signature: isSigned
                ? VerifiedSignature(keyType: "", fingerprint: "", isTrusted: true) : nil)
    }

    private func objection(to made: Attestation, answering question: OpenQuestion) -> String? {
        let context = decisionCase(for: service, at: made.at).context
        if question.isSignOff, let role = question.role {
            let row = SignOffResult(role: role, checklist: "", over: [made], in: context)
            return row.state == .missing || row.state == .stale ? row.reason : nil
        }
        return question.demand.weigh([made], in: context).first.flatMap { $0.state == .valid ? nil : $0.reason }
    }

    /// The role given, else the one asked role that the audit file gives to the person, else the only one asked.
    private func role(of draft: AttestationDraft, asked question: OpenQuestion) -> String? {
        if let role = draft.role { return role }
        let asked = question.isSignOff ? [question.role].compactMap(\.self) : question.demand.roles
        let held = asked.filter { role in
            rules?.roles[role]?.contains { Actor.key($0) == Actor.key(draft.by) } ?? false
        }
        if held.count == 1 { return held[0] }
        return asked.count == 1 ? asked[0] : nil
    }

    /// The release, as far as the question is bound to it.
    private func scope(for question: OpenQuestion) throws(AuditError) -> Scope {
        var scope = Scope(service: service.name, environment: service.environment)
        let bind = question.demand.bind
        if bind.contains(.commit) || question.isSignOff { scope.commit = service.commit }
        if bind.contains(.artifact) || question.isSignOff { scope.artifact = service.artifact }
        for binding in bind where scope[binding] == nil {
            throw .usage("\(question.item) is bound to the \(binding.rawValue); \(Self.howToName(binding))")
        }
        guard !question.isSignOff || scope.commit != nil || scope.artifact != nil else {
            throw .usage("a sign-off is bound to the commit or the artifact; \(Self.howToName(.commit))")
        }
        return scope
    }

    private static func howToName(_ binding: Binding) -> String {
        switch binding {
        case .service, .environment: "name it under service in gonogo.yaml"
        case .commit: "name the repository under targets in gonogo.yaml, or give --repository"
        case .artifact: "name the image by its digest, or give the --recording of the audit"
        }
    }

    private func piece(_ name: String, at: Instant) throws(AuditError) -> Evidence {
        if name.hasPrefix("https://") || name.hasPrefix("http://") { return Evidence(url: name, collectedAt: at) }
        do throws(FileProblem) {
            let path = try Files.path(of: name, below: folder)
            return Evidence(path: path, sha256: try EvidenceCheck.digest(of: path, in: folder), collectedAt: at)
        } catch {
            throw .usage("--evidence \(name): \(error.reason)")
        }
    }

    /// When a decision ends: what was asked for, within what is allowed.
    static func end(
        _ text: String?, from start: Instant, longest: TimeSpan, of what: String
    ) throws(AuditError) -> Instant {
        let most = start.adding(seconds: longest.seconds)
        guard let text else { return most }
        let span = TimeSpan(text).map { start.adding(seconds: $0.seconds) }
        guard let end = Instant(text) ?? Instant(date: text) ?? span else {
            throw .usage(
                "--expires \(text): an instant with a zone, a date or a duration was expected, such as 2026-12-24T12:00:00Z or 30d"
            )
        }
        guard end > start else { throw .usage("--expires \(text): that is not after \(start.forPeople)") }
        guard end <= most else {
            throw .usage("--expires \(text): \(what) holds for \(longest.text) at most, until \(most.iso8601)")
        }
        return end
    }
}

extension Instant {
    /// Without the fraction of a second, which nobody decides by.
    var wholeSeconds: Instant { Instant(milliseconds: milliseconds - (milliseconds % 1000 + 1000) % 1000) }

    /// How far away it is, in words: `in 12 days`, `in 5 hours`, `past`.
    package func distance(from now: Instant) -> String {
        let seconds = (milliseconds - now.milliseconds) / 1000
        func counted(_ count: Int64, _ unit: String) -> String { "in \(count) \(unit)\(count == 1 ? "" : "s")" }
        if seconds <= 0 { return "past" }
        if seconds >= 86_400 { return counted(seconds / 86_400, "day") }
        return seconds >= 3600 ? counted(seconds / 3600, "hour") : counted(max(1, seconds / 60), "minute")
    }
}
