import AuditModel
import Foundation
import Report
import Testing

/// Every sample in every format, byte for byte as it was last agreed on.
struct GoldenReportTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

    @Test("a report is what its golden file says", arguments: Samples.all.map(\.name), ReportFormat.all.map(\.name))
    func matches(sample: String, format name: String) throws {
        let format = try #require(ReportFormat.named(name))
        let result = try #require(Samples.all.first { $0.name == sample }?.result)
        let text = format.render(result)
        let file = Self.folder.appending(path: "\(sample)/report.\(format.fileExtension)")
        if Self.isRecording {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(sample)/report.\(format.fileExtension); a recording run always fails")
            return
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        let difference = firstDifference(golden, text)
        #expect(
            difference == nil,
            "\(sample)/report.\(format.fileExtension): if this is meant, run: RECORD=1 swift test --filter ReportTests")
    }

    @Test("the hostile result that other programs' readers are given is fresh")
    func hostile() throws {
        let text = try #require(ReportFormat.named("json")).render(try Samples.hostile())
        let file = Self.folder.appending(path: "hostile/result.json")
        if Self.isRecording {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded hostile/result.json; a recording run always fails")
        } else {
            let golden = try String(contentsOf: file, encoding: .utf8)
            let difference = firstDifference(golden, text)
            #expect(difference == nil, "if this is meant, run: RECORD=1 swift test --filter ReportTests")
        }
    }

    @Test("there is no golden file that no sample makes")
    func noStrays() throws {
        let expected = Set(
            Samples.all.flatMap { sample in
                ReportFormat.all.map { "\(sample.name)/report.\($0.fileExtension)" }
            })
        let found = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
            .filter { $0.contains("/report.") }
        #expect(Set(found) == expected)
    }

    private func firstDifference(_ golden: String, _ text: String) -> String? {
        let old = golden.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(old.count, new.count) {
            let was = index < old.count ? old[index] : "(end)"
            let now = index < new.count ? new[index] : "(end)"
            if was != now { return "line \(index + 1)\n- \(was)\n+ \(now)" }
        }
        return nil
    }
}
