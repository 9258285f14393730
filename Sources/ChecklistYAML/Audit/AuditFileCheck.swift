import AuditModel

/// What an audit file says about items that its checklists do not have, and what it says in vain.
package func check(_ audit: AuditFile, against loaded: LoadedChecklists) -> [Diagnostic] {
    let selection = Selection(loaded)
    let diagnostics =
        audit.tailor.flatMap { problems(of: $0, selection) }
        + audit.gate.flatMap { problems(of: $0, selection, audit.tailor) }
    return Diagnostics(diagnostics).all
}

/// The selected items by id, with the checklists that declare them.
private struct Selection {
    let selected: [SelectedItem]
    let items: [String: (item: Item, checklist: Checklist)]
    /// The checklists that declare a selected item, by id.
    let checklists: [String: Checklist]

    init(_ loaded: LoadedChecklists) {
        selected = loaded.selected
        let names = Set(selected.map(\.item))
        var items: [String: (Item, Checklist)] = [:]
        for checklist in loaded.checklists {
            for item in checklist.items where names.contains(item.id) { items[item.id] = (item, checklist) }
        }
        self.items = items
        checklists = Dictionary(items.values.map { ($0.1.id, $0.1) }) { first, _ in first }
    }
}

// MARK: Tailoring

private func problems(of tailoring: Tailoring, _ selection: Selection) -> [Diagnostic] {
    switch tailoring.subject {
    case .item(let name):
        guard let (item, checklist) = selection.items[name] else {
            return [unknown("item", name, among: selection.items.keys, tailoring)]
        }
        let hasEffect =
            tailoring.severity.map { $0 != item.severity } ?? false
            || tailoring.enforcement.map { $0 != item.enforcement || item.isDeferred } ?? false
        return problems(
            of: tailoring, "the item \(quoted(name))", parameters: checklist.parameters, used: item.usedParameters,
            hasEffect: hasEffect)
    case .checklist(let name):
        guard let checklist = selection.checklists[name] else {
            return [unknown("checklist", name, among: selection.checklists.keys, tailoring)]
        }
        let used = checklist.items.filter { selection.items[$0.id] != nil }
            .reduce(into: Set<String>()) { $0.formUnion($1.usedParameters) }
        return problems(
            of: tailoring, "the checklist \(quoted(name))", parameters: checklist.parameters, used: used,
            hasEffect: false)
    }
}

private func unknown(
    _ noun: String, _ name: String, among known: some Collection<String>, _ tailoring: Tailoring
) -> Diagnostic {
    Diagnostic(
        "unknown-\(noun)", "no \(noun) \(quoted(name)) is selected", at: tailoring.location,
        suggestion: nearestName(to: name, among: known.sorted()))
}

/// What is wrong with the parameters that a tailoring sets.
///
/// - Parameter hasEffect: whether it changes anything besides them.
private func problems(
    of tailoring: Tailoring, _ subject: String, parameters: [ChecklistParameter], used: Set<String>, hasEffect: Bool
) -> [Diagnostic] {
    var (problems, hasEffect): ([Diagnostic], Bool) = ([], hasEffect)
    func add(_ code: String, _ message: String, suggestion: String? = nil) {
        problems.append(Diagnostic(code, message, at: tailoring.location, suggestion: suggestion))
    }
    for (name, value) in tailoring.parameters.sorted(by: { $0.key < $1.key }) {
        guard let parameter = parameters.first(where: { $0.name == name }), used.contains(name) else {
            add(
                "unknown-parameter", "\(subject) uses no parameter \(quoted(name))",
                suggestion: nearestName(to: name, among: used.sorted()))
            continue
        }
        guard parameter.type.accepts(value) else {
            add("parameter-type", "the parameter \(quoted(name)) must be \(parameter.type.noun)")
            continue
        }
        guard parameter.offers(value) else {
            add(
                "unknown-value",
                "the parameter \(quoted(name)) must be \(parameter.choices?.joined(separator: " or ") ?? "")")
            continue
        }
        // A choice that is stated says something even where it is the usual one: that somebody chose it.
        if value != parameter.defaultValue || parameter.choices != nil { hasEffect = true }
    }
    if problems.isEmpty, !hasEffect { add("no-effect", "the tailoring of \(subject) changes nothing") }
    return problems
}

extension Item {
    /// Whether a level or a date may keep it from gating, so that saying `gate` again means something.
    fileprivate var isDeferred: Bool { (level ?? .essential) > .essential || enforceFrom != nil }

    /// The names of the checklist's parameters that its texts, expectations and probe parameters refer to.
    package var usedParameters: Set<String> {
        let expectations = (expect?.expectations ?? []) + (appliesWhen?.facts ?? [])
        let arguments = expectations.flatMap(\.conditions).map(\.argument) + with.values
        let texts = [title, why, fix, attest?.question].compactMap(\.self)
        let deciding = appliesWhen.map { Array($0.parameters.keys) } ?? []
        return Set(arguments.flatMap(parameters) + texts.flatMap(placeholders) + deciding)
    }
}

private func parameters(of argument: Argument) -> [String] {
    switch argument {
    case .value: []
    case .parameter(let name): [name]
    case .list(let elements): elements.flatMap(parameters)
    case .conditions(let conditions): conditions.flatMap { parameters(of: $0.argument) }
    }
}

// MARK: Gate

private func problems(of rule: GateRule, _ selection: Selection, _ tailor: [Tailoring]) -> [Diagnostic] {
    let predicate = rule.predicate
    var problems: [Diagnostic] = []
    func compare(_ noun: String, _ names: [String], with known: [String]) {
        for name in names where !known.contains(name) {
            problems.append(
                Diagnostic(
                    "unknown-\(noun)", "no item is selected from a \(noun) \(quoted(name))", at: rule.location,
                    suggestion: nearestName(to: name, among: Set(known).sorted())))
        }
    }
    compare("checklist", predicate.checklist, with: selection.selected.map(\.checklist))
    compare("section", predicate.section, with: selection.selected.map(\.section))
    for name in predicate.item where selection.items[name] == nil {
        problems.append(
            Diagnostic(
                "unknown-item", "no item \(quoted(name)) is selected", at: rule.location,
                suggestion: nearestName(to: name, among: selection.items.keys.sorted())))
    }
    guard problems.isEmpty else { return problems }
    func accepts(_ names: [String], _ name: String) -> Bool { names.isEmpty || names.contains(name) }
    let canMatch = selection.selected.contains { place in
        accepts(predicate.checklist, place.checklist) && accepts(predicate.section, place.section)
            && accepts(predicate.item, place.item)
            && selection.items[place.item].map { predicate.mayCover($0.item, tailored: tailor) } ?? true
    }
    guard !canMatch, !selection.selected.isEmpty else { return [] }
    return [
        Diagnostic(
            "never-matches",
            "no selected item has that checklist, section, item, severity, phase and enforcement at once",
            at: rule.location)
    ]
}

extension GatePredicate {
    /// Whether the item's severity, phase and enforcement, which no observation changes, can match.
    fileprivate func mayCover(_ item: Item, tailored: [Tailoring]) -> Bool {
        let severity = tailored.last { $0.subject == .item(item.id) && $0.severity != nil }?.severity ?? item.severity
        let isPhase = phase.isEmpty || item.phase.map(phase.contains) ?? false
        // What informs only never gates.
        let isEnforcement = enforcement != [.gate] || severity != .info
        return (self.severity.isEmpty || self.severity.contains(severity)) && isPhase && isEnforcement
    }
}
