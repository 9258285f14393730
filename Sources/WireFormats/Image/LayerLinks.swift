/// The symbolic links of the layer being read, as far as it was read: later entries below one go where it leads.
struct LayerLinks: Sendable {
    /// Links of one layer that are remembered, and the bytes of their names, targets and folders' hashes.
    static let mostLinks = 65_536
    static let mostBytes = 8 << 20

    private var targets: [RootPath: [UInt8]] = [:]
    /// Hashes of the links, so that most names are known to pass none without looking at their parts.
    private var hashes: Set<Int> = []
    /// Hashes of every folder above a link.
    private var folders: Set<Int> = []
    private var byteCount = 0
    /// The last folder that was resolved; names of one folder usually follow each other.
    private var lastFolder: (asked: RootPath, resolved: RootPath)?

    enum Problem: Error { case loop, tooMany }

    subscript(path: RootPath) -> [UInt8]? { targets[path] }

    mutating func add(_ path: RootPath, target: [UInt8]) throws(Problem) {
        byteCount += path.bytes.count + target.count
        var prefixes = path.prefixHashes
        if let hash = prefixes.popLast() { hashes.insert(hash) }
        for hash in prefixes where folders.insert(hash).inserted { byteCount += 2 * MemoryLayout<Int>.size }
        guard targets.count < Self.mostLinks, byteCount <= Self.mostBytes else { throw .tooMany }
        targets[path] = target
        lastFolder = nil
    }

    /// Forgets what a new entry at this path replaces.
    mutating func remove(_ path: RootPath, isDirectory: Bool) {
        if targets.isEmpty { return }
        if targets.removeValue(forKey: path) != nil { lastFolder = nil }
        guard !isDirectory, folders.contains(path.pathHash) else { return }
        targets = targets.filter { !$0.key.isBelow(path) }
        lastFolder = nil
    }

    /// The folder where an entry ends up whose name has this folder.
    mutating func resolve(_ folder: RootPath) throws(Problem) -> RootPath {
        if targets.isEmpty || folder.bytes.isEmpty { return folder }
        if let lastFolder, lastFolder.asked == folder { return lastFolder.resolved }
        let resolved = folder.prefixHashes.contains { hashes.contains($0) } ? try walk(folder) : folder
        lastFolder = (folder, resolved)
        return resolved
    }

    private func walk(_ folder: RootPath) throws(Problem) -> RootPath {
        var walk = LinkWalk(folder)
        while let component = walk.next() {
            if let target = targets[walk.current.appending(component)] {
                guard walk.follow(target) else { throw .loop }
            } else {
                walk.descend(component)
            }
        }
        return walk.current
    }
}

/// A walk down a path in which links are replaced by what they lead to; `..` at the root stays there, as in a container.
struct LinkWalk: Sendable {
    /// The limit of `securejoin` and of containerd's `RootPath`, with which runtimes open files of an image.
    static let mostLinks = 255
    /// The kernel's `PATH_MAX`, in bytes.
    private static let longest = 4096

    private(set) var current: RootPath
    /// In reverse.
    private var rest: [ArraySlice<UInt8>]
    private var links = 0

    init(_ path: RootPath) {
        current = .root
        rest = path.components.reversed()
    }

    /// The next component that is neither `.` nor `..`; nil at the end.
    mutating func next() -> ArraySlice<UInt8>? {
        while let component = rest.popLast() {
            if component.elementsEqual(".".utf8) { continue }
            guard component.elementsEqual("..".utf8) else { return component }
            current = current.parent
        }
        return nil
    }

    mutating func descend(_ component: ArraySlice<UInt8>) { current = current.appending(component) }

    /// Goes on at a link's target; false when there were too many links or the way is too long.
    mutating func follow(_ target: [UInt8]) -> Bool {
        links += 1
        if target.first == UInt8(ascii: "/") { current = .root }
        rest += target.split(separator: UInt8(ascii: "/")).reversed()
        return links <= Self.mostLinks && rest.reduce(0) { $0 + $1.count + 1 } <= Self.longest
    }
}
