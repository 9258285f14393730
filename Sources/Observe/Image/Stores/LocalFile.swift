import AuditModel
import Glibc

/// A regular file of this machine, opened for reading.
final class LocalFile: Sendable {
    enum Problem: Error, Equatable {
        case missing
        case isFolder
        /// A device, a pipe, a socket.
        case isNoFile
        case errno(Int32)
        case tooLarge(Int)
        /// It has become shorter while it was read.
        case shortened

        var reason: String {
            switch self {
            case .missing: "there is no such file"
            case .isFolder: "it is a folder"
            case .isNoFile: "it is no regular file"
            case .errno(EACCES), .errno(EPERM): "this user may not read it"
            case .errno(let number): "errno \(number)"
            case .tooLarge(let limit): "it has more than \(limit) bytes"
            case .shortened: "it became shorter while it was read"
            }
        }
    }

    /// Read at once when blobs are streamed.
    private static let pieceSize = 256 << 10

    let path: String
    let size: Int64
    private let descriptor: Int32

    init(_ path: String) throws(Problem) {
        // Without waiting for the other end, should it be a pipe.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        self.path = path
        guard descriptor >= 0 else {
            size = 0
            throw errno == ENOENT || errno == ENOTDIR ? .missing : .errno(errno)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            size = 0
            throw .errno(errno)
        }
        size = Int64(status.st_size)
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isFolder
        default: throw .isNoFile
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The whole file.
    func bytes(atMost limit: Int) throws(Problem) -> [UInt8] {
        guard size <= limit else { throw .tooLarge(limit) }
        return try bytes(at: 0, count: Int(size))
    }

    /// A part of the file, all of it.
    func bytes(at offset: Int64, count: Int) throws(Problem) -> [UInt8] {
        var problem: Problem?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(Problem) {
                while filled < count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    filled += try read(into: rest, at: offset + Int64(filled))
                }
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return bytes
    }

    /// Hands a part of the file to the closure, in pieces of one buffer; between them other tasks get their turn.
    func forEachPiece(
        at offset: Int64 = 0, count: Int64, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let capacity = Int(min(count, Int64(Self.pieceSize)))
        guard capacity > 0 else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
        defer { buffer.deallocate() }
        var done: Int64 = 0
        while done < count {
            let wanted = Int(min(count - done, Int64(capacity)))
            let read = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: offset + done)
            done += Int64(read)
            try take(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// How many bytes were read, at least one.
    private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(Problem) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count > 0 { return count }
            if count == 0 { throw .shortened }
            guard errno == EINTR else { throw .errno(errno) }
        }
    }
}
