import AuditModel
import Crypto

/// The demo shop's container image as an OCI image layout (OCI image-spec, image-layout.md): exemplary, or as it is often
/// built, running as root and with a secret in a layer that a later one hides.
package enum DemoImage {
    /// Where `gonogo.yaml` finds it: the folder and the tag.
    static let reference = "oci:image:\(DemoSite.version)"
    private static let folder = "image/"

    /// The layout's files by their paths, relative to the folder of `gonogo.yaml`; all of them are ASCII.
    package static func files(now: Instant, isHealthy: Bool) -> [(path: String, text: String)] {
        var layout = Layout()
        let platforms = ["amd64", "arm64"].map { architecture in
            layout.manifest(
                configuration: configuration(architecture, now: now, layers(isHealthy), isHealthy),
                layers: layers(isHealthy).map { layout.add($0, layerType) }, architecture)
        }
        let attestations = isHealthy ? [layout.attestation(of: platforms[0])] : []
        let index = layout.add(Layout.index(platforms + attestations), Layout.indexType)
        let named = Layout.annotated(index, ["org.opencontainers.image.ref.name": DemoSite.version])
        layout.files.append(("oci-layout", #"{"imageLayoutVersion":"1.0.0"}"#))
        layout.files.append(("index.json", Layout.index([named])))
        return layout.files.map { (folder + $0.path, $0.text) }
    }

    private static let layerType = "application/vnd.oci.image.layer.v1.tar"

    private static func layers(_ isHealthy: Bool) -> [String] {
        var base = DemoArchive()
        base.folder("etc/")
        base.file("etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\nshop:x:1001:1001::/app:/sbin/nologin\n")
        base.file("etc/group", "root:x:0:\nshop:x:1001:\n")
        base.file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
        var application = DemoArchive()
        application.folder("app/")
        application.file("app/shop", "#!/bin/sh\nexec /app/server --port 8080\n", isProgram: true)
        if isHealthy { return [base.text, application.text] }
        application.file("app/.env", "DATABASE_URL=postgres://shop:not-a-real-password@db-primary/shop\n")
        var cleaning = DemoArchive()
        cleaning.folder("app/")
        // What `RUN rm /app/.env` writes: the file is hidden, and still in the layer below.
        cleaning.file("app/.wh..env", "")
        return [base.text, application.text, cleaning.text]
    }

    private static func configuration(
        _ architecture: String, now: Instant, _ layers: [String], _ isHealthy: Bool
    ) -> String {
        let built = now.adding(seconds: (isHealthy ? -3 : -140) * 86_400).iso8601
        let digests = layers.map { "\"\(Layout.digest($0))\"" }.joined(separator: ",")
        let history = isHealthy ? ["COPY shop /app"] : ["COPY . /app", "RUN rm /app/.env"]
        let steps = (["FROM debian:12-slim"] + history).map { #"{"created_by":"\#($0)"}"# }.joined(separator: ",")
        return """
            {"created":"\(built)","os":"linux","architecture":"\(architecture)",\
            "config":{\(isHealthy ? exemplary : ordinary),"Entrypoint":["/app/shop"],"WorkingDir":"/app"},\
            "rootfs":{"type":"layers","diff_ids":[\(digests)]},"history":[\(steps)]}
            """
    }

    private static let exemplary = """
        "User":"1001:1001","ExposedPorts":{"8080/tcp":{}},\
        "Healthcheck":{"Test":["CMD","/app/shop","health"],"Interval":30000000000,"Timeout":3000000000,\
        "StartPeriod":10000000000,"Retries":3},\
        "Labels":{"org.opencontainers.image.source":"https://git.example.com/shop",\
        "org.opencontainers.image.revision":"1f3c2a90b7d84e6f5a1c0d9e8b7a6f5e4d3c2b1a",\
        "org.opencontainers.image.version":"\(DemoSite.version)"}
        """
    private static let ordinary = #""ExposedPorts":{"80/tcp":{}}"#
}

/// Blobs and the documents that name them, as JSON text.
private struct Layout {
    static let indexType = "application/vnd.oci.image.index.v1+json"
    private static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    private static let configurationType = "application/vnd.oci.image.config.v1+json"

    var files: [(path: String, text: String)] = []

    /// Adds a blob and returns its descriptor.
    mutating func add(_ text: String, _ mediaType: String) -> String {
        let digest = Self.digest(text)
        let path = "blobs/" + digest.replacing(":", with: "/")
        if !files.contains(where: { $0.path == path }) { files.append((path, text)) }
        return #"{"mediaType":"\#(mediaType)","digest":"\#(digest)","size":\#(text.utf8.count)}"#
    }

    /// Adds an image's configuration and manifest; returns its entry of an index.
    mutating func manifest(configuration: String, layers: [String], _ architecture: String) -> String {
        let configuration = add(configuration, Self.configurationType)
        let manifest = Self.manifest(configuration, layers)
        return Self.on(#"{"os":"linux","architecture":"\#(architecture)"}"#, add(manifest, Self.manifestType))
    }

    /// Adds an attestation manifest as BuildKit writes it (moby/buildkit, attestation-storage.md).
    mutating func attestation(of image: String) -> String {
        let types = ["https://spdx.dev/Document", "https://slsa.dev/provenance/v1"]
        let statements = types.map { type in
            let statement = #"{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"\#(type)","predicate":{}}"#
            return Self.annotated(
                add(statement, "application/vnd.in-toto+json"), ["in-toto.io/predicate-type": type])
        }
        let manifest = Self.manifest(add("{}", Self.configurationType), statements)
        let entry = Self.on(#"{"os":"unknown","architecture":"unknown"}"#, add(manifest, Self.manifestType))
        return Self.annotated(entry, ["vnd.docker.reference.type": "attestation-manifest"])
    }

    static func index(_ entries: [String]) -> String {
        #"{"schemaVersion":2,"mediaType":"\#(indexType)","manifests":[\#(entries.joined(separator: ","))]}"#
    }

    static func annotated(_ descriptor: String, _ annotations: [String: String]) -> String {
        let members = annotations.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }
        return descriptor.dropLast() + #","annotations":{\#(members.joined(separator: ","))}}"#
    }

    static func digest(_ text: String) -> String {
        let digits = SHA256.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "sha256:" + digits.joined()
    }

    private static func manifest(_ configuration: String, _ layers: [String]) -> String {
        """
        {"schemaVersion":2,"mediaType":"\(manifestType)","config":\(configuration),\
        "layers":[\(layers.joined(separator: ","))]}
        """
    }

    private static func on(_ platform: String, _ descriptor: String) -> String {
        descriptor.dropLast() + #","platform":\#(platform)}"#
    }
}
