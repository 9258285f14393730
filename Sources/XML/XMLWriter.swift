import CLibXML2

/// Writes one XML 1.0 document: names are literals of the program, everything else is escaped.
///
/// Elements are closed by the end of their closure, so that a document is always balanced.
package final class XMLWriter {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr

    private init() {
        precondition(LibXML2.isReady)
        // Both are nil only when memory is exhausted, where Swift's own allocations would trap as well.
        guard let buffer = xmlBufferCreateSize(1 << 16), let writer = xmlNewTextWriterMemory(buffer, 0) else {
            preconditionFailure("no memory for an XML document")
        }
        // Else it grows by what is written, and is copied as often.
        xmlBufferSetAllocationScheme(buffer, XML_BUFFER_ALLOC_DOUBLEIT)
        self.buffer = buffer
        self.writer = writer
    }

    deinit {
        xmlFreeTextWriter(writer)  // before its buffer
        xmlBufferFree(buffer)
    }

    /// The document that the body writes, in UTF-8 with its declaration, indented by two spaces.
    package static func document(_ body: (XMLWriter) -> Void) -> String {
        let document = XMLWriter()
        xmlTextWriterSetIndent(document.writer, 1)
        xmlTextWriterSetIndentString(document.writer, "  ")
        xmlTextWriterStartDocument(document.writer, nil, "UTF-8", nil)
        body(document)
        xmlTextWriterEndDocument(document.writer)
        xmlTextWriterFlush(document.writer)
        let length = Int(xmlBufferLength(document.buffer))
        return String(
            decoding: UnsafeBufferPointer(start: xmlBufferContent(document.buffer), count: length), as: UTF8.self)
    }

    /// An element with its attributes, in the order given, and what the body writes.
    package func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ body: (XMLWriter) -> Void = { _ in }
    ) {
        xmlTextWriterStartElement(writer, name.utf8Start)
        for (name, value) in attributes {
            xmlTextWriterWriteAttribute(writer, name.utf8Start, value.legalXML)
        }
        body(self)
        xmlTextWriterEndElement(writer)
    }

    /// Character data of the element that is open.
    package func text(_ text: String) { xmlTextWriterWriteString(writer, text.legalXML) }
}
