import ReportTemplates
import WireFormats

/// The style sheet that a page carries inside, and the source expression that admits it (CSP Level 3 §2.3.1).
struct StyleSheet: Sendable {
    let text: String
    let source: String

    /// `Reports/report.css`.
    static let report = StyleSheet(file: "report.css")

    private init(file: String) {
        text = EmbeddedFiles.all.first { $0.path == file }?.text ?? ""
        source = "'sha256-\(Base64.encode(SecureHash.sha256(Array(text.utf8))))'"
    }
}
