import Glibc

/// Reading and writing whole files.
package enum Files {
    /// The bytes of a file of at most `limit` bytes; throws a sentence fragment.
    package static func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(reason: systemReason()) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw FileProblem(reason: systemReason()) }
        guard information.st_mode & S_IFMT != S_IFDIR else { throw FileProblem(reason: "it is a folder") }
        return try read(descriptor, limit: limit)
    }

    /// What is left of an open file of at most `limit` bytes.
    static func read(_ descriptor: Int32, limit: Int) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileProblem(reason: systemReason()) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[0..<count])
            guard bytes.count <= limit else { throw FileProblem(reason: "it is larger than \(limit) bytes") }
        }
    }

    /// Writes a file whole: into a temporary file beside it, then renamed; missing parent folders are made.
    ///
    /// A link is followed, the mode of a file that is there is kept, and what is no regular file, such as a pipe, is
    /// written to directly.
    package static func write(_ text: String, to path: String) throws(FileProblem) {
        if let descriptor = standardStreams[path] {
            if let problem = writeAll(Array(text.utf8), to: descriptor) { throw problem }
            return
        }
        let target = resolved(path)
        var information = stat()
        let exists = stat(target, &information) == 0
        if exists, information.st_mode & S_IFMT != S_IFREG {
            guard information.st_mode & S_IFMT != S_IFDIR else { throw FileProblem(reason: "it is a folder") }
            return try write(text, to: target, flags: O_WRONLY | O_CLOEXEC, mode: nil)
        }
        try makeFolder(parent(of: target))
        let temporary = "\(target).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        try write(
            text, to: temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
            mode: exists ? information.st_mode & 0o777 : nil)
        guard rename(temporary, target) == 0 else {
            let problem = FileProblem(reason: systemReason())
            unlink(temporary)
            throw problem
        }
    }

    /// Writes a new file whole; false when something of that name is there already, which stays as it is.
    ///
    /// Of several that write at once one succeeds, and whoever is killed leaves no part of a file under the name.
    package static func create(_ text: String, at path: String) throws(FileProblem) -> Bool {
        let folder = parent(of: path)
        try makeFolder(folder)
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        let temporary = "\(folder)/.\(random).tmp"
        try write(text, to: temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: nil)
        defer { unlink(temporary) }
        if link(temporary, path) == 0 { return true }
        guard errno != EEXIST else { return false }
        // A file system without hard links: whoever makes the name first may fill it.
        let claim = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard claim >= 0 else {
            if errno == EEXIST { return false }
            throw FileProblem(reason: systemReason())
        }
        close(claim)
        if rename(temporary, path) == 0 { return true }
        throw FileProblem(reason: systemReason())
    }

    /// Adds text at the end of a file, which is made when it is not there.
    static func append(_ text: String, to path: String) throws(FileProblem) {
        try write(text, to: path, flags: O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode: nil)
    }

    /// The size of a file in bytes; 0 when there is none.
    static func size(_ path: String) -> Int {
        var information = stat()
        return stat(path, &information) == 0 ? Int(information.st_size) : 0
    }

    private static let standardStreams: [String: Int32] = [
        "/dev/stdout": 1, "/dev/stderr": 2, "/dev/fd/1": 1, "/dev/fd/2": 2
    ]

    /// The file that a path means once links are followed; the path itself when there is none yet.
    private static func resolved(_ path: String) -> String {
        guard let pointer = realpath(path, nil) else { return path }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    private static func write(_ text: String, to path: String, flags: Int32, mode: mode_t?) throws(FileProblem) {
        let descriptor = open(path, flags, 0o666)
        guard descriptor >= 0 else { throw FileProblem(reason: systemReason()) }
        if let mode { _ = fchmod(descriptor, mode) }
        var problem = writeAll(Array(text.utf8), to: descriptor)
        if close(descriptor) != 0, problem == nil { problem = FileProblem(reason: systemReason()) }
        guard let problem else { return }
        if flags & O_EXCL != 0 { unlink(path) }
        throw problem
    }

    /// Writes all bytes to an open descriptor; the problem when it could not.
    package static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> FileProblem? {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, bytes.count - start)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
                continue
            }
            guard count > 0 else { return FileProblem(reason: systemReason()) }
            start += count
        }
        return nil
    }

    /// Makes a folder and those above it.
    package static func makeFolder(_ path: String) throws(FileProblem) {
        guard !path.isEmpty, path != "/", path != "." else { return }
        var information = stat()
        if stat(path, &information) == 0 {
            guard information.st_mode & S_IFMT == S_IFDIR else { throw FileProblem(reason: "\(path) is no folder") }
            return
        }
        try makeFolder(parent(of: path))
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw FileProblem(reason: "\(path): \(systemReason())")
        }
    }

    /// Whether a name in a file means another file and not something built in.
    static func isPath(_ name: String) -> Bool {
        name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Everything before the last slash; `.` when there is none.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        let parent = path[..<slash]
        return parent.isEmpty ? "/" : String(parent)
    }

    /// The path, taken from the folder when it is relative.
    package static func path(_ path: String, from folder: String) -> String {
        path.hasPrefix("/") || folder == "."
            ? path : folder + "/" + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
    }

    private static func systemReason() -> String { String(cString: strerror(errno)) }
}

/// Why a file could not be read or written.
package struct FileProblem: Error, Hashable, Sendable {
    /// A sentence fragment, such as `No such file or directory`.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

extension Files {
    /// The name of the folder that the process stands in; `service` at the root.
    package static var currentFolderName: String {
        guard let buffer = getcwd(nil, 0) else { return "service" }
        defer { free(buffer) }
        return String(cString: buffer).split(separator: "/").last.map(String.init) ?? "service"
    }
}

extension Files {
    /// A path from the working folder as one from another folder that holds it; throws when it does not, or nothing is
    /// there.
    static func path(of name: String, below folder: String) throws(FileProblem) -> String {
        guard let real = realpath(name, nil) else { throw FileProblem(reason: systemReason()) }
        defer { free(real) }
        guard let root = realpath(folder, nil) else { throw FileProblem(reason: systemReason()) }
        defer { free(root) }
        let start = String(cString: root) == "/" ? "/" : String(cString: root) + "/"
        let path = String(cString: real)
        guard path.hasPrefix(start) else {
            throw FileProblem(reason: "it is outside of \(String(cString: root)), the audit file's folder")
        }
        return String(path.dropFirst(start.count))
    }

    static func remove(_ path: String) { unlink(path) }
}
