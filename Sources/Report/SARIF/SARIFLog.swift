import AuditModel
import JSON

/// One run in one log (SARIF 2.1.0 §3.13 and §3.14).
struct SARIFLog {
    /// Which results a log holds.
    enum Extent {
        /// What fails and is not waived: all that code scanning should open an alert for.
        case findings
        /// Every item whatever its status, and what fails besides.
        case everything
    }

    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

    private let result: AuditResult
    private let made: SARIFResults
    private var rules: [JSONValue] = []
    private var results: [JSONValue] = []

    init(_ result: AuditResult, _ extent: Extent) {
        self.result = result
        made = SARIFResults(result)
        let findings = result.findings
        switch extent {
        case .findings:
            for finding in findings { add(finding) }
        case .everything:
            for item in result.items {
                results.append(made.json(item, rule: rules.count))
                rules.append(
                    SARIFRule(
                        id: item.id, title: item.title, severity: item.severity, blocks: item.blocks, item: item
                    ).json)
            }
            for finding in findings where finding.item == nil { add(finding) }
        }
    }

    private mutating func add(_ finding: Finding) {
        results.append(made.json(finding, rule: rules.count))
        rules.append(
            SARIFRule(
                id: finding.id, title: finding.title, severity: finding.severity, blocks: finding.blocks,
                item: finding.item
            ).json)
    }

    var text: String {
        JSONValue.members([
            "$schema": .string(SARIFLog.schema), "version": .string("2.1.0"), "runs": .array([run])
        ]).indented
    }

    private var run: JSONValue {
        .members([
            "tool": .members([
                "driver": .members([
                    "name": .string(result.tool.name.harmlessLine),
                    "version": .string(result.tool.version.harmlessLine),
                    "rules": .array(rules)
                ])
            ]),
            "automationDetails": .members(["id": .string(category)]),
            "invocations": .array([
                .members([
                    "executionSuccessful": .boolean(!result.items.contains { $0.status == .error }),
                    "startTimeUtc": .string(result.startedAt.iso8601),
                    "endTimeUtc": .string(result.finishedAt.iso8601),
                    "toolExecutionNotifications": .array((result.notices + conditions).map(notification))
                ])
            ]),
            "columnKind": .string("unicodeCodePoints"), "results": .array(results), "properties": properties
        ])
    }

    /// `gonogo/shop/production/INSTANT`: GitHub files runs under what stands before the last slash, so that services
    /// of one repository do not close each other's alerts.
    private var category: String {
        let parts = [result.service.name, result.service.environment].compactMap(\.self)
        let names = parts.map { $0.clipped(to: 200).harmlessLine.replacing("/", with: "-") }
        return (["gonogo"] + names + [result.judgedAt.iso8601]).joined(separator: "/")
    }

    /// The conditions on which roles signed off, which no result tells.
    private var conditions: [Notice] {
        result.signOffs.filter { $0.state == .conditional }.map {
            Notice(code: "sign-off-condition", message: $0.summary.plain)
        }
    }

    private func notification(_ notice: Notice) -> JSONValue {
        .members([
            "descriptor": .members(["id": .string(notice.code.harmlessLine)]), "level": .string("note"),
            "message": [notice.sentence].sarifMessage
        ])
    }

    private var properties: JSONValue {
        .members([
            "verdict": .string(result.verdict.outcome.rawValue),
            "validUntil": result.verdict.validUntil.map { .string($0.iso8601) },
            "judgedAt": .string(result.judgedAt.iso8601), "judgedAsOf": .boolean(result.judgedAsOf),
            "summary": .string(result.verdictSentence.sarifText),
            "commit": result.service.commit.map { .string($0.harmlessLine) },
            "artifact": result.service.artifact.map { .string($0.harmlessLine) }
        ])
    }
}
