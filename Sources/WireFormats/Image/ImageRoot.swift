/// The merged root of an image: says which layer must be read next, and what decides each path that is wanted.
///
/// Layers are read from the top down, and no deeper than an answer needs. For each layer that `nextLayer` names, take a
/// `scan`, feed it the layer, and `add` it; a layer that cannot be read is `setUnreadable`.
package struct ImageRoot: Sendable {
    /// Passes over one layer: links that lead elsewhere need another.
    static let mostReads = 8

    private struct Want {
        let path: RootPath
        let limit: Int
        var watched: [RootPath: Int]
        var outcome: RootFile?

        /// Watches a path and every folder above it.
        mutating func watch(_ path: RootPath, limit: Int? = nil) {
            for folder in path.lineage where watched[folder] == nil { watched[folder] = 0 }
            watched[path] = max(watched[path] ?? 0, limit ?? self.limit)
        }
    }

    private var wants: [Want] = []
    /// What each layer says about the paths that were watched when it was read; from 0 at the bottom.
    private var layers: [[RootPath: LayerNode]]
    private var reads: [Int]
    private var unreadable: Set<Int> = []
    private var inventory: FileInventory?
    /// The next layer that the inventory needs; nil when it is complete or was not asked for.
    private var inventoryLayer: Int?

    /// - Parameter takesInventory: whether every file of every layer is looked at for set-user-ID bits and secrets.
    package init(layerCount: Int, takesInventory: Bool = false) {
        layers = Array(repeating: [:], count: layerCount)
        reads = Array(repeating: 0, count: layerCount)
        if takesInventory {
            inventory = FileInventory()
            inventoryLayer = layerCount > 0 ? layerCount - 1 : nil
        }
    }

    /// Asks for the file at a path, links resolved inside the image; call it before the first layer is read.
    ///
    /// - Parameters:
    ///   - limit: bytes of content to keep; a longer file is told as cut.
    ///   - likely: paths where links of such files usually lead, so that one pass suffices.
    package mutating func want(_ path: RootPath, limit: Int, likely: [RootPath] = []) {
        guard !wants.contains(where: { $0.path == path }) else { return }
        var want = Want(path: path, limit: limit, watched: [.root: 0])
        for path in [path] + likely { want.watch(path) }
        wants.append(want)
    }

    /// What decides the path; nil when it was not wanted or is not decided yet.
    package func file(at path: RootPath) -> RootFile? { wants.first { $0.path == path }?.outcome }

    /// What the inventory found; nil when it was not asked for, is not complete, or a layer could not be read.
    package var findings: FileFindings? { inventoryLayer == nil ? inventory?.findings : nil }

    /// How many layers were opened.
    package var layersRead: Int { reads.count { $0 > 0 } }

    /// The layer to read next, from 0 at the bottom; nil when everything is decided.
    package mutating func nextLayer() -> Int? {
        var next = inventoryLayer
        for index in wants.indices where wants[index].outcome == nil {
            switch resolve(wants[index].path, until: wants[index].limit) {
            case .decided(let file): wants[index].outcome = file
            case .needs(let layer, let path, _) where reads[layer] >= Self.mostReads:
                wants[index].outcome = .tangled(path)
            case .needs(let layer, let path, let limit):
                wants[index].watch(path, limit: limit)
                next = max(next ?? layer, layer)
            }
        }
        return next
    }

    /// A pass over the layer for all that is still wanted.
    package mutating func scan(of layer: Int) -> LayerScan {
        reads[layer] += 1
        var watched: [RootPath: Int] = [:]
        for want in wants where want.outcome == nil { watched.merge(want.watched, uniquingKeysWith: max) }
        guard layer == inventoryLayer else { return LayerScan(layer: layer, watched: watched, inventory: nil) }
        var inventory = inventory
        // The scan must own it alone, or its tables would be copied.
        self.inventory = nil
        inventory?.startLayer(layer)
        return LayerScan(layer: layer, watched: watched, inventory: inventory)
    }

    /// Takes in a layer that was read to its end.
    package mutating func add(_ scan: consuming LayerScan) {
        layers[scan.layer].merge(scan.nodes) { _, new in new }
        if scan.layer == inventoryLayer {
            inventory = scan.inventory
            inventoryLayer = scan.layer > 0 ? scan.layer - 1 : nil
        }
        for index in wants.indices where wants[index].outcome == nil {
            for (path, limit) in scan.linkedPaths { wants[index].watch(path, limit: limit) }
        }
    }

    /// Says that a layer cannot be read, or not to its end; nothing is concluded from what it would decide.
    package mutating func setUnreadable(_ layer: Int) {
        unreadable.insert(layer)
        if let inventoryLayer, layer <= inventoryLayer {
            inventory = nil
            self.inventoryLayer = nil
        }
    }
}

/// What the merged root has at a path.
package enum RootFile: Sendable, Equatable {
    /// `layer` is the one that decides, from 0 at the bottom; not `isWhole` when the file is longer than was wanted.
    case file(bytes: [UInt8], isWhole: Bool, layer: Int)
    case directory(layer: Int)
    /// `layer` is the one that hides what lower ones may have; nil when no layer has the path.
    case missing(layer: Int?)
    /// A device, a pipe or a sparse file.
    case special(layer: Int)
    /// Links lead in a circle, or further than any runtime follows them.
    case loop
    /// A layer on which the answer depends could not be read.
    case unreadable(layer: Int)
    /// Links lead through the layers in more turns than layers are read here.
    case tangled(RootPath)
}

// MARK: - Resolution

extension ImageRoot {
    private enum Resolution {
        case decided(RootFile)
        /// The layer must be read with this path watched, and that much of its content kept.
        case needs(layer: Int, path: RootPath, limit: Int)
    }

    private enum Step {
        case decided(RootFile)
        /// A link at the first `depth` components of the path leads on.
        case follow(depth: Int, target: [UInt8])
        /// The file is that of another path in lower layers.
        case file(RootPath, below: Int)
        /// It is a folder, or nothing that is known.
        case folder
        case needs(layer: Int, path: RootPath, limit: Int)
    }

    /// Walks to a file as a kernel would inside the image.
    private func resolve(_ path: RootPath, until limit: Int) -> Resolution {
        var top = layers.count - 1
        // Folders that are known to be no links.
        var base: [ArraySlice<UInt8>] = []
        var rest = path.components
        // The folder of a hard link to a lower layer's symbolic link, which leads on from there.
        var linkFolder: [ArraySlice<UInt8>]?
        for _ in 0...LinkWalk.mostLinks {
            base.removeLast(min(base.count, rest.prefix { $0.elementsEqual("..".utf8) }.count))
            rest.removeFirst(rest.prefix { $0.elementsEqual("..".utf8) }.count)
            let run = rest.prefix { !$0.elementsEqual("..".utf8) }
            let isLast = run.count == rest.count
            let way = base + run
            switch step(RootPath(components: way), below: top, limit: isLast ? limit : 0) {
            case .needs(let layer, let path, let limit): return .needs(layer: layer, path: path, limit: limit)
            // Runtimes take `..` for the folder above whatever is there, and if nothing is.
            case .file where !isLast, .decided(.missing) where !isLast, .decided(.special) where !isLast:
                base = way
                rest.removeFirst(run.count)
            case .decided(let file): return .decided(file)
            case .file(let path, let layer):
                linkFolder = linkFolder ?? Array(way.dropLast())
                (base, rest, top) = ([], path.components, layer - 1)
            case .folder:
                guard !isLast else { return .decided(.missing(layer: nil)) }
                base = way
                rest.removeFirst(run.count)
            case .follow(let depth, let target):
                let isAbsolute = target.first == UInt8(ascii: "/")
                let parts = target.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
                rest = parts + way[depth...] + rest.dropFirst(run.count)
                base = isAbsolute ? [] : Array(way[..<(depth - 1)])
                if isLast, depth == way.count, let folder = linkFolder {
                    (base, top, linkFolder) = (isAbsolute ? [] : folder, layers.count - 1, nil)
                }
                guard rest.reduce(0, { $0 + $1.count + 1 }) <= 4096 else { return .decided(.loop) }
            }
        }
        return .decided(.loop)
    }

    /// Looks at one path without `..`, from a layer down, until something about it or above it decides.
    ///
    /// A layer that only has something below a folder says nothing about the folder itself.
    ///
    /// - Parameter limit: bytes of content to keep, 0 when a folder is sought.
    private func step(_ path: RootPath, below top: Int, limit: Int) -> Step {
        let lineage = path.lineage
        // How many of its components are folders in a layer above, where whatever lower layers have is replaced.
        var folders = 0
        for layer in stride(from: top, through: 0, by: -1) {
            if unreadable.contains(layer) { return .decided(.unreadable(layer: layer)) }
            let nodes = layers[layer]
            guard let root = nodes[.root], lineage.allSatisfy({ nodes[$0] != nil }) else {
                return .needs(layer: layer, path: path, limit: limit)
            }
            var isHidden = root.isOpaque
            for (index, folder) in lineage.enumerated() {
                let depth = index + 1
                let isLast = depth == lineage.count
                guard let node = nodes[folder] else { continue }
                isHidden = isHidden || node.isWhitedOut || node.isOpaque && !isLast
                switch node.kind {
                case .nothing: continue
                case .directory:
                    if isLast { return limit > 0 ? .decided(.directory(layer: layer)) : .folder }
                    folders = max(folders, depth)
                case _ where depth <= folders:
                    return .decided(.missing(layer: layer))
                case .symbolicLink(let target): return .follow(depth: depth, target: target)
                case .file(let content):
                    guard isLast, limit > 0 else { return .decided(.missing(layer: layer)) }
                    guard let content else { return .needs(layer: layer, path: path, limit: limit) }
                    return .decided(.file(bytes: content.bytes, isWhole: content.isWhole, layer: layer))
                case .hardLink(let target):
                    guard isLast else { return .decided(.missing(layer: layer)) }
                    // Watched and still not the layer's own: it is a file of a lower layer.
                    let isLower = nodes[target].map { $0.kind != .file(nil) } ?? false
                    return isLower ? .file(target, below: layer) : .needs(layer: layer, path: target, limit: limit)
                case .special: return .decided(isLast ? .special(layer: layer) : .missing(layer: layer))
                }
            }
            if isHidden { return .decided(.missing(layer: layer)) }
        }
        return limit > 0 ? .decided(.missing(layer: nil)) : .folder
    }
}
