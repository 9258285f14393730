import Foundation
import Testing

/// What the options of reports do on the built program, with the recorded example judged at one instant.
@Suite struct ReportCommandTests {
    static let formats = [
        "text", "junit", "junit-extended", "html", "markdown", "markdown-comment", "json", "sarif", "sarif-full",
        "codequality"
    ]
    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Reports/Examples/no-go")

    private func judge(
        _ options: [String], environment: [String: String] = [:]
    ) async throws -> Gonogo {
        try await Gonogo.run(
            ["judge", "recording.json", "--as-of", "2026-11-21T17:00:00Z"] + options,
            in: Folder(existing: Self.examples), environment: environment)
    }

    @Test("report gives every format again, byte for byte, redacted or not", arguments: [false, true])
    func sameBytes(isRedacted: Bool) async throws {
        let folder = try Folder()
        let redact = isRedacted ? ["--redact"] : []
        let judged = try await judge(
            Self.formats.flatMap { ["--report", "\($0)=\(folder.path("a.\($0)"))"] } + redact)
        #expect(judged.status == 1, "\(judged.errors)")
        let report = try await Gonogo.run(
            ["report", "a.json"] + Self.formats.flatMap { ["--report", "\($0)=b.\($0)"] }, in: folder)
        #expect(report.status == 0, "\(report.errors)")
        for format in Self.formats {
            let text = try folder.text("a.\(format)")
            #expect(text == (try folder.text("b.\(format)")), "\(format)")
            for secret in ["ana@example.com", "localhost:", "demo-shop", "team-shop", "127.0.0.1"] {
                let isThere = text.contains(secret)
                #expect(!isRedacted || !isThere, "\(format) holds \(secret)")
            }
        }
        if !isRedacted {
            let later = try await Gonogo.run(["report", "a.json", "--redact", "--report", "html"], in: folder)
            let direct = try await judge(["--redact", "--report", "html"])
            #expect(later.output == direct.output && !direct.output.isEmpty)
        }
    }

    @Test("alerts stand at the line of the audit file that declares the target")
    func places() async throws {
        let sarif = try await judge(["--report", "sarif"])
        #expect(sarif.output.contains("\"uri\": \"gonogo.yaml\"") && sarif.output.contains("\"startLine\": 8"))
        let quality = try await judge(["--report", "codequality"])
        #expect(quality.output.contains("\"path\": \"gonogo.yaml\"") && quality.output.contains("\"begin\": 8"))
        #expect(try JSONSerialization.jsonObject(with: Data(quality.output.utf8)) is [[String: Any]])
    }

    @Test("diff exits with 1 for regressions and with 0 without")
    func diff() async throws {
        let folder = try Folder()
        let lax = try await judge(["--fail-on", "critical", "--report", "json=\(folder.path("lax.json"))"])
        let strict = try await judge(["--fail-on", "low", "--report", "json=\(folder.path("strict.json"))"])
        #expect([0, 1, 3].contains(lax.status) && strict.status == 1, "\(lax.errors)\(strict.errors)")
        let worse = try await Gonogo.run(["diff", "lax.json", "strict.json"], in: folder)
        #expect(worse.status == 1 && worse.output.contains("\nNew ("), "\(worse.output)\(worse.errors)")
        let better = try await Gonogo.run(["diff", "strict.json", "lax.json"], in: folder)
        #expect(better.status == 0 && better.output.contains("\nFixed ("), "\(better.output)\(better.errors)")
        let same = try await Gonogo.run(["diff", "lax.json", "lax.json", "--report", "json"], in: folder)
        #expect(same.status == 0 && same.output.contains("\"changes\""))
        #expect(try await Gonogo.run(["diff", "lax.json", "missing.json"], in: folder).status == 65)
        let full = try await Gonogo.run(["diff", "lax.json", "strict.json", "--report", "html=/dev/full"], in: folder)
        #expect(full.status == 74)
    }

    @Test("--previous tells in every report what changed, and refuses what is no result before anything else")
    func previous() async throws {
        let folder = try Folder()
        _ = try await judge(["--fail-on", "critical", "--report", "json=\(folder.path("old.json"))"])
        let text = try await judge(["--previous", folder.path("old.json")])
        #expect(text.output.contains("\nSince 2026-11-21 17:00 UTC, when it was "))
        let json = try await judge(["--previous", folder.path("old.json"), "--report", "json"])
        #expect(json.output.contains("\"changes\""))
        try folder.write("{\"schema\": \"gonogo.recording/1\"}", to: "other.json")
        let refused = try await judge(["--previous", folder.path("other.json")])
        #expect(refused.status == 65 && refused.output.isEmpty)
    }

    @Test("little, as a rule, and all: the same verdict in more and more lines")
    func detail() async throws {
        let lines = [
            try await judge(["--quiet"]), try await judge([]), try await judge(["--verbose"])
        ].map { $0.output.split(separator: "\n") }
        #expect(lines[0].count < lines[1].count && lines[1].count < lines[2].count)
        #expect(Set(lines.map { $0.first?.prefix(6) }) == ["NO-GO "])
        #expect(try await judge(["--quiet", "--verbose"]).status == 64)
    }

    @Test("a job on GitHub gets the summary and the annotations, and standard output none of them")
    func github() async throws {
        let folder = try Folder()
        try folder.write("before", to: "summary.md")
        let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": folder.path("summary.md")]
        let plain = try await judge(["--report", "json"])
        let job = try await judge(["--report", "json"], environment: environment)
        #expect(job.output == plain.output && job.status == 1)
        #expect(try folder.text("summary.md").hasPrefix("before\n# ⛔ NO-GO\n"))
        let commands = job.errors.split(separator: "\n")
        #expect(!commands.isEmpty)
        #expect(commands.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") }, "\(job.errors)")
        #expect(job.errors.contains("::error file=gonogo.yaml,line=8,title="))
        #expect(plain.errors.isEmpty)

        let off = try await judge(["--github", "off"], environment: environment)
        #expect(off.errors.isEmpty)
        let redacted = try await judge(["--redact", "--quiet"], environment: environment)
        #expect(!redacted.errors.contains("example.com") && !redacted.errors.contains("localhost"))
    }

    @Test("a job's summary that must be written and cannot be is an error")
    func githubFailures() async throws {
        #expect(try await judge(["--github", "on"]).status == 64)
        let folder = try Folder()
        try folder.write(String(repeating: "x", count: 1 << 20), to: "full.md")
        let full = try await judge(["--github", "on"], environment: ["GITHUB_STEP_SUMMARY": folder.path("full.md")])
        #expect(full.status == 74 && full.errors.contains("the job summary could not be written"))
        #expect(try folder.text("full.md").utf8.count == 1 << 20)
        let nowhere = try await judge(["--github", "on"], environment: ["GITHUB_STEP_SUMMARY": "/nonexistent/a.md"])
        #expect(nowhere.status == 74)
    }

    @Test("report keeps out of a job unless it is asked in")
    func reportInJob() async throws {
        let folder = try Folder()
        _ = try await judge(["--report", "json=\(folder.path("a.json"))"])
        let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": folder.path("summary.md")]
        _ = try await Gonogo.run(["report", "a.json"], in: folder, environment: environment)
        #expect(!folder.exists("summary.md"))
        let run = try await Gonogo.run(["report", "a.json", "--github", "auto"], in: folder, environment: environment)
        #expect(run.status == 0 && folder.exists("summary.md"))
    }
}
