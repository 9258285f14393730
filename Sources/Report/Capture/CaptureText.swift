import JSON

/// A capture as people read it: heads of exchanges as they came over the wire, certificates as PEM, the rest in outline.
///
///     exchanges:
///       GET https://shop.example.com/
///       HTTP/1.1 200
///       Content-Type: text/html; charset=utf-8
///       · body: {"text":"…","byteCount":388}
package struct CaptureText {
    /// Bytes of one capture in a result; the recording holds the whole.
    package static let limit = 64 << 10
    /// Bytes of a value that stays on one line.
    private static let lineLimit = 140

    private var output: [UInt8] = []

    /// The text of a capture, cut behind the limit with a note of what is missing.
    package static func text(of capture: JSONValue) -> String {
        var text = CaptureText()
        for member in capture.members ?? [] { text.write(member.name, member.value, indent: 0) }
        if capture.members == nil { text.line(capture.compact, 0) }
        return String(decoding: text.output, as: UTF8.self).clipped(to: limit)
    }

    private mutating func write(_ name: String, _ value: JSONValue, indent: Int) {
        if let text = value.string { return line("\(name): \(text)", indent) }
        if name == "certificates", let texts = value.array?.map(\.string), texts.contains(where: { $0 != nil }) {
            line("\(name):", indent)
            for text in texts.compactMap(\.self) { certificate(text, indent + 2) }
            return
        }
        if let words = value.array?.compactMap(\.string), !words.isEmpty, words.count == value.array?.count {
            return line("\(name): \(words.joined(separator: ", "))", indent)
        }
        let compact = value.compact
        if compact.utf8.count <= CaptureText.lineLimit, CaptureHead(value) == nil, value.array?.first?.members == nil {
            return line("\(name): \(compact)", indent)
        }
        line("\(name):", indent)
        content(value, indent: indent + 2)
    }

    private mutating func content(_ value: JSONValue, indent: Int) {
        if let head = CaptureHead(value) { return write(head, indent) }
        switch value {
        case .object(let members):
            for member in members { write(member.name, member.value, indent: indent) }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                let compact = element.compact
                if compact.utf8.count <= 2 * CaptureText.lineLimit, !holdsHead(element) {
                    line(element.string ?? compact, indent)
                } else {
                    if index > 0 { line("", 0) }
                    content(element, indent: indent)
                }
            }
        case .null, .boolean, .integer, .number, .string: line(value.string ?? value.compact, indent)
        }
    }

    private func holdsHead(_ value: JSONValue) -> Bool {
        CaptureHead(value) != nil || value.members?.contains { CaptureHead($0.value) != nil } == true
    }

    private mutating func write(_ head: CaptureHead, _ indent: Int) {
        for text in head.lines { line(text, indent) }
        for member in head.rest { write("· " + member.name, member.value, indent: indent) }
    }

    /// PEM (RFC 7468 §5) of a certificate in Base64.
    private mutating func certificate(_ text: String, _ indent: Int) {
        line("-----BEGIN CERTIFICATE-----", indent)
        var rest = text.utf8[...]
        while !rest.isEmpty {
            line(String(decoding: rest.prefix(64), as: UTF8.self), indent)
            rest = rest.dropFirst(64)
        }
        line("-----END CERTIFICATE-----", indent)
    }

    private mutating func line(_ text: String, _ indent: Int) {
        for part in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            output.append(contentsOf: repeatElement(0x20, count: indent))
            output.append(contentsOf: part)
            output.append(0x0A)
        }
    }
}

/// A request and the head of its answer, found by its field lines.
private struct CaptureHead {
    /// Request line, status line, and the field lines in their order.
    var lines: [String] = []
    /// What else was noted of the exchange.
    var rest: [JSONValue.Member]

    /// nil for a value that is none.
    init?(_ value: JSONValue) {
        guard let members = value.members, let fields = value["fields"]?.array else { return nil }
        if let method = value["method"]?.string, let url = value["url"]?.string { lines.append("\(method) \(url)") }
        if let status = value["status"]?.compact {
            lines.append("HTTP" + (value["httpVersion"]?.string.map { "/\($0)" } ?? "") + " \(status)")
        }
        for field in fields {
            let parts = field.array?.compactMap(\.string) ?? []
            lines.append(parts.count == 2 ? "\(parts[0]): \(parts[1])" : field.compact)
        }
        let shown: Set<String> = ["method", "url", "status", "httpVersion", "fields"]
        rest = members.filter { !shown.contains($0.name) }
    }
}
