import AuditModel
import Judge
import SignOff

/// An acceptance of a failure as somebody gave it, before it is completed and checked.
package struct WaiverDraft: Sendable {
    package var reason: String
    package var risk: String
    package var requestedBy: String
    package var approvedBy: String
    /// nil to take the one approving role that the person holds.
    package var role: String?
    /// An instant, a date or a duration; nil for as long as the policy allows.
    package var expires: String?
    package var ticket: String?
    package var compensatingControl: String?
    package var remediationOwner: String?
    package var remediationDue: String?

    package init(
        reason: String, risk: String, requestedBy: String, approvedBy: String, role: String? = nil,
        expires: String? = nil, ticket: String? = nil, compensatingControl: String? = nil,
        remediationOwner: String? = nil, remediationDue: String? = nil
    ) {
        self.reason = reason
        self.risk = risk
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.role = role
        self.expires = expires
        self.ticket = ticket
        self.compensatingControl = compensatingControl
        self.remediationOwner = remediationOwner
        self.remediationDue = remediationDue
    }

    /// What a person is asked for a waiver, in this order.
    package enum Question: Sendable, CaseIterable {
        case reason, risk, compensatingControl, ticket, requestedBy, approvedBy, role, remediationOwner, remediationDue,
            expires
    }

    /// Why a draft makes no waiver that counts, and which questions are to be answered anew.
    package struct Mistake: Error {
        package let sentence: String
        package let questions: [Question]
    }
}

/// An item that a waiver is asked for.
package struct WaivableItem: Sendable {
    package var id: String
    package var title: String
    package var severity: Severity
    package var why: String?
    /// The longest that the policy allows.
    package var longest: TimeSpan
    /// The roles that may approve; nil for any, when the audit file names none.
    package var approvers: [String]?
}

extension Preparation {
    /// The item by its id; throws wrong usage with the nearest name when there is none.
    package func waivableItem(_ id: String, at now: Instant) throws(AuditError) -> WaivableItem {
        guard id != SignOffResult.item else { throw .usage("a sign-off cannot be waived") }
        let items = plan(at: now).items
        guard let item = items.first(where: { $0.item.id == id }) else {
            let hint = nearestName(to: id, among: items.map(\.item.id)).map { "; did you mean \"\($0)\"?" } ?? ""
            throw .usage("no selected checklist has the item \(id)\(hint)")
        }
        let policy = rules?.waiverPolicy ?? WaiverPolicy()
        let named = rules?.roles.keys.sorted() ?? []
        return WaivableItem(
            id: id, title: item.item.title, severity: item.severity, why: item.item.why,
            longest: policy.longest(for: item.severity),
            approvers: policy.approvers[item.severity] ?? (named.isEmpty ? nil : named))
    }

    /// The waiver that a draft makes, for this service and environment, or why it would not count.
    ///
    /// - Parameter isSigned: whether it will be signed when it is written.
    package func waiver(
        _ draft: WaiverDraft, of item: WaivableItem, at now: Instant, isSigned: Bool
    ) -> Result<Waiver, WaiverDraft.Mistake> {
        Result { () throws(WaiverDraft.Mistake) in try checked(draft, of: item, at: now, isSigned: isSigned) }
    }

    private func checked(
        _ draft: WaiverDraft, of item: WaivableItem, at now: Instant, isSigned: Bool
    ) throws(WaiverDraft.Mistake) -> Waiver {
        let at = now.wholeSeconds
        let sentences = [("--reason", draft.reason, WaiverDraft.Question.reason), ("--risk", draft.risk, .risk)]
        for (option, text, question) in sentences where text.trimmingSpaces.isEmpty {
            throw WaiverDraft.Mistake(
                sentence: "\(option): say it in a sentence; every report shows it", questions: [question])
        }
        guard let role = approvingRole(draft, item) else {
            throw WaiverDraft.Mistake(
                sentence: "--role: say in which role \(draft.approvedBy) approves", questions: [.approvedBy, .role])
        }
        var made = Waiver(
            item: item.id, reason: draft.reason, risk: draft.risk, ticket: draft.ticket,
            compensatingControl: draft.compensatingControl, requestedBy: draft.requestedBy,
            approvedBy: Actor(id: draft.approvedBy, role: role), approvedAt: at,
            expires: try end(of: draft, item, from: at),
            scope: Scope(service: service.name, environment: service.environment),
            remediation: try remediation(draft, from: at),
            location: SourceLocation(file: "the new waiver", line: 1, column: 1))
        made.proof = expectedProof(by: draft.approvedBy, isSigned: isSigned)
        let policy = rules?.waiverPolicy ?? WaiverPolicy()
        if let objection = made.objection(severity: item.severity, policy: policy, members: rules?.roles ?? [:]) {
            throw WaiverDraft.Mistake(
                sentence: "the waiver would not count: it \(objection)", questions: [.approvedBy, .role])
        }
        return made
    }

    private func end(
        of draft: WaiverDraft, _ item: WaivableItem, from start: Instant
    ) throws(WaiverDraft.Mistake) -> Instant {
        do throws(AuditError) {
            return try Self.end(
                draft.expires, from: start, longest: item.longest, of: "a waiver of a \(item.severity.rawValue) item")
        } catch {
            throw WaiverDraft.Mistake(sentence: error.lines.joined(separator: "; "), questions: [.expires])
        }
    }

    private func approvingRole(_ draft: WaiverDraft, _ item: WaivableItem) -> String? {
        if let role = draft.role { return role }
        let named = rules?.roles ?? [:]
        let held = (item.approvers ?? named.keys.sorted()).filter { role in
            named[role]?.contains { Actor.key($0) == Actor.key(draft.approvedBy) } ?? false
        }
        if held.count == 1 { return held[0] }
        return item.approvers?.count == 1 ? item.approvers?.first : nil
    }

    private func remediation(
        _ draft: WaiverDraft, from start: Instant
    ) throws(WaiverDraft.Mistake) -> Remediation? {
        guard let owner = draft.remediationOwner else {
            guard draft.remediationDue == nil else {
                throw WaiverDraft.Mistake(
                    sentence: "--remediation-due needs --remediation-owner", questions: [.remediationOwner])
            }
            return nil
        }
        guard let text = draft.remediationDue else { return Remediation(owner: owner, due: nil) }
        guard
            let due = Instant(text) ?? Instant(date: text) ?? TimeSpan(text).map({ start.adding(seconds: $0.seconds) })
        else {
            throw WaiverDraft.Mistake(
                sentence: "--remediation-due \(text): an instant, a date or a duration was expected",
                questions: [.remediationDue])
        }
        return Remediation(owner: owner, due: due)
    }
}
