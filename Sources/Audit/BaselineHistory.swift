import AuditModel
import JSON

/// What earlier versions of a baseline named, whatever its file was called then.
struct BaselineHistory {
    /// The failing items of each earlier version that could be read.
    private(set) var versions: [Set<String>] = []
    /// Why an earlier version may have named less and was not compared.
    private(set) var gaps: [String] = []

    private let service: String
    /// The most versions that are read: these newest, and these oldest, which named least is unlikely to be between.
    private static let (newest, oldest) = (192, 64)

    /// - Parameter name: the baseline's path from the audit file's folder.
    /// - Parameter auditFile: the audit file's name in its folder; its earlier versions say where the baseline was.
    init(_ store: DecisionStore, _ name: String, auditFile: String, service: String) {
        self.service = service
        guard let (repository, commit) = store.committed else {
            gaps.append("it is in no Git repository with a commit")
            return
        }
        do throws(FileProblem) {
            if try repository.isShallow() { gaps.append("the clone is shallow; fetch its history") }
            let (top, prefix) = try repository.place()
            guard let whole = GitRepository(containing: top), let path = DecisionPaths.path(name, prefix) else {
                throw FileProblem(reason: "it is outside of the repository")
            }
            let former = try whole.formerNames(of: path, at: commit)
            let named = try Self.named(in: prefix + auditFile, whole, commit).compactMap {
                DecisionPaths.path($0, prefix)
            }
            let paths = Set([path] + former + named).sorted()
            try read(whole.history(of: paths, at: commit, isWhole: true).map(\.blob), whole)
        } catch {
            gaps.append(error.reason)
        }
    }

    /// Where the versions of the audit file say that the baseline is.
    private static func named(
        in path: String, _ repository: GitRepository, _ commit: String
    ) throws(FileProblem) -> [String] {
        try AuditFileVersions.read(path, repository, commit, mentioning: "baseline").compactMap(\.baseline?.name)
    }

    private mutating func read(_ blobs: [String], _ repository: GitRepository) throws(FileProblem) {
        var seen: Set<String> = []
        var wanted = blobs.filter { id in id.contains { $0 != "0" } && seen.insert(id).inserted }
        if wanted.count > Self.newest + Self.oldest {
            gaps.append(
                "of its \(wanted.count) versions the newest \(Self.newest) and the oldest \(Self.oldest) were compared")
            wanted = Array(wanted.prefix(Self.newest) + wanted.suffix(Self.oldest))
        }
        var others: Set<String> = []
        // A few at a time, since all of them together may be large.
        for start in stride(from: 0, to: wanted.count, by: 4) {
            let contents = try repository.contents(Array(wanted[start..<min(start + 4, wanted.count)]))
            for bytes in contents.compactMap(\.self) { add(bytes, &others) }
        }
        gaps += others.sorted().map { "earlier versions are of the service \($0) and were not compared" }
    }

    /// Adds one version; what was no saved result accepted nothing.
    private mutating func add(_ bytes: [UInt8], _ others: inout Set<String>) {
        guard let value = try? JSONValue.parse(bytes, limits: Recordings.limits),
            value["schema"]?.string == AuditResult.schema, let items = value["items"]?.array
        else { return }
        guard let name = value["service"]?["name"]?.string, name == service else {
            others.insert(String((value["service"]?["name"]?.string ?? "").prefix(60)))
            return
        }
        versions.append(
            Set(items.compactMap { $0["status"]?.string == Status.fail.rawValue ? $0["id"]?.string : nil }))
    }
}
