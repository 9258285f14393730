import AuditModel

extension JUnitSuite {
    /// One suite for each section, then `gate` when the audit file has rules of its own.
    static func all(of result: AuditResult) -> [JUnitSuite] {
        var timed: Set<Int> = []
        var suites = ReportOutline(result).sections.map { section in
            JUnitSuite(
                package: section.checklist.token, name: section.id.token,
                cases: section.items.map { JUnitCase($0, of: result, timed: &timed) })
        }
        if !result.gate.isEmpty {
            suites.append(JUnitSuite(package: "gonogo", name: "gate", cases: result.gate.map(JUnitCase.init)))
        }
        return distinct(suites)
    }

    /// Numbers a case whose class and name were there before: consumers keep only the first of equals.
    private static func distinct(_ suites: [JUnitSuite]) -> [JUnitSuite] {
        var seen: [String: Int] = [:]
        var suites = suites
        for suite in suites.indices {
            for index in suites[suite].cases.indices {
                let name = suites[suite].cases[index].name
                let count = seen["\(suites[suite].className)\n\(name)", default: 0] + 1
                seen["\(suites[suite].className)\n\(name)"] = count
                if count > 1 { suites[suite].cases[index].name = "\(name) (\(count))" }
            }
        }
        return suites
    }
}

extension JUnitCase {
    /// An observation's duration counts for the first item that rests on it, so that the sum is the time spent.
    init(_ item: ItemResult, of result: AuditResult, timed: inout Set<Int>) {
        name = "\(item.id): \(item.title)".token
        outcome = JUnitOutcome(item, at: result.judgedAt)
        milliseconds = 0
        if let index = item.observation, let observation = item.observation(in: result.observations),
            timed.insert(index).inserted
        {
            milliseconds = Report.milliseconds(observation.durationSeconds)
        }
        evidence = outcome == .passed ? "" : JUnitCase.text(item.evidence(result.observations))
    }

    init(_ rule: GateOutcome) {
        name = rule.name.token
        outcome = JUnitOutcome(rule)
        milliseconds = 0
        evidence = rule.holds == true ? "" : JUnitCase.text(rule.items.map { "\($0)" })
    }

    private static func text(_ lines: [Sentence]) -> String {
        lines.map(\.plain).joined(separator: "\n").clipped(to: evidenceLimit).harmless
    }
}

extension String {
    /// One line within the limit of a name; `-` when nothing is left, because the dialects demand a character.
    fileprivate var token: String {
        let line = clipped(to: JUnitCase.lineLimit).harmlessLine
        let words = line.split(separator: " ")
        return words.isEmpty ? "-" : words.joined(separator: " ")
    }
}
