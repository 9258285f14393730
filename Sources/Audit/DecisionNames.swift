import Glibc

/// What stands in a folder of decisions, by paths from the folder.
struct DecisionNames {
    /// YAML files, in the folder and in all folders below it, sorted.
    var files: [String] = []
    /// What may hold decisions and is not read, with the reason.
    var refused: [(name: String, reason: String)] = []
    /// Everything else, sorted; hidden files only when they look like decisions.
    var others: [String] = []

    /// How the names of decisions' files end, in whatever case.
    static let endings = [".yaml", ".yml"]
    private static let deepest = 16
    private static let most = 20_000

    static func isDecision(_ name: String) -> Bool {
        let name = name.lowercased()
        return endings.contains(where: name.hasSuffix)
    }

    /// Reads a folder with all below it; throws when it cannot be read whole.
    static func read(_ folder: String) throws(FileProblem) -> DecisionNames {
        var names = DecisionNames()
        var count = 0
        try names.add(folder, "", depth: 0, &count)
        names.sort()
        return names
    }

    /// - Parameter entries: paths with their Git modes.
    init(_ entries: [(path: String, mode: String)]) {
        for (path, mode) in entries {
            let steps = path.split(separator: "/")
            if steps.contains(where: { $0.hasPrefix(".") }) {
                addHidden(path, isFolder: steps.count > 1)
            } else if mode.hasPrefix("100") {
                if Self.isDecision(path) { files.append(path) } else { others.append(path) }
            } else {
                refused.append((path, mode == "160000" ? "it is a submodule" : "it is a link"))
            }
        }
        sort()
    }

    private init() {}

    private mutating func sort() {
        files.sort()
        others.sort()
        refused.sort { $0.name < $1.name }
    }

    private mutating func addHidden(_ path: String, isFolder: Bool) {
        if isFolder || Self.isDecision(path) { others.append(path) }
    }

    private mutating func add(
        _ folder: String, _ prefix: String, depth: Int, _ count: inout Int
    ) throws(FileProblem) {
        guard let stream = opendir(folder) else { throw FileProblem(reason: String(cString: strerror(errno))) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            count += 1
            guard count <= Self.most else { throw FileProblem(reason: "more than \(Self.most) files are there") }
            try add(entry: name, "\(folder)/\(name)", prefix + name, depth: depth, &count)
        }
    }

    private mutating func add(
        entry name: String, _ place: String, _ path: String, depth: Int, _ count: inout Int
    ) throws(FileProblem) {
        var (own, target) = (stat(), stat())
        let isLink = lstat(place, &own) == 0 && own.st_mode & S_IFMT == S_IFLNK
        // A link that leads nowhere is a file, so that reading it says what is wrong.
        let kind = stat(place, &target) == 0 ? target.st_mode & S_IFMT : S_IFREG
        if name.hasPrefix(".") {
            addHidden(path, isFolder: kind == S_IFDIR)
        } else if kind == S_IFDIR, isLink {
            refused.append((path, "it is a link to a folder"))
        } else if kind == S_IFDIR, depth >= Self.deepest {
            refused.append((path, "it is more than \(Self.deepest) folders deep"))
        } else if kind == S_IFDIR {
            do throws(FileProblem) {
                try add(place, path + "/", depth: depth + 1, &count)
            } catch {
                guard count <= Self.most else { throw error }
                refused.append((path, error.reason))
            }
        } else if !Self.isDecision(name) {
            others.append(path)
        } else if kind == S_IFREG {
            files.append(path)
        } else {
            refused.append((path, "it is no regular file"))
        }
    }
}
