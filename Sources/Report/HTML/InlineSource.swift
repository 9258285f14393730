import ReportTemplates
import WireFormats

/// Text that a page carries inside without escaping, and the source expression that admits it (CSP Level 3 §2.3.1).
struct InlineSource: Sendable {
    let text: String
    let source: String

    /// `Reports/report.css`.
    static let style = InlineSource(file: "report.css")
    /// `Reports/report.js`. It holds neither `<` nor `&`, so that nothing in it can end the element.
    static let script = InlineSource(file: "report.js")

    /// The rule that repeats two texts at the top of every printed page but the first (CSS Paged Media §5).
    static func pageHeader(left: String, right: String) -> InlineSource {
        InlineSource(
            text: "@page { @top-left { content: \(quoted(left)) } @top-right { content: \(quoted(right)) } }\n"
                + "@page :first { @top-left { content: none } @top-right { content: none } }\n")
    }

    private init(file: String) {
        self.init(text: EmbeddedFiles.all.first { $0.path == file }?.text ?? "")
    }

    private init(text: String) {
        self.text = text
        source = "'sha256-\(Base64.encode(SecureHash.sha256(Array(text.utf8))))'"
    }

    /// A string of CSS: all but letters, digits and a few signs as escapes (CSS Syntax §4.3.7), at most 70 characters.
    private static func quoted(_ text: String) -> String {
        let scalars = text.harmlessLine.unicodeScalars
        let content = scalars.prefix(70).map { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ":", "-": String(scalar)
            default: "\\" + String(scalar.value, radix: 16) + " "
            }
        }
        return "\"\(content.joined())\(scalars.count > 70 ? "\\2026 " : "")\""
    }
}
