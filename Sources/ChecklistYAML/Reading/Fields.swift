import AuditModel
import JSON

/// One key that a mapping may have.
struct Field<Value: Sendable>: Sendable {
    let name: String
    let isRequired: Bool
    /// One sentence for editors.
    let meaning: String
    let shape: Shape<Value>

    init(_ name: String, _ shape: Shape<Value>, required: Bool = false, _ meaning: String) {
        self.name = name
        self.shape = shape
        isRequired = required
        self.meaning = meaning
    }

    var outline: FieldOutline {
        FieldOutline(name: name, isRequired: isRequired, meaning: meaning, schema: shape.schema)
    }
}

/// A field without the type of its value.
struct FieldOutline: Sendable {
    let name: String
    let isRequired: Bool
    let meaning: String
    let schema: JSONValue
}

/// The keys of one kind of mapping; the reader and the editors' schema both go by it.
struct FieldTable: Sendable {
    /// With its article, for sentences: `an item`.
    let noun: String
    let fields: [FieldOutline]
    let names: [String]

    init(_ noun: String, _ fields: [FieldOutline]) {
        self.noun = noun
        self.fields = fields
        names = fields.map(\.name)
    }

    /// JSON Schema of the mapping; some fields' schemas may be replaced by better ones.
    func schema(replacing replacements: [String: JSONValue] = [:], _ more: [JSONValue.Member] = []) -> JSONValue {
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        let properties = fields.map { field in
            var members = (replacements[field.name] ?? field.schema).members ?? []
            members.insert(.init("description", .string(field.meaning)), at: 0)
            return JSONValue.Member(field.name, .object(members))
        }
        var members: [JSONValue.Member] = [
            .init("type", .string("object")), .init("additionalProperties", .boolean(false)),
            .init("properties", .object(properties))
        ]
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        return .object(members + more)
    }
}

/// A mapping whose keys were checked against a table.
struct Fields {
    let node: YAMLNode
    private let entries: [YAMLEntry]

    /// Reports unknown and missing keys; nil when it is no mapping at all.
    init?(_ node: YAMLNode, _ table: FieldTable, _ label: Label, _ findings: inout Findings) {
        guard let entries = node.entries else {
            findings.addWrongType(label, "a mapping", node)
            return nil
        }
        self.node = node
        self.entries = entries
        for entry in entries where !table.names.contains(entry.key) {
            findings.addUnknownKey(entry, table)
        }
        for field in table.fields where field.isRequired && self[field.name] == nil {
            findings.add("missing-key", "\(table.noun) needs the key \(quoted(field.name))", at: node.position)
        }
    }

    /// The value of a key; nil when it is missing or after a finding.
    func read<Value>(_ field: Field<Value>, _ findings: inout Findings) -> Value? {
        guard let value = self[field.name] else { return nil }
        return field.shape.read(value, Label(field.name), &findings)
    }

    func has<Value>(_ field: Field<Value>) -> Bool { self[field.name] != nil }

    /// The place of a key, or of the mapping when it has no such key.
    func position<Value>(of field: Field<Value>) -> YAMLPosition {
        entries.first { $0.key == field.name }?.position ?? node.position
    }

    private subscript(name: String) -> YAMLNode? { entries.first { $0.key == name }?.value }
}

extension Findings {
    fileprivate mutating func addUnknownKey(_ entry: YAMLEntry, _ table: FieldTable) {
        // `{question: Who is on call, and who is next?}`: the comma ends the text.
        if entry.value.isAbsent, entry.key.contains(" ") {
            add(
                "unknown-key",
                "unknown key \(quoted(entry.key)) in \(table.noun); a text with a comma inside { } needs quotes",
                at: entry.position)
        } else {
            addUnknown(
                "unknown-key", "unknown key \(quoted(entry.key)) in \(table.noun)", entry.key, among: table.names,
                at: entry.position)
        }
    }
}

extension Shape {
    /// A mapping with the keys of a table.
    static func fields(
        _ table: FieldTable, _ body: @escaping @Sendable (Fields, inout Findings) -> Value?
    ) -> Shape {
        Shape(schema: table.schema()) { node, label, findings in
            Fields(node, table, label, &findings).flatMap { body($0, &findings) }
        }
    }
}
