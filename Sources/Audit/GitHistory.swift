import AuditModel

/// What Git's log and its comparisons tell.
extension GitRepository {
    /// A file that two commits do not have alike.
    struct FileChange {
        /// From the repository's top.
        let path: String
        /// Where it was before, when Git takes it for the same file under another name.
        let formerPath: String?
        /// As Git writes them, before and after; zeros where it is not.
        let modes: [String]
        /// The id of its content afterwards.
        let blob: String
    }

    /// A commit with what it changed.
    struct Step {
        let by: CommitIdentity
        /// Whether a shallow clone's history ends here, so that an earlier commit may have made the changes.
        let isEnd: Bool
        let changes: [FileChange]
    }

    /// A version of a file.
    struct Change {
        /// The id of its content.
        let blob: String
        /// The commit that brought it; nil where a shallow clone's history ends, and an earlier one may have.
        let by: CommitIdentity?
    }

    /// The changes of files, newest first.
    ///
    /// - Parameter isWhole: on every line of the history, what merges left aside as well.
    func history(of paths: [String], at commit: String, isWhole: Bool = false) throws(FileProblem) -> [Change] {
        let lines = isWhole ? ["--full-history", "-m"] : []
        return try log(["--no-renames"] + lines + [commit, "--"] + paths).flatMap { step in
            step.changes.map { Change(blob: $0.blob, by: step.isEnd ? nil : step.by) }
        }
    }

    /// The names, from the repository's top, that a file had before it was renamed.
    func formerNames(of path: String, at commit: String) throws(FileProblem) -> [String] {
        try log(["--follow", "-M", commit, "--", path]).flatMap { $0.changes.compactMap(\.formerPath) }
    }

    /// A commit and those before it along first parents, newest first, each with what it changed against its first parent.
    func firstParents(of commit: String, most: Int) throws(FileProblem) -> [Step] {
        try log(["--no-renames", "--first-parent", "-m", "--max-count=\(most)", commit, "--"])
    }

    /// The files that differ between two commits.
    func changes(from earlier: String, to later: String) throws(FileProblem) -> [FileChange] {
        let output = try succeeded(git(["diff-tree", "-r", "--no-renames"] + Self.raw + [earlier, later, "--"]))
        var changes: [FileChange] = []
        Self.read(output, header: { _ in }, change: { changes.append($0) })
        return changes
    }

    /// Whether a commit is another one's ancestor, as far as the history is here.
    func isAncestor(_ commit: String, of later: String) throws(FileProblem) -> Bool {
        let ending = try git(["merge-base", "--is-ancestor", commit, later])
        guard ending.status <= 1 else { throw FileProblem(reason: "git: \(ending.complaint)") }
        return ending.status == 0
    }

    /// Whether the history was cut when it was fetched.
    func isShallow() throws(FileProblem) -> Bool {
        try succeeded(git(["rev-parse", "--is-shallow-repository"])).starts(with: Array("true".utf8))
    }

    /// The folder at the top of the work tree, and the way from there to `folder`, ending in a slash unless empty.
    func place() throws(FileProblem) -> (top: String, prefix: String) {
        let output = try succeeded(git(["rev-parse", "--show-toplevel", "--show-prefix"]))
        let lines = output.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard lines.count >= 2 else { throw FileProblem(reason: "git tells no top folder of \(folder)") }
        return (lines[0], lines[1])
    }

    /// The addresses and names of who wrote a commit, alone or together; nil when the repository does not have it.
    func authors(of commit: String) -> [String]? {
        let format = "--format=%ae%n%an%n%(trailers:key=Co-authored-by,valueonly)"
        guard let ending = try? git(["log", "-1", "--no-show-signature", format, commit, "--"]), ending.status == 0
        else {
            return nil
        }
        let lines = String(decoding: ending.output, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        let own = Array(lines.prefix(2))
        let others = lines.dropFirst(2).flatMap { line in
            line.split { $0 == "<" || $0 == ">" }.map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
        }
        return own.isEmpty ? nil : own + others
    }

    /// Submodules too, whatever the repository's settings hide.
    private static let raw = ["--raw", "-z", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none"]

    private func log(_ arguments: [String]) throws(FileProblem) -> [Step] {
        let format = "--format=%x01%H%x02%D%x02%ae%x02%an"
        let output = try succeeded(git(["log", "--no-show-signature", format] + Self.raw + arguments))
        var steps: [(header: [String], changes: [FileChange])] = []
        Self.read(
            output, header: { steps.append(($0, [])) },
            change: { if !steps.isEmpty { steps[steps.count - 1].changes.append($0) } })
        return steps.compactMap { header, changes in
            guard header.count == 4 else { return nil }
            return Step(
                by: CommitIdentity(commit: header[0], name: header[3], email: header[2]),
                isEnd: header[1].split(separator: ",").first == "grafted", changes: changes)
        }
    }

    /// Reads headers, and changes as `:MODE MODE ID ID STATUS` with a path behind it, which may look like anything.
    private static func read(_ output: [UInt8], header: ([String]) -> Void, change: (FileChange) -> Void) {
        var pending: [Substring] = []
        var former: String?
        for token in output.split(separator: 0) {
            if pending.count == 5 {
                let path = String(decoding: token, as: UTF8.self)
                let isPair = pending[4].hasPrefix("R") || pending[4].hasPrefix("C")
                guard !isPair || former != nil else {
                    former = path
                    continue
                }
                change(
                    FileChange(
                        path: path, formerPath: former, modes: [String(pending[0].dropFirst()), String(pending[1])],
                        blob: String(pending[3])))
                (pending, former) = ([], nil)
                continue
            }
            let text = String(decoding: token.drop { $0 == 0x0A }, as: UTF8.self)
            if text.hasPrefix("\u{1}") {
                header(
                    text.dropFirst().split(separator: "\u{2}", maxSplits: 3, omittingEmptySubsequences: false)
                        .map(String.init))
            } else if text.hasPrefix(":") {
                pending = text.split(separator: " ")
            }
        }
    }
}
