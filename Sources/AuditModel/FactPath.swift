/// The name of a fact inside its probe: `hsts.maxAge`, `cookies["a.b"].secure`, or the pattern `cookies.*.secure`.
package struct FactPath: Hashable, Sendable {
    package let segments: [String]

    package init(segments: [String]) { self.segments = segments }

    /// Reads segments between dots, or in brackets and quotes where a key holds a dot; nil when it is no path.
    ///
    /// Inside the quotes, `\"` and `\\` stand for a quote and a backslash.
    package init?(_ text: String) {
        guard let segments = FactPath.segments(of: text) else { return nil }
        self.segments = segments
    }

    private static func segments(of text: String) -> [String]? {
        // Declarations hold nothing but names and dots; hundreds of them are read in a run.
        if text.utf8.allSatisfy(isPlain) {
            let names = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return names.contains(where: \.isEmpty) ? nil : names.map { String(Substring($0)) }
        }
        var segments: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first == "[" {
                guard rest.dropFirst().first == "\"" else { return nil }
                rest = rest.dropFirst(2)
                var key = ""
                while let character = rest.first, character != "\"" {
                    rest = rest.dropFirst()
                    if character == "\\" {
                        guard let escaped = rest.first else { return nil }
                        key.append(escaped)
                        rest = rest.dropFirst()
                    } else {
                        key.append(character)
                    }
                }
                guard rest.hasPrefix("\"]") else { return nil }
                rest = rest.dropFirst(2)
                segments.append(key)
            } else {
                if !segments.isEmpty {
                    guard first == "." else { return nil }
                    rest = rest.dropFirst()
                }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty, !name.contains(where: { "\"] ".contains($0) }) else { return nil }
                segments.append(String(name))
                rest = rest.dropFirst(name.count)
            }
        }
        return segments.isEmpty ? nil : segments
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// What a key may hold only in brackets and quotes.
    private static let quoted = Array(".[]\"\\ ".utf8)

    /// The path as a person writes it.
    package var text: String {
        var text = ""
        for segment in segments {
            let isName = !segment.isEmpty && segment.utf8.allSatisfy { !FactPath.quoted.contains($0) }
            if isName {
                text += (text.isEmpty ? "" : ".") + segment
            } else {
                let escaped = segment.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                text += "[\"\(escaped)\"]"
            }
        }
        return text
    }

    /// Whether a segment is `*`: the path then names one fact for each key that the target names.
    package var isPattern: Bool { segments.contains("*") }

    /// Whether this pattern covers the concrete path.
    package func covers(_ path: FactPath) -> Bool {
        segments.count == path.segments.count
            && zip(segments, path.segments).allSatisfy { pattern, segment in pattern == "*" || pattern == segment }
    }
}

extension FactPath: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let path = FactPath(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a fact's name was expected"))
        }
        self = path
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension FactPath {
    /// Whether the path is this one, is covered by it, or lies below it.
    package func reaches(_ path: FactPath) -> Bool {
        path.segments.count >= segments.count
            && FactPath(segments: segments).covers(FactPath(segments: Array(path.segments.prefix(segments.count))))
    }
}
