import AuditModel

extension ChecklistReader {
    /// An item as far as it can be read; nil when it has no id.
    mutating func item(_ node: YAMLNode) -> Item? {
        guard let fields = Fields(node, ItemFields.table, Label("items").element, &findings) else { return nil }
        let id = fields.read(ItemFields.id, &findings)
        if let id { checkUnique(id, at: node.position) }
        let title = fields.read(ItemFields.title, &findings)
        let severity = fields.read(ItemFields.severity, &findings)
        let attest = fields.read(ItemFields.attest, &findings)
        let probe = self.probe(fields)
        let why = fields.read(ItemFields.why, &findings)
        let fix = fields.read(ItemFields.fix, &findings)
        checkPlaceholders(title, at: fields.position(of: ItemFields.title))
        checkPlaceholders(why, at: fields.position(of: ItemFields.why))
        checkPlaceholders(fix, at: fields.position(of: ItemFields.fix))
        checkPlaceholders(attest?.question, at: fields.position(of: ItemFields.attest))
        checkCompleteness(fields, attest)
        let item = Item(
            id: id ?? "", title: title ?? "", severity: severity ?? .info,
            enforcement: fields.read(ItemFields.enforcement, &findings), probe: probe?.kind,
            with: with(fields, probe), expect: expect(fields, probe), attest: attest,
            appliesWhen: applicability(fields, probe), why: why, fix: fix,
            references: fields.read(ItemFields.references, &findings) ?? [],
            controls: controls(fields),
            phase: fields.read(ItemFields.phase, &findings), level: fields.read(ItemFields.level, &findings),
            enforceFrom: fields.read(ItemFields.enforceFrom, &findings),
            willBe: fields.read(ItemFields.willBe, &findings), location: findings.location(node.position))
        return id == nil ? nil : item
    }

    private mutating func checkUnique(_ id: String, at position: YAMLPosition) {
        if id == SignOffResult.item {
            findings.add(
                "reserved-item", "\(quoted(id)) is built in: a checklist demands it with signOff: {roles: […]}",
                at: position)
        }
        guard let first = itemPositions[id] else {
            itemPositions[id] = position
            return
        }
        findings.add(
            "duplicate-item", "the item \(quoted(id)) stands here again, first at line \(first.line)", at: position)
    }

    private mutating func checkPlaceholders(_ text: String?, at position: YAMLPosition) {
        for name in text.map(placeholders) ?? [] { _ = use(name, at: position) }
    }

    /// An item is answered by a probe with expectations, by people, or by both.
    private mutating func checkCompleteness(_ fields: Fields, _ demand: AttestDemand?) {
        let (probe, expect) = (fields.has(ItemFields.probe), fields.has(ItemFields.expect))
        let attest = fields.has(ItemFields.attest)
        func need(_ message: String, at position: YAMLPosition) {
            findings.add("incomplete-item", message, at: position)
        }
        if probe, !expect {
            need("a probe without \"expect\": say what its facts must be", at: fields.position(of: ItemFields.probe))
        } else if expect, !probe {
            need("\"expect\" without \"probe\": say what observes it", at: fields.position(of: ItemFields.expect))
        } else if !probe, !attest {
            need("an item needs \"probe\" and \"expect\", or \"attest\", or both", at: fields.node.position)
        }
        if !probe, fields.has(ItemFields.with) {
            need("\"with\" without \"probe\": say which probe it is for", at: fields.position(of: ItemFields.with))
        }
        if !probe, demand?.isFallback == true {
            need(
                "\"onlyIf: not-permitted\" needs \"probe\": without one people are always asked",
                at: fields.position(of: ItemFields.attest))
        }
        if !attest, fields.has(ItemFields.willBe) {
            need("\"willBe\" needs \"attest\": say who answers until then", at: fields.position(of: ItemFields.willBe))
        }
    }

    private mutating func probe(_ fields: Fields) -> ProbeDescription? {
        guard let node = fields.read(ItemFields.probe, &findings),
            let name = Shape<String>.text.read(node, Label(ItemFields.probe.name), &findings)
        else { return nil }
        if let probe = catalogue.probe(name) { return probe }
        findings.addUnknown(
            "unknown-probe", "unknown probe \(quoted(name))", name, among: catalogue.probeNames, at: node.position)
        return nil
    }

    private mutating func with(_ fields: Fields, _ probe: ProbeDescription?) -> [String: Argument] {
        let entries = fields.read(ItemFields.with, &findings) ?? []
        guard let probe else { return [:] }
        var arguments: [String: Argument] = [:]
        for (entry, node) in entries {
            guard let parameter = probe.parameters.first(where: { $0.name == entry.key }) else {
                findings.addUnknown(
                    "unknown-parameter", "the probe \(probe.kind.rawValue) has no parameter \(quoted(entry.key))",
                    entry.key, among: probe.parameters.map(\.name), at: entry.position)
                continue
            }
            arguments[entry.key] = probeArgument(node, parameter)
        }
        return arguments
    }

    private mutating func probeArgument(_ node: YAMLNode, _ parameter: ProbeParameter) -> Argument? {
        if let name = node.text.flatMap(parameterReference) {
            guard let own = use(name, at: node.position) else { return .parameter(name) }
            guard own.type == parameter.type || (own.type == .integer && parameter.type == .number) else {
                findings.add(
                    "parameter-type",
                    "$\(name) is \(own.type.noun); \(quoted(parameter.name)) must be \(parameter.type.noun)",
                    at: node.position)
                return nil
            }
            return .parameter(name)
        }
        let label = Label(parameter.name)
        guard let value = Shape<FactValue>.parameterValue.read(node, label, &findings),
            findings.check(value, is: parameter.type, label, node)
        else { return nil }
        if let range = parameter.objection(to: value) {
            findings.add("out-of-range", "\(label) must be \(range), found \(node.description)", at: node.position)
            return nil
        }
        if case .text(let text) = value { return .value(.text(unescapedLiteral(text))) }
        return .value(value)
    }

    /// Control ids by framework; of a framework that is known, only those that it has.
    private mutating func controls(_ fields: Fields) -> [String: [String]] {
        var controls: [String: [String]] = [:]
        for (name, ids) in fields.read(ItemFields.controls, &findings) ?? [] {
            controls[name.key] = ids.map(\.value)
            guard let framework = catalogue.framework(name.key) else { continue }
            for id in ids where framework.control(id.value) == nil {
                findings.addUnknown(
                    "unknown-control", "\(framework.title) has no \(quoted(id.value)) among \(framework.scope)",
                    id.value, among: framework.controls.map(\.id), at: id.position)
            }
        }
        return controls
    }

    /// The item's own conditions together with those of its checklist.
    private mutating func applicability(_ fields: Fields, _ probe: ProbeDescription?) -> Applicability? {
        guard var own = appliesWhen(fields, probe) else {
            return labels.isEmpty ? nil : Applicability(labels: labels, facts: [])
        }
        for (label, accepted) in labels.sorted(by: { $0.key < $1.key }) {
            let both = own.labels[label].map { $0.filter(accepted.contains) } ?? accepted
            if both.isEmpty, !accepted.isEmpty {
                findings.add(
                    "never-applies",
                    "the checklist concerns services with the label \(label) \(accepted.joined(separator: " or ")) alone",
                    at: fields.position(of: ItemFields.appliesWhen))
            }
            own.labels[label] = both
        }
        return own
    }

    private mutating func appliesWhen(_ fields: Fields, _ probe: ProbeDescription?) -> Applicability? {
        guard let node = fields.read(ItemFields.appliesWhen, &findings),
            let inner = Fields(node, AppliesWhenFields.table, Label(ItemFields.appliesWhen.name), &findings)
        else { return nil }
        let labels = inner.read(AppliesWhenFields.labels, &findings) ?? [:]
        let entries = inner.read(AppliesWhenFields.facts, &findings) ?? []
        let parameters = acceptedParameters(inner)
        if entries.isEmpty, labels.isEmpty, parameters.isEmpty, !inner.has(AppliesWhenFields.labels),
            !inner.has(AppliesWhenFields.parameters)
        {
            findings.add("empty", "\"appliesWhen\" names no label, no parameter and no fact", at: node.position)
        }
        if !fields.has(ItemFields.probe), inner.has(AppliesWhenFields.facts) {
            findings.add(
                "incomplete-item", "facts in \"appliesWhen\" need a \"probe\" that observes them",
                at: inner.position(of: AppliesWhenFields.facts))
        }
        let facts = probe.map { probe in entries.compactMap { expectation($0.name, probe) } } ?? []
        return Applicability(labels: labels, parameters: parameters, facts: facts)
    }

    /// The texts of the checklist's parameters with which the item applies.
    private mutating func acceptedParameters(_ fields: Fields) -> [String: [String]] {
        var accepted: [String: [String]] = [:]
        for (entry, node) in fields.read(AppliesWhenFields.parameters, &findings) ?? [] {
            guard let texts = Shape<String>.text.oneOrMore.read(node, Label(entry.key), &findings),
                let parameter = use(entry.key, at: entry.position)
            else { continue }
            guard parameter.type == .text else {
                findings.add(
                    "parameter-type", "\(quoted(entry.key)) is \(parameter.type.noun); only a text decides here",
                    at: entry.position)
                continue
            }
            for text in texts {
                _ = findings.check(.text(text), isAmong: parameter.choices ?? texts, Label(entry.key), node)
            }
            accepted[entry.key] = texts
        }
        return accepted
    }
}
