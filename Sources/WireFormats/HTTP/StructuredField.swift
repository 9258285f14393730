import RawStructuredFieldValues

/// Structured fields of which only a part is asked for (RFC 9651).
package enum StructuredField {
    /// The boolean of a field that is an item; nil for anything else.
    package static func boolean(_ lines: [String]) -> Bool? {
        guard let value = bounded(lines) else { return nil }
        var parser = StructuredFieldValueParser(value)
        guard let item = try? parser.parseItemFieldValue(), case .bool(let flag) = item.rfc9651BareItem else {
            return nil
        }
        return flag
    }

    /// The keys of a field that is a dictionary, in order; nil for anything else.
    package static func keys(_ lines: [String]) -> [String]? {
        guard let value = bounded(lines) else { return nil }
        var parser = StructuredFieldValueParser(value)
        return (try? parser.parseDictionaryFieldValue()).map { $0.map(\.0) }
    }

    /// nil when the lines are longer than is read; the parser takes quadratic time.
    private static func bounded(_ lines: [String]) -> [UInt8]? {
        let value = Array(lines.joined(separator: ", ").utf8)
        return !lines.isEmpty && value.count <= PermissionsPolicy.longestValue ? value : nil
    }
}
