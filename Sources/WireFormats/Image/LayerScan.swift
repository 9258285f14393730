/// One pass over one layer (OCI image-spec, layer.md): feed it the layer's tar, then give it back to its `ImageRoot`.
///
/// It keeps only what the root asked for, and the layer's symbolic links while it reads.
package struct LayerScan: Sendable {
    /// From 0 at the bottom.
    package let layer: Int
    private(set) var nodes: [RootPath: LayerNode]
    private(set) var inventory: FileInventory?
    /// For each path whose content is wanted, how many bytes of it.
    private let limits: [RootPath: Int]
    private var reader = TarReader()
    private var links = LayerLinks()
    private var current: (path: RootPath, entry: TarEntry)?
    private var content: [UInt8] = []

    /// - Parameter watched: paths to look for with the bytes of content that are wanted, 0 for a folder on the way.
    init(layer: Int, watched: [RootPath: Int], inventory: FileInventory?) {
        self.layer = layer
        self.inventory = inventory
        nodes = watched.mapValues { _ in LayerNode() }
        limits = watched.filter { $0.value > 0 }
    }

    /// Reads the next bytes of the layer's tar, of any number.
    package mutating func read(_ chunk: UnsafeRawBufferPointer) throws(TarError) {
        var rest = chunk
        while true {
            switch try reader.next(&rest) {
            case .needsInput: return
            case .content(let piece): content += piece
            case .entry(let entry):
                finishEntry()
                try enter(entry)
            case .end: return
            }
        }
    }

    /// Says that the layer ends here; throws when it was cut.
    package mutating func finish() throws(TarError) {
        try reader.finish()
        finishEntry()
        inventory?.finishLayer()
    }

    /// Where links of this layer lead from the paths whose content is wanted: every path on the way, and its end.
    var linkedPaths: [(path: RootPath, limit: Int)] {
        limits.flatMap { path, limit -> [(path: RootPath, limit: Int)] in
            var walk = LinkWalk(path)
            var passed: [(path: RootPath, limit: Int)] = []
            var isLinked = false
            while let component = walk.next() {
                let next = walk.current.appending(component)
                passed.append((next, 0))
                guard let target = links[next] else {
                    walk.descend(component)
                    continue
                }
                isLinked = true
                guard walk.follow(target) else { return passed }
            }
            return isLinked ? passed + [(walk.current, limit)] : []
        }
    }

    // MARK: Entries

    private mutating func enter(_ entry: TarEntry) throws(TarError) {
        guard let name = RootPath(entry.name) else {
            throw TarError(.malformed, "a name leads above the root", offset: entry.contentOffset)
        }
        guard name != .root else { return }
        let parent = name.parent
        let folder = try resolved(parent, entry)
        if name.name.starts(with: ".wh.".utf8) { return try enterWhiteout(name.name.dropFirst(4), folder, entry) }
        let path = folder == parent ? name : folder.appending(name.name)
        links.remove(path, isDirectory: entry.kind == .directory)
        if entry.kind == .symbolicLink {
            do throws(LayerLinks.Problem) {
                try links.add(path, target: entry.linkName)
            } catch {
                throw TarError(.tooLarge, "the layer has too many symbolic links", offset: entry.contentOffset)
            }
        }
        try place(entry, at: path)
    }

    private mutating func resolved(_ folder: RootPath, _ entry: TarEntry) throws(TarError) -> RootPath {
        do throws(LayerLinks.Problem) {
            return try links.resolve(folder)
        } catch {
            throw TarError(.malformed, "a name passes a loop of links", offset: entry.contentOffset)
        }
    }

    /// `.wh.NAME` and `.wh..wh..opq` hide what lower layers have; other names of AUFS's own mean nothing.
    private mutating func enterWhiteout(
        _ name: ArraySlice<UInt8>, _ folder: RootPath, _ entry: TarEntry
    ) throws(TarError) {
        if name.elementsEqual(".wh..opq".utf8) {
            nodes[folder]?.isOpaque = true
            inventory?.enterOpaque(folder)
        } else if !name.starts(with: ".wh.".utf8) {
            guard !name.isEmpty, !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else {
                throw TarError(.malformed, "a whiteout names no file", offset: entry.contentOffset)
            }
            let path = folder.appending(name)
            // Runtimes remove what is there when they come to it, earlier entries of this layer included, though the
            // specification speaks of lower layers alone.
            nodes[path]?.kind = .nothing
            nodes[path]?.isWhitedOut = true
            removeWatched(below: path)
            links.remove(path, isDirectory: false)
            inventory?.enterWhiteout(path)
        }
    }

    private mutating func place(_ entry: TarEntry, at path: RootPath) throws(TarError) {
        if case .other = entry.kind {
            throw TarError(
                .malformed, "an entry has a type that runtimes do not unpack, and they refuse the layer",
                offset: entry.contentOffset)
        }
        let target = entry.kind == .hardLink ? try linkTarget(entry) : nil
        inventory?.enter(path, entry, linkedTo: target)
        if nodes[path] != nil {
            if entry.kind != .directory { removeWatched(below: path) }
            let kind = kind(of: entry, linkedTo: target)
            nodes[path]?.kind = kind
        }
        guard entry.kind == .file, !entry.isSparse else { return }
        let wanted = max(limits[path] ?? 0, inventory?.bytesWanted(of: path, entry) ?? 0)
        guard wanted > 0 else { return }
        reader.want(Int64(wanted))
        current = (path, entry)
    }

    private mutating func removeWatched(below path: RootPath) {
        let below = nodes.keys.filter { $0.isBelow(path) }
        for watched in below { nodes[watched]?.kind = .nothing }
    }

    private mutating func linkTarget(_ entry: TarEntry) throws(TarError) -> RootPath {
        guard let target = RootPath(entry.linkName) else {
            throw TarError(.malformed, "a hard link leads above the root", offset: entry.contentOffset)
        }
        let folder = try resolved(target.parent, entry)
        return target == .root || folder == target.parent ? target : folder.appending(target.name)
    }

    private func kind(of entry: TarEntry, linkedTo target: RootPath?) -> LayerNode.Kind {
        if let target {
            // The same file as one before it in this layer, or as one of a lower layer.
            switch nodes[target]?.kind {
            case nil, .nothing, .file(nil): return .hardLink(target)
            case let kind?: return kind
            }
        }
        switch entry.kind {
        case .directory: return .directory
        case .symbolicLink: return .symbolicLink(entry.linkName)
        case .file where !entry.isSparse: return .file(nil)
        default: return .special
        }
    }

    private mutating func finishEntry() {
        guard let (path, entry) = current else { return }
        if let limit = limits[path] {
            let isWhole = content.count <= limit && Int64(content.count) == entry.size
            nodes[path]?.kind = .file(LayerNode.Content(bytes: Array(content.prefix(limit)), isWhole: isWhole))
        }
        inventory?.examine(content, of: path, entry)
        content.removeAll(keepingCapacity: true)
        current = nil
    }
}

/// What one layer says about one path.
struct LayerNode: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Nothing, or no more than that something lies below it.
        case nothing
        case directory
        /// nil when its content was not wanted.
        case file(Content?)
        case symbolicLink([UInt8])
        /// The same file as this path, which no earlier entry of the layer that was watched has.
        case hardLink(RootPath)
        /// A device, a pipe, a sparse file: nothing that can be read here.
        case special
    }

    struct Content: Sendable, Equatable {
        var bytes: [UInt8]
        /// False when the file is longer than was wanted.
        var isWhole: Bool
    }

    var kind = Kind.nothing
    /// `.wh.NAME`: lower layers' is gone.
    var isWhitedOut = false
    /// `.wh..wh..opq`: lower layers' children are gone.
    var isOpaque = false
}
