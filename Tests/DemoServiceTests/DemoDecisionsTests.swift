import AuditModel
import DemoService
import FoundationEssentials
import Testing

@Suite struct DemoDecisionsTests {
    private let now = Instant(seconds: 1_795_000_000)

    @Test(
        "Every decision stands in the folder that gonogo.yaml names, in a file of its item's name",
        arguments: [true, false])
    func paths(isHealthy: Bool) throws {
        let files = DemoDecisions.files(httpsPort: 8443, now: now, isHealthy: isHealthy)
        let audit = try #require(files.first { $0.path == "gonogo.yaml" }).text
        #expect(audit.contains("\n  url: https://localhost:8443/\n"))
        let decisions = files.filter { $0.path != "gonogo.yaml" }
        #expect(Set(decisions.map(\.path)).count == decisions.count)
        for file in decisions {
            let folder = file.path.hasPrefix("readiness/waivers/") ? "waivers" : "attestations"
            #expect(audit.contains("\n\(folder): readiness/\(folder)\n"))
            let item = try #require(file.text.split(separator: "\n").first { $0.hasPrefix("item: ") }).dropFirst(6)
            #expect(file.path == "readiness/\(folder)/\(item).yaml")
        }
    }

    @Test("Every decision is about an item of the built-in checklists", arguments: [true, false])
    func items(isHealthy: Bool) throws {
        let checklists = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".yaml")
        }
        .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        let files = DemoDecisions.files(httpsPort: 8443, now: now, isHealthy: isHealthy)
        for file in files where file.path != "gonogo.yaml" {
            let item = try #require(file.text.split(separator: "\n").first { $0.hasPrefix("item: ") }).dropFirst(6)
            #expect(checklists.contains("      - id: \(item)\n"), "\(file.path)")
        }
    }

    @Test("Dates follow the instant: all were made before it, and only the faulty shop lets one expire")
    func dates() throws {
        for (isHealthy, wanted) in [(true, []), (false, ["readiness/attestations/rollback.yaml"])] {
            var expired: [String] = []
            let files = DemoDecisions.files(httpsPort: 8443, now: now, isHealthy: isHealthy)
            for file in files where file.path != "gonogo.yaml" {
                let made = try #require(instant("at", in: file.text) ?? instant("approvedAt", in: file.text))
                let expires = try #require(instant("expires", in: file.text))
                #expect(made < now && made < expires)
                if expires <= now { expired.append(file.path) }
            }
            #expect(expired == wanted)
        }
    }

    /// Where the built-in checklists are.
    private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Checklists")

    private func instant(_ key: String, in text: String) -> Instant? {
        text.split(separator: "\n").first { $0.hasPrefix(key + ": ") }.flatMap {
            Instant(String($0.dropFirst(key.count + 2)))
        }
    }
}
