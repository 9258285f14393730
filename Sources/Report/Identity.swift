import AuditModel

extension AuditResult {
    /// What was audited, by what and when, in the order in which reports show it; what is not known is left out.
    var identity: [(label: String, value: Sentence)] {
        var rows: [(String, Sentence)] = [("Service", "\(service.name)")]
        func add(_ label: String, _ value: String?) {
            if let value { rows.append((label, "\(value)")) }
        }
        add("Environment", service.environment)
        add("Owner", service.owner)
        add("URL", service.url)
        add("Image", service.image)
        add("Artifact", service.artifact)
        add("Repository", service.repository)
        add("Commit", service.commit)
        if !service.labels.isEmpty {
            let labels = service.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            add("Labels", labels.joined(separator: ", "))
        }
        add("Level", level.rawValue)
        if !checklists.isEmpty {
            let names: [Sentence] = checklists.map { "\($0.id) \($0.version) (\($0.shortDigest))" }
            rows.append((names.count == 1 ? "Checklist" : "Checklists", names.joined(", ")))
        }
        rows.append(("Observed", "\(words: startedAt.iso8601) to \(words: finishedAt.iso8601)"))
        rows.append(("Tool", "\(tool.name) \(tool.version)"))
        return rows
    }

    /// `12 pass, 2 fail, 1 waived, 15 in total`: the statuses that occur.
    var countsText: String {
        var parts = Status.allCases.filter { counts[$0] > 0 }.map { "\(counts[$0]) \($0.label)" }
        if counts.waived > 0 { parts.append("\(counts.waived) waived") }
        parts.append("\(counts.total) in total")
        return parts.joined(separator: ", ")
    }
}

extension ChecklistIdentity {
    /// Twelve digits tell files apart; the whole digest stands in the result. What is no digest stays as it is.
    fileprivate var shortDigest: String {
        digest.utf8.count == 64 && digest.allSatisfy(\.isHexDigit) ? String(digest.prefix(12)) : digest
    }
}

extension Notice {
    /// The message, and the place where it arose.
    var sentence: Sentence {
        let place: Sentence = file.map { file in line.map { " (\(file):\($0))" } ?? " (\(file))" } ?? ""
        return "\(message)\(place) [\(code)]"
    }
}
