import AuditModel
import JSON
import Report
import Testing

struct AlertFormatTests {
    @Test("GitLab gets what code scanning gets, in its own words")
    func codeQuality() throws {
        let report = try #require(ReportFormat.named("codequality")).render(Samples.changed)
        let issues = try #require(try JSONValue.parse(report).array)
        #expect(issues.count == 12)
        let first = try #require(issues.first)
        #expect(first["check_name"]?.string == "hsts-max-age" && first["severity"]?.string == "blocker")
        #expect(first["location"]?["path"]?.string == "deploy/gonogo.yaml")
        #expect(first["location"]?["lines"]?["begin"] == .integer(4))
        #expect(Set(issues.compactMap { $0["fingerprint"]?.string }).count == 12)
        #expect(
            first["description"]?.string?.hasPrefix("Browsers are told to use HTTPS for at least 1 year: ") == true)
    }

    @Test(
        "a severity has GitLab's name",
        arguments: zip(Severity.allCases, ["blocker", "critical", "major", "minor", "info"]))
    func severities(severity: Severity, name: String) throws {
        let report = try #require(ReportFormat.named("codequality")).render(
            result(.go, items: [item("a", "A", .fail, severity: severity)]))
        #expect(report.contains("\"severity\": \"\(name)\""))
    }

    @Test("nothing that fails is an empty list")
    func none() throws {
        #expect(try #require(ReportFormat.named("codequality")).render(Samples.go) == "[]\n")
        #expect(GitHubActions.annotations(of: Samples.go) == [])
    }

    @Test("what decides is an error on GitHub, what else fails a warning")
    func annotations() {
        let lines = GitHubActions.annotations(of: Samples.changed)
        #expect(lines.count == 12)
        #expect(lines.count { $0.hasPrefix("::error ") } == 10)
        #expect(
            lines[0]
                == "::error file=deploy/gonogo.yaml,line=4,title=hsts-max-age (critical)%3A Browsers are told to use "
                + "HTTPS for at least 1 year::headers.hsts.maxAge: expected at least 365 days, "
                + "seen 1 day (not met)%0Aheaders.hsts.includesSubdomains: expected true, seen false (not met)")
        #expect(
            lines[11].hasPrefix("::warning file=deploy/gonogo.yaml,line=4,title=server-version (low)%3A "))
    }

    @Test("GitHub shows ten of a level, so that the tenth names all the others")
    func manyAnnotations() throws {
        let items = (1...12).map { item("item-\($0)", "A", .fail, blocks: true) }
        let lines = GitHubActions.annotations(of: result(.noGo, items: items))
        #expect(lines.count == 10)
        #expect(lines[9] == "::error title=3 more::item-10, item-11, item-12")
    }

    @Test("a job's summary keeps to the bytes that are left of it", arguments: [1000, 5000, 1 << 20])
    func summary(limit: Int) {
        let summary = GitHubActions.summary(of: Samples.noGo, limit: limit)
        #expect(summary.utf8.count <= limit && summary.hasPrefix("# ⛔ NO-GO"))
        #expect(summary.contains("> Left out") == (limit < 10_000))
    }
}
