import AuditModel
import JSON

extension ControlCoverage {
    /// For people: counts first, then what is covered and by what, then what is not.
    package var text: String {
        let tally = tally(framework.controls)
        let covered = framework.controls.filter { answering($0) != nil }
        var text = "\(framework.title) (\(framework.id)): \(framework.scope)\n"
        text += wrapped("\(countedItems(itemCount)) of " + checklists.joined(separator: ", "), indent: "  ")
        text += "\n\(covered.count) of \(framework.controls.count) are covered: \(tally.text)\n"
        if isJudged { text += statusCounts(covered) + "\n" }
        return text + "\n" + columns(groupRows, numbers: 2...5) + coveredText + openText
    }

    /// `of these 12 pass, 3 fail`
    private func statusCounts(_ covered: [Control]) -> String {
        let statuses = covered.map(status)
        var parts = Status.allCases.compactMap { known in
            let count = statuses.count { $0 == known }
            return count == 0 ? nil : "\(count) \(name(known))"
        }
        let unknown = statuses.count { $0 == nil }
        if unknown > 0 { parts.append("\(unknown) not in the result") }
        return "of these " + parts.joined(separator: ", ")
    }

    private var groupRows: [[String]] {
        [["group", "", "of", "covered", "automated", "attested"]]
            + framework.groups.map { group in
                let tally = tally(group.controls)
                return [
                    group.id, group.title, String(group.controls.count), String(tally.automated + tally.attested),
                    String(tally.automated), String(tally.attested)
                ]
            }
    }

    private var coveredText: String {
        framework.groups.map { group in
            let controls = group.controls.filter { answering($0) != nil }
            guard !controls.isEmpty else { return "" }
            return "\ncovered: \(group.id) \(group.title) (\(controls.count) of \(group.controls.count))\n"
                + controls.map(coveredText).joined()
        }.joined()
    }

    private func coveredText(_ control: Control) -> String {
        let status = status(control).map { " — \(name($0))" } ?? ""
        return "  \(name(control))\(status)\n"
            + items(serving: control).map { item in
                let later = item.willBe.map { ", later by the probe \($0)" } ?? ""
                let way = item.answering == .planned ? "attested" : item.answering.rawValue
                return "    \(item.id) (\(way)\(later)\(judged(item)))\n"
            }.joined()
    }

    private func judged(_ item: CoveringItem) -> String {
        guard isJudged else { return "" }
        guard let status = item.status else { return "; not in the result" }
        return "; \(name(status))" + (item.disposition == .waived ? ", waived" : "")
    }

    private var openText: String {
        framework.groups.map { group in
            let controls = group.controls.filter { answering($0) == nil }
            guard !controls.isEmpty else { return "" }
            return "\nnot covered: \(group.id) \(group.title) (\(controls.count) of \(group.controls.count))\n"
                + openText(controls)
        }.joined()
    }

    /// Controls of one title in a row stand together, as the requirements of a section do.
    private func openText(_ controls: [Control]) -> String {
        var runs: [[Control]] = []
        for control in controls {
            if let last = runs.last?.last, last.title == control.title {
                runs[runs.count - 1].append(control)
            } else {
                runs.append([control])
            }
        }
        return runs.map { run in
            let title = run.first?.title.map { " \($0)" } ?? ""
            return wrapped(run.map(\.id).joined(separator: ", ") + title, indent: "  ")
        }.joined()
    }

    private func name(_ control: Control) -> String { control.id + (control.title.map { " \($0)" } ?? "") }

    private func name(_ status: Status) -> String { status == .notApplicable ? "not applicable" : status.rawValue }
}

/// Lines of at most 100 columns with the same indentation.
private func wrapped(_ text: String, indent: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
        if !line.isEmpty, indent.count + line.count + 1 + word.count > 100 {
            lines.append(indent + line)
            line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(indent + line)
    return lines.joined(separator: "\n") + "\n"
}

extension ControlCoverage {
    package static let schema = "gonogo.coverage/1"

    /// For programs: every control of the framework with the items that serve it.
    package var json: JSONValue {
        let tally = tally(framework.controls)
        let total = framework.controls.count
        let covered = tally.automated + tally.attested
        func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }
        return .object([
            .init("schema", .string(Self.schema)),
            .init(
                "framework",
                .object([
                    .init("id", .string(framework.id)), .init("title", .string(framework.title)),
                    .init("scope", .string(framework.scope))
                ])),
            .init("checklists", .array(checklists.map(JSONValue.string))),
            .init("items", count(itemCount)),
            .init(
                "counts",
                .object([
                    .init("controls", count(total)), .init("covered", count(covered)),
                    .init("automated", count(tally.automated)), .init("attested", count(tally.attested)),
                    .init("planned", count(tally.planned)), .init("notCovered", count(total - covered))
                ])),
            .init("controls", .array(framework.groups.flatMap { group in group.controls.map { json($0, in: group) } }))
        ])
    }

    private func json(_ control: Control, in group: ControlGroup) -> JSONValue {
        var members: [JSONValue.Member] = [.init("id", .string(control.id))]
        if let title = control.title { members.append(.init("title", .string(title))) }
        members += [
            .init("group", .string(group.id)),
            .init("answered", answering(control).map { .string($0.rawValue) } ?? .null)
        ]
        if isJudged { members.append(.init("status", status(control).map { .string($0.rawValue) } ?? .null)) }
        members.append(.init("items", .array(items(serving: control).map(json))))
        return .object(members)
    }

    private func json(_ item: CoveringItem) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(item.id)), .init("title", .string(item.title)),
            .init("checklist", .string(item.checklist)), .init("answered", .string(item.answering.rawValue))
        ]
        if let willBe = item.willBe { members.append(.init("willBe", .string(willBe))) }
        if isJudged {
            members.append(.init("status", item.status.map { .string($0.rawValue) } ?? .null))
            members.append(.init("disposition", item.disposition.map { .string($0.rawValue) } ?? .null))
        }
        return .object(members)
    }
}
