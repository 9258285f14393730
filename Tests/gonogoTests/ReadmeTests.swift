import Foundation
import Testing

/// What the README tells people to write is what the program reads.
@Suite struct ReadmeTests {
    private static let blocks: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
        .filter { $0.contains("schema: gonogo.") }
    }()

    @Test("every file in the README is well-formed")
    func lint() async throws {
        #expect(Self.blocks.count >= 4)
        let folder = try Folder()
        var files: [String] = []
        for (index, block) in Self.blocks.enumerated() {
            // The audit file of the README names its checklist so.
            let name = block.contains("gonogo.checklist/1") ? "readiness/payments.yaml" : "file-\(index).yaml"
            try folder.write(block + "\n", to: name)
            files.append(name)
        }
        let run = try await Gonogo.run(["checklist", "lint"] + files, in: folder)
        #expect(run.status == 0, "\(run.errors)")
    }
}
