import AuditModel
import ChecklistYAML

/// The files of the revision that decisions, their rules and the checklists come from.
struct RuledFiles {
    let store: DecisionStore
    /// The revision as it was named, which messages put before paths.
    let revision: String
    /// The audit file's folder in the work tree.
    let folder: String

    /// The path from the audit file's folder of a checklist that the revision has to hold; nil for one from elsewhere.
    func path(of name: LocatedName) -> String? {
        guard let location = name.location else {
            // From the command line or a recording, relative to the working folder.
            guard folder != "." else { return DecisionPaths.path(name.name, "") }
            let start = folder + "/"
            return name.name.hasPrefix(start) ? DecisionPaths.path(String(name.name.dropFirst(start.count)), "") : nil
        }
        return path(of: location.file).flatMap { own in
            DecisionPaths.path(Files.path(name.name, from: Files.parent(of: own)), "")
        }
    }

    /// The path behind `REVISION:` in a file's name; nil for a file of the work tree.
    func path(of file: String) -> String? {
        file.hasPrefix(revision + ":") ? String(file.dropFirst(revision.utf8.count + 1)) : nil
    }

    func text(of path: String) -> Result<[UInt8], FileProblem> {
        store.contents([path], limit: ChecklistFiles.limit).first ?? .failure(FileProblem(reason: "git said nothing"))
    }

    /// A notice for each local checklist that stands otherwise in the work tree, and for each that only stands there.
    func notices(_ loaded: LoadedChecklists) -> [Notice] {
        loaded.checklists.compactMap { checklist in
            guard let path = path(of: checklist.location.file) else {
                guard !checklist.location.file.hasPrefix("built-in:") else { return nil }
                return notice(
                    "the checklist \(checklist.location.file) is not in \(revision) and is taken as it stands")
            }
            let place = Files.path(path, from: folder)
            let own = try? Files.read(place, limit: ChecklistFiles.limit)
            guard own.map(ChecklistFiles.digest) != checklist.digest else { return nil }
            return notice("the checklist \(place) differs from that of \(revision), which counts")
        }
    }

    private func notice(_ message: String) -> Notice { Notice(code: "decisions-from", message: message) }
}

extension AuditFile {
    /// A notice of what this file of the work tree rules otherwise than that of the revision, and one of its labels.
    func differences(from rules: AuditFile, of revision: String, environment: String?) -> [Notice] {
        var keys: [(String, Bool)] = [
            ("checklists", checklists.map(\.name) == rules.checklists.map(\.name)), ("level", level == rules.level),
            ("roles", roles == rules.roles), ("attestations", attestations == rules.attestations),
            ("waivers", waivers == rules.waivers), ("waiverPolicy", waiverPolicy == rules.waiverPolicy),
            ("allowedSigners", allowedSigners?.name == rules.allowedSigners?.name),
            ("baseline", baseline?.name == rules.baseline?.name),
            ("decisionsFrom", decisionsFrom?.name == rules.decisionsFrom?.name),
            ("expiryWarning", expiryWarning == rules.expiryWarning),
            ("gate", gate.map(\.unplaced) == rules.gate.map(\.unplaced))
        ]
        let subjects = Set((tailor + rules.tailor).map(\.subject.name)).sorted()
        keys += subjects.map { subject in
            func own(_ file: AuditFile) -> [Tailoring] {
                file.tailor.filter { $0.subject.name == subject }.map(\.unplaced)
            }
            return ("tailor of \(subject)", own(self) == own(rules))
        }
        var messages: [String] = []
        let differing = keys.filter { !$0.1 }.map(\.0)
        if !differing.isEmpty {
            messages.append(
                "\(location.file) differs from that of \(revision), which counts, in \(differing.joined(separator: ", "))"
            )
        }
        let (own, theirs) = ((try? labels(in: environment)) ?? [:], (try? rules.labels(in: environment)) ?? [:])
        let labels = Set(own.keys).union(theirs.keys).filter { own[$0]?.name != theirs[$0]?.name }.sorted()
        if !labels.isEmpty {
            messages.append(
                "the labels of \(location.file) are not those of \(revision) and decide which items concern the service: "
                    + labels.joined(separator: ", "))
        }
        return messages.map { Notice(code: "decisions-from", message: $0, file: location.file) }
    }
}

/// To compare what two files say and not where.
private let nowhere = SourceLocation(file: "", line: 1, column: 1)

extension Tailoring {
    fileprivate var unplaced: Tailoring {
        var own = self
        own.location = nowhere
        return own
    }
}

extension GateRule {
    fileprivate var unplaced: GateRule {
        var own = self
        own.location = nowhere
        return own
    }
}

extension Tailoring.Subject {
    fileprivate var name: String {
        switch self {
        case .item(let id): id
        case .checklist(let id): "checklist \(id)"
        }
    }
}
