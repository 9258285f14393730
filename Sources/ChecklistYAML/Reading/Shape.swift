import AuditModel
import JSON

/// What a value of a file must be: how it is read, and how an editor checks it, in one definition.
struct Shape<Value: Sendable>: Sendable {
    /// JSON Schema of the value.
    let schema: JSONValue
    /// The value; nil after a finding.
    let read: @Sendable (_ node: YAMLNode, _ label: Label, _ findings: inout Findings) -> Value?
}

/// What a value is called in a sentence: `"title"`, `an element of "roles"`.
struct Label: Sendable, CustomStringConvertible {
    let key: String
    var isElement = false

    init(_ key: String) { self.key = key }

    var element: Label {
        var label = self
        label.isElement = true
        return label
    }

    var description: String { isElement ? "an element of \(quoted(key))" : quoted(key) }
}

extension Findings {
    mutating func addWrongType(_ label: Label, _ expected: String, _ node: YAMLNode) {
        var hint = ""
        if expected.hasPrefix("a text"), !node.isAbsent, node.elements == nil { hint = "; put it in quotes" }
        add("wrong-type", "\(label) must be \(expected), found \(node.description)\(hint)", at: node.position)
    }
}

extension Shape {
    /// The same value turned into another; the closure reports why it returns nil.
    func then<Other>(
        schema: JSONValue? = nil,
        _ body: @escaping @Sendable (Value, YAMLNode, Label, inout Findings) -> Other?
    ) -> Shape<Other> {
        Shape<Other>(schema: schema ?? self.schema) { node, label, findings in
            read(node, label, &findings).flatMap { body($0, node, label, &findings) }
        }
    }

    /// The value with the place where it stands, for mistakes that are found later.
    var located: Shape<(value: Value, position: YAMLPosition)> { then { value, node, _, _ in (value, node.position) } }

    /// A list of such values; an empty one is a mistake unless it is allowed.
    func list(emptyAllowed: Bool = false) -> Shape<[Value]> {
        var members: [JSONValue.Member] = [.init("type", .string("array")), .init("items", schema)]
        if !emptyAllowed { members.append(.init("minItems", .integer(1))) }
        return Shape<[Value]>(schema: .object(members)) { node, label, findings in
            guard let elements = node.elements else {
                findings.addWrongType(label, "a list", node)
                return nil
            }
            if elements.isEmpty, !emptyAllowed {
                findings.add("empty", "\(label) is an empty list", at: node.position)
            }
            return elements.compactMap { read($0, label.element, &findings) }
        }
    }

    /// One such value or a list of them.
    var oneOrMore: Shape<[Value]> {
        let many = list()
        return Shape<[Value]>(schema: object(["oneOf": .array([schema, many.schema])])) {
            node, label, findings in
            if node.elements != nil { return many.read(node, label, &findings) }
            return read(node, label, &findings).map { [$0] }
        }
    }

    /// A mapping from names of one's own to such values, in the order written.
    var map: Shape<[(name: YAMLEntry, value: Value)]> {
        let schema = object(["type": .string("object"), "additionalProperties": schema])
        return Shape<[(name: YAMLEntry, value: Value)]>(schema: schema) { node, label, findings in
            guard let entries = node.entries else {
                findings.addWrongType(label, "a mapping", node)
                return nil
            }
            return entries.compactMap { entry in
                if entry.key.isEmpty {
                    findings.add("empty", "a name in \(label) is empty", at: entry.position)
                    return nil
                }
                return read(entry.value, Label(entry.key), &findings).map { (entry, $0) }
            }
        }
    }

    /// A mapping from names of one's own to such values.
    var dictionary: Shape<[String: Value]> {
        map.then { entries, _, _, _ in Dictionary(entries.map { ($0.name.key, $0.value) }) { first, _ in first } }
    }
}

extension Shape<YAMLNode> {
    /// Any value, read by whoever knows more about it.
    static func any(schema: JSONValue = .object([])) -> Shape<YAMLNode> {
        Shape(schema: schema) { node, _, _ in node }
    }
}
