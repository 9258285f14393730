import AuditModel
import Facts
import JSON
import Observe

/// One probe asked on its own, outside any checklist.
package struct ProbeRun: Sendable {
    package var observation: RecordedObservation
    package var facts: FactSet

    /// Asks the probe once; parameters not given take their defaults.
    package static func run(
        _ probe: ProbeDescription, target: String, parameters: [String: FactValue], in context: ProbeContext
    ) async -> ProbeRun {
        var all: [String: FactValue] = [:]
        for parameter in probe.parameters { all[parameter.name] = parameter.defaultValue }
        all.merge(parameters) { _, given in given }
        var observation = await observe(
            ObservationRequest(probe: probe.kind, target: target, parameters: all), in: context)
        var facts = FactSet()
        if let capture = observation.capture {
            do {
                facts = try probe.kind.facts(of: capture)
            } catch {
                observation.capture = nil
                observation.failure = ProbeFailure(
                    .malformed, "the probe's own capture cannot be read: \(error)", isOwnFault: true)
            }
        }
        return ProbeRun(observation: observation, facts: facts)
    }

    /// 0 observed, 2 inconclusive, 70 our own fault.
    package var exitStatus: ExitStatus {
        observation.failure.map { $0.isOwnFault ? .internalError : .undetermined } ?? .go
    }

    /// The contract's line for programs.
    ///
    /// - Parameter names: the facts to show; nil for all.
    package func json(only names: [FactPath]?) -> JSONValue {
        let outcome = observation.failure.map { $0.isOwnFault ? "error" : "inconclusive" } ?? "observed"
        var members: [JSONValue.Member] = [
            .init("probe", .string(observation.request.probe.rawValue)),
            .init("target", .string(observation.request.target)), .init("outcome", .string(outcome))
        ]
        if let failure = observation.failure { members.append(.init("failure", Self.json(failure))) }
        let shown = facts.only(names)
        members += [
            .init("durationSeconds", .number(observation.durationSeconds)), .init("facts", shown.json),
            .init(
                "unobserved",
                .object(shown.unobserved.map { JSONValue.Member($0.path.text, Self.json($0.failure)) }))
        ]
        return .object(members)
    }

    /// For people: a line per fact.
    package func text(only names: [FactPath]?) -> String {
        let probe = observation.request.probe.rawValue
        var text = "\(probe) \(observation.request.target)\n"
        if let failure = observation.failure { text += "  \(failure.code.rawValue): \(failure.reason)\n" }
        let shown = facts.only(names)
        for (path, value) in shown.observed { text += "  \(path.text) = \(value.json.compact)\n" }
        for (path, failure) in shown.unobserved {
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
        var kept = FactSet()
        for (path, value) in observed where names.contains(where: { $0.reaches(path) }) { kept.set(path, value) }
        for (path, failure) in unobserved where names.contains(where: { $0.reaches(path) }) {
            kept.setUnobserved(path, failure)
        }
        return kept
    }
}

extension FactPath {
    /// Whether the path is this one, is covered by it, or lies below it.
    package func reaches(_ path: FactPath) -> Bool {
        path.segments.count >= segments.count
            && FactPath(segments: segments).covers(FactPath(segments: Array(path.segments.prefix(segments.count))))
    }
}
