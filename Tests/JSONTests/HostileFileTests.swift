import Foundation
import JSON
import Testing

private let files: [URL] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Hostile")
    return (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
}()

@Suite struct HostileFileTests {
    @Test("no file of the hostile folder traps the parser; what is read can be written and read again")
    func total() throws {
        #expect(files.count >= 10)
        for file in files {
            let bytes = Array(try Data(contentsOf: file))
            guard let value = try? JSONValue.parse(bytes) else { continue }
            #expect(try JSONValue.parse(value.indented).indented == value.indented, "\(file.lastPathComponent)")
        }
    }
}
