import AuditModel

extension JUnitSuite {
    /// One suite for each section, then `gate` when the audit file has rules of its own, and `sign-off` when some are
    /// demanded.
    static func all(of result: AuditResult, _ dialect: JUnitDialect) -> [JUnitSuite] {
        var timed: Set<Int> = []
        var suites = ReportOutline(result).sections.map { section in
            JUnitSuite(
                package: section.checklist.token, name: section.id.token,
                cases: section.items.map { JUnitCase($0, result, dialect, timed: &timed) })
        }
        if !result.gate.isEmpty {
            suites.append(
                JUnitSuite(
                    package: "gonogo", name: "gate", cases: result.gate.map { JUnitCase($0, result.auditFilePlace) }))
        }
        let signOffs = JUnitCase.signOffs(of: result)
        if !signOffs.isEmpty { suites.append(JUnitSuite(package: "gonogo", name: "sign-off", cases: signOffs)) }
        return distinct(suites)
    }

    /// Numbers a case whose class and name were there before: consumers keep only the first of equals.
    private static func distinct(_ suites: [JUnitSuite]) -> [JUnitSuite] {
        var seen: [String: Int] = [:]
        var suites = suites
        for suite in suites.indices {
            let className = suites[suite].className
            for index in suites[suite].cases.indices {
                let name = suites[suite].cases[index].name
                let count = seen["\(className)\n\(name)", default: 0] + 1
                seen["\(className)\n\(name)"] = count
                if count > 1 { suites[suite].cases[index].name = "\(name) (\(count))" }
            }
        }
        return suites
    }
}

extension JUnitCase {
    /// An observation's duration counts for the first item that rests on it, so that the sum is the time spent.
    init(_ item: ItemResult, _ result: AuditResult, _ dialect: JUnitDialect, timed: inout Set<Int>) {
        name = "\(item.id): \(item.title)".token
        outcome = JUnitOutcome(item, at: result.judgedAt)
        milliseconds = 0
        if let index = item.observation, let observation = item.observation(in: result.observations),
            timed.insert(index).inserted
        {
            milliseconds = Report.milliseconds(observation.durationSeconds)
        }
        // Of what passes only the extended dialect tells more than that.
        let isTold = outcome != .passed || dialect == .extended
        evidence = isTold ? JUnitCase.text(item.evidence(result.observations)) : ""
        place = result.place(of: item)
        properties = dialect == .extended ? item.junitProperties : []
    }

    init(_ rule: GateOutcome, _ place: SourceLocation) {
        name = rule.name.token
        outcome = JUnitOutcome(rule)
        milliseconds = 0
        evidence = JUnitCase.text(rule.items.map { "\($0)" })
        self.place = place
    }

    /// A case for each sign-off that is demanded, and for each that the verdict names besides.
    static func signOffs(of result: AuditResult) -> [JUnitCase] {
        let open = result.openSignOffs
        let rows = result.signOffs.map { row in
            let reason = row.state.isGiven ? nil : open.first { $0.role == row.role }
            // A consent on a condition is no plain pass.
            let given: JUnitOutcome = row.state == .conditional ? .skipped(message: row.summary.plain) : .passed
            let open = reason.map { OpenSignOff(role: $0.role, outcome: $0.outcome, row: row) }
            return JUnitCase(
                signOffBy: row.role, open.map(JUnitOutcome.init) ?? given, row.summary, result.auditFilePlace)
        }
        let known = Set(result.signOffs.map(\.role))
        return rows
            + open.filter { !known.contains($0.role) }.map {
                JUnitCase(signOffBy: $0.role, JUnitOutcome($0), $0.summary, result.auditFilePlace)
            }
    }

    private init(signOffBy role: String, _ outcome: JUnitOutcome, _ summary: Sentence, _ place: SourceLocation) {
        name = role.token
        self.outcome = outcome
        milliseconds = 0
        evidence = JUnitCase.text([summary])
        self.place = place
    }

    /// The lines, cut to what consumers read.
    static func text(_ lines: [Sentence]) -> String {
        lines.map(\.plain).joined(separator: "\n").clipped(to: evidenceLimit).harmless
    }
}

extension ItemResult {
    /// `dd_tags[…]` is what Datadog takes over as tags; other consumers show the names as they are.
    fileprivate var junitProperties: [(name: String, value: String?)] {
        let facts: [(name: String, value: String?)] = [
            ("status", status.rawValue), ("disposition", disposition.rawValue), ("severity", severity.rawValue),
            ("enforcement", enforcement.rawValue), ("phase", phase?.rawValue)
        ]
        let controls = self.controls.sorted { $0.key < $1.key }.flatMap { framework, ids in
            ids.map { (name: "control", value: Optional("\(framework)/\($0)")) }
        }
        return facts + facts.map { (name: "dd_tags[readiness.\($0.name)]", value: $0.value) } + controls
    }
}

extension String {
    /// One line within the limit of a name; `-` when nothing is left, because the dialects demand a character.
    fileprivate var token: String {
        let line = clipped(to: JUnitCase.lineLimit).harmlessLine
        guard !line.utf8.isEmpty, line.utf8.first != 0x20, line.utf8.last != 0x20, !line.hasDoubleSpace else {
            let words = line.split(separator: " ")
            return words.isEmpty ? "-" : words.joined(separator: " ")
        }
        return line
    }

    private var hasDoubleSpace: Bool {
        var isAfterSpace = false
        for byte in utf8 {
            if byte == 0x20, isAfterSpace { return true }
            isAfterSpace = byte == 0x20
        }
        return false
    }
}
