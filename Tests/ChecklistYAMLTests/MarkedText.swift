import AuditModel
import ChecklistYAML
import Testing

/// A file in which `⟨` and `⟩` stand around each place where a mistake is expected.
struct MarkedText {
    let text: String
    /// `line:column` of every opening mark, in their order.
    let places: [String]

    init(_ marked: String) {
        var text = String.UnicodeScalarView()
        var places: [String] = []
        var (line, column) = (1, 1)
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟨": places.append("\(line):\(column)")
            case "⟩": break
            default:
                text.append(scalar)
                column += 1
                if scalar == "\n" { (line, column) = (line + 1, 1) }
            }
        }
        self.text = String(text)
        self.places = places
    }

    var bytes: [UInt8] { Array(text.utf8) }

    /// One line per sentence, with the place of the mark of the same position.
    func expected(_ sentences: [String]) -> [String] {
        zip(places, sentences).map { "file.yaml:\($0): \($1)" }
    }
}

/// A marked text, or a part of one, and what is said about the marked places in their order.
struct Mistake: CustomTestStringConvertible, Sendable {
    let marked: String
    let sentences: [String]

    init(_ marked: String, _ sentences: String...) {
        self.marked = marked
        self.sentences = sentences
    }

    var testDescription: String { sentences.first ?? marked }

    /// Reads the text, or the whole file that is made around it, and compares what is found.
    func check(
        in whole: (String) -> String = { $0 }, _ read: ([UInt8]) -> [Diagnostic],
        _ location: Testing.SourceLocation = #_sourceLocation
    ) {
        let text = MarkedText(whole(marked))
        #expect(text.places.count == sentences.count, "one mark per sentence", sourceLocation: location)
        #expect(read(text.bytes).map(\.text) == text.expected(sentences), sourceLocation: location)
    }
}

/// A checklist with one item, whose other lines are given without indentation.
func checklist(item lines: String, parameters: String = "") -> String {
    let indented = lines.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)\n" }.joined()
    let header = parameters.isEmpty ? "" : "parameters: {\(parameters)}\n"
    return """
        schema: gonogo.checklist/1
        id: own
        version: 1.0.0
        title: Own
        \(header)sections:
          - id: all
            title: All
            items:
              - id: an-item
                title: It holds
                severity: high

        """ + indented
}

func load(_ text: [UInt8], catalogue: Catalogue = fakeCatalogue) -> (Checklist?, [Diagnostic]) {
    loadChecklist(text: text, file: "file.yaml", digest: "00", catalogue: catalogue) { pattern in
        pattern.contains("(") && !pattern.contains(")") ? "a bracket is not closed" : nil
    }
}
