import AuditModel

/// The catalogue by name, made once for all the checklists of a run.
struct CatalogueIndex: Sendable {
    private let catalogue: Catalogue
    private let matchers: [String: MatcherDescription]
    let matcherNames: [String]

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        matchers = Dictionary(catalogue.matchers.map { ($0.name, $0) }) { first, _ in first }
        matcherNames = catalogue.matchers.map(\.name)
    }

    var probeNames: [String] { catalogue.kinds.map(\.rawValue) }

    func probe(_ name: String) -> ProbeDescription? { ProbeKind(rawValue: name).flatMap(catalogue.probe) }

    func matcher(_ name: String) -> MatcherDescription? { matchers[name] }

    /// The framework of that id; nil for one whose ids are not known.
    func framework(_ id: String) -> ControlFramework? { catalogue.frameworks.first { $0.id == id } }
}

extension ProbeDescription {
    /// What an expectation on this path is applied to; nil when there is no such fact.
    func subject(_ path: FactPath, written name: String) -> Subject? {
        guard let declaration = declaration(of: path) else { return nil }
        let type = path.isPattern ? FactType.list(declaration.type) : declaration.type
        return Subject(name: name, type: type, unit: declaration.unit)
    }

    var factNames: [String] { facts.map(\.path.text).sorted() }
}

/// What a condition is applied to: a fact, its elements or their number.
struct Subject {
    /// As sentences call it.
    let name: String
    let type: FactType
    let unit: String?

    /// An element of a list; nil when this is no list.
    var element: Subject? {
        guard case .list(let type) = type else { return nil }
        return Subject(name: "an element of \(name)", type: type, unit: unit)
    }

    /// The number of elements.
    var count: Subject { Subject(name: "the count of \(name)", type: .integer, unit: nil) }

    /// Name and type, for sentences: `hsts.maxAge is an integer (seconds)`.
    var sentence: String { "\(name) is \(type.noun)" + (unit.map { " (\($0))" } ?? "") }

    /// Whether a duration fits, being a number of seconds.
    var isDuration: Bool { unit == "seconds" && (type == .integer || type == .number) }
}

extension FactType {
    /// With its article, for sentences.
    var noun: String {
        switch self {
        case .boolean, .number, .text, .record, .list: "a \(name)"
        case .integer, .instant: "an \(name)"
        case .choice(let names): "one of \(names.joined(separator: ", "))"
        }
    }
}

extension MatcherArgument {
    /// Whether a matcher with such an argument can be applied to a fact of the type.
    func fits(_ type: FactType) -> Bool {
        switch (self, type) {
        case (.flag, _), (.condition, _): true
        case (.countCondition, .list), (.countCondition, .text), (.countCondition, .record): true
        case (.countCondition, _): false
        case (_, .record): false
        case (.value, _), (.values, _), (.valuesOrElements, _): true
        case (.bound, .integer), (.bound, .number), (.bound, .instant): true
        case (.range, .integer), (.range, .number), (.range, .instant): true
        case (.element, .list), (.element, .text), (.elements, .list), (.elements, .text): true
        case (.pattern, .text), (.pattern, .choice), (.text, .text), (.text, .choice): true
        case (.elementCondition, .list): true
        default: false
        }
    }

    /// What the fact must be, for sentences.
    var demand: String {
        switch self {
        case .flag, .condition: "any fact"
        case .value, .values, .valuesOrElements: "a fact other than a record"
        case .bound, .range: "a number or an instant"
        case .element, .elements: "a list or a text"
        case .pattern, .text: "a text"
        case .countCondition: "a list, a text or a record"
        case .elementCondition: "a list"
        }
    }
}
