import AuditModel
import Foundation
import JSON
import TestSupport
import Testing

/// The image probe against a real registry, in every way that it lets clients in.
@Suite(.serialized)
struct RegistryLabTests {
    private static let image = TestImage(
        layers: [LabAccounts.layer(), TarBuilder.archive { $0.file("srv/app", "hello") }], user: "app"
    ) { $0.history = #"[{"created_by":"ADD"},{"created_by":"COPY"}]"# }

    private static let facts: [(path: String, expected: Expected)] = [
        ("form", "registry"), ("user.verdict", "nonroot"), ("user.uid", 1001), ("integrity", "verified"),
        ("layers.count", 2), ("tag.name", "1"), ("tag.isLatest", false), ("pinnedByDigest", false),
        ("digest", .value(.string(digest(image.manifest))))
    ]

    @Test("an image is read, by whoever may read it", arguments: LabRegistry.Access.allCases)
    func access(_ access: LabRegistry.Access) async throws {
        try await LabRegistry.run(access) { registry in
            try await push(Self.image, to: registry, as: "lab/app:1")
            try await push(Self.image, to: registry, as: "public/app:1")
            let known = makeContext(try registry.loggedIn(), trusting: registry.root)
            let unknown = makeContext(trusting: registry.root)
            try await expect(Self.facts, of: "docker://\(registry.address)/lab/app:1", in: known)
            let mayRead = access == .plain
            try await expect(
                mayRead ? Self.facts : [], failure: mayRead ? nil : .notPermitted,
                of: "docker://\(registry.address)/lab/app:1", in: unknown)
            let isPublic = access != .basic
            try await expect(
                isPublic ? Self.facts : [], failure: isPublic ? nil : .notPermitted,
                of: "docker://\(registry.address)/public/app:1", in: unknown)
            guard access != .plain else { return }
            let untrusting = makeContext(try registry.loggedIn())
            try await expect([], failure: .tlsFailed, of: "docker://\(registry.address)/lab/app:1", in: untrusting)
        }
    }

    @Test("digests, lists of platforms, Docker's formats and what is not there")
    func contents() async throws {
        try await LabRegistry.run(.plain) { registry in
            let base = "docker://\(registry.address)/"
            try await push(Self.image, to: registry, as: "lab/app:1")
            try await push(Self.image, to: registry, as: "lab/app:latest")
            try await push(Self.image, to: registry, as: "lab/app:docker", ["--format", "v2s2"])
            try await push(Self.image, to: registry, as: "lab/app:old", ["--format", "v2s1"])
            let pinned = digest(Self.image.manifest)
            try await expect(
                [("user.verdict", "nonroot"), ("pinnedByDigest", true), ("digest", .value(.string(pinned)))],
                of: base + "lab/app@" + pinned)
            try await expect([("tag.isLatest", true), ("user.verdict", "nonroot")], of: base + "lab/app")
            try await expect(
                [
                    ("mediaType", "application/vnd.docker.distribution.manifest.v2+json"), ("user.verdict", "nonroot"),
                    ("user.uid", 1001)
                ], of: base + "lab/app:docker")
            try await expect([], failure: .unsupported, of: base + "lab/app:old")
            try await expect([], failure: .nameNotResolved, of: base + "lab/app:2")
            try await expect([], failure: .nameNotResolved, of: base + "lab/none:1")
        }
    }

    @Test(
        "an index with platforms that differ, and one with attestations",
        arguments: [
            "index: two platforms that differ", "index: attestations beside the image", "not an image: a Helm chart"
        ])
    func index(_ name: String) async throws {
        let image = try #require(LabImage.all.first { $0.name == name })
        let source = try await image.reference(in: .shared)
        try await LabRegistry.run(.plain) { registry in
            try await registry.push(source, as: "lab/index:1", ["--all"])
            try await expect(image.facts, of: "docker://\(registry.address)/lab/index:1")
        }
    }

    @Test("Docker's list of manifests")
    func manifestList() async throws {
        let image = try #require(LabImage.all.first { $0.name == "index: two platforms that differ" })
        let source = try await image.reference(in: .shared)
        try await LabRegistry.run(.plain) { registry in
            try await registry.push(source, as: "lab/list:1", ["--all", "--format", "v2s2"])
            let type = Expected.value(.string("application/vnd.docker.distribution.manifest.list.v2+json"))
            try await expect(
                image.facts + [("mediaType", type)], of: "docker://\(registry.address)/lab/list:1")
        }
    }

    private func push(
        _ image: TestImage, to registry: LabRegistry, as name: String, _ more: [String] = []
    ) async throws {
        try await withTemporaryFolder { folder in
            try write(image.layout(), to: folder)
            try await registry.push("oci:\(folder):1.0", as: name, more)
        }
    }
}
