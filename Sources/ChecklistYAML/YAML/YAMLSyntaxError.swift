import AuditModel
import Yams

extension Diagnostic {
    /// A mistake that the YAML parser found, in a sentence for people who do not know libyaml.
    init(_ error: YamlError, file: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let opening = context.map { YAMLPosition($0.mark) }
            let place = YAMLPosition(mark)
            if problem.hasPrefix("Maximum nesting level") {
                self = Diagnostic(tooDeepAt: place, file: file)
            } else {
                let (sentence, position) = Self.sentence(problem, context?.text ?? "", at: place, opening: opening)
                self.init("syntax", sentence, at: SourceLocation(position, in: file))
            }
        default:
            self.init("syntax", "this is not YAML", at: SourceLocation(.start, in: file))
        }
    }

    init(tooDeepAt position: YAMLPosition, file: String) {
        self.init(
            "too-deep", "lists and mappings are nested more than \(YAMLTree.maximumDepth) deep",
            at: SourceLocation(position, in: file))
    }

    private static func sentence(
        _ problem: String, _ context: String, at place: YAMLPosition, opening: YAMLPosition?
    ) -> (String, YAMLPosition) {
        let start = opening ?? place
        switch problem {
        case "could not find expected ':'":
            return ("a key with a colon was expected; a text over several lines needs quotes or a |", start)
        case "mapping values are not allowed in this context":
            return ("a colon and a space cannot stand here; put the text in quotes, or mend the indentation", place)
        case "did not find expected key":
            return (
                "a key of the mapping at line \(start.line) was expected; mend the indentation or the quotes", place
            )
        case "did not find expected '-' indicator":
            return ("an element of the list at line \(start.line) was expected; mend the indentation", place)
        case "did not find expected ',' or ']'":
            return ("the list in [ ] that begins here is not closed, or lacks a comma at line \(place.line)", start)
        case "did not find expected ',' or '}'":
            return ("the mapping in { } that begins here is not closed, or lacks a comma at line \(place.line)", start)
        case "found unexpected end of stream" where context.contains("quoted"):
            return ("the quotes that open here are not closed", start)
        case "found character that cannot start any token":
            return ("a tab, @ or ` cannot begin a value; indent with spaces, put the text in quotes", place)
        case "did not find expected node content":
            return ("a value was expected here", place)
        case "found unknown escape character":
            return (
                "an unknown escape in a double-quoted text; write \\\\ for a backslash, or use single quotes", place
            )
        case "but found another document":
            return ("a second document begins here; a file holds one", place)
        case "block sequence entries are not allowed in this context":
            return ("a list cannot begin here; begin it on a line of its own", place)
        default:
            return ("the YAML cannot be read: \(problem)", place)
        }
    }
}

extension YAMLPosition {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
