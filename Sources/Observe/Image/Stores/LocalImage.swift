import AuditModel
import Compression
import Facts
import Glibc
import WireFormats

extension ImageReference {
    /// Reads a reference, with the file system of this machine to tell paths from names.
    init(_ text: String) throws(ProbeFailure) {
        do throws(Problem) {
            self = try ImageReference(text) { access($0, F_OK) == 0 }
        } catch {
            throw ProbeFailure(.unsupported, "the reference names no image: \(error.reason)")
        }
    }
}

/// An image in a folder or a file of this machine, in whatever form it is there.
struct LocalImage: Sendable {
    private let reference: String
    private let path: String
    private let selector: ImageReference.Selector?

    /// nil for a reference to a registry or an engine.
    init?(_ reference: String) throws(ProbeFailure) { self.init(reference, try ImageReference(reference)) }

    /// nil for a reference to a registry or an engine.
    init?(_ text: String, _ reference: ImageReference) {
        switch reference {
        case .layout(let path, let selector), .archive(let path, let selector), .path(let path, let selector):
            (self.path, self.selector) = (path, selector)
        case .registry, .engine: return nil
        }
        self.reference = text
    }

    /// Throws a `ProbeFailure`, or `AmbiguousImage`.
    func opened() async throws -> OpenedImage {
        let file: LocalFile
        do throws(LocalFile.Problem) {
            file = try LocalFile(path)
        } catch {
            guard error == .isFolder else { throw ProbeFailure(error, "the image could not be opened") }
            let folder = LayoutFolder(path: path)
            return try await opened(index: try folder.index(), in: folder, form: .ociLayout)
        }
        return try await opened(file)
    }

    private func opened(_ file: LocalFile) async throws -> OpenedImage {
        do {
            let signature = try file.bytes(at: 0, count: Int(min(file.size, Int64(CompressionFormat.signatureLength))))
            let isPlain = CompressionFormat(signature: signature) == .none
            let content = try await ArchiveContent.read(isPlain ? .file(file) : .stream(CompressedArchive(file: file)))
            if let archive = try await DockerArchive(content) { return try await opened(archive) }
            let layout = LayoutArchive(content)
            guard let index = try await layout.index() else {
                throw ProbeFailure(.unsupported, "the archive holds no image: neither manifest.json nor index.json")
            }
            return try await opened(index: index, in: layout, form: .ociArchive)
        } catch let error as TarError {
            throw ProbeFailure(error, "the file")
        } catch let error as ImageDocumentError {
            throw ProbeFailure(error)
        } catch let problem as LocalFile.Problem {
            throw ProbeFailure(problem, "the archive could not be read")
        }
    }

    // MARK: Layouts

    private func opened(
        index: [UInt8], in store: some BlobStore, form: ImageCapture.Form
    ) async throws -> OpenedImage {
        guard case .index(let document) = try ManifestWalk.document(index) else {
            throw ProbeFailure(.malformed, "index.json of the layout is no index")
        }
        if let entry = try choose(from: document) {
            let descriptor = ImageDescriptor(entry)
            return opened(form, descriptor, .document(try await read(descriptor, in: store)), store)
        }
        let descriptor = ImageDescriptor(
            mediaType: document.mediaType, digest: DigestVerification.sha256(of: index), size: Int64(index.count))
        return opened(form, descriptor, .document(index), store)
    }

    private func read(_ descriptor: ImageDescriptor, in store: some BlobStore) async throws(ProbeFailure) -> [UInt8] {
        do throws(BlobProblem) {
            return try await VerifiedBlobs(store: store).bytes(
                of: descriptor, .manifest, atMost: ImageManifestDocument.longest)
        } catch {
            throw error.failure
        }
    }

    /// The entry that the reference names; nil when they are one image together, an entry for each platform.
    private func choose(from index: ImageIndex) throws -> ContentDescriptor? {
        let images = index.entries.filter { [.manifest, .index].contains(ImageIndex.kind(of: $0)) }
        guard !images.isEmpty else { throw ProbeFailure(.unsupported, "the layout holds no image") }
        let chosen = images.filter { selector?.means($0) ?? true }
        let choices = Set(images.map { printable(ImageIndex.name(of: $0) ?? $0.digest.text) }).sorted()
        guard let first = chosen.first else { throw Self.noSuchImage(choices) }
        if Set(chosen.map(\.digest)).count == 1 { return first }
        let platforms = chosen.compactMap(\.platform)
        let isOneImage = Set(platforms).count == images.count && Set(chosen.map(ImageIndex.name)).count == 1
        guard isOneImage else { throw AmbiguousImage(reference: reference, choices: choices) }
        return nil
    }

    // MARK: Archives of docker save

    private func opened(_ archive: DockerArchive) async throws -> OpenedImage {
        guard !archive.images.isEmpty else { throw ProbeFailure(.unsupported, "the archive holds no image") }
        let chosen = archive.images.filter { selector?.means($0) ?? true }
        let choices = archive.images.flatMap { $0.tags.isEmpty ? [$0.configuration.text] : $0.tags }.map(printable)
        guard let first = chosen.first else { throw Self.noSuchImage(choices) }
        guard Set(chosen.map(\.configuration)).count == 1 else {
            throw AmbiguousImage(reference: reference, choices: choices)
        }
        let (descriptor, image, store) = try await archive.open(first)
        return opened(.dockerArchive, descriptor, .image(image), store)
    }

    private func opened(
        _ form: ImageCapture.Form, _ descriptor: ImageDescriptor, _ target: OpenedImage.Target, _ store: any BlobStore
    ) -> OpenedImage {
        var opened = OpenedImage(form: form, descriptor: descriptor, target: target, store: store)
        switch selector {
        case .tag(let name): opened.tag = name.split(separator: ":").last.map(String.init)
        case .digest(let digest): opened.pinnedDigest = digest.text
        case nil: break
        }
        return opened
    }

    private static func noSuchImage(_ choices: [String]) -> ProbeFailure {
        ProbeFailure(.nameNotResolved, "there is no such image; there is \(choices.joined(separator: ", "))")
    }
}

extension ImageReference.Selector {
    /// Whether an entry of a layout's index is meant: by its name as it stands there, the name's end, or its digest.
    fileprivate func means(_ entry: ContentDescriptor) -> Bool {
        switch self {
        case .digest(let digest): return entry.digest == digest
        case .tag(let tag):
            let names = [ImageIndex.name(of: entry), entry.annotations["io.containerd.image.name"]]
            return names.compactMap { $0 }.contains { Self.matches($0, tag) }
        }
    }

    /// Whether an image of `manifest.json` is meant: by one of its names, the name's end, or its configuration's digest.
    fileprivate func means(_ image: DockerArchiveManifest.Image) -> Bool {
        switch self {
        case .digest(let digest): return image.configuration.text.contains(digest.encoded)
        case .tag(let tag): return image.tags.contains { Self.matches($0, tag) }
        }
    }

    private static func matches(_ name: String, _ tag: String) -> Bool {
        name == tag || name.hasSuffix("/" + tag) || name.hasSuffix(":" + tag)
    }
}
