/// Writes HTML whose names are literals of the program and whose text and attribute values are always escaped.
///
/// There is no way to write markup from a string. The output is well-formed XML as well, so that tests can parse it.
struct HTMLWriter {
    typealias Attributes = KeyValuePairs<StaticString, String>

    private var output: [UInt8] = []

    var text: String { String(decoding: output, as: UTF8.self) }

    /// The document type, which is no element.
    mutating func doctype() { append("<!DOCTYPE html>\n") }

    /// An element; nothing is added around it.
    mutating func inline(
        _ name: StaticString, _ attributes: Attributes = [:], _ body: (inout HTMLWriter) -> Void
    ) {
        open(name, attributes)
        append(">")
        body(&self)
        append("</")
        append(name)
        append(">")
    }

    mutating func inline(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
        inline(name, attributes) { $0.text(text) }
    }

    /// An element that ends its line, where white space means nothing.
    mutating func block(_ name: StaticString, _ attributes: Attributes = [:], _ body: (inout HTMLWriter) -> Void) {
        inline(name, attributes, body)
        append("\n")
    }

    mutating func block(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
        block(name, attributes) { $0.text(text) }
    }

    /// An element without content, such as `meta`.
    mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
        open(name, attributes)
        append("/>\n")
    }

    /// Escaped text, its control characters made visible.
    mutating func text(_ text: String) { escape(text.harmless) }

    /// The page's own style sheet or script, the only text that is not escaped.
    mutating func embed(_ name: StaticString, _ source: InlineSource) {
        append("<")
        append(name)
        append(">")
        output.append(contentsOf: source.text.utf8)
        append("</")
        append(name)
        append(">\n")
    }

    private mutating func open(_ name: StaticString, _ attributes: Attributes) {
        append("<")
        append(name)
        for (name, value) in attributes {
            append(" ")
            append(name)
            append("=\"")
            escape(value.harmless)
            append("\"")
        }
    }

    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated() {
                guard let entity = HTMLWriter.entity(byte) else { continue }
                output.append(contentsOf: bytes[start..<index])
                append(entity)
                start = index + 1
            }
            output.append(contentsOf: bytes[start...])
        }
    }

    private static func entity(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        default: nil
        }
    }

    private mutating func append(_ literal: StaticString) {
        output.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}
