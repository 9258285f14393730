import AuditModel
import JSON

/// JSON Schema (draft 7) of a kind of file, for editors: made from the tables by which the files are read.
package func jsonSchema(for kind: FileKind, catalogue: Catalogue, reportFormats: [String]) -> String {
    let schema: JSONValue
    switch kind {
    case .checklist: schema = checklistSchema(catalogue)
    case .audit: schema = AuditFields.table.schema(replacing: [AuditFields.reports.name: reportsSchema(reportFormats)])
    case .attestation: schema = AttestationFields.table.schema()
    case .waiver: schema = WaiverFields.table.schema()
    }
    let head: [JSONValue.Member] = [
        .init("$schema", .string("http://json-schema.org/draft-07/schema#")), .init("title", .string(kind.rawValue))
    ]
    return JSONValue.object(head + (schema.members ?? [])).indented
}

private func reportsSchema(_ formats: [String]) -> JSONValue {
    let path = Shape<String>.text.schema
    return object([
        "type": .string("object"), "additionalProperties": .boolean(false),
        "properties": .object(formats.map { .init($0, path) })
    ])
}

private func checklistSchema(_ catalogue: Catalogue) -> JSONValue {
    var definitions = ConditionDefinitions(matchers: catalogue.matchers)
    let item = itemSchema(catalogue, &definitions)
    let items = object([
        "type": .string("array"), "minItems": .integer(1), "items": ConditionDefinitions.reference("item")
    ])
    let section = SectionFields.table.schema(replacing: [SectionFields.items.name: items])
    let sections = object(["type": .string("array"), "minItems": .integer(1), "items": section])
    let parameters = object([
        "type": .string("object"), "additionalProperties": ParameterFields.table.schema()
    ])
    let replacements = [ChecklistFields.sections.name: sections, ChecklistFields.parameters.name: parameters]
    let members = [JSONValue.Member("item", item)] + definitions.members
    return ChecklistFields.table.schema(replacing: replacements, [.init("definitions", .object(members))])
}

private func itemSchema(_ catalogue: Catalogue, _ definitions: inout ConditionDefinitions) -> JSONValue {
    let probes = object(["enum": .array(catalogue.kinds.map { .string($0.rawValue) })])
    let anyFacts = object(["type": .string("object")])
    let applies = AppliesWhenFields.table.schema(replacing: [AppliesWhenFields.facts.name: anyFacts])
    let byProbe = catalogue.probes.map { probe in
        object([
            "if": object([
                "required": .array([.string(ItemFields.probe.name)]),
                "properties": object([
                    ItemFields.probe.name: object(["const": .string(probe.kind.rawValue)])
                ])
            ]),
            "then": object(["properties": probeProperties(probe, &definitions)])
        ])
    }
    func required(_ names: String...) -> JSONValue { object(["required": .array(names.map(JSONValue.string))]) }
    let dependencies =
        [(ItemFields.probe.name, ItemFields.expect.name), (ItemFields.expect.name, ItemFields.probe.name)]
        + [(ItemFields.with.name, ItemFields.probe.name), (ItemFields.willBe.name, ItemFields.attest.name)]
    let complete = [required(ItemFields.probe.name, ItemFields.expect.name), required(ItemFields.attest.name)]
    return ItemFields.table.schema(
        replacing: [
            ItemFields.probe.name: probes, ItemFields.appliesWhen.name: applies,
            ItemFields.controls.name: controlsSchema(catalogue.frameworks)
        ],
        [
            .init("anyOf", .array(complete)),
            .init("dependencies", .object(dependencies.map { .init($0.0, .array([.string($0.1)])) })),
            .init("allOf", .array(byProbe))
        ])
}

/// Lists of ids by framework; the ids of known frameworks are offered one by one.
private func controlsSchema(_ frameworks: [ControlFramework]) -> JSONValue {
    func list(of element: JSONValue) -> JSONValue {
        object(["type": .string("array"), "minItems": .integer(1), "items": element])
    }
    let properties = frameworks.filter { !$0.acceptsFiner }.map { framework in
        JSONValue.Member(
            framework.id, list(of: object(["enum": .array(framework.controls.map { .string($0.id) })])))
    }
    return object([
        "type": .string("object"), "properties": .object(properties),
        "additionalProperties": list(of: Shape<String>.text.schema)
    ])
}

extension ProbeParameter {
    /// A value of its type, within its range.
    fileprivate var schema: JSONValue {
        guard let range, case .object(let members) = type.schema else { return type.schema }
        return .object(
            members + [
                .init("minimum", .integer(range.lowerBound)), .init("maximum", .integer(range.upperBound))
            ])
    }
}

/// What `expect`, `with` and the facts of `appliesWhen` may say about one probe.
private func probeProperties(_ probe: ProbeDescription, _ definitions: inout ConditionDefinitions) -> JSONValue {
    let facts = definitions.facts(of: probe)
    let groups = object(["type": .string("array"), "minItems": .integer(1), "items": facts])
    let alternatives = object([
        "type": .string("object"), "required": .array([.string("anyOf")]), "additionalProperties": .boolean(false),
        "properties": object(["anyOf": groups])
    ])
    let parameters = probe.parameters.map { parameter in
        JSONValue.Member(
            parameter.name,
            object([
                "description": .string(parameter.meaning),
                "anyOf": .array([parameter.schema, ConditionDefinitions.parameter])
            ]))
    }
    return object([
        ItemFields.expect.name: object(["anyOf": .array([facts, alternatives])]),
        ItemFields.with.name: object([
            "type": .string("object"), "additionalProperties": .boolean(false), "properties": .object(parameters)
        ]),
        ItemFields.appliesWhen.name: object(["properties": object([AppliesWhenFields.facts.name: facts])])
    ])
}
