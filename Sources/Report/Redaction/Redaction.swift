import AuditModel
import JSON

extension AuditResult {
    /// The result for outsiders: what was asked and how it came out, without what was captured, what people wrote, and
    /// the names and addresses of people, machines and files.
    ///
    /// What is kept is named here; everything else is left out. The digests of commit and artifact stay: they say which
    /// release it is about to those who know it, and nothing to others.
    package var redacted: AuditResult {
        var redaction = Redaction(of: self)
        var result = self
        result.service = ServiceIdentity(
            name: "the service", commit: service.commit.flatMap(digest), artifact: service.artifact.flatMap(digest))
        for index in result.checklists.indices {
            result.checklists[index].title = redaction.scrubbed(checklists[index].title, isForeign: true)
            result.checklists[index].signOffRoles = checklists[index].signOffRoles.map {
                redaction.scrubbed($0, isForeign: true)
            }
            for section in result.checklists[index].sections.indices {
                let title = checklists[index].sections[section].title
                result.checklists[index].sections[section].title = redaction.scrubbed(title, isForeign: true)
            }
        }
        result.verdict.validUntilCause = nil
        for index in result.verdict.reasons.indices {
            result.verdict.reasons[index].rule = redaction.scrubbed(
                verdict.reasons[index].rule, isForeign: true)
        }
        for index in result.gate.indices {
            result.gate[index].name = redaction.scrubbed(gate[index].name, isForeign: true)
        }
        result.items = items.map { redaction.redacted($0) }
        result.signOffs = signOffs.map { redaction.redacted($0) }
        result.notices = [Redaction.notice] + notices.map { Notice(code: $0.code, message: Redaction.mark) }
        result.observations = observations.map(\.redacted)
        let renamed = Dictionary(zip(voiceIDs, result.voiceIDs)) { first, _ in first }
        result.changes?.entries = (changes?.entries ?? []).map { entry in
            // What is asked no longer has no other name.
            let kind = ["gate-rule/", "sign-off/"].first { entry.item.hasPrefix($0) }
            return ResultChanges.Entry(
                item: kind.map { renamed[entry.item] ?? "\($0)withheld" } ?? entry.item, kind: entry.kind,
                message: entry.message.isEmpty ? "" : Redaction.mark,
                gated: entry.gated)
        }
        result.targetLocations = [:]
        return result
    }

    /// The ids of gate rules and sign-offs, in their order.
    private var voiceIDs: [String] { gateRuleIDs + signOffs.map { AuditResult.signOffID($0.role) } }
}

/// What stands for what is left out; people keep a number each, so that independence stays visible.
struct Redaction {
    static let mark = "[withheld]"
    static let notice = Notice(
        code: "redacted",
        message: "This version leaves out what was captured, what people wrote, and all names and addresses.")

    private let scrubber: Scrubber
    private var people: [String: Int] = [:]

    init(of result: AuditResult) { scrubber = Scrubber(names: result.namesAndAddresses) }

    func scrubbed(_ text: String, isForeign: Bool) -> String { scrubber.scrubbed(text, isForeign: isForeign) }

    private mutating func person(_ name: String) -> String {
        let number = people[name] ?? people.count + 1
        people[name] = number
        return "person \(number)"
    }

    private mutating func redacted(_ actor: Actor) -> Actor {
        Actor(id: person(actor.id), kind: actor.kind, role: actor.role.map { scrubbed($0, isForeign: true) })
    }

    mutating func redacted(_ item: ItemResult) -> ItemResult {
        let isOurs = item.location?.file.hasPrefix("built-in:") ?? false
        func clean(_ text: String) -> String { scrubbed(text, isForeign: !isOurs) }
        var redacted = item
        redacted.title = clean(item.title)
        redacted.message = item.status.meaning
        redacted.expectations = item.expectations.map(self.redacted)
        redacted.attestations = item.attestations.map { self.redacted($0) }
        redacted.waiver = item.waiver.map { self.redacted($0) }
        redacted.question?.question = clean(item.question?.question ?? "")
        redacted.question?.roles = (item.question?.roles ?? []).map { scrubbed($0, isForeign: true) }
        if !isOurs {
            let controls = item.controls.map { (clean($0.key), $0.value.map(clean)) }
            redacted.controls = Dictionary(controls.sorted { $0.0 < $1.0 }, uniquingKeysWith: +)
        }
        redacted.why = item.why.map(clean)
        redacted.fix = item.fix.map(clean)
        redacted.references = isOurs ? item.references : item.references.map(clean)
        redacted.tailored = item.tailored.map { _ in Redaction.mark }
        redacted.location = nil
        return redacted
    }

    /// Numbers and truths are kept, and a text that the checklist names itself; any other may be somebody's name.
    private func redacted(_ expectation: ExpectationResult) -> ExpectationResult {
        var redacted = expectation
        redacted.expected = expectation.expected.mappingStrings { scrubbed($0, isForeign: true) }
        redacted.expectedText = scrubbed(expectation.expectedText, isForeign: true)
        redacted.observedText = scrubbed(expectation.observedText, isForeign: true)
        redacted.unobserved = expectation.unobserved?.redacted
        if let failure = expectation.unobserved {
            redacted.observedText = "not observed: \(failure.code.rawValue)"
            return redacted
        }
        switch expectation.observed {
        case .null, .boolean, .integer, .number: return redacted
        case .string(let text) where expectation.expected.holdsString(text):
            redacted.observed = .string(scrubbed(text, isForeign: true))
            return redacted
        case .string, .array, .object:
            redacted.observed = .string(Redaction.mark)
            redacted.observedText = Redaction.mark
            return redacted
        }
    }

    private mutating func redacted(_ attestation: AttestationResult) -> AttestationResult {
        var redacted = attestation
        redacted.statement = Redaction.mark
        redacted.by = self.redacted(attestation.by)
        redacted.reason = nil
        redacted.condition = attestation.condition.map { _ in Redaction.mark }
        redacted.scope = attestation.scope.withoutNames
        redacted.evidence = attestation.evidence.map { evidence in
            EvidenceResult(Evidence(text: Redaction.mark, collectedAt: evidence.collectedAt), state: evidence.state)
        }
        redacted.assurance.by = nil
        redacted.file = Redaction.mark
        return redacted
    }

    private mutating func redacted(_ waiver: WaiverResult) -> WaiverResult {
        WaiverResult(
            reason: Redaction.mark, risk: waiver.risk.map { _ in Redaction.mark }, ticket: nil,
            compensatingControl: waiver.compensatingControl.map { _ in Redaction.mark },
            requestedBy: waiver.requestedBy.map { person($0) }, approvedBy: redacted(waiver.approvedBy),
            approvedAt: waiver.approvedAt, expires: waiver.expires, isExpired: waiver.isExpired,
            scope: waiver.scope.withoutNames,
            remediation: waiver.remediation.map { Remediation(owner: person($0.owner), due: $0.due) },
            assurance: AssuranceResult(level: waiver.assurance.level), file: Redaction.mark)
    }

    mutating func redacted(_ signOff: SignOffResult) -> SignOffResult {
        SignOffResult(
            role: scrubbed(signOff.role, isForeign: true), checklist: signOff.checklist, state: signOff.state,
            attestation: signOff.attestation.map { redacted($0) })
    }
}

extension Scope {
    /// What says which release it is about, and nothing of where that runs.
    fileprivate var withoutNames: Scope {
        Scope(commit: commit.flatMap(digest), artifact: artifact.flatMap(digest))
    }
}

/// The text when it is a digest: hexadecimal digits, at most behind the name of their algorithm (`sha256:…`).
private func digest(_ text: String) -> String? {
    let digits = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isNamed = digits.count == 1 || digits[0].allSatisfy { $0.isLetter || $0.isNumber } && digits[0].count < 10
    return isNamed && digits.last?.allSatisfy(\.isHexDigit) == true && !text.isEmpty ? text : nil
}

extension ProbeFailure {
    fileprivate var redacted: ProbeFailure { ProbeFailure(code, Redaction.mark, isOwnFault: isOwnFault) }
}

extension ObservationResult {
    /// Which probe, when and how it came out.
    fileprivate var redacted: ObservationResult {
        ObservationResult(
            probe: probe, target: Redaction.mark, parameters: [:], outcome: outcome, failure: failure?.redacted,
            startedAt: startedAt, durationSeconds: durationSeconds,
            attempts: attempts.map { attempt in
                ProbeAttempt(
                    startedAt: attempt.startedAt, durationSeconds: attempt.durationSeconds,
                    failure: attempt.failure?.redacted)
            }, facts: .object([]), unobserved: [:])
    }
}

extension JSONValue {
    fileprivate func mappingStrings(_ transform: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(transform(text))
        case .array(let elements): .array(elements.map { $0.mappingStrings(transform) })
        case .object(let members):
            .object(members.map { Member($0.name, $0.value.mappingStrings(transform)) })
        case .null, .boolean, .integer, .number: self
        }
    }

    fileprivate func holdsString(_ text: String) -> Bool {
        switch self {
        case .string(let own): own == text
        case .array(let elements): elements.contains { $0.holdsString(text) }
        case .object(let members): members.contains { $0.value.holdsString(text) }
        case .null, .boolean, .integer, .number: false
        }
    }
}
