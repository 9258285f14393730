import JSON

/// The `Report-To` field of the older Reporting API: JSON objects between commas.
package enum ReportTo {
    /// The groups, in order, `default` for one without a name; nil when the lines are no JSON objects.
    package static func groups(lines: [String]) -> [String]? {
        let text = "[" + lines.joined(separator: ",") + "]"
        guard let value = try? JSONValue.parse(text, limits: JSONLimits(bytes: 1 << 16, depth: 8)),
            case .array(let groups) = value
        else { return nil }
        return groups.compactMap { group in
            guard case .object = group else { return nil }
            return group["group"]?.string ?? "default"
        }
    }
}
