import AuditModel

/// Which files of a repository hold decisions and nothing else, by their paths from its top.
struct DecisionPaths {
    private var folders: [String] = []
    private var baseline: String?

    /// No file at all.
    init() {}

    /// - Parameter prefix: the way from the repository's top to the audit file's folder, ending in a slash unless empty.
    init(of rules: AuditFile, prefix: String) {
        folders = [rules.attestations, rules.waivers].compactMap(\.self).compactMap { Self.path($0, prefix) }
        baseline = rules.baseline.flatMap { Self.path($0.name, prefix) }
    }

    /// Whether the change is one of decisions: of a YAML file in their folders, of a signature beside one, or of the
    /// baseline; a link, a program and a submodule are none.
    func hold(_ change: GitRepository.FileChange) -> Bool {
        guard change.modes.allSatisfy({ $0 == "100644" || $0 == "000000" }) else { return false }
        if change.path == baseline { return true }
        let name = change.path.lowercased()
        let stem = name.hasSuffix(".sig") ? String(name.dropLast(4)) : name
        guard DecisionNames.isDecision(stem) else { return false }
        return folders.contains { folder in
            let start = folder.isEmpty ? "" : folder + "/"
            guard change.path.hasPrefix(start) else { return false }
            // What is hidden is not read as a decision.
            return !change.path.dropFirst(start.count).split(separator: "/").contains { $0.hasPrefix(".") }
        }
    }

    /// A path of the audit file from the repository's top, without dots; nil when it leads out of it.
    static func path(_ name: String, _ prefix: String) -> String? {
        guard !name.hasPrefix("/") else { return nil }
        var steps: [Substring] = []
        for step in (prefix + name).split(separator: "/") where step != "." {
            if step != ".." { steps.append(step) } else if steps.popLast() == nil { return nil }
        }
        return steps.joined(separator: "/")
    }
}

extension DecisionPaths {
    /// Those of a repository, when the audit file stands in it.
    init(of rules: AuditFile?, folder: String, in repository: GitRepository) throws(FileProblem) {
        self.init()
        guard let rules, let own = try GitRepository(containing: folder)?.place(),
            try repository.place().top == own.top
        else { return }
        self = DecisionPaths(of: rules, prefix: own.prefix)
    }
}
