import JSON

// Messages of SARIF (2.1.0 §3.11) around untrusted text.

extension Sentence {
    /// Bytes of one untrusted value.
    private static let sarifLimit = 4 << 10

    /// The sentence as a plain text message, in which nothing is a placeholder (§3.11.5) or a link (§3.11.6).
    var sarifText: String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .words(let words): text += words
            case .quoted(let untrusted): text += untrusted.clipped(to: Sentence.sarifLimit).harmless
            }
        }
        .withoutPlaceholders(orLinks: true)
    }
}

extension String {
    /// Braces doubled (§3.11.5), and no link (§3.11.6) unless these stay.
    func withoutPlaceholders(orLinks: Bool = false) -> String {
        let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        guard utf8.contains(where: { $0 == open || $0 == close || $0 == UInt8(ascii: "]") }) else { return self }
        var output: [UInt8] = []
        output.reserveCapacity(utf8.count + 16)
        for byte in utf8 {
            if byte == open || byte == close { output.append(byte) }
            if orLinks, byte == UInt8(ascii: "("), output.last == UInt8(ascii: "]") { output.append(0x20) }
            output.append(byte)
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension [Sentence] {
    /// `{"text": …}`, a sentence a line.
    var sarifMessage: JSONValue { .members(["text": .string(map(\.sarifText).joined(separator: "\n"))]) }
}

/// A URI reference (RFC 3986 §4.2) to a path: everything that is not unreserved or a slash is escaped.
func uriReference(ofPath path: String) -> String {
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            uri.unicodeScalars.append(Unicode.Scalar(byte))
        default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    return uri
}
