import CLibXML2

/// Problems that libxml2 reports while it works; the first hundred of them.
final class XMLProblemList {
    private(set) var problems: [XMLProblem] = []

    func append(line: Int32, message: UnsafePointer<CChar>?) {
        guard problems.count < 100 else { return }
        let text = message.map { String(cString: $0) } ?? "unknown error"
        problems.append(
            XMLProblem(line: Int(line), message: text.hasSuffix("\n") ? String(text.dropLast()) : text))
    }
}

/// A parsed document; it is freed with this value.
struct XMLTree: ~Copyable {
    let document: xmlDocPtr

    /// Parses strictly, without network, entities and document types.
    init(_ text: String) throws(XMLProblem) {
        precondition(LibXML2.isReady)
        guard let context = xmlNewParserCtxt() else { preconditionFailure("no memory for an XML parser") }
        defer { xmlFreeParserCtxt(context) }
        var text = text
        let parsed = text.withUTF8 { bytes -> xmlDocPtr? in
            guard let length = Int32(exactly: bytes.count) else { return nil }
            return bytes.withMemoryRebound(to: CChar.self) {
                xmlCtxtReadMemory(context, $0.baseAddress, length, nil, "UTF-8", LibXML2.parserOptions)
            }
        }
        guard let parsed else {
            let list = XMLProblemList()
            let error = xmlCtxtGetLastError(context)
            list.append(line: Int32(error?.pointee.line ?? 0), message: error?.pointee.message)
            throw list.problems.first ?? XMLProblem(line: 0, message: "not XML")
        }
        document = parsed
    }

    deinit { xmlFreeDoc(document) }

    /// Whether an element asks the validator to load a schema by itself (XML Schema 1.0 part 1 §2.6.3).
    var namesSchema: Bool {
        var node: xmlNodePtr? = xmlDocGetRootElement(document)
        while let current = node {
            if xmlHasNsProp(current, "schemaLocation", XMLTree.instanceNamespace) != nil
                || xmlHasNsProp(current, "noNamespaceSchemaLocation", XMLTree.instanceNamespace) != nil
            {
                return true
            }
            node = XMLTree.next(after: current)
        }
        return false
    }

    private static let instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"

    /// The next element in document order; nil at the end.
    private static func next(after node: xmlNodePtr) -> xmlNodePtr? {
        if let child = xmlFirstElementChild(node) { return child }
        var current = node
        while true {
            if let sibling = xmlNextElementSibling(current) { return sibling }
            guard let parent = current.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
            current = parent
        }
    }
}

/// Why a text is not well-formed XML 1.0; nil when it is.
package func xmlProblem(in text: String) -> XMLProblem? {
    do throws(XMLProblem) {
        _ = try XMLTree(text)
        return nil
    } catch {
        return error
    }
}
