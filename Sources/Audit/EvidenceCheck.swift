import AuditModel
import Crypto
import Glibc

/// Evidence files, looked at again in every run.
package enum EvidenceCheck {
    /// A larger file is not read.
    private static let limit = 1 << 30

    /// What became of each piece of evidence; paths are relative to the folder and never lead out of it.
    static func proofs(of evidence: [Evidence], in folder: String) -> [EvidenceProof] {
        evidence.map { piece in
            if let text = piece.text, let stated = piece.sha256 {
                return hexadecimal(SHA256.hash(data: Array(text.utf8))) == stated ? .verified : .changed
            }
            guard let path = piece.path else { return .unverifiable }
            guard let digest = try? digest(of: path, in: folder) else { return .missing }
            guard let stated = piece.sha256 else { return .unverifiable }
            return digest == stated ? .verified : .changed
        }
    }

    /// The SHA-256 of a regular file below the folder, lower-case hexadecimal.
    package static func digest(of path: String, in folder: String) throws(FileProblem) -> String {
        guard let real = realPath(Files.path(path, from: folder)), let root = realPath(folder) else {
            throw FileProblem(reason: String(cString: strerror(errno)))
        }
        guard root == "/" || real.hasPrefix(root + "/") else {
            throw FileProblem(reason: "it is outside of the audit file's folder")
        }
        // Without waiting for whoever would write into a pipe.
        let descriptor = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileProblem(reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw FileProblem(reason: "it is no regular file")
        }
        guard information.st_size <= limit else { throw FileProblem(reason: "it is larger than \(limit) bytes") }
        return try digest(ofOpen: descriptor)
    }

    private static func digest(ofOpen descriptor: Int32) throws(FileProblem) -> String {
        var hash = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var total = 0
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileProblem(reason: String(cString: strerror(errno))) }
            guard count > 0 else { return hexadecimal(hash.finalize()) }
            total += count
            guard total <= limit else { throw FileProblem(reason: "it grows while it is read") }
            hash.update(data: chunk[..<count])
        }
    }

    private static func realPath(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
