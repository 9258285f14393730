import AuditModel
import Foundation
import Report
import Testing

/// The fullest page and its result, byte for byte; the browser's tests open the one and grow others from the other.
struct GoldenPageTests {
    @Test("the fullest page is what its golden file says", arguments: ["html", "json"])
    func matches(format: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/html/full.\(format)")
        let text = try #require(ReportFormat.named(format)).render(HTMLSamples.full)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded html/full.\(format); a recording run always fails")
            return
        }
        let isSame = try String(contentsOf: file, encoding: .utf8) == text
        #expect(isSame, "html/full.\(format): if this is meant, run: RECORD=1 swift test --filter ReportTests")
    }
}
