import Foundation
import Testing

private let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reports/Examples/no-go")

/// What the program says of checklists, their levels and the controls that they serve.
@Suite struct ChecklistCommandTests {
    private static let frameworks = [
        "nist-800-53", "owasp-asvs-5", "iso-27001", "soc2", "pci-dss-4", "cis-controls-8"
    ]

    @Test("coverage counts every control once, covered or not", arguments: frameworks)
    func coverage(framework: String) async throws {
        let run = try await Gonogo.run(["checklist", "coverage", "--framework", framework, "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let counts = try #require(json["counts"] as? [String: Int])
        let controls = try #require(json["controls"] as? [[String: Any]])
        let covered = controls.filter { ($0["items"] as? [Any])?.isEmpty == false }
        #expect(counts["controls"] == controls.count && controls.count >= 43)
        #expect(counts["covered"] == covered.count && !covered.isEmpty)
        #expect(counts["automated", default: 0] + counts["attested", default: 0] == covered.count)
        #expect(counts["notCovered"] == controls.count - covered.count)
        #expect(covered.allSatisfy { $0["answered"] is String })
        let text = try await Gonogo.run(["checklist", "coverage", "--framework", framework]).output
        #expect(text.contains("\(covered.count) of \(controls.count) are covered"))
        #expect(!text.contains("not in the result"))
    }

    @Test("with a result the items are its own, and each has its status")
    func coverageOfResult() async throws {
        let folder = Folder(existing: examples)
        let flags = ["checklist", "coverage", "--framework", "nist-800-53", "result.json"]
        let run = try await Gonogo.run(flags, in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("; fail)") && run.output.contains("of these "))
        let narrowed = try await Gonogo.run(flags + ["--checklist", "tls", "--json"], in: folder)
        #expect(narrowed.output.contains("\"checklists\": [\n    \"tls\"\n  ]"), "\(narrowed.output.prefix(600))")
        #expect(narrowed.output.contains("\"status\": \"pass\""))
    }

    @Test(
        "a framework that is not known is wrong usage, with the nearest one; a result that is none is malformed",
        arguments: [
            (["--framework", "nist-800-35"], Int32(64), "did you mean \"nist-800-53\"?"),
            (["--framework", "soc2", "--checklist", "nope"], 65, "no built-in checklist"),
            (["--framework", "soc2", "recording.json"], 65, "gonogo.result/1 was expected"), ([], 64, "--framework")
        ] as [([String], Int32, String)])
    func coverageMistakes(words: [String], status: Int32, sentence: String) async throws {
        let run = try await Gonogo.run(["checklist", "coverage"] + words, in: Folder(existing: examples))
        #expect(run.status == status && run.errors.contains(sentence), "\(run.errors)")
    }

    @Test("a level is chosen by the flag before the file; one that is not known is wrong usage, with the nearest one")
    func level() async throws {
        let folder = Folder(existing: examples)
        let judge = ["judge", "recording.json", "--as-of", "2026-11-21T17:00:00Z", "--report", "json"]
        for (words, level) in [([], "essential"), (["--level", "standard"], "standard")] as [([String], String)] {
            let run = try await Gonogo.run(judge + words, in: folder)
            #expect(run.output.contains("\"level\": \"\(level)\""))
            #expect(run.output.contains("\"gatesFrom\": \"standard\"") == (level == "essential"))
        }
        let run = try await Gonogo.run(judge + ["--level", "esential"], in: folder)
        #expect(run.status == 64 && run.errors.contains("did you mean \"essential\"?"), "\(run.errors)")
    }

    @Test("a checklist for a meeting has a box for every item, with its question and what to do")
    func meeting() async throws {
        let run = try await Gonogo.run(["checklist", "show", "production-readiness", "--markdown"])
        #expect(run.status == 0)
        let plain = try await Gonogo.run(["checklist", "show", "production-readiness"])
        let count = run.output.ranges(of: "\n- [ ] **").count
        #expect(count > 100 && plain.output.contains("\n\(count) items: "))
        #expect(run.output.ranges(of: "<details>").count == count)
        #expect(run.output.ranges(of: "</details>").count == count)
        #expect(run.output.contains("  - asked of service-owner, for 180d, with evidence: On SIGTERM, does"))
    }

    @Test("text of one's own checklist cannot become markup")
    func hostile() async throws {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.checklist/1
            id: own
            version: 1.0.0
            title: "<script>alert(1)</script> @team"
            sections:
              - id: s
                title: "</details> S"
                items:
                  - id: a
                    title: "It holds** ]( https://evil.example #1"
                    severity: low
                    attest: {question: "Is <b>it</b> so?", validFor: 1d, roles: ["<i>"]}
                    why: "</details>\\n\\n# Heading"
            """, to: "own.yaml")
        let run = try await Gonogo.run(["checklist", "show", "./own.yaml", "--markdown"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                # `<script>alert(1)</script>` `@team`

                Checklist `own`, version 1.0.0: 1 item, 0 automated, 1 attested.

                ## `</details>` S

                - [ ] **It `holds**` `](` `https://evil.example` `#1`** (`a`)
                  - low
                  - asked of `<i>`, for 1d: Is `<b>it</b>` so?

                  <details><summary>Why</summary>

                  **Why:** `</details>` `#` Heading

                  </details>

                """)
    }
}
