import AuditModel
import WireFormats

/// The files of a tar archive that holds an image, and how to read each of them.
struct ArchiveContent: Sendable {
    /// Entries of the archive; those of layers are not among them.
    private static let mostEntries = 100_000
    /// What is kept of an archive that can only be read from its start: its JSON, and layers that are small.
    private static let mostKeptBytesOfFile = 4 << 20
    private static let mostKeptBytes = 24 << 20
    private static let mostLinks = 10

    enum Source: Sendable {
        case file(LocalFile)
        case stream(any ArchiveStream)
    }

    private enum Entry {
        case file(offset: Int64, size: Int64)
        case link(RootPath)
    }

    private let source: Source
    private var entries: [RootPath: Entry] = [:]
    private var kept: [RootPath: [UInt8]] = [:]
    private var keptBytes = 0

    /// Reads the archive's headers.
    static func read(_ source: Source) async throws -> ArchiveContent {
        var content = ArchiveContent(source: source)
        var limits = TarReader.Limits()
        limits.entries = mostEntries
        let reader = TarReader(limits: limits)
        switch source {
        case .file(let file): try content.readHeaders(of: file, reader)
        case .stream(let stream): try await content.readAll(of: stream, reader)
        }
        return content
    }

    private init(source: Source) { self.source = source }

    func has(_ path: RootPath) -> Bool { size(of: path) != nil }

    /// Bytes of the file that a path or the links at it lead to; nil when there is none.
    func size(of path: RootPath) -> Int64? {
        guard case .file(_, let size)? = target(of: path)?.entry else { return nil }
        return size
    }

    /// The whole of a small file at the archive's top; nil when there is none.
    func bytes(of name: String, atMost limit: Int) async throws -> [UInt8]? {
        guard let path = RootPath(name) else { return nil }
        return try await bytes(of: path, atMost: limit)
    }

    /// The whole of a small file; nil when there is none.
    func bytes(of path: RootPath, atMost limit: Int) async throws -> [UInt8]? {
        guard let size = size(of: path) else { return nil }
        guard size <= limit else {
            throw ProbeFailure(.tooLarge, "\(printable(path.text)) in the archive has more than \(limit) bytes")
        }
        var bytes: [UInt8] = []
        try await forEachPiece(of: path) { bytes += $0 }
        return bytes
    }

    /// Hands a file to the closure; without effect when there is none.
    func forEachPiece(of path: RootPath, _ take: (UnsafeRawBufferPointer) throws -> Void) async throws {
        guard let (path, entry) = target(of: path), case .file(let offset, let size) = entry else { return }
        if let bytes = kept[path] { return try bytes.withUnsafeBytes(take) }
        switch source {
        case .file(let file): try await file.forEachPiece(at: offset, count: size, take)
        case .stream(let stream):
            var position: Int64 = 0
            try await stream.forEachPiece { piece in
                let start = max(0, min(offset - position, Int64(piece.count)))
                let end = max(start, min(offset + size - position, Int64(piece.count)))
                position += Int64(piece.count)
                if start < end { try take(UnsafeRawBufferPointer(rebasing: piece[Int(start)..<Int(end)])) }
                return position < offset + size
            }
        }
    }

    private func target(of path: RootPath) -> (path: RootPath, entry: Entry)? {
        var path = path
        for _ in 0...Self.mostLinks {
            guard let entry = entries[path] else { return nil }
            guard case .link(let next) = entry else { return (path, entry) }
            path = next
        }
        return nil
    }

    // MARK: Reading headers

    /// Goes from header to header without reading what is between.
    private mutating func readHeaders(of file: LocalFile, _ reader: TarReader) throws {
        var reader = reader
        var position: Int64 = 0
        while position < file.size {
            // Small at first: most files of an archive are layers, and their headers one block.
            let count = Int(min(file.size - position, 4096))
            let chunk = try file.bytes(at: position, count: count)
            position += Int64(count)
            let isAtEnd = try chunk.withUnsafeBytes { bytes in
                var rest = bytes
                while true {
                    switch try reader.next(&rest) {
                    case .entry(let entry): add(entry)
                    case .content: break
                    case .needsInput: return false
                    case .end: return true
                    }
                }
            }
            if isAtEnd { return }
            position += reader.skip(upTo: file.size - position)
        }
        try reader.finish()
    }

    private mutating func readAll(of stream: any ArchiveStream, _ reader: TarReader) async throws {
        var reader = reader
        var current: RootPath?
        var content = self
        try await stream.forEachPiece { piece in
            var rest = piece
            while true {
                switch try reader.next(&rest) {
                case .entry(let entry):
                    current = content.add(entry)
                    if current != nil { reader.want(entry.size) }
                case .content(let bytes):
                    if let current { content.kept[current, default: []] += bytes }
                case .needsInput, .end: return true
                }
            }
        }
        try reader.finish()
        self = content
    }

    /// The path under which the content is to be kept; nil when it is not.
    @discardableResult
    private mutating func add(_ entry: TarEntry) -> RootPath? {
        guard let path = RootPath(entry.name) else { return nil }
        keptBytes -= kept.removeValue(forKey: path)?.count ?? 0
        entries[path] = nil
        switch entry.kind {
        case .file where !entry.isSparse:
            entries[path] = .file(offset: entry.contentOffset, size: entry.size)
            guard case .stream = source, entry.size <= Self.mostKeptBytesOfFile,
                keptBytes + Int(entry.size) <= Self.mostKeptBytes
            else { return nil }
            keptBytes += Int(entry.size)
            kept[path] = []
            return path
        case .symbolicLink:
            let isAbsolute = entry.linkName.first == UInt8(ascii: "/")
            let folder = path.text.split(separator: "/").dropLast().joined(separator: "/")
            let target = isAbsolute ? entry.linkName : Array((folder + "/").utf8) + entry.linkName
            if let target = RootPath(target) { entries[path] = .link(target) }
        case .hardLink:
            if let target = RootPath(entry.linkName) { entries[path] = .link(target) }
        default: break
        }
        return nil
    }
}
