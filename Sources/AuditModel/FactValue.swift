import JSON

/// What a fact is known to be; a fact that could not be observed has no value at all.
package indirect enum FactValue: Hashable, Sendable {
    /// The target has no such thing: JSON `null`. It is never an empty value.
    case absent
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    /// Text, a choice's kebab-case name, or an instant in ISO 8601.
    case text(String)
    case list([FactValue])
    case record([String: FactValue])

    /// The value as JSON; a record's members are sorted by name.
    package var json: JSONValue {
        switch self {
        case .absent: .null
        case .boolean(let flag): .boolean(flag)
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        case .text(let text): .string(text)
        case .list(let values): .array(values.map(\.json))
        case .record(let members):
            .object(members.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.json) })
        }
    }

    package init(_ json: JSONValue) {
        switch json {
        case .null: self = .absent
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .array(let values): self = .list(values.map(FactValue.init))
        case .object(let members):
            self = .record(Dictionary(members.map { ($0.name, FactValue($0.value)) }) { _, last in last })
        }
    }

    /// The number for comparisons; nil for values that are no numbers.
    package var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }
}

extension FactValue: Codable {
    package init(from decoder: any Decoder) throws { self.init(try JSONValue(from: decoder)) }

    package func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
