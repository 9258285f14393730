import AuditModel

extension Diagnostic {
    /// A mistake that libyaml found, in a sentence for people who do not know it.
    ///
    /// - Parameter opening: where what libyaml was reading begins.
    init(_ problem: String, context: String, at place: YAMLPosition, opening: YAMLPosition, file: String) {
        let (sentence, position) = Self.sentence(problem, context, at: place, opening: opening)
        self.init("syntax", sentence, at: SourceLocation(position, in: file))
    }

    init(tooDeepAt position: YAMLPosition, file: String) {
        self.init(
            "too-deep", "lists and mappings are nested more than \(YAMLTree.maximumDepth) deep",
            at: SourceLocation(position, in: file))
    }

    private static func sentence(
        _ problem: String, _ context: String, at place: YAMLPosition, opening start: YAMLPosition
    ) -> (String, YAMLPosition) {
        switch problem {
        case _ where context == "while scanning an alias":
            return ("a text that begins with * needs quotes", start)
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
        case "block sequence entries are not allowed in this context":
            return ("a list cannot begin here; begin it on a line of its own", place)
        default:
            return ("the YAML cannot be read: \(problem)", place)
        }
    }
}
