import AuditModel
import XML

extension ReportFormat {
    /// JUnit XML in the strict core that both the Jenkins schema (junit-10) and the Ant schema accept.
    ///
    ///     <testsuites>
    ///       <testsuite id="0" package="web-service" name="security" hostname="localhost" …>
    ///         <properties>…</properties>
    ///         <testcase classname="web-service.security" name="hsts: HSTS is on" time="0.120">
    ///           <failure type="high" message="Strict-Transport-Security is absent">…</failure>
    ///         </testcase>
    ///
    /// `Reports/gonogo-junit.xsd` states all of it.
    static let junit = ReportFormat(
        name: "junit", fileExtension: "xml", mediaType: "application/xml",
        summary: "JUnit XML for CI servers: what keeps the verdict from go is a failure or an error",
        render: junitDocument)
}

private func junitDocument(_ result: AuditResult) -> String {
    let checklists = Dictionary(result.checklists.map { ($0.id, $0) }) { first, _ in first }
    return XMLWriter.document { xml in
        xml.element("testsuites") { xml in
            for (index, suite) in JUnitSuite.all(of: result).enumerated() {
                xml.suite(suite, index, result, checklists[suite.package])
            }
        }
    }
}

extension XMLWriter {
    fileprivate func suite(_ suite: JUnitSuite, _ index: Int, _ result: AuditResult, _ checklist: ChecklistIdentity?) {
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
            xml.properties(result, checklist)
            for testCase in suite.cases { xml.testCase(testCase, suite.className) }
            xml.element("system-out")
            xml.element("system-err")
        }
    }

    /// What a consumer may file the suite under; nothing else of the result, its environment or its flags.
    private func properties(_ result: AuditResult, _ checklist: ChecklistIdentity?) {
        let service = result.service
        let properties: [(name: String, value: String?)] = [
            ("tool.name", result.tool.name), ("tool.version", result.tool.version),
            ("service.name", service.name), ("service.environment", service.environment),
            ("service.commit", service.commit), ("service.artifact", service.artifact),
            ("checklist.version", checklist?.version), ("checklist.digest", checklist?.digest),
            ("verdict", result.verdict.outcome.rawValue), ("verdict.validUntil", result.verdict.validUntil?.iso8601),
            ("judgedAt", result.judgedAt.iso8601), ("judgedAsOf", result.judgedAsOf ? "true" : "false")
        ]
        element("properties") { xml in
            for (name, value) in properties {
                guard let value else { continue }
                xml.element("property", ["name": name, "value": oneLine(value)])
            }
        }
    }

    private func testCase(_ testCase: JUnitCase, _ className: String) {
        let attributes: KeyValuePairs<StaticString, String> = [
            "classname": className, "name": testCase.name,
            "time": decimalSeconds(milliseconds: testCase.milliseconds)
        ]
        element("testcase", attributes) { xml in
            switch testCase.outcome {
            case .passed: break
            case .skipped(let message):
                xml.element("skipped", ["message": oneLine(message)]) { $0.text(testCase.evidence) }
            case .failure(let type, let message):
                xml.element("failure", ["type": type, "message": oneLine(message)]) { $0.text(testCase.evidence) }
            case .error(let type, let message):
                xml.element("error", ["type": type, "message": oneLine(message)]) { $0.text(testCase.evidence) }
            }
        }
    }

    private func oneLine(_ text: String) -> String { text.clipped(to: JUnitCase.lineLimit).harmlessLine }
}
