import Crypto
import Foundation

/// An image made by a test: layers and configuration, and its documents in every form.
package struct TestImage: Sendable {
    package static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    package static let indexType = "application/vnd.oci.image.index.v1+json"
    package static let configurationType = "application/vnd.oci.image.config.v1+json"
    package static let layerType = "application/vnd.oci.image.layer.v1.tar+gzip"

    /// As they inflate, from the bottom up.
    package var layers: [[UInt8]]
    package var user: String?
    package var os = "linux"
    package var architecture = "amd64"
    /// Members of `config` besides `User`, as JSON text with a comma before each.
    package var settings = ""
    package var history = "[]"
    package var compress: @Sendable ([UInt8]) -> [UInt8] = { gzip($0) }
    /// The media type that the manifest states for every layer.
    package var layerType = Self.layerType
    /// What the configuration, or the manifest, is to be instead.
    package var rewriteConfiguration: @Sendable (String) -> String = { $0 }
    package var rewriteManifest: @Sendable (String) -> String = { $0 }

    package init(
        layers: [[UInt8]] = [], user: String? = nil, settings: String = "",
        _ change: (inout TestImage) -> Void = { _ in }
    ) {
        (self.layers, self.user, self.settings) = (layers, user, settings)
        change(&self)
    }

    /// Everything that is looked for is in the lower one of two layers.
    package static var common: TestImage {
        TestImage(
            layers: [
                TarBuilder.archive { tar in
                    tar.directory("etc/")
                    tar.file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:$6$salt$hash:1001:1001::/:/bin/sh\n")
                    tar.file("etc/group", "root:x:0:\napp:x:1001:\n")
                    tar.file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                    tar.file("usr/bin/su", "ELF", mode: 0o4755)
                },
                TarBuilder.archive { $0.file("srv/app", "hello") }
            ], user: "app")
    }

    package var configuration: [UInt8] {
        let user = user.map { "\"User\":\"\($0)\"" } ?? "\"Labels\":{}"
        let diffs = layers.map { "\"\(digest($0))\"" }.joined(separator: ",")
        let text = """
            {"created":"2026-01-02T03:04:05Z","os":"\(os)","architecture":"\(architecture)",\
            "config":{\(user)\(settings)},"rootfs":{"type":"layers","diff_ids":[\(diffs)]},"history":\(history)}
            """
        return Array(rewriteConfiguration(text).utf8)
    }

    package var storedLayers: [[UInt8]] { layers.map(compress) }

    package var manifest: [UInt8] {
        let layers = storedLayers.map { descriptor($0, layerType) }.joined(separator: ",")
        let text = """
            {"schemaVersion":2,"mediaType":"\(Self.manifestType)",\
            "config":\(descriptor(configuration, Self.configurationType)),"layers":[\(layers)]}
            """
        return Array(rewriteManifest(text).utf8)
    }

    /// Every blob by its digest: manifest, configuration and layers.
    package var blobs: [String: [UInt8]] {
        Dictionary(([manifest, configuration] + storedLayers).map { (digest($0), $0) }) { first, _ in first }
    }

    /// An index of one entry, with a tag.
    package func index(tag: String?) -> [UInt8] {
        let annotations = tag.map { ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"\($0)\"}" } ?? ""
        return indexDocument([String(descriptor(manifest, Self.manifestType).dropLast()) + annotations + "}"])
    }

    // MARK: Forms

    package func layout(tag: String? = "1.0", hasVersionFile: Bool = true) -> [String: [UInt8]] {
        TestImage.layout(index: index(tag: tag), blobs: blobs, hasVersionFile: hasVersionFile)
    }

    package static func layout(
        index: [UInt8], blobs: [String: [UInt8]], hasVersionFile: Bool = true
    ) -> [String: [UInt8]] {
        var files = ["index.json": index]
        if hasVersionFile { files["oci-layout"] = Array("{\"imageLayoutVersion\":\"1.0.0\"}".utf8) }
        for (digest, bytes) in blobs {
            files["blobs/" + digest.replacingOccurrences(of: ":", with: "/")] = bytes
        }
        return files
    }

    /// As Podman and Skopeo write it: the configuration and uncompressed layers beside each other.
    package func podmanArchive(name: String = "shop:1.0") -> [UInt8] {
        TarBuilder.archive { tar in
            for layer in layers { tar.file(hex(layer) + ".tar", layer) }
            tar.file(hex(configuration) + ".json", configuration)
            tar.file(
                "manifest.json",
                dockerManifest(hex(configuration) + ".json", layers.map { hex($0) + ".tar" }, name: name))
        }
    }

    /// As Docker before 25 writes it: a folder for each layer; the last is a link to the first, should they be equal.
    package func oldDockerArchive(name: String = "shop:1.0") -> [UInt8] {
        TarBuilder.archive { tar in
            for (index, layer) in layers.enumerated() {
                tar.directory("id\(index)/")
                tar.file("id\(index)/VERSION", "1.0")
                tar.file("id\(index)/json", "{}")
                if let same = layers[..<index].firstIndex(of: layer) {
                    tar.symbolicLink("id\(index)/layer.tar", to: "../id\(same)/layer.tar")
                } else {
                    tar.file("id\(index)/layer.tar", layer)
                }
            }
            tar.file(hex(configuration) + ".json", configuration)
            let paths = layers.indices.map { "id\($0)/layer.tar" }
            tar.file("manifest.json", dockerManifest(hex(configuration) + ".json", paths, name: name))
            tar.file("repositories", "{}")
        }
    }

    /// As Docker 25 and later write it: a layout, whose index may lie, with `manifest.json` beside it.
    package func newDockerArchive(name: String = "shop:1.0", index: [UInt8]? = nil) -> [UInt8] {
        TarBuilder.archive { tar in
            for (path, bytes) in layout() where path != "index.json" { tar.file(path, bytes) }
            tar.file("index.json", index ?? self.index(tag: nil))
            let paths = storedLayers.map { "blobs/sha256/" + hex($0) }
            tar.file("manifest.json", dockerManifest("blobs/sha256/" + hex(configuration), paths, name: name))
        }
    }

    private func dockerManifest(_ configuration: String, _ layers: [String], name: String) -> String {
        let layers = layers.map { "\"\($0)\"" }.joined(separator: ",")
        return "[{\"Config\":\"\(configuration)\",\"RepoTags\":[\"\(name)\"],\"Layers\":[\(layers)]}]"
    }
}

package func digest(_ bytes: [UInt8]) -> String { "sha256:" + hex(bytes) }

package func hex(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }.joined()
}

package func descriptor(_ bytes: [UInt8], _ mediaType: String) -> String {
    "{\"mediaType\":\"\(mediaType)\",\"digest\":\"\(digest(bytes))\",\"size\":\(bytes.count)}"
}

/// The descriptor of an image for an index, with its platform.
package func descriptor(of image: TestImage, name: String? = nil) -> String {
    let annotations = name.map { ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"\($0)\"}" } ?? ""
    let platform = ",\"platform\":{\"os\":\"\(image.os)\",\"architecture\":\"\(image.architecture)\"}"
    return String(descriptor(image.manifest, TestImage.manifestType).dropLast()) + platform + annotations + "}"
}

package func indexDocument(_ descriptors: [String]) -> [UInt8] {
    Array(
        "{\"schemaVersion\":2,\"mediaType\":\"\(TestImage.indexType)\",\"manifests\":[\(descriptors.joined(separator: ","))]}"
            .utf8)
}

/// Writes files below a folder.
package func write(_ files: [String: [UInt8]], to folder: String) throws {
    for (path, bytes) in files {
        let url = URL(fileURLWithPath: folder + "/" + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }
}

package func tar(_ files: [String: [UInt8]]) -> [UInt8] {
    TarBuilder.archive { tar in for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { tar.file(path, bytes) } }
}
