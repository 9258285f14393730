/// The commit that a repository's work tree stands on, read from its files.
package enum GitCommit {
    /// Full hexadecimal; nil when the folder is no repository or its head cannot be read.
    package static func head(ofRepository folder: String) -> String? {
        guard let directory = gitDirectory(of: folder), let head = line(directory + "/HEAD") else { return nil }
        guard head.hasPrefix("ref: ") else { return commit(head) }
        let name = String(head.dropFirst(5))
        guard !name.split(separator: "/").contains("..") else { return nil }
        // A linked work tree keeps its branches in the main repository.
        let common = line(directory + "/commondir").map { Files.path($0, from: directory) } ?? directory
        for place in [directory, common] {
            if let found = line("\(place)/\(name)").flatMap(commit) { return found }
        }
        return packed(name, in: common)
    }

    /// Whether the folder is in a repository.
    static func hasRepository(_ folder: String) -> Bool { gitDirectory(of: folder) != nil }

    private static func gitDirectory(of folder: String) -> String? {
        var folder = folder
        for _ in 0..<40 {
            let candidate = folder + "/.git"
            if Files.exists(candidate + "/HEAD") { return candidate }
            if let link = line(candidate), link.hasPrefix("gitdir: ") {
                return Files.path(String(link.dropFirst(8)), from: folder)
            }
            guard Files.exists(folder + "/..") else { return nil }
            folder += "/.."
        }
        return nil
    }

    private static func packed(_ name: String, in directory: String) -> String? {
        guard let bytes = try? Files.read(directory + "/packed-refs", limit: 64 << 20) else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasSuffix(" " + name) {
            return commit(String(line.prefix { $0 != " " }))
        }
        return nil
    }

    private static func line(_ path: String) -> String? {
        guard let bytes = try? Files.read(path, limit: 4096) else { return nil }
        return String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }

    private static func commit(_ text: String) -> String? {
        [40, 64].contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit } ? text.lowercased() : nil
    }
}
