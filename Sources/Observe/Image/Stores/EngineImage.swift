import AuditModel
import Facts
import JSON
import WireFormats

/// An image that a container engine has.
struct EngineImage: Sendable {
    let engine: Engine
    /// The engine's own name for it.
    let name: String
    /// How the engine keeps it, where it says so: Podman does, and saves every image as Docker's.
    private var manifestType: String?

    /// Throws when the name is none that the engine's API can be asked for.
    init(_ name: String, of engine: Engine) throws(ProbeFailure) {
        let isName = name.utf8.allSatisfy { isAlphanumeric($0) || "._-:/@".utf8.contains($0) }
        let hasDots = name.split(separator: "/", omittingEmptySubsequences: false).contains { $0.isEmpty || $0 == ".." }
        guard isName, !hasDots, (1...512).contains(name.utf8.count) else {
            throw ProbeFailure(.unsupported, "the reference names no image of an engine")
        }
        self.name = name
        self.engine = engine
    }

    /// What the engine says about the image; nil when it has none of that name.
    func described(redactor: Redactor) async throws(ProbeFailure) -> OpenedImage? {
        guard let (inspected, fields) = try await engine.json("/images/\(name)/json") else { return nil }
        var document = inspected
        var image = self
        if let version = fields.first(where: { $0.name.lowercased() == "libpod-api-version" })?.value,
            version.utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: ".") }),
            let native = try await engine.json("/v\(version)/libpod/images/\(name)/json")
        {
            // Podman leaves the health check out where it answers as Docker does.
            document = Self.document(inspected, healthcheck: native.json["Healthcheck"] ?? native.json["HealthCheck"])
            image.manifestType = native.json["ManifestType"]?.string
        } else {
            document = Self.document(inspected, healthcheck: nil)
        }
        let history = try await engine.json("/images/\(name)/history")?.json
        return try image.opened(document, history: history, inspected, redactor)
    }

    /// The image as the engine saves it, with its configuration and its layers.
    func archive() async throws -> (OpenedImage.Target, any BlobStore) {
        do {
            let content = try await ArchiveContent.read(.stream(EngineArchive(image: self)))
            guard let archive = try await DockerArchive(content), let image = archive.images.first else {
                throw ProbeFailure(.malformed, "the engine at \(engine.place) saves the image as something else")
            }
            var opened = try await archive.open(image)
            if let manifestType { opened.image.manifest.mediaType = manifestType }
            return (.image(opened.image), opened.store)
        } catch let error as TarError {
            throw ProbeFailure(error, "what the engine at \(engine.place) saves")
        } catch let error as ImageDocumentError {
            throw ProbeFailure(error)
        }
    }

    private func opened(
        _ document: JSONValue, history: JSONValue?, _ inspected: JSONValue, _ redactor: Redactor
    ) throws(ProbeFailure) -> OpenedImage {
        let id = inspected["Id"]?.string ?? ""
        guard let digest = ContentDigest(id.contains(":") ? id : "sha256:" + id) else {
            throw ProbeFailure(.malformed, "the engine at \(engine.place) describes an image without an identifier")
        }
        let steps = (history?.array ?? []).reversed().map { step in
            JSONValue.object([
                .init("created_by", step["CreatedBy"] ?? .null),
                .init("empty_layer", .boolean(step["Size"] == .integer(0)))
            ])
        }
        let members = (document.members ?? []) + [.init("history", .array(steps))]
        let descriptor = ImageDescriptor(
            mediaType: "application/vnd.docker.container.image.v1+json", digest: digest.text, size: 0)
        var manifest = descriptor
        if let manifestType { manifest.mediaType = manifestType }
        var image = ReadImage(
            PlatformImage(os: "", architecture: "", manifest: manifest, configurationDescriptor: descriptor))
        image.image.layers = (inspected["RootFS"]?["Layers"]?.array ?? []).prefix(ImageLimits.layers).map { layer in
            ImageDescriptor(
                mediaType: "application/vnd.docker.image.rootfs.diff.tar", digest: layer.string ?? "", size: 0)
        }
        do throws(ImageDocumentError) {
            let text = Array(JSONValue.object(members).compact.utf8)
            image.take(try ImageConfigurationDocument(text), redactor: redactor)
        } catch {
            throw ProbeFailure(error)
        }
        let name = RegistrySelector(name)
        return OpenedImage(
            form: .engine, tag: name.tag, pinnedDigest: name.digest, descriptor: descriptor,
            target: .engine(image, self), store: NoBlobs())
    }

    /// The engine's description in the words of an image's configuration.
    private static func document(_ inspected: JSONValue, healthcheck: JSONValue?) -> JSONValue {
        var config = inspected["Config"]?.members ?? []
        if let healthcheck, healthcheck != .null {
            config.removeAll { $0.name == "Healthcheck" }
            config.append(.init("Healthcheck", healthcheck))
        }
        let names = [("created", "Created"), ("os", "Os"), ("architecture", "Architecture"), ("variant", "Variant")]
        let members = names.compactMap { name, theirs in inspected[theirs].map { JSONValue.Member(name, $0) } }
        return .object(members + [.init("config", .object(config))])
    }
}

/// The tag and the digest of an engine's name for an image.
private struct RegistrySelector {
    let tag: String?
    let digest: String?

    init(_ name: String) {
        let parts = name.split(separator: "@", maxSplits: 1)
        digest = parts.count > 1 ? ContentDigest(String(parts[1]))?.text : nil
        let last = parts.first?.split(separator: "/").last ?? ""
        tag = last.firstIndex(of: ":").map { String(last[last.index(after: $0)...]) }
    }
}

/// `GET /images/NAME/get`: the archive that `docker save` writes, sent anew for each reading.
private struct EngineArchive: ArchiveStream {
    let image: EngineImage

    func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Bool) async throws {
        struct Enough: Error {}
        do {
            try await image.engine.get("/images/\(image.name)/get") { response, body in
                guard response.status == 200 else {
                    throw ProbeFailure(.refused, "the engine at \(image.engine.place) answered \(response.status)")
                }
                try await body.forEachPiece { piece in
                    guard try take(piece) else { throw Enough() }
                }
            }
        } catch is Enough {
            return
        }
    }
}

/// The store of an image whose blobs were not asked for.
private struct NoBlobs: BlobStore {
    func forEachPiece(
        of blob: ImageDescriptor, _ kind: BlobKind, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        throw BlobProblem.missing(blob)
    }
}
