import AuditModel
import JSON

extension Shape<String> {
    /// A text that says something.
    static let text = Shape(schema: object(["type": .string("string"), "minLength": .integer(1)])) {
        node, label, findings in
        guard let text = node.text else {
            findings.addWrongType(label, "a text", node)
            return nil
        }
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            findings.add("empty", "\(label) is empty", at: node.position)
            return nil
        }
        return text
    }

    /// A text of a form that a function knows and an editor checks by the pattern.
    static func text(
        _ code: String, pattern: String?, expected: String, _ isValid: @escaping @Sendable (String) -> Bool
    ) -> Shape {
        var members: [JSONValue.Member] = [.init("type", .string("string"))]
        if let pattern { members.append(.init("pattern", .string(pattern))) }
        return text.then(schema: .object(members)) { text, node, label, findings in
            if isValid(text) { return text }
            findings.add(code, "\(label) must be \(expected), found \(quoted(text))", at: node.position)
            return nil
        }
    }

    /// A label's value: a text, or a boolean or number as its text, so that `has-database: true` needs no quotes.
    static let labelValue = Shape(
        schema: object([
            "type": .array(["string", "boolean", "number"].map(JSONValue.string)), "minLength": .integer(1)
        ])
    ) { node, label, findings in
        switch node.value {
        case .scalar(.text, _): return text.read(node, label, &findings)
        case .scalar(.boolean(let flag), _): return flag ? "true" : "false"
        case .scalar(.integer, let written), .scalar(.number, let written): return written
        default:
            findings.addWrongType(label, "true, false, a number or a text", node)
            return nil
        }
    }

    /// Lower-case words joined by hyphens.
    static let kebab = text(
        "invalid-id", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", expected: "lower-case words joined by hyphens", isKebab)
}

extension Shape<Bool> {
    static let boolean = Shape(schema: object(["type": .string("boolean")])) { node, label, findings in
        if case .scalar(.boolean(let flag), _) = node.value { return flag }
        findings.addWrongType(label, "true or false", node)
        return nil
    }
}

extension Shape<Int> {
    /// An integer from `minimum` up to a billion.
    static func integer(from minimum: Int) -> Shape {
        Shape(schema: object(["type": .string("integer"), "minimum": .integer(Int64(minimum))])) {
            node, label, findings in
            guard case .scalar(.integer(let value), _) = node.value else {
                findings.addWrongType(label, "an integer", node)
                return nil
            }
            guard value >= minimum, value <= 1_000_000_000 else {
                findings.add(
                    "out-of-range", "\(label) must be an integer from \(minimum) on, found \(value)", at: node.position)
                return nil
            }
            return Int(value)
        }
    }
}

extension Shape<TimeSpan> {
    static let duration = Shape(schema: object(["type": .string("string"), "pattern": .string("^[0-9]+[smhdw]$")])) {
        node, label, findings in
        if let span = node.text.flatMap({ TimeSpan($0) }), span.seconds > 0 { return span }
        findings.add(
            "invalid-duration", "\(label) must be a duration such as 90d, 12h or 30s, found \(node.description)",
            at: node.position)
        return nil
    }
}

extension Shape<Instant> {
    static let instant = Shape(schema: object(["type": .string("string"), "format": .string("date-time")])) {
        node, label, findings in
        if let instant = node.text.flatMap({ Instant($0) }) { return instant }
        findings.addInvalidInstant(label, node)
        return nil
    }

    /// An instant, or a date for its first instant in UTC.
    static let dateOrInstant = Shape(
        schema: object(["type": .string("string"), "pattern": .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?$")])
    ) { node, label, findings in
        if let instant = node.text.flatMap({ Instant($0) ?? Instant(date: $0) }) { return instant }
        findings.addInvalidInstant(
            label, node, expected: "a date (YYYY-MM-DD) or an instant with its zone such as 2026-10-03T09:12:00Z")
        return nil
    }
}

extension Findings {
    /// Says what to write where only the time or the zone is missing.
    mutating func addInvalidInstant(
        _ label: some CustomStringConvertible, _ node: YAMLNode,
        expected: String = "an instant such as 2026-10-03T09:12:00Z"
    ) {
        let text = node.text ?? ""
        if Instant(text + "Z") != nil {
            add("invalid-instant", "\(label) lacks its zone; write \(text)Z if it is UTC", at: node.position)
        } else if Instant(date: text) != nil {
            add("invalid-instant", "\(label) lacks its time and zone; write \(text)T00:00:00Z", at: node.position)
        } else {
            add("invalid-instant", "\(label) must be \(expected), found \(node.description)", at: node.position)
        }
    }
}

extension Shape where Value: RawRepresentable<String> & CaseIterable {
    /// One of the names of a closed vocabulary; `noun` says of what.
    static func choice(_ noun: String) -> Shape {
        let names = Value.allCases.map(\.rawValue)
        return Shape(schema: .object([.init("enum", .array(names.map(JSONValue.string)))])) { node, label, findings in
            guard let text = node.text else {
                findings.addWrongType(label, "a \(noun)", node)
                return nil
            }
            if let value = Value(rawValue: text) { return value }
            findings.addUnknown(
                "unknown-value", "unknown \(noun) \(quoted(text))", text, among: names, at: node.position)
            return nil
        }
    }
}

extension Shape<PlannedProbe> {
    /// The name of a probe that is not built yet, with or without the word `probe` before it.
    static let plannedProbe = Shape(
        schema: object(["enum": .array(["", "probe "].flatMap(names))])
    ) { node, label, findings in
        guard let written = node.text else {
            findings.addWrongType(label, "a planned probe", node)
            return nil
        }
        let text = written.hasPrefix("probe ") ? String(written.dropFirst("probe ".count)) : written
        if let probe = PlannedProbe(rawValue: text) { return probe }
        if ProbeKind(rawValue: text) != nil {
            findings.add(
                "unknown-probe", "the probe \(quoted(text)) is built already: use \"probe\" and \"expect\"",
                at: node.position)
        } else {
            findings.addUnknown(
                "unknown-probe", "no probe \(quoted(text)) is planned", text,
                among: PlannedProbe.allCases.map(\.rawValue), at: node.position)
        }
        return nil
    }

    private static func names(after word: String) -> [JSONValue] {
        PlannedProbe.allCases.map { .string(word + $0.rawValue) }
    }
}

/// A JSON object, members in the order written.
func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { JSONValue.Member($0.key, $0.value) })
}

/// `^[a-z0-9]+(-[a-z0-9]+)*$`
func isKebab(_ text: some StringProtocol) -> Bool {
    var previous = UInt8(ascii: "-")
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
        case UInt8(ascii: "-") where previous != UInt8(ascii: "-"): break
        default: return false
        }
        previous = byte
    }
    return previous != UInt8(ascii: "-")
}
