/// How layers are compressed, and what the manifest says of it.
extension LabImage {
    package static let layers: [LabImage] = [
        layer("not compressed", type: "tar") { $0 },
        layer("gzip", type: "tar+gzip") { gzip($0) },
        layer("gzip in three members", type: "tar+gzip") { bytes in
            let third = bytes.count / 3
            return gzip(Array(bytes[..<third])) + gzip(Array(bytes[third..<(2 * third)]))
                + gzip(Array(bytes[(2 * third)...]))
        },
        layer("gzip without compressing", type: "tar+gzip") { gzip($0, level: 0) },
        layer("zstd", type: "tar+zstd") { zstd($0) },
        layer("zstd in two frames", type: "tar+zstd") { bytes in
            zstd(Array(bytes[..<700])) + zstd(Array(bytes[700...]))
        },
        layer("called gzip and not compressed", type: "tar+gzip") { $0 },
        layer("called plain and gzip", type: "tar") { gzip($0) },
        layer("called gzip and zstd", type: "tar+gzip") { zstd($0) },
        layer("called zstd and gzip", type: "tar+zstd") { gzip($0) },
        // What a registry may not hand on is not there; a number needs no layer.
        foreign("1001", ["user.verdict": "nonroot", "user.uid": 1001, "kubernetes.runAsNonRoot": "accepted"]),
        foreign(
            "app", ["user.verdict": "unknown", "user.nonroot": .unobserved, "kubernetes.runAsNonRoot": "refused-name"]),
        LabImage(
            "layer: cut",
            files: { stored { $0.dropLast(20) } },
            ["user.verdict": "unknown", "user.nonroot": .unobserved, "integrity": "mismatch"]),
        LabImage(
            "layer: another one than its digest says",
            files: { stored { _ in gzip(LabAccounts.layer(passwd: "app:x:7:7::/:\n")) } },
            ["user.verdict": "unknown", "user.nonroot": .unobserved, "integrity": "mismatch"]),
        LabImage(
            "layer: missing", files: { stored { _ in nil } },
            ["user.verdict": "unknown", "user.nonroot": .unobserved, "integrity": "missing"]),
        LabImage(
            "layer: bzip2",
            files: { named { _ in Array("BZh91AY&SY".utf8) + [UInt8](repeating: 7, count: 600) }.layout() },
            ["user.verdict": "unknown", "user.nonroot": .unobserved]),
        LabImage(
            "no layers, a number", TestImage(user: "1001"), .nonroot(1001, gid: 0), kubernetes: "accepted",
            ["layers.count": 0, "integrity": "verified"]),
        LabImage("no layers, a name", TestImage(user: "app"), .unstartable)
    ]

    private static func named(_ compress: @escaping @Sendable ([UInt8]) -> [UInt8]) -> TestImage {
        TestImage(layers: [LabAccounts.layer()], user: "app") { $0.compress = compress }
    }

    private static func layer(
        _ name: String, type: String, _ compress: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> LabImage {
        var image = named(compress)
        image.layerType = "application/vnd.oci.image.layer.v1." + type
        return LabImage(
            "layer: \(name)", image, .nonroot(1001, gid: 1001), ["integrity": "verified", "layersRead": 1])
    }

    private static func foreign(_ user: String, _ facts: KeyValuePairs<String, Expected>) -> LabImage {
        LabImage(
            "layer: not distributable, USER \(user)",
            files: {
                let image = TestImage(layers: [LabAccounts.layer()], user: user) {
                    $0.layerType = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
                }
                return image.layout().filter { $0.key != "blobs/sha256/" + hex(image.storedLayers[0]) }
            }, facts)
    }

    /// The layout of a named user's image with another layer in the place of the right one; nil for none.
    private static func stored(_ change: ([UInt8]) -> [UInt8]?) -> [String: [UInt8]] {
        let image = named { gzip($0) }
        var files = image.layout()
        files["blobs/sha256/" + hex(image.storedLayers[0])] = change(image.storedLayers[0])
        return files
    }
}
