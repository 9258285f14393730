/// Looks at every file of every layer, from the top down: which run with their owner's rights, which hold secrets.
///
/// Of a name it keeps 10 bytes: enough to say later whether what a lower layer has there is still to be seen.
struct FileInventory: Sendable {
    /// Names of all layers; beyond them nothing is known any more.
    static let mostNames = 1_500_000
    /// Findings of each kind that are told, and candidates of one layer that are remembered.
    static let mostFindings = 1000

    /// What a name of an upper layer does to lower layers.
    private enum Effect: Int {
        /// A file, a link or a whiteout: hides the path and what is below.
        case hidesAll = 0
        /// A folder: hides anything but a folder.
        case replacesFile = 0x5BD1_E995
        /// An opaque folder: hides what is below.
        case hidesChildren = 0x1B87_3593
    }

    private(set) var findings: FileFindings? = FileFindings()
    private var layer: UInt16 = 0
    /// The topmost layer that has a name with an effect, by the name's hash.
    private var topmost: [Int: UInt16] = [:]
    private var opaqueRoot: UInt16?
    /// Candidates of the layer being read: the mode of each, or the rules that found a secret in it.
    private var privileged: [RootPath: Int] = [:]
    private var secrets: [RootPath: [String]] = [:]
    /// Hashes of every folder above a candidate.
    private var candidateFolders: Set<Int> = []

    mutating func startLayer(_ layer: Int) { self.layer = UInt16(clamping: layer) }

    mutating func enter(_ path: RootPath, _ entry: TarEntry, linkedTo target: RootPath?) {
        guard findings != nil else { return }
        let isDirectory = entry.kind == .directory
        let hash = path.pathHash
        replaceCandidates(path, hash, isDirectory: isDirectory)
        note(hash, isDirectory ? .replacesFile : .hidesAll)
        let isLinkedPrivileged = target.map { privileged[$0] != nil } ?? false
        let isPrivileged = [.file, .hardLink].contains(entry.kind) && entry.mode & 0o6000 != 0
        guard isPrivileged || isLinkedPrivileged, privileged.count < Self.mostFindings else { return }
        let mode = isPrivileged ? entry.mode : target.flatMap { privileged[$0] } ?? entry.mode
        privileged[path] = mode
        candidateFolders.formUnion(path.prefixHashes.dropLast())
    }

    mutating func enterWhiteout(_ path: RootPath) { note(path.pathHash, .hidesAll) }

    mutating func enterOpaque(_ folder: RootPath) {
        if folder == .root { opaqueRoot = opaqueRoot ?? layer } else { note(folder.pathHash, .hidesChildren) }
    }

    /// How many bytes of a file must be read to know whether it holds a secret.
    func bytesWanted(of path: RootPath, _ entry: TarEntry) -> Int {
        findings == nil ? 0 : SecretFile.bytesWanted(path, size: entry.size)
    }

    mutating func examine(_ content: [UInt8], of path: RootPath, _ entry: TarEntry) {
        guard findings != nil, secrets.count < Self.mostFindings else { return }
        let rules = SecretFile.rules(path, content)
        guard !rules.isEmpty else { return }
        secrets[path] = rules
        candidateFolders.formUnion(path.prefixHashes.dropLast())
    }

    mutating func finishLayer() {
        guard var findings else { return }
        for (path, mode) in privileged.sorted(by: { $0.key.precedes($1.key) })
        where findings.privileged.count < Self.mostFindings && !isHidden(path) {
            findings.privileged.append(.init(path: path, mode: mode, layer: Int(layer)))
        }
        for (path, rules) in secrets.sorted(by: { $0.key.precedes($1.key) }) {
            let isDeleted = isHidden(path)
            for rule in rules where findings.secrets.count < Self.mostFindings {
                findings.secrets.append(.init(path: path, rule: rule, layer: Int(layer), isDeleted: isDeleted))
            }
        }
        self.findings = findings
        privileged = [:]
        secrets = [:]
        candidateFolders = []
    }

    // MARK: What hides what

    private mutating func note(_ hash: Int, _ effect: Effect) {
        let key = hash ^ effect.rawValue
        if topmost[key] == nil { topmost[key] = layer }
        if topmost.count > Self.mostNames {
            findings = nil
            topmost = [:]
        }
    }

    private func isAbove(_ hash: Int, _ effect: Effect) -> Bool {
        topmost[hash ^ effect.rawValue].map { $0 > layer } ?? false
    }

    /// Whether a layer above has replaced or removed this path of the layer being read.
    private func isHidden(_ path: RootPath) -> Bool {
        if let opaqueRoot, opaqueRoot > layer { return true }
        let hashes = path.prefixHashes
        return hashes.contains { isAbove($0, .hidesAll) }
            || hashes.dropLast().contains { isAbove($0, .hidesChildren) }
            || hashes.last.map { isAbove($0, .replacesFile) } ?? false
    }

    /// Of two entries of one name in a layer the last counts; a file in a folder's place takes all that was below.
    private mutating func replaceCandidates(_ path: RootPath, _ hash: Int, isDirectory: Bool) {
        if privileged.isEmpty, secrets.isEmpty { return }
        privileged[path] = nil
        secrets[path] = nil
        guard !isDirectory, candidateFolders.contains(hash) else { return }
        privileged = privileged.filter { !$0.key.isBelow(path) }
        secrets = secrets.filter { !$0.key.isBelow(path) }
    }
}

/// What the files of an image's layers were found to be; at most 1,000 of each kind.
package struct FileFindings: Sendable, Equatable {
    /// A file of the merged root that runs with the rights of its owner or group.
    package struct Privileged: Sendable, Equatable {
        package let path: RootPath
        /// Permission bits, such as 0o4755.
        package let mode: Int
        package let layer: Int
    }

    package struct Secret: Sendable, Equatable {
        package let path: RootPath
        /// The kebab-case name of the rule.
        package let rule: String
        package let layer: Int
        /// Whether a later layer removes or replaces it: whoever has the layer still has the file.
        package let isDeleted: Bool
    }

    /// From the topmost layer down, by path within one.
    package internal(set) var privileged: [Privileged] = []
    package internal(set) var secrets: [Secret] = []
}

extension RootPath {
    fileprivate func precedes(_ other: RootPath) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }
}
