import AuditModel

/// Reads one checklist; holds what its items refer to.
struct ChecklistReader {
    var findings: Findings
    let catalogue: CatalogueIndex
    /// What is wrong with a regular expression; nil when it is valid.
    let patternProblem: @Sendable (String) -> String?
    /// The declared parameters; nil for one whose declaration is itself mistaken.
    var parameters: [String: ChecklistParameter?] = [:]
    var usedParameters: Set<String> = []
    /// Accepted values by label that all items inherit.
    var labels: [String: [String]] = [:]
    /// The place of each item by its id.
    var itemPositions: [String: YAMLPosition] = [:]

    init(file: String, catalogue: CatalogueIndex, patternProblem: @escaping @Sendable (String) -> String?) {
        findings = Findings(file: file)
        self.catalogue = catalogue
        self.patternProblem = patternProblem
    }

    /// As much of the checklist as can be read, for those who go on in spite of findings; nil when it has no id.
    mutating func checklist(text: [UInt8], digest: String) -> Checklist? {
        guard let root = openedFile(text: text, as: .checklist, &findings),
            let fields = Fields(root, ChecklistFields.table, Label("checklist"), &findings)
        else { return nil }
        let id = fields.read(ChecklistFields.id, &findings)
        let version = fields.read(ChecklistFields.version, &findings)
        let title = fields.read(ChecklistFields.title, &findings)
        let description = fields.read(ChecklistFields.description, &findings)
        let parameters = self.parameters(fields)
        let includes = self.includes(fields)
        labels = fields.read(ChecklistFields.appliesWhen, &findings) ?? [:]
        let sections = self.sections(fields)
        let roles = fields.read(ChecklistFields.signOff, &findings) ?? []
        reportUnusedParameters(parameters, in: root)
        if !fields.has(ChecklistFields.sections), !fields.has(ChecklistFields.include) {
            findings.add("missing-key", "a checklist needs the key \"sections\" or \"include\"", at: root.position)
        }
        guard let id else { return nil }
        return Checklist(
            id: id, version: version ?? "", title: title ?? "", description: description, parameters: parameters,
            includes: includes, labels: labels, sections: sections, signOffRoles: roles,
            location: findings.location(root.position),
            digest: digest)
    }

    private mutating func includes(_ fields: Fields) -> [ChecklistInclude] {
        var seen: [String: YAMLPosition] = [:]
        return (fields.read(ChecklistFields.include, &findings) ?? []).map { include in
            let name = include.checklist
            if let first = seen.updateValue(include.position, forKey: name) {
                findings.add(
                    "duplicate-include", "the checklist \(quoted(name)) is included at line \(first.line) already",
                    at: include.position)
            }
            return ChecklistInclude(
                checklist: name, items: include.items, location: findings.location(include.position))
        }
    }

    private mutating func sections(_ fields: Fields) -> [ChecklistSection] {
        var seen: [String: YAMLPosition] = [:]
        return (fields.read(ChecklistFields.sections, &findings) ?? []).compactMap { node in
            guard let fields = Fields(node, SectionFields.table, Label("sections").element, &findings) else {
                return nil
            }
            let id = fields.read(SectionFields.id, &findings)
            if let id {
                if let first = seen[id] {
                    findings.add(
                        "duplicate-section", "the section \(quoted(id)) stands here again, first at line \(first.line)",
                        at: node.position)
                }
                seen[id] = seen[id] ?? node.position
            }
            let title = fields.read(SectionFields.title, &findings)
            let items = (fields.read(SectionFields.items, &findings) ?? []).compactMap { item($0) }
            return ChecklistSection(id: id ?? "", title: title ?? "", items: items)
        }
    }

    // MARK: Parameters

    private mutating func parameters(_ fields: Fields) -> [ChecklistParameter] {
        for (entry, node) in fields.read(ChecklistFields.parameters, &findings) ?? [] {
            guard isParameterName(entry.key) else {
                findings.add(
                    "invalid-id",
                    "the parameter \(quoted(entry.key)) must be lower-case words joined by hyphens, a letter first",
                    at: entry.position)
                continue
            }
            parameters[entry.key] = .some(parameter(entry, node))
        }
        return parameters.values.compactMap(\.self).sorted {
            ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
        }
    }

    private mutating func parameter(_ entry: YAMLEntry, _ node: YAMLNode) -> ChecklistParameter? {
        guard let fields = Fields(node, ParameterFields.table, Label(entry.key), &findings) else { return nil }
        let type = fields.read(ParameterFields.type, &findings)
        let written = fields.read(ParameterFields.defaultValue, &findings)
        let choices = fields.read(ParameterFields.choices, &findings)
        let unit = fields.read(ParameterFields.unit, &findings)
        let meaning = fields.read(ParameterFields.meaning, &findings)
        guard let type, let written,
            findings.check(written.value, is: type, Label(ParameterFields.defaultValue.name), written.node)
        else { return nil }
        if let choices {
            guard type == .text else {
                findings.add(
                    "wrong-type", "\(Label(entry.key)) is \(type.noun): only a text has \"choices\"",
                    at: fields.position(of: ParameterFields.choices))
                return nil
            }
            guard findings.check(written.value, isAmong: choices, Label(entry.key), written.node) else { return nil }
        }
        return ChecklistParameter(
            name: entry.key, type: type, defaultValue: written.value, choices: choices, unit: unit,
            meaning: meaning ?? "", location: findings.location(entry.position))
    }

    private mutating func reportUnusedParameters(_ parameters: [ChecklistParameter], in root: YAMLNode) {
        // What uses a parameter may be mistaken itself: then a mention is enough. What stands under a repeated key
        // was not even read.
        guard !findings.all.contains(where: { $0.code == "duplicate-key" }) else { return }
        let used = findings.isEmpty ? usedParameters : mentions(in: root)
        for parameter in parameters where !used.contains(parameter.name) {
            let position = YAMLPosition(line: parameter.location.line, column: parameter.location.column)
            findings.add("unused-parameter", "no item uses the parameter \(quoted(parameter.name))", at: position)
        }
    }

    private func mentions(in node: YAMLNode) -> Set<String> {
        switch node.value {
        case .scalar(.text(let text), _): Set(placeholders(in: text) + [parameterReference(text)].compactMap(\.self))
        case .scalar: []
        case .list(let elements): elements.reduce(into: []) { $0.formUnion(mentions(in: $1)) }
        case .mapping(let entries):
            entries.reduce(into: []) { found, entry in
                found.formUnion(mentions(in: entry.value))
                guard entry.key == ItemFields.appliesWhen.name else { return }
                let deciding = entry.value.entries?.first { $0.key == AppliesWhenFields.parameters.name }
                found.formUnion(deciding?.value.entries?.map(\.key) ?? [])
            }
        }
    }

    /// Marks a parameter as used and reports it when the checklist has none of that name.
    mutating func use(_ name: String, at position: YAMLPosition) -> ChecklistParameter? {
        usedParameters.insert(name)
        if let parameter = parameters[name] { return parameter }
        findings.addUnknown(
            "unknown-parameter", "unknown parameter \(quoted(name))", name, among: parameters.keys.sorted(),
            at: position)
        return nil
    }
}
