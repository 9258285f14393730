import AuditModel
import Facts
import JSON
import Judge
import Observe
import Report
import SignOff
import Synchronization

extension Preparation {
    /// Observes everything that the plan asks, concurrently; the recording that comes of it is all that is judged.
    package func observed(
        in context: ProbeContext, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
    ) async -> Recording {
        let startedAt = context.now()
        let requests = requests(at: startedAt)
        let done = Mutex(0)
        let observations = await observe(requests, concurrency: 8, in: context) { _ in
            progress(
                done.withLock {
                    $0 += 1; return $0
                }, requests.count)
        }
        var service = service
        // Answers bound to an artifact are about what was seen, by whatever name it was asked for.
        service.artifact = service.artifact ?? observations.lazy.compactMap(\.imageDigest).first
        return Recording(
            tool: Tool.identity, service: service, checklists: selection, startedAt: startedAt,
            finishedAt: context.now(), observations: observations)
    }

    /// Throws wrong usage when an image is asked about whose reference leads to several.
    package func checkImages() async throws(AuditError) {
        let references = requests(at: Instant(milliseconds: 0)).filter { $0.probe == .image }.map(\.target)
        if let reference = references.first { try await TargetCheck.checkIsOneImage(reference) }
    }

    /// Judges a recording at an instant: pure, so that the same recording, files and instant give the same result.
    ///
    /// - Parameter isAsOf: whether the instant was given instead of read from the clock.
    package func judged(_ recording: Recording, at now: Instant, isAsOf: Bool) throws(AuditError) -> AuditResult {
        let service = recording.service
        var plan = plan(at: now)
        var observed: [ObservedFacts] = []
        var results: [ObservationResult] = []
        for (index, observation) in recording.observations.enumerated() {
            let facts = try observation.observedFacts(index: index, at: now)
            observed.append(facts)
            results.append(observation.result(facts))
        }
        let indices = Dictionary(
            recording.observations.enumerated().map { ($1.request.withoutFacts, $0) },
            uniquingKeysWith: { first, _ in first })
        let places = plan.requests.map { indices[$0.withoutFacts] }
        for item in plan.items.indices {
            plan.items[item].observation = plan.items[item].observation.flatMap { places[$0] }
        }
        let decisions = decisionCase(for: service, at: now)
        let signOffs = self.signOffs(in: decisions)
        let judgement = judge(
            Case(
                items: plan.items, observations: observed, decisions: weighed(decisions, for: plan),
                gate: gate, probes: Set(plan.items.compactMap(\.item.probe)).map(\.catalogueEntry), signOffs: signOffs,
                baseline: baseline.items), at: now)
        return AuditResult(
            tool: recording.tool, service: service, checklists: checklistIdentities, startedAt: recording.startedAt,
            finishedAt: recording.finishedAt, judgedAt: now, judgedAsOf: isAsOf, verdict: judgement.verdict,
            counts: judgement.counts, gate: judgement.gate, items: judgement.items, signOffs: signOffs,
            notices: notices + withheldCredentials(observed) + baseline.notices(items: judgement.items)
                + decisions.notices(items: judgement.items, signOffs: signOffs), observations: results,
            level: level, targetLocations: targetLocations)
    }

    /// A notice when the audit file names request headers and the server did not prove its name, so that it got none.
    private func withheldCredentials(_ observed: [ObservedFacts]) -> [Notice] {
        let verified = FactPath(segments: ["certVerified"])
        let isUnproven = observed.contains { facts in
            if case .observed(let facts) = facts { facts[verified] == .value(.boolean(false)) } else { false }
        }
        guard isUnproven, !requestHeaderNames.isEmpty else { return [] }
        return [
            Notice(
                code: "credentials-withheld",
                message:
                    "the certificate does not verify, so \(requestHeaderNames.joined(separator: ", ")) was not sent: what needs it was seen without it"
            )
        ]
    }
}

extension RecordedObservation {
    /// The digest of the index or manifest that was observed; nil of other probes and after a failure.
    fileprivate var imageDigest: String? {
        request.probe == .image ? capture?["target"]?["digest"]?.string : nil
    }

    /// The facts of the capture at an instant; a capture that is not of its probe's form is a malformed recording.
    fileprivate func observedFacts(index: Int, at now: Instant) throws(AuditError) -> ObservedFacts {
        if let failure { return failure.isOwnFault ? .error(failure) : .inconclusive(failure) }
        do {
            return .observed(try request.probe.facts(of: capture ?? .null, at: now))
        } catch {
            let reason = (error as? JSONError)?.reason ?? "\(error)"
            throw .malformed([
                Diagnostic(
                    "malformed-recording",
                    "observations[\(index)].capture of probe \(request.probe.rawValue): \(reason)")
            ])
        }
    }

    fileprivate func result(_ observed: ObservedFacts) -> ObservationResult {
        let facts: FactSet
        let outcome: ObservationResult.ObservationOutcome
        switch observed {
        case .observed(let set): (facts, outcome) = (set, .observed)
        case .inconclusive: (facts, outcome) = (FactSet(), .inconclusive)
        case .error: (facts, outcome) = (FactSet(), .error)
        }
        return ObservationResult(
            probe: request.probe, target: request.target, parameters: request.parameters, outcome: outcome,
            failure: failure, startedAt: startedAt, durationSeconds: durationSeconds, attempts: attempts,
            facts: facts.json, unobserved: facts.unobservedByPath, capture: capture.map(CaptureText.text(of:)))
    }
}
