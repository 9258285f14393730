import AuditModel
import DemoService
import Foundation
import TestSupport
import Testing

/// Images from the command line, on the built program: every form of reference, honest outcomes, no credential anywhere.
@Suite struct ImageCommandTests {
    private static let now = Instant(seconds: 1_795_000_000)

    /// A folder that holds the demo's image at `image`.
    private static func folder(healthy: Bool) throws -> Folder {
        let folder = try Folder()
        for file in DemoImage.files(now: now, isHealthy: healthy) { try folder.write(file.text, to: file.path) }
        return folder
    }

    private static func json(_ line: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test(
        "an image that runs as root is a no-go, one that does not a go, by the checklist for images",
        arguments: [(false, 1, "root"), (true, 0, "nonroot")] as [(Bool, Int32, String)])
    func audit(healthy: Bool, status: Int32, verdict: String) async throws {
        let folder = try Self.folder(healthy: healthy)
        let run = try await Gonogo.run(
            ["audit", "--image", "oci:image:1.4.2", "--report", "json", "--as-of", "2026-11-19T00:00:00Z"], in: folder)
        #expect(run.status == status, "\(run.output)\(run.errors)")
        let result = try Self.json(run.output)
        let observations = try #require(result["observations"] as? [[String: Any]])
        #expect(observations.map { $0["probe"] as? String } == ["image"])
        let facts = try #require(observations[0]["facts"] as? [String: Any])
        #expect((facts["user"] as? [String: Any])?["verdict"] as? String == verdict)
        let artifact = (result["service"] as? [String: Any])?["artifact"] as? String
        #expect(artifact == facts["digest"] as? String || facts["digest"] == nil)
        #expect(artifact?.hasPrefix("sha256:") == true)
    }

    @Test("judge gives the same bytes with the image gone")
    func judged() async throws {
        let folder = try Self.folder(healthy: false)
        let flags = ["--as-of", "2026-11-19T00:00:00Z", "--report", "json"]
        let audit = try await Gonogo.run(
            ["audit", "--image", "./image", "--record", "r.json"] + flags, in: folder)
        try FileManager.default.removeItem(atPath: folder.path("image"))
        let judge = try await Gonogo.run(["judge", "r.json"] + flags, in: folder)
        #expect(audit.status == 1 && judge.output == audit.output, "\(audit.errors)\(judge.errors)")
        #expect(!(audit.output + (try folder.text("r.json"))).contains("not-a-real-password"))
    }

    @Test("a line of JSON per image, in every spelling of a path; what is not there is inconclusive")
    func probe() async throws {
        let folder = try Self.folder(healthy: true)
        let references = ["oci:image", "./image:1.4.2", "image", folder.path("image"), "./nothing", "oci:image:9"]
        let run = try await Gonogo.run(
            ["probe", "image", "--json", "--facts", "user.verdict,form"] + references, in: folder)
        #expect(run.status == 2, "\(run.errors)")
        let lines = try run.output.split(separator: "\n").map { try Self.json($0) }
        #expect(lines.map { $0["target"] as? String } == references)
        for line in lines.prefix(4) {
            #expect(line["outcome"] as? String == "observed")
            let facts = try #require(line["facts"] as? [String: Any])
            #expect((facts["user"] as? [String: Any])?["verdict"] as? String == "nonroot")
            #expect(facts["form"] as? String == "oci-layout" && facts.count == 2)
        }
        for line in lines.suffix(2) {
            #expect(line["outcome"] as? String == "inconclusive")
            #expect((line["failure"] as? [String: Any])?["code"] as? String == "name-not-resolved")
        }
    }

    @Test(
        "64: a reference that means several images, or none, and nothing is observed",
        arguments: [
            (["probe", "image", "image"], "1.4.2, 1.5.0"), (["audit", "--image", "oci:image"], "1.4.2, 1.5.0"),
            (["probe", "image", "image:1.4.2", "./image"], "1.4.2, 1.5.0"),
            (["audit", "--image", "shop@sha256:12"], "digest"), (["probe", "image", "Shop"], "upper-case"),
            (["audit", "--image", ""], "missing")
        ])
    func usage(arguments: [String], words: String) async throws {
        let folder = try Self.folder(healthy: true)
        let index = try folder.text("image/index.json")
        let entry = try #require(index.firstRange(of: "\"manifests\":[").map { index[$0.upperBound...].dropLast(2) })
        let second = entry.replacing("\"1.4.2\"", with: "\"1.5.0\"").replacing("sha256:", with: "sha512:00")
        let digest = "sha512:" + String(repeating: "0", count: 128)
        let other = second.replacing(#/sha512:00[0-9a-f]{64}/#, with: digest)
        try folder.write("{\"schemaVersion\":2,\"manifests\":[\(entry),\(other)]}", to: "image/index.json")
        let run = try await Gonogo.run(arguments, in: folder)
        #expect(run.status == 64, "\(run.output)\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test("66: a checklist about images without an image")
    func nothingSelected() async throws {
        let run = try await Gonogo.run(["audit", "http://127.0.0.1:9/", "--checklist", "container-image"])
        #expect(run.status == 66 && run.errors.contains("--image"), "\(run.errors)")
    }

    @Test("a blob that is not what its digest says is a no-go for integrity, and never a pass")
    func damaged() async throws {
        let folder = try Self.folder(healthy: true)
        for file in DemoImage.files(now: Self.now, isHealthy: true) where file.text.hasPrefix("app/") {
            try folder.write(file.text.replacing("8080", with: "8081"), to: file.path)
        }
        let run = try await Gonogo.run(["audit", "--image", "oci:image", "--report", "json"], in: folder)
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        let items = try #require(try Self.json(run.output)["items"] as? [[String: Any]])
        let statuses = Dictionary(
            uniqueKeysWithValues: items.map { ($0["id"] as? String ?? "", $0["status"] as? String ?? "") })
        #expect(statuses["image-integrity"] == "fail" && statuses["image-secret-files"] == "inconclusive")
        #expect(statuses["non-root"] != "pass")
    }

    @Test("a registry's credentials come from the files that the environment names, and go nowhere else")
    func credentials() async throws {
        let folder = try Self.folder(healthy: true)
        let password = "hunter2hunter2"
        let basic = Data("ci:\(password)".utf8).base64EncodedString()
        let script: LoopbackServer.Script = { connection in
            while let head = try await connection.readRequest() {
                guard head.contains("Basic \(basic)") else {
                    try await connection.respond(
                        "401 Unauthorized", [("WWW-Authenticate", "Basic realm=\"r\"")], body: "")
                    continue
                }
                let name = head.split(separator: " ")[1].split(separator: "/").last.map(String.init) ?? ""
                // By tag the layout's first entry, by digest any blob.
                let index = try folder.text("image/index.json")
                let entry = index.firstRange(of: "sha256:").map { String(index[$0.lowerBound...].prefix(71)) } ?? ""
                let digest = name.hasPrefix("sha256:") ? name : entry
                let text = try folder.text("image/blobs/" + digest.replacing(":", with: "/"))
                try await connection.respond("200 OK", [("Docker-Content-Digest", digest)], body: text)
            }
        }
        try await LoopbackServer.run(script: script) { server in
            let registry = "127.0.0.1:\(server.port)"
            let files = try Folder()
            try files.write("{\"auths\":{\"\(registry)\":{\"auth\":\"\(basic)\"}}}", to: "config.json")
            let arguments = ["audit", "--image", "\(registry)/shop:1.4.2", "--record", "r.json", "--report", "json"]
            let run = try await Gonogo.run(arguments, in: folder, environment: ["DOCKER_CONFIG": files.url.path])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("\"form\": \"registry\""))
            let everything = run.output + run.errors + (try folder.text("r.json"))
            #expect(
                !everything.contains(password) && !everything.contains(basic) && !everything.contains(files.url.path))
            let anonymous = try await Gonogo.run(arguments, in: folder)
            #expect(anonymous.status == 2 && anonymous.output.contains("not-permitted"), "\(anonymous.output)")
        }
    }
}
