import AuditModel
import JSON

/// The definitions of a checklist's schema: conditions by the type of fact, facts by probe.
struct ConditionDefinitions {
    private let matchers: [MatcherDescription]
    private(set) var members: [JSONValue.Member] = []
    private var known: Set<String> = []

    init(matchers: [MatcherDescription]) { self.matchers = matchers }

    static func reference(_ name: String) -> JSONValue { object(["$ref": .string("#/definitions/" + name)]) }

    /// `$name`
    static let parameter = object([
        "type": .string("string"), "pattern": .string("^\\$[a-z][a-z0-9]*(-[a-z0-9]+)*$")
    ])

    /// A reference to the facts of a probe with what each must be.
    mutating func facts(of probe: ProbeDescription) -> JSONValue {
        let name = "facts-" + probe.kind.rawValue
        guard known.insert(name).inserted else { return Self.reference(name) }
        var properties: [JSONValue.Member] = []
        var patterns: [JSONValue.Member] = []
        for fact in probe.facts {
            let condition = described(fact, condition(fact.expectedType, unit: fact.unit))
            properties.append(.init(fact.path.text, condition))
            guard fact.path.isPattern else { continue }
            patterns.append(.init(pattern(fact.path), described(fact, self.condition(fact.type, unit: fact.unit))))
        }
        var schema: [JSONValue.Member] = [
            .init("type", .string("object")), .init("minProperties", .integer(1)),
            .init("additionalProperties", .boolean(false)), .init("properties", .object(properties))
        ]
        if !patterns.isEmpty { schema.append(.init("patternProperties", .object(patterns))) }
        members.append(.init(name, .object(schema)))
        return Self.reference(name)
    }

    private func described(_ fact: FactDeclaration, _ condition: JSONValue) -> JSONValue {
        // Draft 7 ignores what stands beside a reference.
        object(["description": .string(fact.meaning), "allOf": .array([condition])])
    }

    /// A concrete key in the place of each star; a star itself is among the properties.
    private func pattern(_ path: FactPath) -> String {
        let segments = path.segments.enumerated().map { index, segment in
            let dot = index == 0 ? "" : "\\."
            guard segment == "*" else { return dot + segment }
            return "(\(dot)[^.*\\[\\]\" ]+|\\[\"([^\"\\\\]|\\\\.)*\"\\])"
        }
        return "^" + segments.joined() + "$"
    }

    /// A reference to what a fact of the type must be.
    private mutating func condition(_ type: FactType, unit: String?) -> JSONValue {
        let name = definitionName(type) + (unit == "seconds" ? "-of-seconds" : "")
        guard known.insert(name).inserted else { return Self.reference(name) }
        var alternatives = type == .record ? [] : literals(type, unit)
        let properties = matchers.filter { $0.argument.fits(type) }.map { matcher in
            JSONValue.Member(
                matcher.name,
                object([
                    "description": .string(matcher.summary),
                    "allOf": .array([argument(matcher.argument, type, unit, Self.reference(name))])
                ]))
        }
        alternatives.append(
            object([
                "type": .string("object"), "minProperties": .integer(1), "additionalProperties": .boolean(false),
                "properties": .object(properties)
            ]))
        members.append(.init(name, object(["anyOf": .array(alternatives)])))
        return Self.reference(name)
    }

    private func definitionName(_ type: FactType) -> String {
        switch type {
        case .choice(let names): "choice-" + names.joined(separator: "-")
        case .list(let element): "list-of-" + definitionName(element)
        default: type.name
        }
    }

    private mutating func argument(
        _ kind: MatcherArgument, _ type: FactType, _ unit: String?, _ own: JSONValue
    ) -> JSONValue {
        var element = type
        if case .list(let inner) = type { element = inner }
        let value = object(["anyOf": .array(literals(type, unit))])
        let elementValue = object(["anyOf": .array(literals(element, unit))])
        return switch kind {
        case .value, .bound: value
        case .range:
            object([
                "type": .string("array"), "items": value, "minItems": .integer(2), "maxItems": .integer(2)
            ])
        case .values, .valuesOrElements: object(["anyOf": .array([list(of: value), Self.parameter])])
        case .element: elementValue
        case .elements: object(["anyOf": .array([list(of: elementValue), Self.parameter])])
        case .pattern, .text: object(["type": .string("string")])
        case .flag: object(["const": .boolean(true)])
        case .condition: own
        case .countCondition: condition(.integer, unit: nil)
        case .elementCondition: condition(element, unit: unit)
        }
    }

    /// The values of a type, and a parameter in their place.
    private func literals(_ type: FactType, _ unit: String?) -> [JSONValue] {
        let isDuration = Subject(name: "", type: type, unit: unit).isDuration
        func typed(_ name: String) -> JSONValue { object(["type": .string(name)]) }
        let values: [JSONValue] =
            switch type {
            case .boolean: [typed("boolean")]
            case .integer: [typed("integer")]
            case .number: [typed("number")]
            case .text: [typed("string")]
            case .choice(let names): [object(["enum": .array(names.map(JSONValue.string))])]
            case .instant: [Shape<Instant>.instant.schema]
            case .list(let element): [list(of: object(["anyOf": .array(literals(element, unit))]))]
            case .record: []
            }
        let duration = isDuration ? [Shape<TimeSpan>.duration.schema] : []
        return values + duration + [Self.parameter]
    }

    private func list(of element: JSONValue) -> JSONValue {
        object(["type": .string("array"), "minItems": .integer(1), "items": element])
    }
}
