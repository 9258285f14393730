import AuditModel
import JSON

extension ReportFormat {
    /// The whole result, `"schema": "gonogo.result/1"`, for other programs and for rendering it again later.
    static let json = ReportFormat(
        name: "json", fileExtension: "json", mediaType: "application/json",
        summary: "the whole result for other programs, from which every other report can be made again"
    ) { result in
        do {
            return try JSONValue(encoding: result).indented
        } catch {
            // No member of a result throws when it is encoded: this is a mistake in the program, not in its input.
            preconditionFailure("the result cannot be encoded: \(error)")
        }
    }
}
