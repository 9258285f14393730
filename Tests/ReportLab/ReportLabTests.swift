import AuditModel
import Foundation
import JSON
import Report
import TestSupport
import Testing

/// Reports in the hands of other people's programs.
@Suite(.serialized)
struct ReportLabTests {
    @Test(
        "three readers of JUnit see every item with the outcome that it has", arguments: Results.names,
        ["junit", "junit-extended"])
    func junit(name: String, format: String) async throws {
        let result = try Results.named(name)
        let seen = try await read("junit", format, of: result)
        let cases = try #require(seen["junitparser"]?.array)
        let expected = Outcomes(result)
        #expect(cases.map { $0["outcome"]?.string } == expected.ofItems + expected.ofOthers)
        #expect(seen["xunitparser"] == seen["junitparser"])
        #expect(Set(cases.map { "\($0["class"]?.string ?? "")/\($0["name"]?.string ?? "")" }).count == cases.count)
        let all = expected.ofItems + expected.ofOthers
        #expect(
            seen["junit2html"]
                == .object([
                    .init("passed", .integer(all.count("passed"))),
                    .init("failed", .integer(all.count("failure") + all.count("error"))),
                    .init("skipped", .integer(all.count("skipped")))
                ]))
        guard name != "hostile" else { return }
        let items = result.items.map(\.id)
        #expect(Set(cases.prefix(items.count).compactMap { $0["name"]?.string?.before(":") }) == Set(items))
    }

    @Test(
        "SARIF is valid by the rules of the standard and of GitHub, and sarif-tools reads every result",
        arguments: Results.names, ["sarif", "sarif-full"])
    func sarif(name: String, format: String) async throws {
        let result = try Results.named(name)
        let schema = "\(LabProgram.repository)/Tests/ReportLab/sarif-2.1.0.schema.json"
        let seen = try await read("sarif", format, of: result, schema)
        #expect(seen["problems"] == .array([]))
        let records = try #require(seen["records"]?.array)
        let failing = result.items.filter { $0.blocks || ($0.status == .fail && $0.disposition != .waived) }
        let items = format == "sarif" ? failing : result.items
        let others = Outcomes(result).openOthers
        #expect(records.count == items.count + others)
        guard name != "hostile" else { return }
        let rules = Set(records.compactMap { $0["rule"]?.string })
        #expect(rules.isSuperset(of: items.map(\.id)))
        let errors = records.count { $0["severity"]?.string == "error" }
        #expect(format != "sarif" || errors == result.items.count(where: \.blocks) + others)
    }

    @Test("Code Quality is what GitLab reads, an issue for everything that fails", arguments: Results.names)
    func codeQuality(name: String) async throws {
        let result = try Results.named(name)
        let names = try #require(try await read("codequality", "codequality", of: result).array)
        let failing = result.items.filter { $0.blocks || ($0.status == .fail && $0.disposition != .waived) }
        #expect(names.count == failing.count + Outcomes(result).openOthers)
    }

    @Test(
        "Markdown renders with the same text, and with no link, tag or mention of somebody else's",
        arguments: Results.names, ["markdown", "markdown-comment"])
    func markdown(name: String, format: String) async throws {
        let result = try Results.named(name)
        let page = try await read("markdown", format, of: result)
        let tags = Set(page["tags"]?.array?.compactMap(\.string) ?? [])
        #expect(
            tags.isSubset(of: [
                "br", "code", "details", "h1", "h2", "li", "p", "strong", "summary", "table", "tbody", "td", "th",
                "thead", "tr", "ul"
            ]))
        #expect(page["attributes"] == .array([]) && page["references"] == .array([]))
        let text = try #require(page["text"]?.string).significant
        for item in result.items {
            for value in [item.id, item.title] where !value.utf8.contains(0x1B) && !value.utf8.contains(0xC2) {
                #expect(text.contains(value.significant), "\(value)")
            }
        }
    }

    @Test("a change to a report that breaks a rule is found")
    func mutations() async throws {
        let result = try Results.named("changed")
        let report = try #require(ReportFormat.named("sarif")).render(result)
        let schema = "\(LabProgram.repository)/Tests/ReportLab/sarif-2.1.0.schema.json"
        for (part, replacement) in [
            ("\"level\": \"error\"", "\"level\": \"none\""), ("\"ruleIndex\": 1", "\"ruleIndex\": -1"),
            ("\"uri\": \"deploy/", "\"uri\": \"de ploy/"), ("\"startLine\": 4", "\"startLine\": 0"),
            ("\"primaryLocationLineHash\"", "\"other\""), ("\"kind\": \"fail\"", "\"kind\": \"broken\"")
        ] {
            let changed = report.replacing(part, with: replacement, maxReplacements: 20)
            #expect(changed != report)
            try await withTemporaryFolder { folder in
                try changed.write(toFile: "\(folder)/report", atomically: true, encoding: .utf8)
                let script = "\(LabProgram.repository)/Tests/ReportLab/readers.py"
                let output = try await output(
                    of: try LabProgram.reportPython.path(), [script, "sarif", "\(folder)/report", schema])
                #expect(try JSONValue.parse(output)["problems"] != .array([]), "\(part)")
            }
        }
    }
}

/// What JUnit must say of a result, found without asking the report.
private struct Outcomes {
    var ofItems: [String]
    /// Of the gate rules, then of the sign-offs.
    var ofOthers: [String]
    /// The gate rules and sign-offs that keep the verdict from go.
    var openOthers: Int { ofOthers.count { !["passed", "skipped"].contains($0) } }

    init(_ result: AuditResult) {
        let sections = result.checklists.flatMap { checklist in checklist.sections.map { [checklist.id, $0.id] } }
        // Suites stand in the order of the checklists' sections.
        let places = Dictionary(sections.enumerated().map { ($1, $0) }) { first, _ in first }
        let ordered = result.items.enumerated().sorted { left, right in
            let keys = [left, right].map { places[[$0.element.checklist, $0.element.section]] ?? sections.count }
            return (keys[0], left.offset) < (keys[1], right.offset)
        }
        ofItems = ordered.map { Self.outcome(of: $0.element) }
        ofOthers = result.gate.map { $0.holds == true ? "passed" : $0.holds == false ? "failure" : "error" }
        let open = Set(
            result.verdict.reasons.filter { $0.rule.hasPrefix("sign-off: ") }.map { String($0.rule.dropFirst(10)) })
        ofOthers += result.signOffs.map { row in
            if row.state == .conditional { return "skipped" }
            return open.contains(row.role) && row.state != .given ? "failure" : "passed"
        }
        ofOthers += open.subtracting(result.signOffs.map(\.role)).map { _ in "failure" }
    }

    private static func outcome(of item: ItemResult) -> String {
        guard item.blocks else { return item.status == .pass ? "passed" : "skipped" }
        return item.status == .error || item.status == .inconclusive ? "error" : "failure"
    }
}

extension [String] {
    fileprivate func count(_ outcome: String) -> Int64 { Int64(count { $0 == outcome }) }
}

extension String {
    fileprivate func before(_ mark: Character) -> String { String(prefix { $0 != mark }) }

    /// The letters and digits of ASCII, which no format replaces.
    fileprivate var significant: String {
        String(decoding: utf8.filter { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }, as: UTF8.self)
    }
}
