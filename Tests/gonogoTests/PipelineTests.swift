import DemoService
import Foundation
import Testing

/// The stages of one audit on the built program: what was recorded is all that is judged, what is saved all that is shown.
@Suite struct PipelineTests {
    @Test("judge gives the same bytes as the audit that recorded, with the service gone; report gives them again")
    func sameBytes() async throws {
        let service = try await DemoService.start(healthy: false)
        let folder = try Folder()
        try folder.write(service.certificateAuthority, to: "ca.pem")
        let formats = ["json", "junit", "html", "markdown", "text"]
        let asOf = ["--as-of", "2026-12-24T12:00:00Z"]
        func reports(_ prefix: String) -> [String] { formats.flatMap { ["--report", "\($0)=\(prefix).\($0)"] } }
        let audit = try await Gonogo.run(
            [
                "audit", "https://localhost:\(service.httpsPort)/", "--ca", "ca.pem", "--checklist",
                "production-readiness", "--record", "r.json"
            ]
                + asOf + reports("a"), in: folder)
        try await service.stop()
        #expect(audit.status == 1, "\(audit.errors)")
        let judge = try await Gonogo.run(["judge", "r.json"] + asOf + reports("b"), in: folder)
        #expect(judge.status == 1, "\(judge.errors)")
        let report = try await Gonogo.run(["report", "a.json"] + reports("c"), in: folder)
        #expect(report.status == 0, "\(report.errors)")
        for format in formats {
            let text = try folder.text("a.\(format)")
            #expect(text == (try folder.text("b.\(format)")), "judge differs in \(format)")
            #expect(text == (try folder.text("c.\(format)")), "report differs in \(format)")
            #expect(text.contains("2026-12-24"), "\(format) does not say when it was judged")
        }
        let other = try await Gonogo.run(
            ["judge", "r.json", "--checklist", "web-service", "--report", "json"], in: folder)
        #expect(other.status == 1 && !other.output.contains("\"pending\": 1"))
    }

    @Test("the selection of the audit is that of the judgement, whatever audit file stands beside it")
    func sameSelection() async throws {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop}
            targets: {url: "http://127.0.0.1:9/"}
            checklists: [production-readiness]
            tailor: [{item: load-test, severity: low, reason: Small}]
            """, to: "gonogo.yaml")
        let flags = ["--as-of", "2026-12-24T12:00:00Z", "--report", "json"]
        let audit = try await Gonogo.run(
            ["audit", "--checklist", "web-service", "--record", "r.json"] + flags, in: folder)
        let judge = try await Gonogo.run(["judge", "r.json"] + flags, in: folder)
        #expect(audit.status == 2 && audit.output == judge.output, "\(audit.errors)\(judge.errors)")
        #expect(audit.output.contains("unknown-item"), "a tailoring of what is not selected is a notice")
        try folder.write("schema: gonogo.audit/1\nservice: {name: blog}\n", to: "gonogo.yaml")
        #expect(try await Gonogo.run(["judge", "r.json"] + flags, in: folder).status == 64)
    }

    @Test("credentials that an unproven server did not get are a notice, in the judgement as in the audit")
    func withheld() async throws {
        let service = try await DemoService.start(healthy: true)
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop}
            targets: {url: "https://localhost:\(service.httpsPort)/", headers: {Authorization: {env: SHOP_TOKEN}}}
            checklists: [web-service]
            """, to: "gonogo.yaml")
        let flags = ["--as-of", "2026-12-24T12:00:00Z", "--report", "json"]
        let audit = try await Gonogo.run(
            ["audit", "--record", "r.json"] + flags, in: folder, environment: ["SHOP_TOKEN": "Bearer hunter2hunter2"])
        try await service.stop()
        #expect(audit.output.contains("credentials-withheld") && !audit.output.contains("hunter2"))
        #expect(try await Gonogo.run(["judge", "r.json"] + flags, in: folder).output == audit.output)
    }

    @Test("one observation serves every item that needs it")
    func shared() async throws {
        let service = try await DemoService.start(healthy: true)
        let folder = try Folder()
        try folder.write(service.certificateAuthority, to: "ca.pem")
        let url = "https://localhost:\(service.httpsPort)/"
        let run = try await Gonogo.run(["audit", url, "--ca", "ca.pem", "--report", "json"], in: folder)
        try await service.stop()
        let result = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let observations = try #require(result["observations"] as? [[String: Any]])
        #expect(
            observations.compactMap { $0["probe"] as? String }.sorted() == [
                "cookies", "cors", "csp", "headers", "health", "observatory", "ratelimit", "redirect", "tls"
            ])
        #expect((result["items"] as? [Any])?.count ?? 0 > 10)
        #expect(result["schema"] as? String == "gonogo.result/1")
    }

    @Test("a probe prints one JSON line per target and the worst exit code")
    func probe() async throws {
        let service = try await DemoService.start(healthy: true)
        let folder = try Folder()
        try folder.write(service.certificateAuthority, to: "ca.pem")
        let url = "https://localhost:\(service.httpsPort)/"
        let run = try await Gonogo.run(
            ["probe", "headers", url, "http://127.0.0.1:9/", "--json", "--ca", "ca.pem", "--facts", "hsts,status"],
            in: folder)
        let untrusted = try await Gonogo.run(["probe", "headers", url, "--json"], in: folder)
        try await service.stop()
        #expect(run.status == 2)
        let lines = try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.map { $0["outcome"] as? String } == ["observed", "inconclusive"])
        let facts = try #require(lines[0]["facts"] as? [String: Any])
        #expect(facts.keys.sorted() == ["hsts", "status"])
        #expect((facts["hsts"] as? [String: Any])?["maxAge"] as? Int == 63_072_000)
        #expect((lines[1]["failure"] as? [String: Any])?["code"] as? String == "refused")
        #expect(untrusted.status == 0, "a certificate that does not verify is a fact and does not stop the others")
        #expect(untrusted.output.contains("\"certVerified\":false") && untrusted.output.contains("\"maxAge\":63072000"))
    }

    @Test("observe writes the recording alone")
    func observe() async throws {
        let run = try await Gonogo.run(["observe", "http://127.0.0.1:9/"])
        #expect(run.status == 2)
        #expect(run.output.contains("\"schema\": \"gonogo.recording/1\"") && run.output.contains("\"refused\""))
    }

    @Test("the catalogue lists every fact with type, meaning and source")
    func facts() async throws {
        let text = try await Gonogo.run(["facts", "health"])
        #expect(
            text.status == 0 && text.output.contains("health.endpoint.latency.p95Ms")
                && !text.output.contains("headers."))
        let json = try await Gonogo.run(["facts", "--json"])
        let probes = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let names = [
            "cookies", "cors", "csp", "headers", "health", "image", "observatory", "ratelimit", "redirect", "tls"
        ]
        #expect(probes.map { $0["probe"] as? String } == names)
        for fact in probes.flatMap({ $0["facts"] as? [[String: Any]] ?? [] }) {
            for key in ["name", "type", "meaning", "source"] {
                #expect((fact[key] as? String)?.isEmpty == false, "\(fact)")
            }
        }
    }

    @Test("checklists are listed, shown and linted")
    func checklists() async throws {
        let list = try await Gonogo.run(["checklist", "list"])
        #expect(list.status == 0 && list.output.contains("web-service") && list.output.contains("production-readiness"))
        let show = try await Gonogo.run(["checklist", "show", "production-readiness"])
        #expect(show.status == 0 && show.output.contains("hsts"), "what is included is shown as well")
        let unknown = try await Gonogo.run(["checklist", "show", "web-servce"])
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("did you mean \"web-service\"?"), "\(unknown.errors)")
    }

    @Test("nothing that a checklist says commands the terminal that shows it")
    func harmlessListing() async throws {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.checklist/1
            id: own
            version: 1.0.0
            title: "Own \\e[31mred \\u009b31m \\u202e"
            sections:
              - id: all
                title: All
                items: [{id: a, title: "A \\e]0;x\\a", severity: low, attest: {question: "Is it \\0 so?", validFor: 1d}}]
            """, to: "own.yaml")
        let run = try await Gonogo.run(["checklist", "show", "./own.yaml"], in: folder)
        #expect(run.status == 0 && run.output.contains("Own"), "\(run.errors)")
        let commands = run.output.unicodeScalars.filter {
            $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E)
        }
        #expect(commands.isEmpty)
    }

    @Test("init writes a file that is well-formed, and never over another")
    func initialises() async throws {
        let folder = try Folder()
        #expect(try await Gonogo.run(["init"], in: folder).status == 0)
        let lint = try await Gonogo.run(["checklist", "lint", "gonogo.yaml"], in: folder)
        #expect(lint.status == 0, "\(lint.errors)")
        let before = try folder.text("gonogo.yaml")
        #expect(try await Gonogo.run(["init"], in: folder).status == 64)
        #expect(try folder.text("gonogo.yaml") == before)
    }

    @Test(
        "the demo exits with 0 whatever its verdict, and what it wrote is there", arguments: [[String](), ["--healthy"]]
    )
    func demo(flags: [String]) async throws {
        let folder = try Folder()
        let run = try await Gonogo.run(["demo", "--output", "out"] + flags, in: folder)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        for name in ["report.html", "report.xml", "report.md", "result.json", "recording.json", "gonogo.yaml"] {
            #expect(folder.exists("out/\(name)"))
            #expect(run.output.contains(name))
        }
        let result = try folder.text("out/result.json")
        #expect(result.contains("\"outcome\": \"\(flags.isEmpty ? "no-go" : "go")\""), "\(run.output)")
        #expect(!result.contains("\"status\": \"error\""))
        for probe in ["health", "headers", "cors", "ratelimit", "tls", "image"] {
            #expect(result.contains("\"probe\": \"\(probe)\""), "\(probe)")
        }
        #expect(result.contains("\"disposition\": \"waived\"") == flags.isEmpty)
        #expect(result.contains("\"disposition\": \"attested\""))
    }

    @Test(
        "help and version go to standard output and exit with 0",
        arguments: [["--help"], ["--version"], ["audit", "--help"], ["help", "judge"]])
    func help(arguments: [String]) async throws {
        let run = try await Gonogo.run(arguments)
        #expect(run.status == 0 && !run.output.isEmpty && run.errors.isEmpty)
    }

    @Test("colours follow the environment, and a pipe has none")
    func colours() async throws {
        let arguments = ["audit", "http://127.0.0.1:9/"]
        #expect(!(try await Gonogo.run(arguments).output.contains("\u{1B}")))
        #expect(try await Gonogo.run(arguments, environment: ["CLICOLOR_FORCE": "1"]).output.contains("\u{1B}["))
        #expect(
            !(try await Gonogo.run(arguments, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).output.contains(
                "\u{1B}")))
    }
}
