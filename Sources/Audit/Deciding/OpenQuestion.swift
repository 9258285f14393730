import AuditModel
import Judge
import SignOff

/// A question that people are asked in one audit, an item's or a role's sign-off.
package struct OpenQuestion: Sendable {
    package var item: String
    package var title: String
    package var demand: AttestDemand
    /// nil for a sign-off, which no severity tells from another.
    package var severity: Severity?
    package var why: String?
    /// The role under which it is asked; nil for anyone.
    package var role: String?
    /// Why it is open; what was answered when it is not.
    package var state: String

    package var isSignOff: Bool { item == SignOffResult.item }

    /// How many people more are asked, and from which roles.
    package func stillWanted(after answerers: [String]) -> String {
        let more = max(1, demand.minAttesters - answerers.count)
        let roles = demand.roles.isEmpty ? "" : ", as \(demand.roles.joined(separator: " or "))"
        return "\(answerers.count) of \(demand.minAttesters) people have attested \(item); "
            + "\(more) more \(more == 1 ? "is" : "are") wanted\(roles)"
    }
}

extension Preparation {
    /// Every question that is open at the instant, those of one role together, sign-offs last.
    ///
    /// - Parameter recording: what an audit saw, by which questions count that only stand in for a probe; without one
    ///   they are left out.
    package func openQuestions(_ recording: Recording?, at now: Instant) throws(AuditError) -> [OpenQuestion] {
        let (plan, result) = try judgedForPeople(recording, at: now)
        let items = zip(plan.items, result.items).compactMap { planned, judged -> OpenQuestion? in
            guard let demand = planned.item.attest, judged.question != nil, judged.status != .notApplicable,
                judged.disposition != .waived
            else { return nil }
            let finding = demand.finding(from: judged.attestations)
            guard finding.status == .pending || finding.status == .stale else { return nil }
            return OpenQuestion(
                planned, demand, role: demand.roles.first, state: "\(finding.status.rawValue): \(finding.message)")
        }
        let signOffs = result.signOffs.filter { $0.state == .missing || $0.state == .stale }.map { row in
            OpenQuestion(signOffBy: row.role, state: "\(row.state.rawValue): \(row.reason ?? "nobody has signed off")")
        }
        var roles: [String?] = []
        for question in items where !roles.contains(question.role) { roles.append(question.role) }
        return roles.flatMap { role in items.filter { $0.role == role } } + signOffs
    }

    /// The question of one item, open or not.
    ///
    /// - Parameter role: the role whose sign-off is meant.
    package func question(about item: String, role: String?, at now: Instant) throws(AuditError) -> OpenQuestion {
        if item == SignOffResult.item { return try signOffQuestion(by: role, at: now) }
        let planned = plan(at: now).items
        let asked = planned.filter { $0.item.attest != nil }
        guard let own = planned.first(where: { $0.item.id == item }) else {
            let known = asked.map(\.item.id) + [SignOffResult.item]
            let hint = nearestName(to: item, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
            throw .usage("no selected checklist has the item \(item)\(hint)")
        }
        guard let demand = own.item.attest else {
            throw .usage("\(item) is answered by the probe \(own.item.probe?.rawValue ?? ""); nobody is asked")
        }
        return OpenQuestion(own, demand, role: demand.roles.first, state: "")
    }

    /// Counts an attestation that was just written with those that were read.
    package mutating func add(_ made: Attestation, at path: String) {
        var made = made
        made.location.file = path
        attestations.append(made)
    }

    /// Who has answered a question that several people must answer; nil when that is enough, or one was asked.
    package func answerers(of question: OpenQuestion, at now: Instant) -> [String]? {
        let demand = question.demand
        guard !question.isSignOff, demand.minAttesters > 1 else { return nil }
        let own = attestations.filter { $0.item == question.item }
        let weighed = demand.weigh(own, in: decisionCase(for: service, at: now).context)
        let status = demand.finding(from: weighed).status
        return status == .pending || status == .stale ? demand.answerers(in: weighed) : nil
    }

    private func signOffQuestion(by role: String?, at now: Instant) throws(AuditError) -> OpenQuestion {
        let roles = signOffs(in: decisionCase(for: service, at: now)).map(\.role)
        guard !roles.isEmpty else { throw .usage("no selected checklist demands a sign-off") }
        guard let role = role ?? (roles.count == 1 ? roles[0] : nil) else {
            throw .usage("--role: say as whom you sign off: \(roles.joined(separator: ", "))")
        }
        guard roles.contains(role) else {
            let hint = nearestName(to: role, among: roles).map { "; did you mean \"\($0)\"?" } ?? ""
            throw .usage("no checklist demands a sign-off by \(role), but by \(roles.joined(separator: ", "))\(hint)")
        }
        return OpenQuestion(signOffBy: role, state: "")
    }

    /// The items with what people said, judged on a recording or on none.
    func judgedForPeople(_ recording: Recording?, at now: Instant) throws(AuditError) -> (Plan, AuditResult) {
        let empty = Recording(
            tool: Tool.identity, service: service, checklists: selection, startedAt: now, finishedAt: now,
            observations: [])
        return (plan(at: now), try judged(recording ?? empty, at: now, isAsOf: true))
    }
}

extension OpenQuestion {
    fileprivate init(_ planned: PlannedItem, _ demand: AttestDemand, role: String?, state: String) {
        self.init(
            item: planned.item.id, title: planned.item.title, demand: demand, severity: planned.severity,
            why: planned.item.why, role: role, state: state)
    }

    fileprivate init(signOffBy role: String, state: String) {
        self.init(
            item: SignOffResult.item, title: "Sign-off by \(role)", demand: SignOffResult.demand(role: role), why: nil,
            role: role, state: state)
    }
}
