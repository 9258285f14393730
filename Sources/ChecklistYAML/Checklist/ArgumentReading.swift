import AuditModel

extension ChecklistReader {
    /// A matcher's argument; nil after a finding. The matcher is known to fit the subject.
    mutating func argument(_ node: YAMLNode, _ kind: MatcherArgument, _ subject: Subject) -> Argument? {
        switch kind {
        case .value, .bound: value(node, subject)
        case .range: range(node, subject)
        case .values: several(node, subject)
        case .valuesOrElements: several(node, subject.element ?? subject)
        case .element: value(node, subject.element ?? subject)
        case .elements: several(node, subject.element ?? subject)
        case .pattern: pattern(node, subject)
        case .text: text(node, subject)
        case .flag: .value(.boolean(true))
        case .condition: conditions(node, subject).map(Argument.conditions)
        case .countCondition: conditions(node, subject.count).map(Argument.conditions)
        case .elementCondition: subject.element.flatMap { conditions(node, $0) }.map(Argument.conditions)
        }
    }

    /// A literal of the subject's type, or a parameter that fits it.
    mutating func value(_ node: YAMLNode, _ subject: Subject) -> Argument? {
        if let name = node.text.flatMap(parameterReference) { return parameter(name, subject, at: node.position) }
        if case .list = subject.type { return several(node, subject.element ?? subject) }
        guard case .scalar(let value, _) = node.value, let literal = literal(value, subject, node) else {
            return nil
        }
        return .value(literal)
    }

    private mutating func literal(_ value: FactValue, _ subject: Subject, _ node: YAMLNode) -> FactValue? {
        switch (subject.type, value) {
        case (.boolean, .boolean), (.integer, .integer), (.number, .integer), (.number, .number): return value
        case (.integer, .text(let text)), (.number, .text(let text)):
            if subject.isDuration, let span = TimeSpan(text) { return .integer(span.seconds) }
        case (.text, .text(let text)): return .text(unescapedLiteral(text))
        case (.choice(let names), .text(let text)):
            if names.contains(text) { return value }
            findings.addUnknown(
                "unknown-value", "\(subject.name) is never \(quoted(text))", text, among: names, at: node.position)
            return nil
        case (.instant, .text(let text)):
            if let instant = Instant(text) { return .text(instant.iso8601) }
            findings.addInvalidInstant(subject.name, node)
            return nil
        default: break
        }
        addWrongType(subject, node)
        return nil
    }

    private mutating func addWrongType(_ subject: Subject, _ node: YAMLNode) {
        let hint = subject.type == .text && !node.isAbsent ? "; put it in quotes" : ""
        findings.add("wrong-type", "\(subject.sentence), found \(node.description)\(hint)", at: node.position)
    }

    private mutating func range(_ node: YAMLNode, _ subject: Subject) -> Argument? {
        guard let bounds = node.elements, bounds.count == 2 else {
            findings.add(
                "wrong-type", "two bounds were expected, the lower first: [1, 5]; found \(node.description)",
                at: node.position)
            return nil
        }
        guard let lower = value(bounds[0], subject), let upper = value(bounds[1], subject) else { return nil }
        if case .value(let low) = lower, case .value(let high) = upper, isGreater(low, than: high) {
            findings.add("out-of-range", "the lower bound is above the upper one", at: node.position)
        }
        return .list([lower, upper])
    }

    private func isGreater(_ left: FactValue, than right: FactValue) -> Bool {
        if let left = left.double, let right = right.double { return left > right }
        if case .text(let left) = left, case .text(let right) = right,
            let left = Instant(left), let right = Instant(right)
        {
            return left > right
        }
        return false
    }

    /// A list of values of the subject's type, or a parameter that holds one.
    private mutating func several(_ node: YAMLNode, _ subject: Subject) -> Argument? {
        if let name = node.text.flatMap(parameterReference) {
            let list = Subject(name: subject.name, type: .list(subject.type), unit: subject.unit)
            return parameter(name, list, at: node.position)
        }
        guard let elements = node.elements else {
            findings.add("wrong-type", "a list was expected, found \(node.description)", at: node.position)
            return nil
        }
        if elements.isEmpty {
            findings.add("empty", "the list for \(subject.name) is empty", at: node.position)
            return nil
        }
        let values = elements.compactMap { value($0, subject) }
        return values.count == elements.count ? .list(values) : nil
    }

    private mutating func text(_ node: YAMLNode, _ subject: Subject) -> Argument? {
        value(node, Subject(name: subject.name, type: .text, unit: nil))
    }

    private mutating func pattern(_ node: YAMLNode, _ subject: Subject) -> Argument? {
        let argument = text(node, subject)
        var pattern: String?
        if case .value(.text(let text)) = argument { pattern = text }
        if case .parameter(let name) = argument, case .text(let text)?? = parameters[name].map({ $0?.defaultValue }) {
            pattern = text
        }
        if let pattern, let problem = patternProblem(pattern) {
            findings.add(
                "invalid-pattern", "\(quoted(pattern)) is no regular expression: \(problem)", at: node.position)
            return nil
        }
        return argument
    }

    // MARK: Parameters

    /// A parameter in the place of a value; its type, unit and default must fit.
    private mutating func parameter(_ name: String, _ subject: Subject, at position: YAMLPosition) -> Argument? {
        guard let parameter = use(name, at: position) else { return nil }
        guard parameter.type.fits(subject) else {
            findings.add("parameter-type", "$\(name) is \(parameter.type.noun); \(subject.sentence)", at: position)
            return nil
        }
        if let unit = parameter.unit, let expected = subject.unit, unit != expected, parameter.type != .duration {
            findings.add("parameter-unit", "$\(name) is in \(unit); \(subject.sentence)", at: position)
            return nil
        }
        guard defaultFits(parameter.defaultValue, subject, parameter, at: position) else { return nil }
        return .parameter(name)
    }

    /// Whether a text that stands for a name or an instant is one.
    private mutating func defaultFits(
        _ value: FactValue, _ subject: Subject, _ parameter: ChecklistParameter, at position: YAMLPosition
    ) -> Bool {
        switch (value, subject.type) {
        case (.list(let values), .list):
            guard let element = subject.element else { return true }
            return values.allSatisfy { defaultFits($0, element, parameter, at: position) }
        case (.text(let text), .choice(let names)) where !names.contains(text):
            findings.addUnknown(
                "unknown-value", "\(subject.name) is never \(quoted(text)), the default of $\(parameter.name)", text,
                among: names, at: position)
            return false
        case (.text(let text), .instant) where Instant(text) == nil:
            findings.add(
                "invalid-instant", "the default of $\(parameter.name) is no instant; \(subject.sentence)", at: position)
            return false
        default: return true
        }
    }
}

extension ParameterType {
    /// Whether a parameter of this type can stand where a value of the subject is expected.
    fileprivate func fits(_ subject: Subject) -> Bool {
        switch (self, subject.type) {
        case (.boolean, .boolean), (.integer, .integer), (.integer, .number), (.number, .number): true
        case (.text, .text), (.text, .choice), (.text, .instant): true
        case (.duration, _): subject.isDuration
        case (.texts, .list(.text)), (.texts, .list(.choice)): true
        default: false
        }
    }
}
