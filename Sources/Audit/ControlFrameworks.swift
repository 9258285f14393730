import AuditModel
import Controls

/// The frameworks whose ids are known, in the order of their table.
package let controlFrameworks: [ControlFramework] = ControlTables.rows(of: "frameworks").compactMap { row in
    guard let id = row["id"], let title = row["title"], let scope = row["scope"] else { return nil }
    return ControlFramework(
        id: id, title: title, scope: scope, groups: groups(of: id), acceptsFiner: row["finer"] == "yes")
}

/// The groups of a framework with their controls, in the order of the tables.
private func groups(of framework: String) -> [ControlGroup] {
    let named = ControlTables.rows(of: "groups").filter { $0["framework"] == framework }
    let controls = Dictionary(grouping: ControlTables.rows(of: framework)) { row in
        row["id"].map(groupID) ?? ""
    }
    return named.compactMap { row in
        guard let id = row["id"], let title = row["title"] else { return nil }
        return ControlGroup(id: id, title: title, controls: (controls[id] ?? []).compactMap(control))
    }
}

/// What stands before the first `-` or the last `.` of an id without level: `AC`, `V1`, `A.5`, `CC6`, `12`.
private func groupID(_ id: String) -> String {
    if let dash = id.firstIndex(of: "-") { return String(id[..<dash]) }
    let parts = id.split(separator: ".")
    // A requirement of ASVS has a section between chapter and number.
    return (parts.count == 3 && parts[0] != "A" ? parts.prefix(1) : parts.dropLast()).joined(separator: ".")
}

private func control(_ row: ControlRow) -> Control? {
    guard let id = row["id"] else { return nil }
    let section = row["section"].map { section in row["level"].map { "\(section), level \($0)" } ?? section }
    return Control(id: id, title: row["title"] ?? section)
}
