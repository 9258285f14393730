import Audit
import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
private let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

/// Compares a file of the repository with what the program gives now; a recording run writes it and fails.
private func expect(_ text: String, isIn path: String) throws {
    let file = root.appending(path: path)
    if isRecording {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("\(path) was written; run again without RECORD=1")
    } else {
        let saved = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(saved == text, "\(path) is out of date: RECORD=1 swift test --filter GeneratedFilesTests")
    }
}

@Suite struct GeneratedFilesTests {
    @Test("the JSON Schemas for editors are fresh", arguments: ["checklist", "audit", "attestation", "waiver"])
    func schemas(kind: String) async throws {
        let run = try await Gonogo.run(["checklist", "schema", kind])
        #expect(run.status == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) is [String: Any])
        try expect(run.output, isIn: "Schemas/\(kind).schema.json")
    }

    @Test("the page of all items is fresh")
    func reference() throws {
        try expect(ChecklistReference.text(), isIn: "Checklists/README.md")
    }

    @Test("the README's list of checklists is fresh")
    func checklists() async throws {
        let run = try await Gonogo.run(["checklist", "list"])
        #expect(run.status == 0)
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let (head, tail) = ("<!-- gonogo checklist list -->\n```text\n", "```\n<!-- end of gonogo checklist list -->")
        let start = try #require(readme.range(of: head)).upperBound
        let end = try #require(readme.range(of: tail, range: start..<readme.endIndex)).lowerBound
        try expect(readme.replacingCharacters(in: start..<end, with: run.output), isIn: "README.md")
    }

    static let files = [
        ("report.txt", "text"), ("report.html", "html"), ("report.md", "markdown"),
        ("report.comment.md", "markdown-comment"), ("report.xml", "junit"), ("report.sarif", "sarif"),
        ("report.codequality.json", "codequality"), ("result.json", "json")
    ]

    @Test(
        "the example reports are what the recorded audits give today",
        arguments: [
            ("go", 0, "2026-11-21T19:00:00Z", []), ("no-go", 1, "2026-11-21T17:00:00Z", []),
            (
                "awaiting", 3, "2026-11-21T19:00:00Z",
                ["production-readiness", "container-image", "launch.yaml"].flatMap { ["--checklist", $0] }
            )
        ] as [(String, Int32, String, [String])])
    func examples(name: String, status: Int32, instant: String, selection: [String]) async throws {
        let folder = try Folder()
        let run = try await Gonogo.run(
            ["judge", "recording.json", "--as-of", instant] + selection
                + Self.files.flatMap { ["--report", "\($0.1)=\(folder.path($0.0))"] },
            in: Folder(existing: root.appending(path: "Reports/Examples/\(name)")))
        #expect(run.status == status, "\(run.errors)")
        for (file, _) in Self.files { try expect(try folder.text(file), isIn: "Reports/Examples/\(name)/\(file)") }
    }
}
