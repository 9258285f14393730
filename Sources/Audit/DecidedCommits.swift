import AuditModel

/// How the commits that decisions name came to the audited one: whoever commits an answer moves the head, and answers
/// stay valid as long as nothing else was committed.
struct DecidedCommits {
    let repository: GitRepository
    let paths: DecisionPaths
    /// Full hexadecimal.
    let audited: String

    /// The most commits that are looked at, those of the newest decisions.
    private static let most = 64

    /// Tells each decision about another commit than the audited one how the two are related.
    static func trace(_ files: inout DecisionFiles, to audited: String?, folder: String) {
        guard let audited else { return }
        var named = files.attestations.map { ($0.at, $0.scope.commit) }
        named += files.waivers.map { ($0.approvedAt, $0.scope.commit) }
        var lineages: [String: CommitLineage] = [:]
        for (_, commit) in named.sorted(by: { $0.0 > $1.0 }) {
            guard let commit, commit != audited, lineages[commit] == nil else { continue }
            lineages[commit] = lineages.count < most ? .unknown("") : .unknown("more than \(most) commits are named")
        }
        guard !lineages.isEmpty else { return }
        // Abbreviations of the audited commit itself.
        var same: Set<String> = []
        do throws(FileProblem) {
            guard let repository = GitRepository(containing: folder) else {
                throw FileProblem(reason: "\(folder) is in no Git repository")
            }
            let paths = try DecisionPaths(of: files.rules, folder: folder, in: repository)
            let commits = DecidedCommits(repository: repository, paths: paths, audited: audited)
            for (commit, lineage) in lineages where lineage == .unknown("") {
                lineages[commit] = commits.lineage(of: commit)
                if lineages[commit] == nil { same.insert(commit) }
            }
        } catch {
            lineages = lineages.mapValues { _ in .unknown(error.reason) }
        }
        func settle(_ scope: inout Scope, _ proof: inout DecisionProof) {
            if let commit = scope.commit, same.contains(commit) { scope.commit = audited }
            proof.lineage = scope.commit.flatMap { lineages[$0] }
        }
        for (index, attestation) in files.attestations.enumerated() {
            var attestation = attestation
            settle(&attestation.scope, &attestation.proof)
            files.attestations[index] = attestation
        }
        for (index, waiver) in files.waivers.enumerated() {
            var waiver = waiver
            settle(&waiver.scope, &waiver.proof)
            files.waivers[index] = waiver
        }
    }

    /// nil when it is the audited commit itself.
    private func lineage(of named: String) -> CommitLineage? {
        do throws(FileProblem) {
            let commit = try repository.commit(named)
            // A branch may be called like the beginning of an id.
            guard commit.hasPrefix(named) else { return .unknown("\(named) is no commit's id") }
            if commit == audited { return nil }
            guard try repository.isAncestor(commit, of: audited) else {
                return try repository.isShallow() ? .unknown("the clone is shallow; fetch its history") : .unrelated
            }
            let change = try repository.changes(from: commit, to: audited).first { !paths.hold($0) }
            return change.map { .changed($0.path) } ?? .onlyDecisions
        } catch {
            return .unknown(error.reason)
        }
    }
}

extension GitRepository {
    /// Who wrote the audited code: the authors of the newest commit, along first parents, that brought more than decisions.
    ///
    /// nil when the repository does not say.
    func codeAuthors(of commit: String, _ paths: DecisionPaths) -> [String]? {
        guard let log = try? firstParents(of: commit, most: 1000) else { return nil }
        for step in log {
            // Where a shallow clone ends everything looks new.
            if step.isEnd { return nil }
            if step.changes.contains(where: { !paths.hold($0) }) { return authors(of: step.by.commit) }
        }
        return nil
    }
}
