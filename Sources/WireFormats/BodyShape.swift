import JSON

/// What two answers have in common when one page answers to every path: the form of the body without its values.
package enum BodyShape: Hashable, Sendable {
    case empty
    /// The names of members, the kinds of values, and the words under `status`.
    case json(String)
    /// The names of the first 500 elements.
    case markup([String])
    /// The first 4 KiB with digits and the request's own path taken out.
    case text(String)

    /// `path` is the one that was asked for: pages like to repeat it.
    package init(_ text: String, essence: String?, path: String) {
        let bytes = text[...].utf8.trimmed(\.isASCIIWhitespace)
        if bytes.isEmpty {
            self = .empty
        } else if bytes.first == UInt8(ascii: "<") || MediaType.isHTML(essence: essence ?? "") {
            self = .markup(Self.elements(bytes))
        } else if let value = Self.json(text) {
            var skeleton: [UInt8] = []
            Self.write(value, name: "", into: &skeleton)
            self = .json(String(decoding: skeleton, as: UTF8.self))
        } else {
            let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
            let words = path.isEmpty || path == "/" ? start : start.replacing(path, with: "/")
            self = .text(String(decoding: words.utf8.filter { !$0.isASCIIDigit }, as: UTF8.self))
        }
    }

    private static func json(_ text: String) -> JSONValue? {
        try? JSONValue.parse(text, limits: JSONLimits(bytes: HealthBody.longestBody, depth: HealthBody.deepestNesting))
    }

    private static func elements(_ bytes: Substring.UTF8View) -> [String] {
        bytes.split(separator: UInt8(ascii: "<"), maxSplits: 500).prefix(500).compactMap { part in
            let name = part.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
            return name.isEmpty ? nil : String(Substring(name.prefix(32))).asciiLowercased
        }
    }

    /// Lists count by their first element, so that their length does not matter.
    private static func write(_ value: JSONValue, name: String, into skeleton: inout [UInt8]) {
        switch value {
        case .null: skeleton.append(UInt8(ascii: "0"))
        case .boolean: skeleton.append(UInt8(ascii: "b"))
        case .integer, .number: skeleton.append(UInt8(ascii: "n"))
        case .string(let text):
            skeleton.append(UInt8(ascii: "s"))
            if name == "status" { skeleton.append(contentsOf: text.utf8.prefix(40)) }
        case .array(let elements):
            skeleton.append(UInt8(ascii: "["))
            if let first = elements.first { write(first, name: name, into: &skeleton) }
            skeleton.append(UInt8(ascii: "]"))
        case .object(let members):
            skeleton.append(UInt8(ascii: "{"))
            for member in members {
                skeleton.append(contentsOf: member.name.utf8)
                skeleton.append(UInt8(ascii: ":"))
                write(member.value, name: member.name, into: &skeleton)
            }
            skeleton.append(UInt8(ascii: "}"))
        }
    }
}
