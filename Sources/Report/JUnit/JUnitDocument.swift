import AuditModel
import XML

/// How much of JUnit a document speaks.
enum JUnitDialect {
    /// What the Jenkins and the Ant schema agree on.
    case strict
    /// With places, properties and output of each case, and totals at the root.
    case extended
}

/// The result as a document of the dialect.
func junitDocument(_ result: AuditResult, _ dialect: JUnitDialect) -> String {
    let suites = JUnitSuite.all(of: result, dialect)
    return XMLWriter.document { xml in
        xml.root(suites, result, dialect) { xml in
            for (index, suite) in suites.enumerated() {
                xml.suite(suite, index, result, dialect)
            }
        }
    }
}

extension XMLWriter {
    fileprivate func root(
        _ suites: [JUnitSuite], _ result: AuditResult, _ dialect: JUnitDialect, _ body: (XMLWriter) -> Void
    ) {
        guard dialect == .extended else { return element("testsuites", [:], body) }
        let cases = suites.flatMap(\.cases)
        element(
            "testsuites",
            [
                "name": oneLine(result.service.name), "tests": String(cases.count),
                "failures": String(cases.count(where: \.isFailure)), "errors": String(cases.count(where: \.isError)),
                "skipped": String(cases.count(where: \.isSkipped)),
                "time": decimalSeconds(milliseconds: cases.reduce(0) { $0 + $1.milliseconds }),
                "timestamp": result.startedAt.withoutZone
            ], body)
    }

    fileprivate func suite(
        _ suite: JUnitSuite, _ index: Int, _ result: AuditResult, _ dialect: JUnitDialect
    ) {
        let time = suite.cases.reduce(0) { $0 + $1.milliseconds }
        element(
            "testsuite",
            [
                "id": String(index), "package": suite.package, "name": suite.name,
                // A report names no machine: the same result gives the same bytes everywhere.
                "hostname": "localhost", "timestamp": result.startedAt.withoutZone,
                "tests": String(suite.cases.count), "failures": String(suite.cases.count(where: \.isFailure)),
                "errors": String(suite.cases.count(where: \.isError)),
                "skipped": String(suite.cases.count(where: \.isSkipped)),
                "time": decimalSeconds(milliseconds: time)
            ]
        ) { xml in
            // Of all suites the first: some readers refuse a name that they have met before.
            xml.properties(index == 0 ? result.junitProperties : [])
            for testCase in suite.cases { xml.testCase(testCase, suite.className, dialect) }
            // As with the properties; what ends soon is said even where everything passes.
            let notices = index == 0 ? result.notices.map(\.sentence) : []
            if notices.isEmpty {
                xml.element("system-out")
            } else {
                xml.element("system-out") { $0.text(JUnitCase.text(notices)) }
            }
            xml.element("system-err")
        }
    }

    private func properties(_ properties: [(name: String, value: String?)]) {
        element("properties") { xml in
            for (name, value) in properties {
                guard let value else { continue }
                xml.element("property", ["name": name, "value": oneLine(value)])
            }
        }
    }

    private func testCase(_ testCase: JUnitCase, _ className: String, _ dialect: JUnitDialect) {
        let time = decimalSeconds(milliseconds: testCase.milliseconds)
        switch dialect {
        case .strict:
            element("testcase", ["classname": className, "name": testCase.name, "time": time]) { xml in
                xml.outcome(testCase)
            }
        case .extended:
            element(
                "testcase",
                [
                    "classname": className, "name": testCase.name, "time": time,
                    "file": oneLine(testCase.place.repositoryPath), "line": String(max(1, testCase.place.line))
                ]
            ) { xml in
                if !testCase.properties.isEmpty { xml.properties(testCase.properties) }
                xml.outcome(testCase)
                // What does not pass holds its evidence itself.
                if testCase.outcome == .passed, !testCase.evidence.isEmpty {
                    xml.element("system-out") { $0.text(testCase.evidence) }
                }
            }
        }
    }

    private func outcome(_ testCase: JUnitCase) {
        switch testCase.outcome {
        case .passed: break
        case .skipped(let message):
            element("skipped", ["message": oneLine(message)]) { $0.text(testCase.evidence) }
        case .failure(let type, let message):
            element("failure", ["type": type, "message": oneLine(message)]) { $0.text(testCase.evidence) }
        case .error(let type, let message):
            element("error", ["type": type, "message": oneLine(message)]) { $0.text(testCase.evidence) }
        }
    }

    private func oneLine(_ text: String) -> String { text.clipped(to: JUnitCase.lineLimit).harmlessLine }
}

extension AuditResult {
    /// What a consumer may file the suites under; nothing else of the result, its environment or its flags.
    fileprivate var junitProperties: [(name: String, value: String?)] {
        var properties: [(name: String, value: String?)] = [
            ("tool.name", tool.name), ("tool.version", tool.version), ("service.name", service.name),
            ("service.environment", service.environment), ("service.commit", service.commit),
            ("service.artifact", service.artifact), ("verdict", verdict.outcome.rawValue),
            ("verdict.validUntil", verdict.validUntil?.iso8601),
            ("verdict.validUntilCause", verdict.validUntilCause), ("judgedAt", judgedAt.iso8601),
            ("judgedAsOf", judgedAsOf ? "true" : "false")
        ]
        var names: Set<String> = []
        for checklist in checklists {
            let name = "checklist.\(checklist.id.clipped(to: JUnitCase.lineLimit).harmlessLine)"
            guard names.insert(name).inserted else { continue }
            properties += [("\(name).version", checklist.version), ("\(name).digest", checklist.digest)]
        }
        return properties
    }
}
