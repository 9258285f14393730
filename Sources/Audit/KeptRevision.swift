import AuditModel

/// The revision that an audit file demanded decisions from before a change dropped or replaced it.
enum KeptRevision {
    /// The revision of an earlier version that still demands itself: only what is merged there can drop it.
    static func find(_ audit: AuditFile, folder: String, _ notices: inout [Notice]) -> LocatedName? {
        guard audit.attestations != nil || audit.waivers != nil || audit.baseline != nil,
            let (repository, head) = DecisionStore.files(folder: folder).committed
        else { return nil }
        let earlier = try? AuditFileVersions.read(audit.fileName, repository, head, mentioning: "decisionsFrom")
        var seen: Set<String> = [audit.decisionsFrom?.name].reduce(into: []) { seen, name in
            if let name { seen.insert(name) }
        }
        for name in (earlier ?? []).compactMap(\.decisionsFrom?.name) where seen.insert(name).inserted {
            guard let commit = try? repository.commit(name) else {
                notices.append(
                    notice(
                        "an earlier \(audit.fileName) takes decisions from \(name), which is not here; fetch it", audit)
                )
                continue
            }
            let there = try? repository.contents([audit.fileName], at: commit).first ?? nil
            guard let there, demands(name, there) else { continue }
            notices.append(
                notice(
                    "\(name) still demands that decisions come from it; what drops decisionsFrom counts once it is there",
                    audit))
            return LocatedName(name, at: audit.location)
        }
        return nil
    }

    private static func demands(_ name: String, _ text: [UInt8]) -> Bool {
        AuditFileVersions.audit(text)?.decisionsFrom?.name == name
    }

    private static func notice(_ message: String, _ audit: AuditFile) -> Notice {
        Notice(code: "decisions-from", message: message, file: audit.location.file)
    }
}

extension AuditFile {
    /// Its name in its folder.
    var fileName: String { location.file.split(separator: "/").last.map(String.init) ?? "gonogo.yaml" }
}
