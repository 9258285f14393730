import AuditModel
import Facts
import JSON
import Observe

/// What to ask one probe, outside any checklist.
package struct ProbeQuestion: Sendable {
    package var probe: ProbeDescription
    /// Those not given take their defaults.
    package var parameters: [String: FactValue]
    /// The facts to ask for and to show; nil for all.
    package var facts: [FactPath]?

    package init(probe: ProbeDescription, parameters: [String: FactValue], facts: [FactPath]?) {
        self.probe = probe
        self.parameters = parameters
        self.facts = facts
    }

    /// Asks it of each target, several at a time; hands the answers over in the order of the targets, each as soon as
    /// it and all before it are there.
    package func ask(
        _ targets: [ProbeTarget], in context: ProbeContext, each: (ProbeRun) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, ProbeRun).self) { group in
            var waiting = targets.indices.makeIterator()
            func startNext() {
                guard let index = waiting.next() else { return }
                group.addTask { (index, await ask(targets[index], in: context)) }
            }
            for _ in 0..<(probe.kind.runsAlone ? 1 : targetsAtOnce) { startNext() }
            var answers: [Int: ProbeRun] = [:]
            var next = 0
            for try await (index, answer) in group {
                startNext()
                try Task.checkCancellation()
                answers[index] = answer
                while let ready = answers.removeValue(forKey: next) {
                    try each(ready)
                    next += 1
                }
            }
        }
    }

    private func ask(_ target: ProbeTarget, in context: ProbeContext) async -> ProbeRun {
        let (observation, facts) = await observeFacts(of: request(to: target), in: context)
        return ProbeRun(target: target.text, observation: observation, facts: facts.only(self.facts))
    }

    /// The question as it is recorded.
    package func request(to target: ProbeTarget) -> ObservationRequest {
        var all: [String: FactValue] = [:]
        for parameter in probe.parameters { all[parameter.name] = parameter.defaultValue }
        all.merge(parameters) { _, given in given }
        return ObservationRequest(probe: probe.kind, target: target.address, parameters: all, facts: facts)
    }
}

/// Enough to hide the waiting, few enough for a machine with two cores.
private let targetsAtOnce = 8

/// What a probe saw at one target.
package struct ProbeRun: Sendable {
    /// As it was written.
    package var target: String
    package var observation: RecordedObservation
    /// Those that were asked for.
    package var facts: FactSet

    /// 0 observed, 2 inconclusive, 70 our own fault.
    package var exitStatus: ExitStatus {
        observation.failure.map { $0.isOwnFault ? .internalError : .undetermined } ?? .go
    }

    /// The contract's line for programs.
    package var json: JSONValue {
        let outcome = observation.failure.map { $0.isOwnFault ? "error" : "inconclusive" } ?? "observed"
        var members: [JSONValue.Member] = [
            .init("probe", .string(observation.request.probe.rawValue)),
            .init("target", .string(target)), .init("outcome", .string(outcome))
        ]
        if let failure = observation.failure { members.append(.init("failure", Self.json(failure))) }
        members += [
            .init("durationSeconds", .number(observation.durationSeconds)), .init("facts", facts.json),
            .init(
                "unobserved",
                .object(facts.unobserved.map { JSONValue.Member($0.path.text, Self.json($0.failure)) }))
        ]
        return .object(members)
    }

    /// For people: a line per fact.
    package var text: String {
        var text = "\(observation.request.probe.rawValue) \(target)\n"
        if let failure = observation.failure { text += "  \(failure.code.rawValue): \(failure.reason)\n" }
        for (path, value) in facts.observed { text += "  \(path.text) = \(value.json.compact)\n" }
        for (path, failure) in facts.unobserved {
            text += "  \(path.text) not observed (\(failure.code.rawValue)): \(failure.reason)\n"
        }
        return text
    }

    private static func json(_ failure: ProbeFailure) -> JSONValue {
        .object([.init("code", .string(failure.code.rawValue)), .init("reason", .string(failure.reason))])
    }
}

extension FactSet {
    /// The facts at or below these names, patterns included; nil for all.
    fileprivate func only(_ names: [FactPath]?) -> FactSet {
        guard let names else { return self }
        return filter { path in names.contains { $0.reaches(path) } }
    }
}
