import CLibXML2
import Synchronization

/// An XML Schema (W3C XML Schema 1.0) that documents are validated against, from any thread.
///
/// `@unchecked`: the pointers never change, and libxml2 sees them only under the lock.
package final class XMLSchema: @unchecked Sendable {
    /// The schema's own document: libxml2 keeps pointing at its nodes, so it outlives the schema.
    private let tree: XMLTree
    private let schema: xmlSchemaPtr
    /// One validation at a time: libxml2 does not promise that two threads may read one schema.
    private let lock = Mutex(())

    /// Reads a schema that stands in one text; includes and imports of other files are not followed.
    package init(text: String) throws(XMLProblem) {
        let tree = try XMLTree(text)
        guard let context = xmlSchemaNewDocParserCtxt(tree.document) else {
            preconditionFailure("no memory for an XML schema")
        }
        defer { xmlSchemaFreeParserCtxt(context) }
        let list = XMLProblemList()
        xmlSchemaSetParserStructuredErrors(context, record, Unmanaged.passUnretained(list).toOpaque())
        let schema = withExtendedLifetime(list) { xmlSchemaParse(context) }
        guard let schema else {
            throw list.problems.first ?? XMLProblem(line: 0, message: "not an XML schema")
        }
        self.tree = tree
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    /// Everything in which a document differs from the schema, at most a hundred; empty when it is valid.
    package func validate(_ document: String) -> [XMLProblem] {
        do throws(XMLProblem) {
            let tree = try XMLTree(document)
            guard !tree.namesSchema else {
                return [XMLProblem(line: 0, message: "the document names a schema of its own")]
            }
            return problems(in: tree)
        } catch {
            return [error]
        }
    }

    private func problems(in tree: borrowing XMLTree) -> [XMLProblem] {
        guard let context = xmlSchemaNewValidCtxt(schema) else {
            preconditionFailure("no memory for an XML validation")
        }
        defer { xmlSchemaFreeValidCtxt(context) }
        let list = XMLProblemList()
        xmlSchemaSetValidStructuredErrors(context, record, Unmanaged.passUnretained(list).toOpaque())
        let document = tree.document
        let code = withExtendedLifetime(list) { lock.withLock { _ in xmlSchemaValidateDoc(context, document) } }
        if code != 0, list.problems.isEmpty { list.append(line: 0, message: nil) }
        return list.problems
    }
}

/// libxml2's handler for structured errors; its first argument is the list.
private let record: xmlStructuredErrorFunc = { list, error in
    guard let list, let error else { return }
    Unmanaged<XMLProblemList>.fromOpaque(list).takeUnretainedValue()
        .append(line: error.pointee.line, message: error.pointee.message)
}
