import AuditModel
import Facts
import WireFormats

/// An OCI image layout in a tar archive.
struct LayoutArchive: BlobStore {
    private let content: ArchiveContent

    init(_ content: ArchiveContent) { self.content = content }

    /// nil when the archive has no `index.json`.
    func index() async throws -> [UInt8]? {
        try await content.bytes(of: "index.json", atMost: ImageManifestDocument.longest)
    }

    func forEachPiece(
        of blob: ImageDescriptor, _ kind: BlobKind, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        guard let path = path(of: blob), let size = content.size(of: path) else { throw BlobProblem.missing(blob) }
        guard size == blob.size else { throw BlobProblem.mismatch(blob) }
        try await content.forEachPiece(of: path, take)
    }

    func lacks(_ blob: ImageDescriptor) -> Bool { path(of: blob).map { !content.has($0) } ?? true }

    /// nil for a digest that no file can have as its name.
    private func path(of blob: ImageDescriptor) -> RootPath? {
        ContentDigest(blob.digest).flatMap { RootPath("blobs/" + $0.blobPath) }
    }
}
