import AuditModel
import JSON

/// The catalogue of facts, generated from their declarations.
package enum FactCatalogue {
    /// For people: a block per probe, a line per fact.
    package static func text(_ probes: [ProbeDescription]) -> String {
        probes.map { probe in
            let parameters = probe.parameters.map { parameter in
                let byDefault = parameter.defaultValue.map { ", default \($0.json.compact)" } ?? ""
                let range = parameter.rangeText.map { ", \($0)" } ?? ""
                return "    \(parameter.name) (\(parameter.type.rawValue)\(range)\(byDefault)) — \(parameter.meaning)\n"
            }
            let facts = probe.facts.map { fact in
                let unit = fact.unit.map { ", \($0)" } ?? ""
                let choices =
                    if case .choice(let names) = fact.type { ": " + names.joined(separator: ", ") } else { "" }
                return "  \(probe.kind.rawValue).\(fact.path.text)  [\(fact.type.name)\(unit)\(choices)]\n"
                    + "    \(fact.meaning) (\(fact.source))\n"
            }
            return "\(probe.kind.rawValue) — \(probe.summary)\n"
                + (parameters.isEmpty ? "" : "  Parameters:\n" + parameters.joined()) + facts.joined()
        }.joined(separator: "\n")
    }

    /// For programs: an array of probes with their parameters and facts.
    package static func json(_ probes: [ProbeDescription]) -> JSONValue {
        .array(
            probes.map { probe in
                .object([
                    .init("probe", .string(probe.kind.rawValue)), .init("summary", .string(probe.summary)),
                    .init("parameters", .array(probe.parameters.map(json))),
                    .init("facts", .array(probe.facts.map { json($0, of: probe.kind) }))
                ])
            })
    }

    private static func json(_ parameter: ProbeParameter) -> JSONValue {
        .object(
            [
                .init("name", .string(parameter.name)), .init("type", .string(parameter.type.rawValue)),
                .init("default", parameter.defaultValue?.json ?? .null)
            ] + (parameter.unit.map { [.init("unit", .string($0))] } ?? [])
                + (parameter.range.map {
                    [.init("smallest", .integer($0.lowerBound)), .init("largest", .integer($0.upperBound))]
                } ?? [])
                + [.init("meaning", .string(parameter.meaning))])
    }

    private static func json(_ fact: FactDeclaration, of probe: ProbeKind) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("name", .string("\(probe.rawValue).\(fact.path.text)")), .init("type", .string(fact.type.name))
        ]
        if case .choice(let names) = fact.type { members.append(.init("values", .array(names.map(JSONValue.string)))) }
        if let unit = fact.unit { members.append(.init("unit", .string(unit))) }
        members += [.init("meaning", .string(fact.meaning)), .init("source", .string(fact.source))]
        return .object(members)
    }
}
