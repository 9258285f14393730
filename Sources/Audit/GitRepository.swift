import AuditModel
import Crypto

/// What Git knows of a folder's files; every call runs git once.
struct GitRepository {
    /// The folder that paths are relative to, somewhere in the repository.
    let folder: String

    /// nil when the folder is in no repository.
    init?(containing folder: String) {
        guard GitCommit.hasRepository(folder) else { return nil }
        self.folder = folder
    }

    /// The commit that a branch, tag or commit means.
    func commit(_ revision: String) throws(FileProblem) -> String {
        let ending = try git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        let id = String(decoding: ending.output, as: UTF8.self).filter { !$0.isNewline }
        guard ending.status == 0, id.isObjectID else {
            throw FileProblem(reason: "the repository has no commit \(revision); fetch it first")
        }
        return id
    }

    /// The files below a folder of a commit, by their paths from it, with their modes; nil when it has no such folder.
    func entries(of path: String, at commit: String) throws(FileProblem) -> [(path: String, mode: String)]? {
        let tree = try git(["rev-parse", "--verify", "--quiet", "--end-of-options", Self.object(path, at: commit)])
        guard tree.status == 0 else { return nil }
        let id = String(decoding: tree.output, as: UTF8.self).filter { !$0.isNewline }
        // Without --full-tree it would be taken for the tree of the folder that git stands in.
        let listing = try succeeded(git(["ls-tree", "-r", "-z", "--full-tree", id]))
        return listing.split(separator: 0).compactMap { entry in
            let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (String(decoding: parts[1], as: UTF8.self), String(decoding: parts[0].prefix(6), as: UTF8.self))
        }
    }

    /// The contents of files of a commit, or of objects by their ids; nil for what is not there.
    func contents(_ paths: [String], at commit: String) throws(FileProblem) -> [[UInt8]?] {
        try contents(paths.map { Self.object($0, at: commit) })
    }

    func contents(_ objects: [String]) throws(FileProblem) -> [[UInt8]?] {
        guard !objects.isEmpty else { return [] }
        guard !objects.contains(where: { $0.utf8.contains(0x0A) }) else {
            throw FileProblem(reason: "a file's name holds a line feed")
        }
        let input = Array((objects.joined(separator: "\n") + "\n").utf8)
        var rest = try succeeded(git(["cat-file", "--batch"], input: input))[...]
        var contents: [[UInt8]?] = []
        for _ in objects {
            guard let end = rest.firstIndex(of: 0x0A) else { throw FileProblem(reason: "git ended early") }
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            rest = rest[(end + 1)...]
            guard words.count == 3, words[0].allSatisfy(\.isHexDigit), let size = Int(words[2]) else {
                contents.append(nil)
                continue
            }
            guard size >= 0, size < rest.count else { throw FileProblem(reason: "git ended early") }
            contents.append(words[1] == "blob" ? Array(rest.prefix(size)) : nil)
            rest = rest.dropFirst(size + 1)
        }
        return contents
    }

    /// The id that Git gives to a content, in the hash whose ids have so many digits.
    static func blobID(of bytes: [UInt8], digits: Int) -> String {
        let object = Array("blob \(bytes.count)\0".utf8) + bytes
        return digits == 64
            ? hexadecimal(SHA256.hash(data: object)) : hexadecimal(Insecure.SHA1.hash(data: object))
    }

    /// `COMMIT:./path`, which Git reads from the folder it stands in.
    private static func object(_ path: String, at commit: String) -> String {
        commit + ":./" + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
    }

    func succeeded(_ ending: Program.Ending) throws(FileProblem) -> [UInt8] {
        guard ending.status == 0 else { throw FileProblem(reason: "git: \(ending.complaint)") }
        return ending.output
    }

    func git(_ arguments: [String], input: [UInt8] = []) throws(FileProblem) -> Program.Ending {
        // Nothing that a repository's own settings name is run.
        let safe = [
            "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
            "-c", "log.showRoot=true"
        ]
        return try Program(
            name: "git", arguments: ["-C", folder, "--no-pager", "--literal-pathspecs"] + safe + arguments,
            input: input
        ).run()
    }
}

/// Lower-case digits of a digest.
func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    digest.reduce(into: "") { digits, byte in digits += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

extension String {
    fileprivate var isObjectID: Bool { [40, 64].contains(utf8.count) && allSatisfy { $0.isASCII && $0.isHexDigit } }
}
