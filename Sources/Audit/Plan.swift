import AuditModel
import ChecklistYAML
import Judge

/// What one audit will ask the world and judge.
package struct Plan: Sendable {
    package var items: [PlannedItem]
    /// Each question once, however many items need its answer.
    package var requests: [ObservationRequest]
}

extension Plan {
    /// Fills in parameters, tailors, and finds the observations that the selected items need.
    init(
        _ loaded: LoadedChecklists, tailor: [Tailoring], service: ServiceIdentity, ambition: Ambition, now: Instant
    ) {
        items = []
        requests = []
        var indices: [ObservationRequest: Int] = [:]
        var wanted: [Set<FactPath>] = []
        let tailorings = Dictionary(grouping: tailor, by: \.subject)
        let asked = Set(loaded.roots.map(\.checklist))
        let defaults = Dictionary(loaded.checklists.map { ($0.id, $0.defaults) }) { first, _ in first }
        for selected in loaded.items {
            // What is said of the item itself stands last, so that it wins.
            let tailoring =
                (tailorings[.checklist(selected.checklist.id)] ?? []).filter {
                    !selected.item.usedParameters.isDisjoint(with: $0.parameters.keys)
                } + (tailorings[.item(selected.item.id)] ?? [])
            var parameters = defaults[selected.checklist.id] ?? [:]
            for (name, value) in tailoring.flatMap(\.parameters) { parameters[name]?.value = value }
            var item = selected.item.filledIn(with: parameters)
            let severity = tailoring.compactMap(\.severity).last ?? item.severity
            let weight = item.weight(
                severity: severity, tailored: tailoring.compactMap(\.enforcement).last, ambition, at: now)
            item.enforceFrom = weight.advisoryUntil
            var planned = PlannedItem(
                item: item, checklist: selected.checklist.id, section: selected.section.id, severity: severity,
                enforcement: weight.enforcement, gatesFrom: weight.gatesFrom, tailored: tailoring.last?.reason,
                notConcerned: item.notConcerned(by: parameters) ?? item.appliesWhen?.objection(to: service.labels))
            // Who asks for a checklist means its items; what it only includes may be about what a service has not got.
            if !asked.contains(selected.checklist.id), item.lacksImage(of: service) {
                planned.notConcerned = planned.notConcerned ?? "no image is named: \(howToNameImage)"
            }
            switch planned.notConcerned == nil ? item.request(for: service) : nil {
            case .success(let request)?:
                let index = indices[request] ?? requests.count
                if index == requests.count {
                    requests.append(request)
                    wanted.append([])
                    indices[request] = index
                }
                wanted[index].formUnion(item.neededFacts)
                planned.observation = index
            case .failure(let failure)?: planned.notAsked = failure
            case nil: break
            }
            items.append(planned)
        }
        for index in requests.indices { requests[index].facts = wanted[index].sorted { $0.text < $1.text } }
    }
}

/// What to do when an image is needed and none is named.
let howToNameImage = "give --image, or name one under targets in gonogo.yaml"

/// An item that is selected, with the checklist and section that declare it.
struct LoadedItem {
    var item: Item
    var checklist: Checklist
    var section: ChecklistSection
}

extension LoadedChecklists {
    /// The selected items, in order.
    var items: [LoadedItem] {
        var declared: [String: LoadedItem] = [:]
        for checklist in checklists {
            for section in checklist.sections {
                for item in section.items {
                    declared[item.id] = LoadedItem(item: item, checklist: checklist, section: section)
                }
            }
        }
        return selected.compactMap { declared[$0.item] }
    }
}

/// A parameter's value, with the type that says how to read it.
struct ParameterValue {
    var value: FactValue
    var type: ParameterType

    /// The value as people read it.
    func text(unit: String?) -> String { inWords(value, unit: unit) }

    /// The value in expectations, where a duration stands for its seconds.
    var forFacts: FactValue {
        guard type == .duration, case .text(let text) = value, let span = TimeSpan(text) else { return value }
        return .integer(span.seconds)
    }
}

extension Checklist {
    /// Its parameters with their defaults.
    var defaults: [String: ParameterValue] {
        Dictionary(parameters.map { ($0.name, ParameterValue(value: $0.defaultValue, type: $0.type)) }) { first, _ in
            first
        }
    }
}

extension Item {
    /// What to ask the world for this item, whatever facts are wanted of it; nil when no probe answers it.
    fileprivate func request(for service: ServiceIdentity) -> Result<ObservationRequest, ProbeFailure>? {
        guard let probe else { return nil }
        guard let target = probe == .image ? service.image : service.url else {
            let what = probe == .image ? "an image" : "a URL"
            return .failure(
                ProbeFailure(.unsupported, "the probe \(probe.rawValue) needs \(what), and no target has one"))
        }
        var parameters: [String: FactValue] = [:]
        for parameter in catalogue.probe(probe)?.parameters ?? [] {
            parameters[parameter.name] = parameter.defaultValue
        }
        if let health = service.health {
            if probe == .health { parameters["path"] = .text(health) }
            if probe == .rateLimit { parameters["health"] = .text(health) }
        }
        for (name, argument) in with {
            if case .value(let value) = argument { parameters[name] = value }
        }
        return .success(ObservationRequest(probe: probe, target: target, parameters: parameters))
    }

    /// Whether only an image could answer the item, and none is named.
    func lacksImage(of service: ServiceIdentity) -> Bool { probe == .image && attest == nil && service.image == nil }

    /// The facts that decide about the item.
    fileprivate var neededFacts: [FactPath] {
        ((expect?.expectations ?? []) + (appliesWhen?.facts ?? [])).map(\.fact)
    }

    /// Why the parameters' values leave the item aside; nil when they do not.
    fileprivate func notConcerned(by parameters: [String: ParameterValue]) -> String? {
        for (name, accepted) in (appliesWhen?.parameters ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard case .text(let text)? = parameters[name]?.value, !accepted.contains(text) else { continue }
            return "the parameter \(name) is \(text); this concerns \(accepted.joined(separator: " or "))"
        }
        return nil
    }
}

extension Item {
    /// The item with every `$name` and `{name}` replaced by the parameter's value.
    func filledIn(with parameters: [String: ParameterValue]) -> Item {
        var item = self
        item.title = title.filledIn(with: parameters)
        item.why = why?.filledIn(with: parameters)
        item.fix = fix?.filledIn(with: parameters)
        item.attest?.question = attest?.question.filledIn(with: parameters) ?? ""
        item.with = with.mapValues { $0.filledIn(with: parameters) }
        item.appliesWhen?.facts = appliesWhen?.facts.map { $0.filledIn(with: parameters) } ?? []
        switch expect {
        case .all(let expectations): item.expect = .all(expectations.map { $0.filledIn(with: parameters) })
        case .anyOf(let groups):
            item.expect = .anyOf(groups.map { group in group.map { $0.filledIn(with: parameters) } })
        case nil: break
        }
        return item
    }
}

extension Expectation {
    fileprivate func filledIn(with parameters: [String: ParameterValue]) -> Expectation {
        var expectation = self
        expectation.conditions = conditions.map { $0.filledIn(with: parameters) }
        return expectation
    }
}

extension Condition {
    fileprivate func filledIn(with parameters: [String: ParameterValue]) -> Condition {
        Condition(matcher: matcher, argument: argument.filledIn(with: parameters))
    }
}

extension Argument {
    fileprivate func filledIn(with parameters: [String: ParameterValue]) -> Argument {
        switch self {
        case .value: self
        case .parameter(let name): parameters[name].map { .value($0.forFacts) } ?? self
        case .list(let arguments): .list(arguments.map { $0.filledIn(with: parameters) })
        case .conditions(let conditions): .conditions(conditions.map { $0.filledIn(with: parameters) })
        }
    }
}

extension String {
    fileprivate func filledIn(with parameters: [String: ParameterValue]) -> String {
        guard utf8.contains(UInt8(ascii: "{")) else { return self }
        return filled(self) { name in parameters[name].map { inWords($0.value, unit: nil) } }
    }
}
