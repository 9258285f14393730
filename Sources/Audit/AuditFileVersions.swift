import AuditModel
import ChecklistYAML

/// Earlier versions of an audit file.
enum AuditFileVersions {
    private static let most = 128

    /// Those that hold the word and can be read, newest first.
    ///
    /// - Parameter path: from the folder that the repository was opened at.
    static func read(
        _ path: String, _ repository: GitRepository, _ commit: String, mentioning word: String
    ) throws(FileProblem) -> [AuditFile] {
        var seen: Set<String> = []
        let blobs = try repository.history(of: [path], at: commit).map(\.blob).filter { id in
            id.contains { $0 != "0" } && seen.insert(id).inserted
        }
        return try repository.contents(Array(blobs.prefix(most))).compactMap { bytes in
            guard let bytes, bytes.count <= 1 << 20, String(decoding: bytes, as: UTF8.self).contains(word) else {
                return nil
            }
            return audit(bytes)
        }
    }

    /// nil for a text that is no audit file.
    static func audit(_ text: [UInt8]) -> AuditFile? {
        loadAuditFile(text: text, file: "an earlier version", reportFormats: Reports.formats).0
    }
}
