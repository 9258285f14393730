/// Writes one XML 1.0 document: names are literals of the program, everything else is escaped.
///
/// Elements are closed by the end of their closure, so that a document is always balanced.
package final class XMLWriter {
    private var output: [UInt8] = []
    private var depth = 0
    /// What the element that is written last holds so far.
    private var content = Content.nothing

    private enum Content {
        case nothing
        case text
        case elements
    }

    private init() { output.reserveCapacity(1 << 16) }

    /// The document that the body writes, in UTF-8 with its declaration, indented by two spaces.
    package static func document(_ body: (XMLWriter) -> Void) -> String {
        let document = XMLWriter()
        document.output += Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        document.content = .elements
        body(document)
        return String(decoding: document.output, as: UTF8.self)
    }

    /// An element with its attributes, in the order given, and what the body writes.
    ///
    /// Text is never indented: white space around it would be its own (XML 1.0 §2.10).
    package func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ body: (XMLWriter) -> Void = { _ in }
    ) {
        if content == .nothing { write(">\n") }
        let outer = content == .text ? Content.text : .elements
        if outer == .elements { indent() }
        write("<", name)
        for (name, value) in attributes {
            write(" ", name, "=\"")
            escape(value.legalXML, isAttribute: true)
            write("\"")
        }
        depth += 1
        content = .nothing
        body(self)
        depth -= 1
        switch content {
        case .nothing: write("/>")
        case .elements:
            indent()
            fallthrough
        case .text: write("</", name, ">")
        }
        content = outer
        if outer == .elements { write("\n") }
    }

    /// Character data of the element that is open.
    package func text(_ text: String) {
        if content == .nothing { write(">") }
        content = .text
        escape(text.legalXML, isAttribute: false)
    }

    private func indent() {
        for _ in 0..<depth { write("  ") }
    }

    private func write(_ parts: StaticString...) {
        for part in parts { part.withUTF8Buffer { output.append(contentsOf: $0) } }
    }

    /// XML 1.0 §2.4; line ends and tabs that a reader would turn into others are written by number (§2.11, §3.3.3).
    private func escape(_ text: String, isAttribute: Bool) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices {
                guard let reference = Self.reference(bytes[index], isAttribute: isAttribute) else { continue }
                output.append(contentsOf: bytes[start..<index])
                write(reference)
                start = index + 1
            }
            output.append(contentsOf: bytes[start...])
        }
    }

    private static func reference(_ byte: UInt8, isAttribute: Bool) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case 0x0D: "&#13;"
        case UInt8(ascii: "\""): "&quot;"
        case 0x0A where isAttribute: "&#10;"
        case 0x09 where isAttribute: "&#9;"
        default: nil
        }
    }
}
