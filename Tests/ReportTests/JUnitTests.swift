import AuditModel
import Report
import ReportTemplates
import Testing
import XML
import XMLReading

let junitSchema = schema("gonogo-junit.xsd")
let extendedJUnitSchema = schema("gonogo-junit-extended.xsd")

/// A schema of `Reports/`.
private func schema(_ name: String) -> XMLSchema {
    let text = EmbeddedFiles.all.first { $0.path == name }?.text ?? ""
    do {
        return try XMLSchema(text: text)
    } catch {
        preconditionFailure("the schema cannot be read: \(error)")
    }
}

struct JUnitTests {
    @Test("every sample is valid", arguments: Samples.all.map(\.name))
    func valid(sample: String) throws {
        let result = try #require(Samples.all.first { $0.name == sample }).result
        #expect(junitSchema.validate(junit(result)) == [])
        #expect(extendedJUnitSchema.validate(extended(result)) == [])
        #expect(extendedJUnitSchema.validate(junit(result)) != [])
    }

    @Test("the extended dialect tells the same outcomes, and where the repository speaks of each case")
    func extendedCases() {
        let report = extended(Samples.changed)
        let strict = junit(Samples.changed)
        for part in ["<testcase ", "<failure ", "<error ", "<skipped "] {
            #expect(report.ranges(of: part).count == strict.ranges(of: part).count, "\(part)")
        }
        #expect(
            report.contains(
                "name=\"hsts-max-age: Browsers are told to use HTTPS for at least 1 year\" time=\"0.120\" "
                    + "file=\"deploy/gonogo.yaml\" line=\"4\">"))
        #expect(report.contains("file=\"deploy/readiness.yaml\" line=\"19\">"))
        #expect(report.contains("<property name=\"dd_tags[readiness.severity]\" value=\"critical\"/>"))
        #expect(report.contains("<property name=\"control\" value=\"nist-800-53/SC-8\"/>"))
        #expect(report.ranges(of: "<system-out>").count > 0)
        #expect(report.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"shop\" tests=\"18\" "))
    }

    @Test(
        "a sign-off fails exactly when it is among the verdict's reasons",
        arguments: [
            (SignOffResult.State.given, nil, "pass"), (.conditional, nil, "skipped"),
            (.missing, .awaiting, "failure awaiting"), (.stale, .awaiting, "failure awaiting"),
            (.refused, .noGo, "failure sign-off"), (nil, .awaiting, "failure awaiting")
        ] as [(SignOffResult.State?, Outcome?, String)])
    func signOffs(state: SignOffResult.State?, outcome: Outcome?, expected: String) {
        let reasons = outcome.map { [VerdictReason(rule: "sign-off: sre-lead", outcome: $0, items: [])] } ?? []
        var result = result(outcome ?? .go, reasons: reasons, items: [])
        result.signOffs = state.map { [SignOffResult(role: "sre-lead", checklist: "web-service", state: $0)] } ?? []
        let report = junit(result)
        #expect(report.contains("package=\"gonogo\" name=\"sign-off\"") && report.contains("tests=\"1\""))
        #expect(self.outcome(of: report) == expected)
        #expect(junitSchema.validate(report) == [])
    }

    @Test(
        "the schema refuses what a consumer would misread",
        arguments: [
            ("time=\"0.120\"", "time=\"1e-3\""), ("hostname=\"localhost\"", "hostname=\"build-7\""),
            ("T03:00:00\"", "T03:00:00Z\""), ("type=\"critical\"", "kind=\"critical\""),
            ("<system-out/>", ""), ("<failure ", "<failure/><failure "), ("id=\"1\"", "id=\"0\""),
            ("name=\"tool.version\"", "name=\"PATH\"")
        ])
    func invalid(part: String, replacement: String) {
        let report = junit(Samples.noGo)
        let changed = report.replacing(part, with: replacement, maxReplacements: 1)
        #expect(changed != report)
        #expect(junitSchema.validate(changed) != [])
    }

    /// DESIGN: a failure or an error exactly when the item keeps the verdict from go and conditional-go.
    @Test("an item becomes what it does to the verdict", arguments: Status.allCases, [true, false])
    func mapping(status: Status, blocks: Bool) {
        for disposition in Disposition.allCases {
            for enforcement in Enforcement.allCases {
                let item = item(
                    "a-1", "A title", status, severity: .critical, enforcement: enforcement, disposition: disposition,
                    blocks: blocks, message: "Because.",
                    waiver: disposition == .waived ? waiver("Old", expires: "2026-12-01T00:00:00Z") : nil)
                let report = junit(result(.noGo, items: [item]))
                #expect(outcome(of: report) == expected(status, blocks), "\(disposition) \(enforcement)")
            }
        }
    }

    private func expected(_ status: Status, _ blocks: Bool) -> String {
        guard blocks else { return status == .pass ? "pass" : "skipped" }
        switch status {
        case .fail: return "failure critical"
        case .error: return "error error"
        case .inconclusive: return "error inconclusive"
        case .pending, .stale: return "failure awaiting"
        case .pass, .notApplicable: return "failure gate-rule"
        }
    }

    private func outcome(of report: String) -> String {
        if report.contains("<skipped ") { return "skipped" }
        for element in ["failure", "error"] {
            guard let start = report.firstRange(of: "<\(element) type=\"") else { continue }
            return "\(element) \(report[start.upperBound...].prefix { $0 != "\"" })"
        }
        return "pass"
    }

    @Test(
        "what is skipped says why",
        arguments: [
            (item("a", "A", .notApplicable, message: "No cookie is set."), "not applicable: No cookie is set."),
            (item("a", "A", .fail, enforcement: .advisory, message: "Old."), "advisory, fail: Old."),
            (item("a", "A", .inconclusive, enforcement: .info, message: "Timeout."), "info, inconclusive: Timeout."),
            (
                item(
                    "a", "A", .fail, disposition: .waived, waiver: waiver("Old app.", expires: "2026-12-01T00:00:00Z")),
                "waived until 2026-12-01 00:00 UTC by ben@example.com (sre-lead): Old app."
            )
        ])
    func skippedReason(item: ItemResult, message: String) {
        #expect(junit(result(.go, items: [item])).contains("<skipped message=\"\(message)\">"))
    }

    @Test("a gate rule fails exactly when it does not hold")
    func gateRules() {
        let gate = [
            GateOutcome(name: "few", holds: false, min: nil, max: 1, items: ["a", "b"]),
            GateOutcome(name: "some", holds: true, min: 1, max: nil, items: ["a"])
        ]
        let report = junit(result(.noGo, gate: gate, items: [item("a", "A", .pass)]))
        #expect(report.contains("package=\"gonogo\" name=\"gate\" hostname=\"localhost\""))
        #expect(report.contains("tests=\"2\" failures=\"1\""))
        #expect(report.contains("<failure type=\"gate-rule\" message=\"2 items match, at most 1 demanded\">"))
        #expect(report.contains("<testcase classname=\"gonogo.gate\" name=\"some\" time=\"0.000\"/>"))
        #expect(junitSchema.validate(report) == [])
    }

    @Test("what ends soon, and when and why the verdict ends, is told in both dialects")
    func notices() {
        var soon = result(
            .go, validUntil: morning, items: [item("a", "A", .pass)],
            notices: [
                Notice(code: "expires-soon", message: "It ends <soon>."), Notice(code: "x", message: "More.")
            ])
        soon.verdict.validUntilCause = "the waiver of b"
        for report in [junit(soon), extended(soon)] {
            #expect(report.contains("It ends &lt;soon&gt;") && report.contains("More."))
            #expect(report.contains("name=\"verdict.validUntilCause\" value=\"the waiver of b\""))
        }
        #expect(junitSchema.validate(junit(soon)) == [] && extendedJUnitSchema.validate(extended(soon)) == [])
    }

    @Test("a name holds neither status nor severity nor what was measured")
    func stableNames() {
        let before = item("hsts", "HSTS is on", .fail, severity: .high, blocks: true, message: "14 days")
        let after = item("hsts", "HSTS is on", .pass, severity: .low, message: "700 days")
        let name = "classname=\"web-service.security\" name=\"hsts: HSTS is on\""
        #expect(junit(result(.noGo, items: [before])).contains(name))
        #expect(junit(result(.go, items: [after])).contains(name))
    }

    @Test(
        "an observation's time counts once, in seconds with three decimals",
        arguments: [
            (0.1204, "0.120"), (0, "0.000"), (61.9996, "62.000"), (-1, "0.000"), (.nan, "0.000"), (1234.5, "1234.500"),
            (.infinity, "1000000000000.000")
        ])
    func times(seconds: Double, text: String) {
        var observation = headersObservation
        observation.durationSeconds = seconds
        let items = [item("a", "A", .pass, observation: 0), item("b", "B", .pass, observation: 0)]
        let report = junit(result(.go, items: items, observations: [observation]))
        #expect(report.contains("skipped=\"0\" time=\"\(text)\""))
        #expect(report.contains("name=\"a: A\" time=\"\(text)\"/>"))
        #expect(report.contains("name=\"b: B\" time=\"0.000\"/>"))
        #expect(junitSchema.validate(report) == [])
    }

    @Test("evidence is cut, and says how much is missing")
    func truncation() throws {
        let long = item("a", "A", .fail, blocks: true, message: "m", why: String(repeating: "é", count: 200_000))
        let report = junit(result(.noGo, items: [long]))
        #expect(report.utf8.count < 70_000)
        // "why: " and 32,765 whole letters of two bytes fit into 64 KiB.
        #expect(report.contains("… [truncated 334470 bytes]</failure>"))
        #expect(junitSchema.validate(report) == [])
    }

    @Test("equal names are numbered, because consumers keep only the first")
    func duplicates() {
        let gate = [
            GateOutcome(name: "rule", holds: true, min: nil, max: 1, items: []),
            GateOutcome(name: "rule", holds: true, min: nil, max: 2, items: [])
        ]
        let report = junit(result(.go, gate: gate, items: []))
        #expect(report.contains("name=\"rule\"") && report.contains("name=\"rule (2)\""))
    }

    @Test("a thousand items are valid, and the counts are those of the cases")
    func large() {
        let report = junit(largeResult(items: 1000))
        #expect(junitSchema.validate(report) == [])
        for (element, attribute) in [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")] {
            #expect(report.ranges(of: "<\(element) ").count == sum(attribute, in: report), "\(element)")
        }
        #expect(report.ranges(of: "<testcase ").count == sum("tests", in: report))
    }

    private func sum(_ attribute: String, in report: String) -> Int {
        report.ranges(of: " \(attribute)=\"").reduce(0) { sum, range in
            sum + (Int(report[range.upperBound...].prefix { $0 != "\"" }) ?? 0)
        }
    }

    private func junit(_ result: AuditResult) -> String { ReportFormat.named("junit")?.render(result) ?? "" }

    private func extended(_ result: AuditResult) -> String {
        ReportFormat.named("junit-extended")?.render(result) ?? ""
    }
}
