import AuditModel
import JSON

extension Expectation {
    /// What this expectation makes of the facts of one observation.
    ///
    /// A fact that was not observed leaves `holds` nil. A fact that is absent satisfies `absent: true` and nothing else.
    package func evaluated(on facts: FactSet, of probe: ProbeDescription) -> ExpectationResult {
        var result = judged(on: facts, of: probe)
        if result.holds == true {
            let unit = probe.declaration(of: fact)?.unit
            result.validUntil = facts.end(of: fact).map { conditions.end(of: $0, unit: unit) }
        }
        return result
    }

    private func judged(on facts: FactSet, of probe: ProbeDescription) -> ExpectationResult {
        let unit = probe.declaration(of: fact)?.unit
        switch seen(in: facts, of: probe) {
        case .unobserved(let failure):
            return result(
                probe, holds: nil, observed: .null, seen: "not observed (\(failure.code.rawValue)): \(failure.reason)",
                unit: unit, unobserved: failure)
        case .missing:
            return result(probe, holds: conditions.hold(.absent), observed: .null, seen: "absent", unit: unit)
        case .value(let value, let words):
            let seen = words ?? conditions.first.map { $0.seen(value, unit: unit) } ?? inWords(value, unit: unit)
            return result(probe, holds: conditions.hold(value), observed: value.json, seen: seen, unit: unit)
        }
    }

    private enum Seen {
        case value(FactValue, words: String?)
        case missing
        case unobserved(ProbeFailure)
    }

    private func seen(in facts: FactSet, of probe: ProbeDescription) -> Seen {
        guard !fact.isPattern else { return seenByKey(in: facts) }
        switch facts[fact] {
        case .value(let value): return .value(value, words: nil)
        case .absent: return .missing
        case .unobserved(let failure): return .unobserved(failure)
        case .undeclared:
            // The target did not name this key, unless nothing was seen of any key.
            let pattern = probe.facts.first { $0.path.isPattern && $0.path.covers(fact) }
            if case .failure(let failure)? = pattern.map({ facts.values(of: $0.path) }) { return .unobserved(failure) }
            return .missing
        }
    }

    /// A pattern stands for the list of all its values; the words name the keys.
    private func seenByKey(in facts: FactSet) -> Seen {
        switch facts.values(of: fact) {
        case .failure(let failure): return .unobserved(failure)
        case .success(let pairs):
            let words = pairs.prefix(20).map { pair in
                let key = zip(fact.segments, pair.path.segments).first { $0.0 == "*" }?.1 ?? pair.path.text
                return "\(key): \(inWords(pair.value, unit: nil))"
            }
            let more = pairs.count > 20 ? ["and \(pairs.count - 20) more"] : []
            let text = pairs.isEmpty ? "none" : (words + more).joined(separator: ", ")
            return .value(.list(pairs.map(\.value)), words: text)
        }
    }

    private func result(
        _ probe: ProbeDescription, holds: Bool?, observed: JSONValue, seen: String, unit: String?,
        unobserved: ProbeFailure? = nil
    ) -> ExpectationResult {
        ExpectationResult(
            fact: "\(probe.kind.rawValue).\(fact.text)", matcher: conditions.map(\.matcher).joined(separator: "+"),
            expected: conditions.count == 1
                ? conditions[0].argument.json
                : .object(conditions.map { JSONValue.Member($0.matcher, $0.argument.json) }),
            observed: observed, holds: holds, expectedText: conditions.expected(unit: unit), observedText: seen,
            unobserved: unobserved)
    }
}

extension [Condition] {
    /// Until when a value that counts down to an end meets them: days are too few as many days before it.
    fileprivate func end(of end: Instant, unit: String?) -> Instant {
        guard unit == "days" else { return end }
        let least = filter { $0.matcher == Matcher.atLeast.name }.compactMap { condition -> Int64? in
            guard case .value(.integer(let days)) = condition.argument else { return nil }
            // More than any certificate lives is no bound on its end.
            return days.magnitude < 1_000_000 ? days : nil
        }
        return least.map { end.adding(seconds: -86_400 * $0) }.min() ?? end
    }
}

extension Argument {
    /// The argument as JSON, as the checklist writes it.
    var json: JSONValue {
        switch self {
        case .value(let value): value.json
        case .parameter(let name): .string("$" + name)
        case .list(let arguments): .array(arguments.map(\.json))
        case .conditions(let conditions):
            .object(conditions.map { JSONValue.Member($0.matcher, $0.argument.json) })
        }
    }
}

extension Expect {
    /// Every expectation's result, and the status that they add up to.
    func evaluated(on facts: FactSet, of probe: ProbeDescription) -> (status: Status, results: [ExpectationResult]) {
        switch self {
        case .all(let expectations):
            let results = expectations.map { $0.evaluated(on: facts, of: probe) }
            return (Status.combined(results.map(\.status)), results)
        case .anyOf(let groups):
            var results: [ExpectationResult] = []
            var statuses: [Status] = []
            for (index, group) in groups.enumerated() {
                let own = group.map { $0.evaluated(on: facts, of: probe) }
                statuses.append(Status.combined(own.map(\.status)))
                results += own.map { result in
                    var result = result
                    result.alternative = index + 1
                    return result
                }
            }
            let status: Status =
                statuses.contains(.pass) ? .pass : statuses.contains(.inconclusive) ? .inconclusive : .fail
            return (status, results)
        }
    }
}

extension ExpectationResult {
    var status: Status { holds.map { $0 ? .pass : .fail } ?? .inconclusive }
}
