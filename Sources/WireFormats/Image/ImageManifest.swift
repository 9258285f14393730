import JSON

/// A reference to content (OCI image-spec, descriptor.md; Docker's image manifest v2, schema 2).
package struct ContentDescriptor: Sendable, Hashable {
    /// Empty when it states none.
    package var mediaType: String
    package var digest: ContentDigest
    /// Bytes, never negative.
    package var size: Int64
    package var annotations: [String: String]
    /// nil when the entry states none.
    package var platform: ImagePlatform?
    package var artifactType: String?

    package init(
        mediaType: String, digest: ContentDigest, size: Int64, annotations: [String: String] = [:],
        platform: ImagePlatform? = nil, artifactType: String? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.annotations = annotations
        self.platform = platform
        self.artifactType = artifactType
    }

    /// The media type without parameters, in lower case.
    var mediaTypeAlone: String { MediaType(mediaType)?.essence ?? mediaType }

    init(_ value: JSONValue, at place: String) throws(ImageDocumentError) {
        let object = try GoJSONObject(value, at: place)
        guard let digest = ContentDigest(try object.string("digest") ?? "") else {
            throw .init(.malformed, "\(place).digest is no digest")
        }
        guard let size = try object.integer("size"), size >= 0 else {
            throw .init(.malformed, "\(place).size is no size")
        }
        self.digest = digest
        self.size = size
        mediaType = try object.string("mediaType") ?? ""
        annotations = try object.texts("annotations", atMost: 1000)
        artifactType = try object.string("artifactType")
        platform = try object.object("platform").map { (platform) throws(ImageDocumentError) in
            ImagePlatform(
                os: try platform.string("os") ?? "", architecture: try platform.string("architecture") ?? "",
                variant: try platform.string("variant"))
        }
    }
}

/// On what an image runs, in Go's words: `linux`, `amd64`, `v8`.
package struct ImagePlatform: Sendable, Hashable {
    package var os: String
    package var architecture: String
    package var variant: String?

    package init(os: String, architecture: String, variant: String? = nil) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
    }
}

/// What a reference leads to: an index of images, or the manifest of one.
package enum ImageManifestDocument: Sendable, Equatable {
    case index(ImageIndex)
    case manifest(ImageManifest)

    /// The media types to ask a registry for; without them it answers in schema 1, or not at all.
    package static let acceptedMediaTypes = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.docker.distribution.manifest.v2+json"
    ]

    /// Bytes of a manifest; longer ones are not read.
    package static let longest = 1 << 20
    /// Entries of an index, layers of an image.
    static let mostEntries = 2000

    /// Reads an index or a manifest by what it holds, whatever the sender calls it.
    ///
    /// One that could be taken for both is refused (CVE-2021-41190).
    package init(_ bytes: [UInt8]) throws(ImageDocumentError) {
        let object = try GoJSONObject(bytes, limit: Self.longest, at: "the manifest")
        let version = try object.integer("schemaVersion")
        if version == 1 || object.has("fsLayers") {
            throw .init(.unsupported, "the manifest is of schema 1, which Docker gave up in 2017 and no runtime takes")
        }
        guard version == nil || version == 2 else { throw .init(.unsupported, "the manifest's schemaVersion is not 2") }
        let isIndex = object.has("manifests")
        let isManifest = object.has("config") || object.has("layers")
        guard isIndex != isManifest else {
            throw .init(.malformed, isIndex ? "the manifest is an index and an image at once" : "this is no manifest")
        }
        self = isIndex ? .index(try ImageIndex(object)) : .manifest(try ImageManifest(object))
    }
}

/// A list of images, mostly one for each platform (OCI image-spec, image-index.md; Docker's manifest list).
package struct ImageIndex: Sendable, Equatable {
    package enum EntryKind: String, Sendable, CaseIterable {
        case manifest, index
        /// BuildKit's attestations of another entry.
        case attestation
        /// A media type that nobody here knows; that is no error.
        case unknown
    }

    package var mediaType: String
    package var entries: [ContentDescriptor]

    init(_ object: GoJSONObject) throws(ImageDocumentError) {
        mediaType = try object.string("mediaType") ?? "application/vnd.oci.image.index.v1+json"
        entries = []
        for (index, value) in (try object.array("manifests", atMost: ImageManifestDocument.mostEntries) ?? [])
            .enumerated()
        {
            entries.append(try ContentDescriptor(value, at: "manifests[\(index)]"))
        }
    }

    /// One that names a platform is an image whatever its annotations say, for that platform's runtime starts it.
    package static func kind(of entry: ContentDescriptor) -> EntryKind {
        let isOfNoPlatform = entry.platform?.os == "unknown"
        if isOfNoPlatform, entry.annotations["vnd.docker.reference.type"] == "attestation-manifest" {
            return .attestation
        }
        switch entry.mediaTypeAlone {
        case "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json":
            return .index
        // What states no media type is taken for what it holds.
        case "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json", "":
            return isOfNoPlatform ? .unknown : .manifest
        default: return .unknown
        }
    }

    /// The name by which a layout's `index.json` knows an entry: `org.opencontainers.image.ref.name`.
    package static func name(of entry: ContentDescriptor) -> String? {
        entry.annotations["org.opencontainers.image.ref.name"]
    }
}

/// One image: its configuration and its layers from the bottom up (OCI image-spec, manifest.md).
package struct ImageManifest: Sendable, Equatable {
    package var mediaType: String
    package var configuration: ContentDescriptor
    package var layers: [ContentDescriptor]
    package var annotations: [String: String]
    package var artifactType: String?

    init(_ object: GoJSONObject) throws(ImageDocumentError) {
        mediaType = try object.string("mediaType") ?? "application/vnd.oci.image.manifest.v1+json"
        guard let configuration = object.value("config") else {
            throw .init(.malformed, "the manifest has no configuration")
        }
        self.configuration = try ContentDescriptor(configuration, at: "config")
        layers = []
        for (index, value) in (try object.array("layers", atMost: ImageManifestDocument.mostEntries) ?? []).enumerated()
        {
            layers.append(try ContentDescriptor(value, at: "layers[\(index)]"))
        }
        annotations = try object.texts("annotations", atMost: 1000)
        artifactType = try object.string("artifactType")
    }

    /// Whether it is an image to run: charts and wasm have configurations of another media type, and the signatures of
    /// cosign and attestations, which have an image's, consist of JSON alone.
    package var isImage: Bool {
        [
            "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json",
            "application/octet-stream", ""
        ].contains(configuration.mediaTypeAlone)
            && (layers.isEmpty || !layers.allSatisfy { $0.mediaTypeAlone.hasSuffix("+json") })
    }

    /// What the attestations in its layers are about, each once, in order: `https://spdx.dev/Document`.
    package var predicateTypes: [String] {
        var seen: Set<String> = []
        return layers.compactMap { $0.annotations["in-toto.io/predicate-type"] }.filter { seen.insert($0).inserted }
    }
}
