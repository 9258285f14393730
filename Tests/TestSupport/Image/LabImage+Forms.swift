import AuditModel
import JSON

/// The places where an image may be, and how each writes it.
extension LabImage {
    package static let forms: [LabImage] = written + copied + saved

    private static let common = TestImage(
        layers: [LabAccounts.layer(), TarBuilder.archive { $0.file("srv/app", "hello") }], user: "app")
    private static let other = TestImage(layers: [LabAccounts.layer()], user: "0")

    /// Every one is the same image.
    private static func facts(_ form: String, tag: Expected = .absent) -> KeyValuePairs<String, Expected> {
        [
            "form": .value(.string(form)), "user.verdict": "nonroot", "user.uid": 1001, "integrity": "verified",
            "layers.count": 2, "tag.name": tag, "configDigest": .value(.string(digest(common.configuration)))
        ]
    }

    private static let written: [LabImage] = [
        LabImage("form: layout", files: { common.layout() }, facts("oci-layout")),
        LabImage(
            "form: layout with a tag", files: { common.layout() }, selector: ":1.0", facts("oci-layout", tag: "1.0")),
        LabImage(
            "form: layout without oci-layout", files: { common.layout(hasVersionFile: false) }, facts("oci-layout")),
        LabImage("form: archive of a layout", archive: { tar(common.layout()) }, facts("oci-archive")),
        LabImage("form: docker save before 25", archive: { common.oldDockerArchive() }, facts("docker-archive")),
        LabImage("form: docker save since 25", archive: { common.newDockerArchive() }, facts("docker-archive")),
        LabImage("form: docker save of Podman", archive: { common.podmanArchive() }, facts("docker-archive")),
        LabImage(
            "form: docker save, compressed", archive: { gzip(common.oldDockerArchive()) }, facts("docker-archive")),
        LabImage(
            "form: several images, none named", files: { several }, [:]
        ).failing(.unsupported),
        LabImage("form: several images, one named", files: { several }, selector: ":root", ["user.verdict": "root"]),
        LabImage(
            "form: several images, one by its digest", files: { several }, selector: "@" + digest(common.manifest),
            ["user.verdict": "nonroot", "pinnedByDigest": true]),
        LabImage("form: a tag that is not there", files: { several }, selector: ":else", [:]).failing(.nameNotResolved),
        LabImage(
            "form: a manifest of schema 1",
            files: {
                let document = Array(#"{"schemaVersion":1,"name":"lab","tag":"1","fsLayers":[],"history":[]}"#.utf8)
                let type = "application/vnd.docker.distribution.manifest.v1+prettyjws"
                return TestImage.layout(
                    index: indexDocument([TestSupport.descriptor(document, type)]), blobs: [digest(document): document])
            }, [:]
        ).failing(.unsupported),
        LabImage("form: a tar of something else", archive: { tar(["readme": [1]]) }, [:]).failing(.unsupported),
        LabImage("form: no tar", archive: { [UInt8](repeating: 0x61, count: 2000) }, [:]).failing(.malformed)
    ]

    private static var several: [String: [UInt8]] {
        let index = indexDocument([
            descriptor(of: common, name: "app"), descriptor(of: other, name: "root")
        ])
        return TestImage.layout(index: index, blobs: common.blobs.merging(other.blobs) { first, _ in first })
    }

    // MARK: Skopeo

    private static let copied: [LabImage] = [
        skopeo("layout to layout", to: { "oci:\($0):1" }, reading: { "oci:\($0):1" }, "oci-layout"),
        skopeo(
            "layout to layout, zstd", to: { "oci:\($0):1" }, reading: { "oci:\($0)" }, "oci-layout",
            ["--dest-compress-format", "zstd"]),
        skopeo("layout to an archive", to: { "oci-archive:\($0):1" }, reading: { "archive:\($0)" }, "oci-archive"),
        skopeo(
            "layout to Docker's archive", to: { "docker-archive:\($0):lab:1" }, reading: { "archive:\($0)" },
            "docker-archive")
    ]

    private static func skopeo(
        _ name: String, to target: @escaping @Sendable (String) -> String,
        reading: @escaping @Sendable (String) -> String, _ form: String, _ more: [String] = []
    ) -> LabImage {
        LabImage(
            "Skopeo: \(name)",
            [
                "form": .value(.string(form)), "user.verdict": "nonroot", "user.uid": 1001, "integrity": "verified",
                "layers.count": 2
            ]
        ) { store in
            let source = store.newFolder()
            try write(common.layout(), to: source)
            let path = store.newFolder()
            try await store.skopeo(["copy", "--quiet"] + more + ["oci:\(source):1.0", target(path)])
            return reading(path)
        }
    }

    // MARK: Podman

    private static let saved: [LabImage] = [
        podman(
            "an archive of one image", ["--format", "docker-archive"], ["one"], "",
            ["form": "docker-archive", "user.verdict": "nonroot"]),
        podman(
            "a layout's archive", ["--format", "oci-archive"], ["one"], "",
            ["form": "oci-archive", "user.verdict": "nonroot"]),
        podman("two images, none named", ["--multi-image-archive"], ["one", "two"], "", [:]).failing(.unsupported),
        podman(
            "two images, one named", ["--multi-image-archive"], ["one", "two"], ":two:latest", ["user.verdict": "root"])
    ]

    private static func podman(
        _ name: String, _ options: [String], _ images: [String], _ selector: String,
        _ facts: KeyValuePairs<String, Expected>
    ) -> LabImage {
        LabImage("podman save: \(name)", facts) { store in
            try await store.build("one", "FROM localhost/base\nUSER app")
            try await store.build("two", "FROM localhost/base\nUSER 0")
            let path = store.newFolder()
            try await store.podman(["save"] + options + ["--output", path] + images.map { "localhost/\($0)" })
            return "archive:\(path)\(selector)"
        }
    }
}
