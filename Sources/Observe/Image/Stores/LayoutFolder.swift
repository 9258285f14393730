import AuditModel
import Facts
import Glibc
import WireFormats

/// An OCI image layout in a folder (OCI image-spec, image-layout.md); the file `oci-layout` may be missing.
struct LayoutFolder: BlobStore {
    let path: String

    func index() throws(ProbeFailure) -> [UInt8] {
        do throws(LocalFile.Problem) {
            return try LocalFile(path + "/index.json").bytes(atMost: ImageManifestDocument.longest)
        } catch {
            throw ProbeFailure(error, "index.json of the OCI layout")
        }
    }

    func forEachPiece(
        of blob: ImageDescriptor, _ kind: BlobKind, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        guard let path = path(of: blob) else { throw BlobProblem.missing(blob) }
        let file = try LocalFile(path)
        guard file.size == blob.size else { throw BlobProblem.mismatch(blob) }
        try await file.forEachPiece(count: file.size, take)
    }

    func lacks(_ blob: ImageDescriptor) -> Bool { path(of: blob).map { access($0, F_OK) != 0 } ?? true }

    /// nil for a digest that no file can have as its name.
    private func path(of blob: ImageDescriptor) -> String? {
        ContentDigest(blob.digest).map { "\(path)/blobs/\($0.blobPath)" }
    }
}
