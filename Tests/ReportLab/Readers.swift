import AuditModel
import Foundation
import JSON
import Report
import TestSupport
import Testing

/// The results behind the golden files of the report tests, and one of hostile texts.
enum Results {
    static let names = ["go", "no-go", "awaiting", "conditional-go", "changed", "hostile"]

    static func named(_ name: String) throws -> AuditResult {
        let file = name == "hostile" ? "hostile/result.json" : "\(name)/report.json"
        let path = "\(LabProgram.repository)/Tests/ReportTests/Golden/\(file)"
        return try JSONValue.parse(try String(contentsOfFile: path, encoding: .utf8)).decode(AuditResult.self)
    }
}

/// What the readers of `readers.py` see of a report.
func read(_ reader: String, _ format: String, of result: AuditResult, _ more: String...) async throws -> JSONValue {
    let text = try #require(ReportFormat.named(format)).render(result)
    return try await withTemporaryFolder { folder in
        let file = "\(folder)/report"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let script = "\(LabProgram.repository)/Tests/ReportLab/readers.py"
        let output = try await output(of: try LabProgram.reportPython.path(), [script, reader, file] + more)
        return try JSONValue.parse(output, limits: JSONLimits(bytes: 64 << 20))
    }
}
