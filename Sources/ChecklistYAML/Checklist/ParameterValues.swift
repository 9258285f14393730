import AuditModel
import JSON

extension ParameterType {
    /// With its article, for sentences.
    var noun: String {
        switch self {
        case .boolean: "true or false"
        case .integer: "an integer"
        case .number: "a number"
        case .text: "a text"
        case .duration: "a duration such as 90d"
        case .texts: "a list of texts"
        }
    }

    /// Whether a value may be given to a parameter of this type.
    func accepts(_ value: FactValue) -> Bool {
        switch (self, value) {
        case (.boolean, .boolean), (.integer, .integer), (.number, .integer), (.number, .number), (.text, .text): true
        case (.duration, .text(let text)): TimeSpan(text) != nil
        case (.texts, .list(let values)): values.allSatisfy { ParameterType.text.accepts($0) }
        default: false
        }
    }

    /// JSON Schema of a value.
    var schema: JSONValue {
        switch self {
        case .boolean: Shape<Bool>.boolean.schema
        case .integer: object(["type": .string("integer")])
        case .number: object(["type": .string("number")])
        case .text: object(["type": .string("string")])
        case .duration: Shape<TimeSpan>.duration.schema
        case .texts: object(["type": .string("array"), "items": object(["type": .string("string")])])
        }
    }
}

extension Shape<FactValue> {
    /// A scalar or a list of scalars, as a parameter may have.
    static let parameterValue: Shape<FactValue> = Shape(
        schema: object(["type": .array(["boolean", "number", "string", "array"].map(JSONValue.string))])
    ) { node, label, findings in
        switch node.value {
        case .scalar(.absent, _), .mapping:
            findings.addWrongType(label, "a value or a list of values", node)
            return nil
        case .scalar(let value, _): return value
        case .list(let elements):
            let values = elements.compactMap { parameterValue.read($0, label.element, &findings) }
            return values.count == elements.count ? .list(values) : nil
        }
    }
}

extension ChecklistParameter {
    /// Whether a text is one that it may have; true for everything but a text.
    func offers(_ value: FactValue) -> Bool {
        guard let choices, case .text(let text) = value else { return true }
        return choices.contains(text)
    }
}

extension Findings {
    /// Reports a text that is none of a parameter's choices; whether it is one.
    mutating func check(_ value: FactValue, isAmong choices: [String], _ label: Label, _ node: YAMLNode) -> Bool {
        guard case .text(let text) = value, !choices.contains(text) else { return true }
        addUnknown(
            "unknown-value", "\(label) is never \(quoted(text))", text, among: choices, at: node.position)
        return false
    }

    /// Reports a value that does not fit a parameter's type; whether it fits.
    mutating func check(
        _ value: FactValue, is type: ParameterType, _ label: Label, _ node: YAMLNode
    ) -> Bool {
        if type.accepts(value) { return true }
        if type == .duration, node.text != nil {
            add(
                "invalid-duration", "\(label) must be a duration such as 90d, 12h or 30s, found \(node.description)",
                at: node.position)
        } else {
            addWrongType(label, type.noun, node)
        }
        return false
    }
}
