import AuditModel
import Facts
import WireFormats

/// What `docker save` writes (moby image-spec v1.2): images of which `manifest.json` says where the archive has their
/// configurations and layers.
struct DockerArchive: BlobStore {
    private struct Place: Sendable {
        let path: RootPath
        let isInflatedDigest: Bool
    }

    let images: [DockerArchiveManifest.Image]
    private let content: ArchiveContent
    private var places: [String: Place] = [:]

    /// nil when the archive has no `manifest.json`.
    init?(_ content: ArchiveContent) async throws {
        guard let bytes = try await content.bytes(of: "manifest.json", atMost: ImageManifestDocument.longest) else {
            return nil
        }
        images = try DockerArchiveManifest(bytes).images
        self.content = content
    }

    /// An image of the archive; it has no manifest, so that its configuration's digest is its address.
    func open(
        _ image: DockerArchiveManifest.Image
    ) async throws -> (descriptor: ImageDescriptor, image: PlatformImage, store: DockerArchive) {
        let longest = ImageConfigurationDocument.longest
        guard let bytes = try await content.bytes(of: image.configuration, atMost: longest) else {
            throw ProbeFailure(.malformed, "the archive lacks the configuration that its manifest.json names")
        }
        var archive = self
        let configuration = archive.locate(
            image.configuration, mediaType: "application/vnd.docker.container.image.v1+json",
            digest: Self.digest(inName: image.configuration) ?? DigestVerification.sha256(of: bytes))
        var platform = PlatformImage(
            os: "", architecture: "", manifest: configuration, configurationDescriptor: configuration)
        // A configuration that is broken is told when it is read, with its digest.
        let contents = (try? ImageConfigurationDocument(bytes))?.diffIDs
        if let contents, contents.count != image.layers.count {
            throw ProbeFailure(.malformed, "manifest.json and the configuration disagree about the image's layers")
        }
        let type = "application/vnd.docker.image.rootfs.diff.tar"
        platform.layers = zip(image.layers, contents ?? []).map { path, contentDigest in
            archive.locate(path, mediaType: type, digest: Self.digest(inName: path), orOfInflated: contentDigest)
        }
        return (configuration, platform, archive)
    }

    private mutating func locate(
        _ path: RootPath, mediaType: String, digest: String?, orOfInflated inflated: String = ""
    ) -> ImageDescriptor {
        let name = digest ?? inflated
        if places[name] == nil { places[name] = Place(path: path, isInflatedDigest: digest == nil) }
        return ImageDescriptor(mediaType: mediaType, digest: name, size: content.size(of: path) ?? 0)
    }

    /// The digest that a name promises: `blobs/sha256/HEX`, and `HEX.json` of a configuration.
    private static func digest(inName path: RootPath) -> String? {
        let parts = path.text.split(separator: "/")
        if parts.count == 3, parts[0] == "blobs" { return ContentDigest("\(parts[1]):\(parts[2])")?.text }
        guard parts.count == 1, parts[0].hasSuffix(".json") else { return nil }
        return ContentDigest("sha256:\(parts[0].dropLast(5))")?.text
    }

    // MARK: BlobStore

    func forEachPiece(
        of blob: ImageDescriptor, _ kind: BlobKind, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        guard let place = places[blob.digest], content.has(place.path) else { throw BlobProblem.missing(blob) }
        try await content.forEachPiece(of: place.path, take)
    }

    func lacks(_ blob: ImageDescriptor) -> Bool { places[blob.digest].map { !content.has($0.path) } ?? true }

    func digestIsOfInflated(_ layer: ImageDescriptor) -> Bool { places[layer.digest]?.isInflatedDigest ?? false }
}

extension ProbeFailure {
    init(_ error: ImageDocumentError) {
        switch error.code {
        case .malformed: self.init(.malformed, error.reason)
        case .unsupported: self.init(.unsupported, error.reason)
        case .tooLarge: self.init(.tooLarge, error.reason)
        }
    }
}
