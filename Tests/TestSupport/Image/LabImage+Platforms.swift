/// Indexes of several platforms, and what is no image for Linux.
extension LabImage {
    package static let platforms: [LabImage] = indexes + others

    private static let indexes: [LabImage] = [
        index(
            "two platforms that agree", [platform("amd64", "app"), platform("arm64", "app")],
            [
                "user.verdict": "nonroot", "user.uid": 1001, "user.nonroot": true,
                "platforms": ["linux/amd64", "linux/arm64"], "kubernetes.runAsNonRoot": "refused-name"
            ]),
        index(
            "two platforms that differ", [platform("amd64", "1001"), platform("arm64", "0")],
            [
                "user.verdict": "mixed", "user.nonroot": false, "user.uid": .absent,
                "kubernetes.runAsNonRoot": "refused-root", "user.platforms": .count(2),
                "user.reason": "platforms differ: on linux/arm64 USER is the number 0"
            ]),
        index(
            "one platform does not start", [platform("amd64", "1001"), platform("arm64", "ghost")],
            ["user.verdict": "mixed", "user.nonroot": false, "kubernetes.runAsNonRoot": "refused-name"]),
        index(
            "platforms with different numbers", [platform("amd64", "1001"), platform("arm64", "1002")],
            ["user.verdict": "nonroot", "user.nonroot": true, "user.uid": .absent]),
        index(
            "Linux beside Windows",
            [platform("amd64", "1001"), platform("amd64", "ContainerAdministrator", os: "windows")],
            ["user.verdict": "nonroot", "user.nonroot": true, "platforms": ["linux/amd64", "windows/amd64"]]),
        index(
            "attestations beside the image", [platform("amd64", "1001"), .attestation],
            [
                "user.verdict": "nonroot", "platforms": ["linux/amd64"], "attestations.sbom": true,
                "attestations.provenance": true
            ]),
        index(
            "no attestations", [platform("amd64", "1001")],
            ["attestations.sbom": false, "attestations.provenance": false]),
        index(
            "an entry of a type that nobody knows", [platform("amd64", "1001"), .unknown],
            ["user.verdict": "nonroot", "platforms": ["linux/amd64"]]),
        LabImage(
            "index: platforms in index.json itself",
            files: {
                let images = [platform("amd64", "app"), platform("arm64", "app")]
                return TestImage.layout(
                    index: indexDocument(images.map(\.descriptor)), blobs: images.blobs)
            }, ["user.verdict": "nonroot", "platforms": ["linux/amd64", "linux/arm64"]]),
        LabImage(
            "index: within an index",
            files: {
                let images = [platform("amd64", "app"), platform("arm64", "0")]
                let inner = indexDocument(images.map(\.descriptor))
                let outer = indexDocument([TestSupport.descriptor(inner, TestImage.indexType)])
                return layout(of: outer, images.blobs.merging([digest(inner): inner]) { first, _ in first })
            }, ["user.verdict": "mixed"]),
        LabImage(
            "index: Docker's manifest list",
            files: {
                let images = [platform("amd64", "app"), platform("arm64", "app")].map(\.asDocker)
                let type = "application/vnd.docker.distribution.manifest.list.v2+json"
                let text = String(decoding: indexDocument(images.map(\.descriptor)), as: UTF8.self)
                return layout(of: Array(text.replacing(TestImage.indexType, with: type).utf8), type: type, images.blobs)
            },
            [
                "user.verdict": "nonroot", "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
                "platforms": ["linux/amd64", "linux/arm64"]
            ])
    ]

    private static let others: [LabImage] = [
        index(
            "Windows alone", [platform("amd64", "ContainerUser", os: "windows")],
            ["user.verdict": "other-os", "user.raw": "ContainerUser", "user.nonroot": .unobserved, "user.uid": .absent]),
        artifact(
            "a Helm chart", configuration: "application/vnd.cncf.helm.config.v1+json",
            layer: "application/vnd.cncf.helm.chart.content.v1.tar+gzip"),
        // cosign gives its signatures the configuration of an image.
        artifact(
            "a signature of cosign", configuration: TestImage.configurationType,
            layer: "application/vnd.dev.cosign.simplesigning.v1+json"),
        artifact(
            "an attestation by itself", configuration: TestImage.configurationType,
            layer: "application/vnd.in-toto+json"),
        artifact(
            "an artifact of OCI 1.1", configuration: "application/vnd.oci.empty.v1+json",
            layer: "application/vnd.example.data"),
        artifact(
            "a WebAssembly module", configuration: "application/vnd.wasm.config.v0+json", layer: "application/wasm"),
        LabImage(
            "not an image: an index of attestations alone",
            files: { layout(of: indexDocument([Entry.attestation.descriptor]), [Entry.attestation].blobs) },
            ["user.verdict": "not-an-image"])
    ]

    /// An entry of an index, with its blobs.
    fileprivate struct Entry {
        var descriptor: String
        var blobs: [String: [UInt8]]

        static var attestation: Entry {
            let types = ["https://spdx.dev/Document", "https://slsa.dev/provenance/v0.2"]
            let statement = Array("{}".utf8)
            let layers = types.map { type in
                String(TestSupport.descriptor(statement, "application/vnd.in-toto+json").dropLast())
                    + ",\"annotations\":{\"in-toto.io/predicate-type\":\"\(type)\"}}"
            }
            let image = TestImage {
                $0.rewriteManifest = {
                    $0.replacing("\"layers\":[]", with: "\"layers\":[\(layers.joined(separator: ","))]")
                }
            }
            return Entry(
                descriptor: String(TestSupport.descriptor(image.manifest, TestImage.manifestType).dropLast()) + """
                    ,"platform":{"os":"unknown","architecture":"unknown"},"annotations":{\
                    "vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"\(digest([]))"}}
                    """, blobs: image.blobs.merging([digest(statement): statement]) { first, _ in first })
        }

        static var unknown: Entry {
            Entry(descriptor: TestSupport.descriptor([1], "application/vnd.example.future+json"), blobs: [:])
        }

        /// With the media types of Docker's schema 2.
        var asDocker: Entry {
            func renamed(_ text: String) -> String {
                text.replacing(TestImage.manifestType, with: "application/vnd.docker.distribution.manifest.v2+json")
                    .replacing(TestImage.configurationType, with: "application/vnd.docker.container.image.v1+json")
                    .replacing(TestImage.layerType, with: "application/vnd.docker.image.rootfs.diff.tar.gzip")
            }
            var entry = self
            for (name, bytes) in blobs where bytes.starts(with: "{\"schemaVersion\"".utf8) {
                let changed = Array(renamed(String(decoding: bytes, as: UTF8.self)).utf8)
                entry.blobs[name] = nil
                entry.blobs[digest(changed)] = changed
                entry.descriptor = renamed(descriptor).replacing(name, with: digest(changed))
                    .replacing("\"size\":\(bytes.count)", with: "\"size\":\(changed.count)")
            }
            return entry
        }
    }

    private static func platform(_ architecture: String, _ user: String, os: String = "linux") -> Entry {
        let image = TestImage(layers: [LabAccounts.layer()], user: user) { image in
            image.os = os
            image.architecture = architecture
        }
        return Entry(descriptor: TestSupport.descriptor(of: image), blobs: image.blobs)
    }

    private static func index(
        _ name: String, _ entries: [Entry], _ facts: KeyValuePairs<String, Expected>
    ) -> LabImage {
        let index = indexDocument(entries.map(\.descriptor))
        let files = layout(of: index, entries.blobs)
        return LabImage("index: \(name)", files: { files }, facts)
    }

    /// A layout whose one entry is this index.
    private static func layout(
        of index: [UInt8], type: String = TestImage.indexType, _ blobs: [String: [UInt8]]
    ) -> [String: [UInt8]] {
        let entry = TestSupport.descriptor(index, type)
        return TestImage.layout(
            index: indexDocument([entry]), blobs: blobs.merging([digest(index): index]) { first, _ in first })
    }

    private static func artifact(_ name: String, configuration: String, layer: String) -> LabImage {
        let image = TestImage(layers: [Array("{\"content\":1}".utf8)]) { image in
            image.compress = { $0 }
            image.layerType = layer
            image.rewriteManifest = { $0.replacing(TestImage.configurationType, with: configuration) }
        }
        return LabImage(
            "not an image: \(name)", files: { image.layout() },
            ["user.verdict": "not-an-image", "user.raw": .absent, "user.nonroot": .unobserved])
    }
}

extension [LabImage.Entry] {
    fileprivate var blobs: [String: [UInt8]] {
        reduce(into: [:]) { all, entry in all.merge(entry.blobs) { first, _ in first } }
    }
}
