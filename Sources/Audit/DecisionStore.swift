import AuditModel

/// Where decisions and the rules for them are read from; paths are relative to the audit file's folder.
enum DecisionStore {
    /// The files as they stand, below the folder.
    case files(folder: String)
    /// The files of a commit, whatever the work tree holds.
    case commit(GitRepository, id: String)

    /// Opens the revision that decisions must come from, or the folder when none is asked for.
    static func opened(_ revision: LocatedName?, folder: String) throws(FileProblem) -> DecisionStore {
        guard let revision else { return .files(folder: folder) }
        guard let repository = GitRepository(containing: folder) else {
            throw FileProblem(reason: "\(folder) is in no Git repository")
        }
        return .commit(repository, id: try repository.commit(revision.name))
    }

    /// What stands in a folder; nil when there is no such folder.
    func names(in path: String) throws(FileProblem) -> DecisionNames? {
        switch self {
        case .files(let folder):
            let place = Files.path(path, from: folder)
            return Files.exists(place) ? try DecisionNames.read(place) : nil
        case .commit(let repository, let id):
            guard !path.hasPrefix("/") else { throw FileProblem(reason: "it is outside of the repository") }
            return try repository.entries(of: path, at: id).map { DecisionNames($0) }
        }
    }

    /// The contents of files in their order; a file that is not there, or is too large, is a problem of its own.
    func contents(_ paths: [String], limit: Int) -> [Result<[UInt8], FileProblem>] {
        switch self {
        case .files(let folder):
            return paths.map { path in
                Result { () throws(FileProblem) in try Files.read(Files.path(path, from: folder), limit: limit) }
            }
        case .commit(let repository, let id):
            do throws(FileProblem) {
                return try repository.contents(paths, at: id).map { bytes in
                    guard let bytes else { return .failure(FileProblem(reason: "the commit has no such file")) }
                    guard bytes.count <= limit else {
                        return .failure(FileProblem(reason: "it is larger than \(limit) bytes"))
                    }
                    return .success(bytes)
                }
            } catch {
                return paths.map { _ in .failure(error) }
            }
        }
    }

    /// The changes of files up to what is read, newest first; empty outside of a repository.
    func history(of paths: [String]) throws(FileProblem) -> [GitRepository.Change] {
        guard let (repository, commit) = committed else { return [] }
        return try repository.history(of: paths, at: commit)
    }

    /// The repository, and the commit that its work tree stands on or that is read; nil where there is none.
    var committed: (GitRepository, String)? {
        switch self {
        case .files(let folder):
            guard let repository = GitRepository(containing: folder), let head = GitCommit.head(ofRepository: folder)
            else { return nil }
            return (repository, head)
        case .commit(let repository, let id): return (repository, id)
        }
    }
}
