import DemoService
import Foundation
import Testing

/// An address where nothing listens.
private let nowhere = "http://127.0.0.1:9/"

private let askPeople = """
    schema: gonogo.checklist/1
    id: people
    version: 1.0.0
    title: People
    sections:
      - id: all
        title: All
        items:
          - id: on-call
            title: Somebody is on call
            severity: high
            attest: {question: Is somebody on call?, validFor: 90d}
    """

/// A service that runs for one test, with the file that makes it trusted.
private func withService<Result>(
    healthy: Bool, _ body: (_ url: String, _ folder: Folder) async throws -> Result
) async throws -> Result {
    let service = try await DemoService.start(healthy: healthy)
    let folder = try Folder()
    try folder.write(service.certificateAuthority, to: "ca.pem")
    do {
        let result = try await body("https://localhost:\(service.httpsPort)/", folder)
        try await service.stop()
        return result
    } catch {
        try? await service.stop()
        throw error
    }
}

/// Every row of the exit-code table, on the built program.
@Suite struct ExitCodeTests {
    @Test("0: a well-configured service is a go")
    func go() async throws {
        try await withService(healthy: true) { url, folder in
            let run = try await Gonogo.run(["audit", url, "--ca", "ca.pem"], in: folder)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
        }
    }

    @Test("1: a gating failure is a no-go, and the failure is named")
    func noGo() async throws {
        try await withService(healthy: false) { url, folder in
            let run = try await Gonogo.run(["audit", url, "--ca", "ca.pem"], in: folder)
            #expect(run.status == 1, "\(run.output)\(run.errors)")
            #expect(run.output.contains("hsts"))
        }
    }

    @Test(
        "1 instead of 0: a conditional-go when the run is strict",
        arguments: [([], 0), (["--strict"], 1)] as [([String], Int32)])
    func strict(flags: [String], status: Int32) async throws {
        let folder = try Folder()
        try folder.write(askPeople, to: "people.yaml")
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop}
            checklists: [./people.yaml]
            waivers: waivers
            """, to: "gonogo.yaml")
        try folder.write(
            """
            schema: gonogo.waiver/1
            item: on-call
            reason: The rota begins on Monday
            risk: A page stays unseen for a night
            requestedBy: ana@example.com
            approvedBy: {id: ben@example.com, role: sre-lead}
            approvedAt: 2026-11-01T10:00:00Z
            expires: 2026-11-15T00:00:00Z
            """, to: "waivers/on-call.yaml")
        let run = try await Gonogo.run(["audit", "--as-of", "2026-11-10T00:00:00Z"] + flags, in: folder)
        #expect(run.status == status, "\(run.output)\(run.errors)")
        let late = try await Gonogo.run(["audit", "--as-of", "2026-11-15T00:00:00Z"] + flags, in: folder)
        #expect(late.status == 3, "an expired waiver gates again: \(late.output)\(late.errors)")
    }

    @Test("2: a target that is down is undetermined, never a pass and never a failure")
    func undetermined() async throws {
        let run = try await Gonogo.run(["audit", nowhere, "--report", "json"])
        #expect(run.status == 2, "\(run.output)\(run.errors)")
        #expect(run.output.contains("\"inconclusive\""))
        #expect(!run.output.contains("\"status\": \"pass\""))
        #expect(!run.output.contains("\"status\": \"fail\""))
    }

    @Test("3: only people's answers are missing")
    func awaiting() async throws {
        let folder = try Folder()
        try folder.write(askPeople, to: "people.yaml")
        let run = try await Gonogo.run(["audit", "--checklist", "people.yaml"], in: folder)
        #expect(run.status == 3, "\(run.output)\(run.errors)")
    }

    @Test(
        "64: wrong usage, with the nearest right name",
        arguments: [
            (["audit", nowhere, "--unknown-flag"], "--unknown-flag"),
            (["audit", nowhere, "--report", "junitt"], "did you mean \"junit\"?"),
            (["audit", nowhere, "--report", "text", "--report", "json"], "only one report"),
            (["audit", "not a url"], "URL"),
            (["audit", nowhere, "--as-of", "yesterday"], "--as-of"),
            (["audit", nowhere, "--as-of", "2026-11-21T09:00:00"], "zone"),
            (["audit", nowhere, "--fail-on", "hihg"], "did you mean \"high\"?"),
            (["audit", "https://user:secret@ho st/"], "URL"),
            (["audit", "https://user:secret@127.0.0.1/"], "credentials"),
            (["audit", nowhere, "--timeout", "soon"], "--timeout"),
            (["audit", nowhere, "--resolve", "nonsense"], "--resolve"),
            (["audit", nowhere, "--ca", "missing.pem"], "missing.pem"),
            (["probe", "header", nowhere], "did you mean \"headers\"?"),
            (["probe", "headers", nowhere, "--facts", "hsts.maxage"], "did you mean \"hsts.maxAge\"?"),
            (["probe", "health", nowhere, "--set", "sample=3"], "did you mean \"samples\"?"),
            (["probe", "tls", "shop.invalid", "--set", "connections=9"], "1 to 5 connections"),
            (["probe", "tls", nowhere], "https://"), (["probe", "tls", "::1:28443"], "[::1]:8443"),
            (["facts", "healt"], "did you mean \"health\"?"),
            (["bogus"], "bogus"), ([], "Is this service ready"), (["report"], "result"),
            (["audit", nowhere, "--repository", "."], "--repository")
        ])
    func usage(arguments: [String], words: String) async throws {
        let run = try await Gonogo.run(arguments)
        #expect(run.status == 64, "\(run.output)\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(!run.errors.contains("secret"))
        #expect(run.output.isEmpty)
    }

    @Test("64: a request header whose environment variable is missing, which is named; its value is never shown")
    func missingVariable() async throws {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop}
            targets: {url: "\(nowhere)", headers: {Authorization: {env: SHOP_TOKEN}}}
            """, to: "gonogo.yaml")
        let missing = try await Gonogo.run(["audit"], in: folder)
        #expect(missing.status == 64)
        #expect(missing.errors.contains("SHOP_TOKEN") && missing.errors.contains("gonogo.yaml:3:"))
        let given = try await Gonogo.run(
            ["audit", "--report", "json", "--record", "r.json"], in: folder,
            environment: ["SHOP_TOKEN": "hunter2hunter2"])
        #expect(given.status == 2)
        #expect(!(given.output + given.errors + (try folder.text("r.json"))).contains("hunter2"))
    }

    @Test("65: malformed files are listed whole, each mistake with its place, and nothing is observed")
    func malformed() async throws {
        let folder = try Folder()
        try folder.write(
            askPeople.replacing("severity", with: "severty").replacing("validFor: 90d", with: "validFor: soon"),
            to: "people.yaml")
        for command in [["audit", nowhere, "--checklist", "people.yaml"], ["checklist", "lint", "people.yaml"]] {
            let run = try await Gonogo.run(command, in: folder)
            #expect(run.status == 65, "\(run.output)\(run.errors)")
            #expect(run.errors.contains("people.yaml:11:9"), "\(run.errors)")
            #expect(run.errors.contains("did you mean \"severity\"?"))
            #expect(run.errors.contains("people.yaml:12:"))
            #expect(run.output.isEmpty)
        }
    }

    @Test(
        "65: a recording or result that is none",
        arguments: [
            "", "{", "[]", "{\"schema\":\"gonogo.recording/2\"}", "{\"schema\":\"gonogo.recording/1\"}", "\u{0}",
            "{\"schema\":\"gonogo.result/1\",\"items\":5}"
        ])
    func malformedRecording(text: String) async throws {
        let folder = try Folder()
        try folder.write(text, to: "saved.json")
        for command in ["judge", "report"] {
            let run = try await Gonogo.run([command, "saved.json"], in: folder)
            #expect(run.status == 65, "\(run.output)\(run.errors)")
            #expect(run.errors.contains("saved.json:"))
        }
    }

    @Test("66: nothing to audit is an error, not a go")
    func nothingSelected() async throws {
        let run = try await Gonogo.run(["audit"])
        #expect(run.status == 66, "\(run.output)\(run.errors)")
        let folder = try Folder()
        try folder.write(
            "schema: gonogo.audit/1\nservice: {name: shop}\nchecklists: [web-service]\n", to: "gonogo.yaml")
        #expect(try await Gonogo.run(["audit"], in: folder).status == 66)
    }

    @Test("70: our own fault is not the target's: no more files may be opened")
    func ownFault() async throws {
        // How many files the event loops take before the first socket depends on the number of cores.
        var statuses: Set<Int32> = []
        for limit in 12..<40 where !statuses.contains(70) {
            let run = try await Gonogo.runShell("ulimit -n \(limit); exec \"$0\" probe headers http://127.0.0.1:9/")
            statuses.insert(run.status)
        }
        #expect(statuses.contains(70) && !statuses.contains(1) && !statuses.contains(0), "\(statuses)")
    }

    @Test("74: a report that cannot be written loses no other one")
    func notWritten() async throws {
        let folder = try Folder()
        try folder.write("", to: "file")
        let run = try await Gonogo.run(
            [
                "audit", nowhere, "--report", "html=file/report.html", "--report", "junit=ok/report.xml", "--report",
                "text"
            ], in: folder)
        #expect(run.status == 74, "\(run.output)\(run.errors)")
        #expect(run.errors.contains("file/report.html"))
        #expect(try folder.text("ok/report.xml").contains("<testsuites"))
        #expect(!run.output.isEmpty)
        #expect(try await Gonogo.run(["audit", nowhere, "--record", "file/r.json"], in: folder).status == 74)
        #expect(try await Gonogo.run(["audit", nowhere, "--report", "json=/"], in: folder).status == 74)
    }

    @Test(
        "64: two outputs with one path",
        arguments: [
            ["--report", "html=out", "--report", "json=./out"], ["--report", "json=out", "--record", "out"]
        ])
    func samePath(flags: [String]) async throws {
        let run = try await Gonogo.run(["audit", nowhere] + flags)
        #expect(run.status == 64 && run.errors.contains("same path"), "\(run.errors)")
    }

    @Test("a link is followed and a file's mode is kept")
    func linksAndModes() async throws {
        let folder = try Folder()
        try folder.write("old", to: "real.json")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("real.json"))
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.json"), withDestinationPath: "real.json")
        #expect(try await Gonogo.run(["audit", nowhere, "--report", "json=link.json"], in: folder).status == 2)
        #expect(try folder.text("real.json").contains("gonogo.result/1"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("real.json"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try folder.names() == ["link.json", "real.json"])
    }

    @Test("64: the audit file's credentials are for its own target")
    func foreignTarget() async throws {
        let folder = try Folder()
        try folder.write(
            """
            schema: gonogo.audit/1
            service: {name: shop}
            targets: {url: "https://shop.example.com", headers: {Authorization: {env: SHOP_TOKEN}}}
            """, to: "gonogo.yaml")
        let run = try await Gonogo.run(["audit", nowhere], in: folder, environment: ["SHOP_TOKEN": "hunter2hunter2"])
        #expect(run.status == 64 && run.errors.contains("its own target"), "\(run.errors)")
    }

    @Test("74: standard output that nobody reads")
    func closedOutput() async throws {
        let run = try await Gonogo.runShell(
            "(\"$0\" facts; echo $? >status) | true; read -r code <status; (exit \"$code\")")
        #expect(run.status == 74, "\(run.errors)")
    }

    @Test(
        "130 and 143: an interrupted run ends at once and leaves no file",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func interrupted(signal: Int32, status: Int32) async throws {
        let silent = try SilentServer()
        let folder = try Folder()
        let run = try Gonogo.Running(
            [
                "audit", "http://127.0.0.1:\(silent.port)/", "--timeout", "300s", "--report", "junit=r.xml", "--record",
                "r.json"
            ], in: folder)
        try await silent.accepted()
        run.signal(signal)
        let ended = try await run.ended()
        #expect(ended.status == status, "\(ended.output)\(ended.errors)")
        #expect(try folder.names() == [])
    }
}

extension Gonogo {
    /// Runs a line of shell with the program's path as `$0`.
    fileprivate static func runShell(_ line: String) async throws -> Gonogo {
        let folder = try Folder()
        try folder.write("", to: "errors")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", line + " >output 2>errors", path]
        process.currentDirectoryURL = folder.url
        try process.run()
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        return Gonogo(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try folder.text("output"), errors: try folder.text("errors"))
    }
}

/// Listens, accepts by the kernel's backlog, and never says a word.
private final class SilentServer: Sendable {
    private let descriptor: Int32
    let port: Int

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        try #require(bound && listen(listener, 16) == 0)
        descriptor = listener
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Waits for the first connection.
    func accepted() async throws {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        for _ in 0..<3000 {
            if poll(&poller, 1, 0) > 0 { return try await Task.sleep(for: .milliseconds(50)) }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("nobody connected")
    }

    deinit { close(descriptor) }
}
