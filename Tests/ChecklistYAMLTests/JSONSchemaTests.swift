import AuditModel
import ChecklistYAML
import JSON
import Testing

struct JSONSchemaTests {
    static let schemas = FileKind.allCases.map { kind in
        (kind, jsonSchema(for: kind, catalogue: fakeCatalogue, reportFormats: ["junit", "html"]))
    }

    @Test("a schema is JSON, names its kind and resolves its references", arguments: schemas)
    func wellFormed(_ kind: FileKind, _ text: String) throws {
        let schema = try JSONValue.parse(text)
        #expect(schema["title"]?.string == kind.rawValue)
        #expect(schema["properties"]?["schema"]?["const"]?.string == kind.rawValue)
        #expect(schema["additionalProperties"] == .boolean(false))
        let definitions = Set((schema["definitions"]?.members ?? []).map { "#/definitions/" + $0.name })
        #expect(references(in: schema).isSubset(of: definitions))
        #expect(definitions.isSubset(of: references(in: schema)), "no definition without use")
    }

    @Test("the checklist's schema knows every fact, matcher and parameter of the catalogue")
    func catalogue() throws {
        let text = try #require(Self.schemas.first { $0.0 == .checklist }?.1)
        let definitions = try #require(try JSONValue.parse(text)["definitions"])
        for probe in fakeCatalogue.probes {
            let facts = definitions["facts-" + probe.kind.rawValue]?["properties"]?.members?.map(\.name)
            #expect(facts == probe.facts.map(\.path.text))
        }
        let matchers = definitions["text"]?["anyOf"]?.array?.last?["properties"]?.members?.map(\.name)
        #expect(
            matchers == [
                "equals", "not", "oneOf", "noneOf", "contains", "containsAll", "matches", "startsWith", "count",
                "absent", "present"
            ])
        let rules = definitions["item"]?["allOf"]?.array?.first?["then"]?["properties"]
        #expect(
            rules?["with"]?["properties"]?.members?.map(\.name) == fakeCatalogue.probes[0].parameters.map(\.name))
        let patterns = definitions["facts-headers"]?["patternProperties"]?.members?.map(\.name)
        #expect(patterns?.first == #"^cookies(\.[^.*\[\]" ]+|\["([^"\\]|\\.)*"\])\.secure$"#)
    }

    @Test("what a schema calls mandatory is what the reader misses", arguments: schemas)
    func mandatory(_ kind: FileKind, _ text: String) throws {
        let names = try JSONValue.parse(text)["required"]?.array?.compactMap(\.string) ?? []
        let bytes = Array("schema: \(kind.rawValue)".utf8)
        let diagnostics =
            switch kind {
            case .checklist: load(bytes).1
            case .audit: loadAuditFile(text: bytes, file: "f", reportFormats: []).1
            case .attestation: loadAttestation(text: bytes, file: "f").1
            case .waiver: loadWaiver(text: bytes, file: "f").1
            }
        let missing = diagnostics.filter { $0.code == "missing-key" && !$0.message.contains(" or ") }
        #expect(missing.count == names.count - 1)
        for name in names where name != "schema" {
            #expect(missing.contains { $0.message.hasSuffix("needs the key \"\(name)\"") })
        }
    }

    private func references(in value: JSONValue) -> Set<String> {
        switch value {
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        case .object(let members):
            members.reduce(into: []) { found, member in
                if member.name == "$ref", let name = member.value.string { found.insert(name) }
                found.formUnion(references(in: member.value))
            }
        default: []
        }
    }
}
