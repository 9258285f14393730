import AuditModel

/// A value of a YAML file with the place where it stands.
package struct YAMLNode: Sendable {
    package enum Value: Sendable {
        /// A value of the YAML 1.2 core schema (§10.3.2), and how it was written; `absent` for null and for nothing.
        case scalar(FactValue, written: String)
        case list([YAMLNode])
        case mapping([YAMLEntry])
    }

    package let value: Value
    package let position: YAMLPosition

    package init(_ value: Value, at position: YAMLPosition) {
        self.value = value
        self.position = position
    }
}

/// A key of a mapping with its value; keys are always text.
package struct YAMLEntry: Sendable {
    package let key: String
    package let position: YAMLPosition
    package let value: YAMLNode
}

/// A place in a file, both counted from 1, columns in Unicode scalars.
package struct YAMLPosition: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static let start = YAMLPosition(line: 1, column: 1)
}

extension YAMLNode {
    /// What was found, for a sentence: `the text "x"`, `the integer 5`, `a list`, `nothing`.
    package var description: String {
        switch value {
        case .list: "a list"
        case .mapping: "a mapping"
        case .scalar(.absent, _): "nothing"
        case .scalar(.boolean(let flag), _): "\(flag)"
        case .scalar(.integer, let written): "the integer \(shortened(written))"
        case .scalar(.number, let written): "the number \(shortened(written))"
        case .scalar(_, let written): "the text \(quoted(written))"
        }
    }

    /// The text; nil for any other value, numbers and booleans included.
    package var text: String? {
        guard case .scalar(.text(let text), _) = value else { return nil }
        return text
    }

    /// The entries of a mapping; nil for any other value.
    package var entries: [YAMLEntry]? {
        guard case .mapping(let entries) = value else { return nil }
        return entries
    }

    /// The elements of a list; nil for any other value.
    package var elements: [YAMLNode]? {
        guard case .list(let elements) = value else { return nil }
        return elements
    }

    package var isAbsent: Bool {
        guard case .scalar(.absent, _) = value else { return false }
        return true
    }
}

/// A text of the file inside a sentence: in quotes, at most 60 characters, control characters escaped.
func quoted(_ text: String) -> String { "\"\(shortened(text))\"" }

/// At most 60 Unicode scalars of the text; what could disturb a terminal is escaped.
func shortened(_ text: String) -> String {
    var result = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
        guard index < 60 else { return result + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            result += scalar.escaped(asASCII: true)
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
