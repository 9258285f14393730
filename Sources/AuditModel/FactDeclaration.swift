/// What kind of value a fact has.
package indirect enum FactType: Hashable, Sendable {
    case boolean
    case integer
    case number
    case text
    /// One of a closed set of kebab-case names.
    case choice([String])
    case instant
    case list(FactType)
    /// Named members that the declaration's meaning describes.
    case record

    /// How the type is written in the catalogue: `boolean`, `list of text`, `choice`.
    package var name: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .text: "text"
        case .choice: "choice"
        case .instant: "instant"
        case .list(let element): "list of \(element.name)"
        case .record: "record"
        }
    }

    /// Whether a value is of this type; `absent` is of none, a whole number is also a `number`.
    package func accepts(_ value: FactValue) -> Bool {
        switch (self, value) {
        case (.boolean, .boolean), (.integer, .integer), (.number, .integer), (.number, .number), (.text, .text),
            (.record, .record):
            true
        case (.choice(let names), .text(let name)): names.contains(name)
        case (.instant, .text(let text)): Instant(text) != nil
        case (.list(let element), .list(let values)): values.allSatisfy(element.accepts)
        default: false
        }
    }
}

/// A fact as the catalogue states it.
package struct FactDeclaration: Hashable, Sendable {
    /// The path inside its probe, with `*` for a key that the target names.
    package let path: FactPath
    package let type: FactType
    /// The unit of a number, such as `seconds`; nil for a pure number or another type.
    package let unit: String?
    /// One sentence: what it means, and what absent means where that can be.
    package let meaning: String
    /// The standard and its section, or the tool whose usage it follows.
    package let source: String

    package init(path: FactPath, type: FactType, unit: String?, meaning: String, source: String) {
        self.path = path
        self.type = type
        self.unit = unit
        self.meaning = meaning
        self.source = source
    }

    /// The type that an expectation on this path sees: a pattern stands for the list of all its values.
    package var expectedType: FactType { path.isPattern ? .list(type) : type }
}
