/// One thing that is wrong with a document, and where.
package struct XMLProblem: Error, Equatable, Sendable {
    /// Counted from 1; 0 when it is not known.
    package let line: Int
    /// A sentence of libxml2's, without its final line end.
    package let message: String

    init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}
