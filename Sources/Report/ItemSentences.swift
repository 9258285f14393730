import AuditModel

// What is known of an item, as sentences that the textual formats share.

extension ExpectationResult {
    /// `headers.hsts.maxAge: expected at least 1 year, seen absent (not met)`.
    var sentence: Sentence {
        let path: Sentence = alternative.map { "alternative \($0), \(fact)" } ?? "\(fact)"
        let seen: Sentence = unobserved == nil ? "seen \(observedText)" : "\(observedText)"
        return "\(path): expected \(expectedText), \(seen) (\(words: verdictLabel))"
    }
}

extension Actor {
    /// `ben@example.com (sre-lead)`; what is no human says so.
    var sentence: Sentence {
        let nature: [Sentence] = (kind == .human ? [] : ["\(words: kind.rawValue)"]) + (role.map { ["\($0)"] } ?? [])
        return nature.isEmpty ? "\(id)" : "\(id) (\(nature.joined(", ")))"
    }
}

extension WaiverResult {
    /// Who accepted it, until when, and why.
    var sentence: Sentence {
        isExpired
            ? "waiver by \(approvedBy.sentence) expired at \(expires): \(reason)"
            : "waived until \(expires) by \(approvedBy.sentence): \(reason)"
    }

    /// Risk, ticket, what stands in for the control, and who mends it, as far as they are given.
    var details: [(label: String, value: Sentence)] {
        var details: [(String, Sentence)] = []
        if let risk { details.append(("Risk", "\(risk)")) }
        if let compensatingControl { details.append(("Compensating control", "\(compensatingControl)")) }
        if let ticket { details.append(("Ticket", "\(ticket)")) }
        if let requestedBy { details.append(("Requested by", "\(requestedBy)")) }
        if let remediation {
            let due: Sentence = remediation.due.map { ", due \(words: $0.date)" } ?? ""
            details.append(("Mended by", "\(remediation.owner)\(due)"))
        }
        if let scope = scope.sentence { details.append(("Scope", scope)) }
        details.append(("Assurance", assurance.sentence))
        return details
    }
}

extension Scope {
    /// What a decision is bound to; nil when it is bound to nothing.
    var sentence: Sentence? {
        let parts: [Sentence] = Binding.allCases.compactMap { binding in
            self[binding].map { "\(words: binding.rawValue) \($0)" }
        }
        return parts.isEmpty ? nil : parts.joined(", ")
    }
}

extension AttestQuestion {
    /// Whom it is put to, and what makes an answer count.
    var conditions: Sentence {
        let people: Sentence = roles.isEmpty ? "anyone" : "\(roles.joined(separator: ", "))"
        let evidence = requiresEvidence ? ", with evidence" : ""
        let probe: Sentence = plan.map { "; \($0)" } ?? ""
        return "to be answered by \(people)\(words: evidence), valid for \(words: validFor.text)\(probe)"
    }

    /// The probe that will answer instead of people: `planned: probe kubernetes`; nil when none will.
    var plan: Sentence? { willBe.map { "planned: probe \($0)" } }

    var sentence: Sentence { "asked: \(question) (\(conditions))" }
}

extension AttestationResult {
    /// Who answered what, and whether it counts.
    var sentence: Sentence {
        let answered: Sentence =
            "\(by.sentence) answered \(words: answer.label) at \(at), \(assurance.sentence), valid until \(validUntil): \(statement)"
        guard state != .valid else { return answered }
        let why: Sentence = reason.map { ": \($0)" } ?? ""
        return "\(answered) (does not count, \(words: state.label)\(why))"
    }
}

extension EvidenceResult {
    var sentence: Sentence {
        var parts: [Sentence] = [path, url, text].compactMap { $0.map { "\($0)" } }
        if let sha256 { parts.append("SHA-256 \(sha256)") }
        if let collectedAt { parts.append("collected at \(collectedAt)") }
        if state == .mismatch { parts.append("its digest is another one now") }
        return parts.joined(", ")
    }
}

extension ProbeFailure {
    var sentence: Sentence { "\(words: code.rawValue): \(reason)" }
}

extension ProbeAttempt {
    var sentence: Sentence {
        let seconds = decimalSeconds(milliseconds: milliseconds(durationSeconds))
        return "at \(startedAt), after \(words: seconds) s: \(failure?.sentence ?? "observed")"
    }
}

extension ItemResult {
    /// Why the status is what it is, and why it blocks when the status alone would not; never empty.
    var reason: Sentence {
        let reason: Sentence = message.isEmpty ? "\(words: status.label)" : "\(message)"
        let isCounted = blocks && (status == .pass || status == .notApplicable)
        return isCounted ? "A gate rule of the audit file counts it. \(reason)" : reason
    }

    /// The reason where the expectations are shown beside it; nil when they say the same.
    var reasonBesideExpectations: Sentence? {
        let isSaidByThem = question == nil && !expectations.isEmpty && status != .notApplicable
        return isSaidByThem && !(blocks && status == .pass) ? nil : reason
    }

    /// What to change; nil when nothing is known to be wrong.
    var advice: String? {
        switch status {
        case .fail, .pending, .stale: fix
        case .pass, .inconclusive, .error, .notApplicable: nil
        }
    }

    /// Why it does not gate although its severity would have it; nil when it gates, or would not anyhow.
    func deferral(at now: Instant) -> Sentence? {
        let baseline: Sentence? = isInBaseline ? "failed in the baseline already" : nil
        let level: Sentence? = gatesFrom.map { "gates from level \(words: $0.rawValue) on" }
        let reasons = [baseline, level, grace(at: now)].compactMap(\.self)
        return reasons.isEmpty ? nil : reasons.joined("; ")
    }

    /// Until when it is advisory; nil when no date keeps it so.
    private func grace(at now: Instant) -> Sentence? {
        guard let enforceFrom, now < enforceFrom else { return nil }
        let days = now.days(until: enforceFrom)
        let start = enforceFrom.milliseconds % 86_400_000 == 0 ? enforceFrom.date : enforceFrom.forPeople
        return "advisory until \(words: start), \(words: counted(days, "day")) left"
    }

    /// What a list says of it besides its status: why it does not gate, and what will answer it instead of people.
    func remarks(at now: Instant) -> [Sentence] {
        let isOpen = status == .pending || status == .stale
        return [deferral(at: now), isOpen ? question?.plan : nil].compactMap(\.self)
    }

    /// What it means for the verdict, and why it does not gate when something defers it.
    func enforcementSentence(at now: Instant) -> Sentence {
        guard let deferral = deferral(at: now) else { return "\(words: enforcement.rawValue)" }
        return gatesFrom == nil ? deferral : "\(words: enforcement.rawValue), \(deferral)"
    }

    /// The reason why it is listed apart from what passes and what blocks.
    func dispositionSentence(at now: Instant) -> Sentence {
        if let waiver, disposition == .waived { return waiver.sentence }
        switch status {
        case .notApplicable: return "not applicable: \(reason)"
        case .pass, .fail, .inconclusive, .error, .pending, .stale:
            let weight = enforcement == .gate && !isInBaseline ? "not deciding" : enforcementSentence(at: now)
            return "\(weight), \(words: status.label): \(reason)"
        }
    }

    /// All the evidence, one sentence a line.
    func evidence(_ observations: [ObservationResult]) -> [Sentence] {
        var lines = expectations.map(\.sentence)
        if let question { lines.append(question.sentence) }
        for attestation in attestations {
            lines.append("attestation: \(attestation.sentence)")
            lines += attestation.evidence.map { "evidence: \($0.sentence)" }
        }
        if let waiver {
            lines.append(waiver.sentence)
            lines += waiver.details.map { "\(words: $0.label.lowercased()): \($0.value)" }
        }
        if let observation = self.observation(in: observations) { lines += observation.failureSentences }
        if let tailored { lines.append("tailored: \(tailored)") }
        if let why { lines.append("why: \(why)") }
        if let fix { lines.append("fix: \(fix)") }
        if !references.isEmpty { lines.append("references: \(references.joined(separator: ", "))") }
        return lines
    }

    /// What a probe saw for this item; nil when none was asked.
    func observation(in observations: [ObservationResult]) -> ObservationResult? {
        observation.flatMap { observations.indices.contains($0) ? observations[$0] : nil }
    }
}

extension ObservationResult {
    /// The failure and the attempts, when it failed or was tried more than once.
    var failureSentences: [Sentence] {
        var lines: [Sentence] = failure.map { ["\(words: probe.rawValue) probe of \(target): \($0.sentence)"] } ?? []
        guard failure != nil || attempts.count > 1 else { return lines }
        for (index, attempt) in attempts.enumerated() { lines.append("attempt \(index + 1) \(attempt.sentence)") }
        return lines
    }
}

extension GateOutcome {
    /// What the rule demands and what there is.
    var sentence: Sentence {
        let bounds = [min.map { "at least \($0)" }, max.map { "at most \($0)" }].compactMap(\.self)
        let demand = bounds.isEmpty ? "no bound" : bounds.joined(separator: " and ")
        return "\(words: counted(items.count, "item matches", "items match")), \(words: demand) demanded"
    }
}
