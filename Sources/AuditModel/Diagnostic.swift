/// A place in a file that a person wrote.
package struct SourceLocation: Hashable, Sendable, Codable {
    /// The path as it was given.
    package var file: String
    /// Counted from 1.
    package var line: Int
    /// Counted from 1.
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`.
    package var text: String { "\(file):\(line):\(column)" }
}

/// One mistake in what a person wrote: a stable code, a sentence, the place, and what was probably meant.
package struct Diagnostic: Error, Hashable, Sendable {
    /// Stable and kebab-case: `unknown-key`, `duplicate-item`, …
    package var code: String
    /// One sentence without a full stop that names what was found and what was expected.
    package var message: String
    /// nil when the mistake has no place in a file, such as one on the command line.
    package var location: SourceLocation?
    /// The nearest known name; nil when none is near.
    package var suggestion: String?

    package init(_ code: String, _ message: String, at location: SourceLocation? = nil, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.location = location
        self.suggestion = suggestion
    }

    /// `file:line:column: message; did you mean "x"?`
    package var text: String {
        let place = location.map { $0.text + ": " } ?? ""
        let hint = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
        return place + message + hint
    }
}

/// Every mistake of the files that were read, in the order of files, lines and columns.
package struct Diagnostics: Error, Sendable {
    package var all: [Diagnostic]

    package init(_ all: [Diagnostic]) {
        self.all = all.sorted { left, right in
            let (a, b) = (left.location, right.location)
            return (a?.file ?? "", a?.line ?? 0, a?.column ?? 0, left.message)
                < (b?.file ?? "", b?.line ?? 0, b?.column ?? 0, right.message)
        }
    }
}
