import AuditModel
import JSON

// The keys of a checklist file.

enum ChecklistFields {
    static let id = Field("id", .kebab, required: true, "Unique, stable for ever.")
    static let version = Field("version", .version, required: true, "Semantic version of the checklist.")
    static let title = Field("title", .text, required: true, "What the checklist stands for.")
    static let description = Field("description", .text, "What it covers, and for whom.")
    static let parameters = Field(
        "parameters", Shape<YAMLNode>.any().map, "Named values that expectations ($name) and texts ({name}) refer to.")
    static let include = Field("include", Shape<IncludeDemand>.include.list(), "Other checklists, whole or in part.")
    static let appliesWhen = Field(
        "appliesWhen", .labels, "The labels with which any of its items concerns a service.")
    static let sections = Field("sections", Shape<YAMLNode>.any().list(), "Items under their headings.")
    static let signOff = Field("signOff", .signOff, "Who must sign before a launch.")

    static let table = FieldTable(
        "a checklist",
        [
            FileKind.checklist.field.outline, id.outline, version.outline, title.outline, description.outline,
            parameters.outline, include.outline, appliesWhen.outline, sections.outline, signOff.outline
        ])
}

enum ParameterFields {
    static let type = Field("type", Shape<ParameterType>.choice("parameter type"), required: true, "What it may hold.")
    static let defaultValue = Field<(value: FactValue, node: YAMLNode)>(
        "default", Shape<FactValue>.parameterValue.then { value, node, _, _ in (value, node) },
        required: true, "The value unless an audit file sets another.")
    static let choices = Field("choices", Shape<String>.text.list(), "The only texts it may have.")
    static let unit = Field("unit", .text, "The unit of a number, such as days.")
    static let meaning = Field("meaning", .text, required: true, "One sentence for those who set it.")

    static let table = FieldTable(
        "a parameter",
        [type.outline, defaultValue.outline, choices.outline, unit.outline, meaning.outline])
}

enum SectionFields {
    static let id = Field("id", .kebab, required: true, "Unique in the checklist.")
    static let title = Field("title", .text, required: true, "The heading in reports.")
    static let items = Field("items", Shape<YAMLNode>.any().list(), required: true, "What must hold.")

    static let table = FieldTable("a section", [id.outline, title.outline, items.outline])
}

enum IncludeFields {
    static let checklist = Field(
        "checklist", .text, required: true, "The id of a built-in checklist, or a path relative to this file.")
    static let items = Field("items", Shape<String>.kebab.list(), "The items to take; without it all of them.")

    static let table = FieldTable("an include", [checklist.outline, items.outline])
}

/// What an element of `include` says.
struct IncludeDemand: Sendable {
    let checklist: String
    let items: [String]?
    let position: YAMLPosition
}

extension Shape<IncludeDemand> {
    /// The name of a checklist, or a mapping that picks some of its items.
    static let include: Shape = {
        let picked = Shape.fields(IncludeFields.table) { fields, findings in
            let items = fields.read(IncludeFields.items, &findings)
            return fields.read(IncludeFields.checklist, &findings).map {
                IncludeDemand(checklist: $0, items: items, position: fields.node.position)
            }
        }
        let schema = object(["oneOf": .array([Shape<String>.text.schema, picked.schema])])
        return Shape(schema: schema) { node, label, findings in
            if node.entries != nil { return picked.read(node, label, &findings) }
            return Shape<String>.text.read(node, label, &findings).map {
                IncludeDemand(checklist: $0, items: nil, position: node.position)
            }
        }
    }()
}

extension Shape<String> {
    /// `1.2.3`, optionally with a pre-release or build (semver.org 2.0.0).
    static let version = text(
        "invalid-version", pattern: #"^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$"#, expected: "a version such as 1.0.0"
    ) { text in
        let core = text.prefix { $0 != "-" && $0 != "+" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        let isNumeric = numbers.allSatisfy { number in
            !number.isEmpty && number.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        }
        let rest = text.dropFirst(core.count).utf8
        let isTail = rest.allSatisfy { byte in
            isKebab(String(UnicodeScalar(byte)).lowercased()) || ".+-".utf8.contains(byte)
        }
        return numbers.count == 3 && isNumeric && rest.count != 1 && isTail
    }
}

extension Shape<[String: [String]]> {
    private static let table = FieldTable("appliesWhen of a checklist", [AppliesWhenFields.labels.outline])

    /// `{labels: {kind: [page, api]}}`
    static let labels = Shape.fields(table) { fields, findings in
        let labels = fields.read(AppliesWhenFields.labels, &findings)
        if labels?.isEmpty ?? true, !fields.has(AppliesWhenFields.labels) || labels != nil {
            findings.add("empty", "\"appliesWhen\" names no label", at: fields.node.position)
        }
        return labels
    }
}

extension Shape<[String]> {
    private static let roles = Field("roles", Shape<String>.text.list(), required: true, "Roles, each of which signs.")
    private static let table = FieldTable("signOff", [roles.outline])

    /// `{roles: […]}`
    static let signOff = Shape.fields(table) { fields, findings in fields.read(roles, &findings) }
}
