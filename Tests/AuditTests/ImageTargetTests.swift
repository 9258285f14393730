import Audit
import AuditModel
import Foundation
import JSON
import Observe
import Testing

private let now = Instant(seconds: 1_800_000_000)
private let sha = "sha256:" + String(repeating: "5", count: 64)

/// What is asked of which image, when one is named and when none is.
@Suite struct ImageTargetTests {
    private static func preparation(
        url: String? = nil, image: String? = nil, _ checklists: String...
    ) throws -> Preparation {
        try Preparation(
            AuditRequest(
                url: url, image: image, configuration: nil, checklists: checklists, environmentVariable: { _ in nil }))
    }

    /// The preparation of a `gonogo.yaml` in a folder of its own.
    private static func prepared(_ audit: String, in folder: URL) throws -> Preparation {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "gonogo.yaml")
        try "schema: gonogo.audit/1\nservice: {name: shop}\n\(audit)".write(to: file, atomically: true, encoding: .utf8)
        return try Preparation(AuditRequest(configuration: file.path, environmentVariable: { _ in nil }))
    }

    private static func judged(_ preparation: Preparation, failure: ProbeFailure) throws -> AuditResult {
        try preparation.judged(recording(of: preparation, .failure(failure)), at: now, isAsOf: true)
    }

    private static func recording(
        of preparation: Preparation, _ seen: Result<JSONValue, ProbeFailure>
    ) -> Recording {
        Recording(
            tool: Tool.identity, service: preparation.service, checklists: preparation.selection, startedAt: now,
            finishedAt: now,
            observations: preparation.requests(at: now).map { request in
                var observation = RecordedObservation(
                    request: request, startedAt: now, durationSeconds: 0, attempts: [], capture: nil, failure: nil)
                switch seen {
                case .success(let capture): observation.capture = capture
                case .failure(let failure): observation.failure = failure
                }
                return observation
            })
    }

    @Test("the checklists follow the targets when none is named")
    func defaults() throws {
        #expect(try Self.preparation(url: "https://shop.example/").selection == ["web-service"])
        #expect(try Self.preparation(image: "shop:1").selection == ["container-image"])
        #expect(
            try Self.preparation(url: "https://shop.example/", image: "shop:1").selection == [
                "web-service", "container-image"
            ])
    }

    @Test("without an image what is only included does not apply and says why; nothing is asked for it")
    func included() throws {
        let preparation = try Self.preparation(url: "https://shop.example/")
        #expect(!preparation.requests(at: now).contains { $0.probe == .image })
        let result = try Self.judged(preparation, failure: ProbeFailure(.refused, "down"))
        let item = try #require(result.items.first { $0.id == "non-root" })
        #expect(item.status == .notApplicable)
        #expect(item.message == "no image is named: give --image, or name one under targets in gonogo.yaml")
        #expect(
            result.items.filter { $0.status == .notApplicable && $0.id != "non-root" }.allSatisfy {
                $0.id.hasPrefix("tls-")
            })
    }

    @Test(
        "without an image a checklist that asks about one is no audit at all",
        arguments: [
            ["container-image"], ["web-service", "container-image"]
        ])
    func asked(checklists: [String]) {
        #expect {
            try Preparation(
                AuditRequest(
                    url: "https://shop.example/", checklists: checklists, environmentVariable: { _ in nil }))
        } throws: { error in
            (error as? AuditError)?.exitStatus == .nothingSelected
                && (error as? AuditError)?.lines.joined().contains("--image") == true
        }
    }

    @Test("a URL's items ask the URL and an image's items the image; each is asked once, for the facts in need")
    func requests() throws {
        let web = try Self.preparation(url: "https://shop.example/", image: "shop:1", "web-service")
        let image = try #require(web.requests(at: now).first { $0.probe == .image })
        #expect(image.target == "shop:1")
        #expect(image.facts?.map(\.text) == ["user.nonroot", "user.reason", "user.verdict"])
        #expect(web.requests(at: now).filter { $0.probe != .image }.allSatisfy { $0.target.hasPrefix("https:") })
        let both = try Self.preparation(url: "https://shop.example/", image: "shop:1")
        let all = both.requests(at: now).filter { $0.probe == .image }
        #expect(all.count == 1 && all[0].facts?.map(\.text).contains("setuid.count") == true)
    }

    @Test("an image that cannot be reached leaves the verdict undetermined")
    func unreachable() throws {
        let result = try Self.judged(try Self.preparation(image: "shop:1"), failure: ProbeFailure(.refused, "down"))
        #expect(result.verdict.outcome == .undetermined)
        #expect(result.items.allSatisfy { $0.status == .inconclusive })
    }

    @Test("a path of gonogo.yaml starts at its folder, an environment has its own image, a name stays")
    func paths() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "image-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (written, meant) in [
            ("oci:build/image:1", "oci:\(folder.path)/build/image:1"),
            ("./image.tar", "\(folder.path)/image.tar"), ("archive:image.tar", "archive:\(folder.path)/image.tar"),
            ("registry.example.com/shop:1.4.2", "registry.example.com/shop:1.4.2"), ("engine:shop", "engine:shop")
        ] {
            let preparation = try Self.prepared("targets: {image: \"\(written)\"}\n", in: folder)
            #expect(preparation.service.image == meant)
            #expect(preparation.requests(at: now).map(\.target) == [meant])
        }
        try Data().write(to: folder.appending(path: "saved"))
        #expect(try Self.prepared("targets: {image: saved}\n", in: folder).service.image == "\(folder.path)/saved")
        #expect(throws: AuditError.self) { try Self.prepared("targets: {image: \"a@b\"}\n", in: folder) }
    }

    @Test("the digest that was seen is the artifact; one that the reference pins wins")
    func artifact() async throws {
        let context = ProbeContext(userAgent: "gonogo/test") { now }
        let missing = await (try Self.preparation(image: "oci:/nowhere")).observed(in: context) { _, _ in }
        #expect(missing.service.artifact == nil)
        let pinned = await (try Self.preparation(image: "oci:/nowhere@\(sha)")).observed(in: context) { _, _ in }
        #expect(pinned.service.artifact == sha)
    }

    @Test("a secret in a reference is wrong usage, and is not repeated")
    func secrets() {
        let token = "ghp_" + String(repeating: "a1B2", count: 9)
        #expect { try TargetCheck.image("oci:/srv/\(token)") } throws: { error in
            (error as? AuditError).map { $0.exitStatus == .usage && !$0.lines.joined().contains(token) } ?? false
        }
    }
}
