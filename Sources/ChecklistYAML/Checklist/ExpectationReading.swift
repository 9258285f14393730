import AuditModel

extension ChecklistReader {
    /// What the item demands of its probe's facts; nil without a known probe or after a finding.
    mutating func expect(_ fields: Fields, _ probe: ProbeDescription?) -> Expect? {
        guard let node = fields.read(ItemFields.expect, &findings) else { return nil }
        guard let entries = node.entries else {
            findings.addWrongType(Label(ItemFields.expect.name), "a mapping of facts", node)
            return nil
        }
        guard let alternatives = entries.first(where: { $0.key == "anyOf" }) else {
            return probe.flatMap { group(node, Label(ItemFields.expect.name), $0) }.map(Expect.all)
        }
        if entries.count > 1 {
            findings.add(
                "wrong-type", "\"anyOf\" stands alone: move the other facts into its groups",
                at: alternatives.position)
        }
        guard let probe, let groups = Shape<YAMLNode>.any().list().read(alternatives.value, Label("anyOf"), &findings)
        else { return nil }
        return .anyOf(groups.compactMap { group($0, Label("anyOf").element, probe) })
    }

    private mutating func group(_ node: YAMLNode, _ label: Label, _ probe: ProbeDescription) -> [Expectation]? {
        guard let entries = node.entries else {
            findings.addWrongType(label, "a mapping of facts", node)
            return nil
        }
        if entries.isEmpty { findings.add("empty", "\(label) names no fact", at: node.position) }
        return entries.compactMap { expectation($0, probe) }
    }

    /// A fact with its conditions; nil after a finding.
    mutating func expectation(_ entry: YAMLEntry, _ probe: ProbeDescription) -> Expectation? {
        guard let path = FactPath(entry.key), let subject = probe.subject(path, written: shortened(entry.key)) else {
            addUnknownFact(entry, probe)
            return nil
        }
        return conditions(entry.value, subject).map {
            Expectation(fact: path, conditions: $0, location: findings.location(entry.position))
        }
    }

    private mutating func addUnknownFact(_ entry: YAMLEntry, _ probe: ProbeDescription) {
        let message = "the probe \(probe.kind.rawValue) has no fact \(quoted(entry.key))"
        // `tls.certificate.daysRemaining` is the full name; inside its probe it goes without the first word.
        let prefix = probe.kind.rawValue + "."
        if entry.key.hasPrefix(prefix), let path = FactPath(String(entry.key.dropFirst(prefix.count))),
            probe.subject(path, written: "") != nil
        {
            findings.add("unknown-fact", message, at: entry.position, suggestion: path.text)
        } else {
            findings.addUnknown("unknown-fact", message, entry.key, among: probe.factNames, at: entry.position)
        }
    }

    // MARK: Conditions

    /// What a fact must be: a value, several, or matchers by name; nil after a finding.
    mutating func conditions(_ node: YAMLNode, _ subject: Subject) -> [Condition]? {
        switch node.value {
        case .scalar(.absent, _):
            findings.add(
                "wrong-type", "\(subject.name) needs a value or a matcher, found nothing; for none write absent: true",
                at: node.position)
            return nil
        case .scalar: return shorthand(node, subject)
        case .list:
            guard case .list = subject.type else {
                findings.add(
                    "matcher-type", "\(subject.sentence); for one of several values write oneOf: […]",
                    at: node.position)
                return nil
            }
            return argument(node, .elements, subject).map { [Condition(matcher: "containsAll", argument: $0)] }
        case .mapping(let entries):
            if entries.isEmpty {
                findings.add("empty", "\(subject.name) names no matcher", at: node.position)
                return nil
            }
            let conditions = entries.compactMap { condition($0, subject) }
            return conditions.count == entries.count ? conditions : nil
        }
    }

    private mutating func shorthand(_ node: YAMLNode, _ subject: Subject) -> [Condition]? {
        switch subject.type {
        case .list where node.text.flatMap(parameterReference) == nil:
            findings.add(
                "matcher-type", "\(subject.sentence); write contains: for one element or [ ] for several",
                at: node.position)
            return nil
        case .record:
            findings.add(
                "matcher-type", "\(subject.sentence), which takes present, absent and count only", at: node.position)
            return nil
        case .list:
            return argument(node, .elements, subject).map { [Condition(matcher: "containsAll", argument: $0)] }
        default:
            return value(node, subject).map { [Condition(matcher: "equals", argument: $0)] }
        }
    }

    private mutating func condition(_ entry: YAMLEntry, _ subject: Subject) -> Condition? {
        guard let matcher = catalogue.matcher(entry.key) else {
            findings.addUnknown(
                "unknown-matcher", "unknown matcher \(quoted(entry.key))", entry.key, among: catalogue.matcherNames,
                at: entry.position)
            return nil
        }
        guard matcher.argument.fits(subject.type) else {
            findings.add(
                "matcher-type",
                "the matcher \(quoted(matcher.name)) needs \(matcher.argument.demand); \(subject.sentence)",
                at: entry.position)
            return nil
        }
        if matcher.argument == .flag { return flag(entry) }
        return argument(entry.value, matcher.argument, subject).map {
            Condition(matcher: matcher.name, argument: $0)
        }
    }

    /// A matcher that only takes `true`.
    private mutating func flag(_ entry: YAMLEntry) -> Condition? {
        switch entry.value.value {
        case .scalar(.boolean(true), _): return Condition(matcher: entry.key, argument: .value(.boolean(true)))
        case .scalar(.boolean(false), _):
            let opposites = ["absent": "present", "present": "absent"]
            let instead = opposites[entry.key].map { "write \($0): true instead" } ?? "leave it out instead"
            findings.add("wrong-type", "\(quoted(entry.key)) takes only true; \(instead)", at: entry.value.position)
        default: findings.addWrongType(Label(entry.key), "true", entry.value)
        }
        return nil
    }
}
