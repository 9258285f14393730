import AuditModel
import Facts
import WireFormats

/// The blobs of one repository of a registry.
struct RegistryStore: BlobStore {
    private static let manifestTypes = ImageManifestDocument.acceptedMediaTypes.joined(separator: ", ")

    let client: RegistryClient

    var concurrency: Int { 6 }

    /// The manifest or index that a reference names.
    func opened(_ reference: RegistryReference) async throws(ProbeFailure) -> OpenedImage {
        let (bytes, stated) = try await manifest(reference.manifestReference)
        // First: the digest of schema 1 is that of a part alone, so that its kind is the reason to tell.
        let document = try ManifestWalk.document(bytes)
        let digest = try digest(of: bytes, stated: stated.flatMap { ContentDigest($0) }, pinned: reference.digest)
        let mediaType: String
        switch document {
        case .index(let index): mediaType = index.mediaType
        case .manifest(let manifest): mediaType = manifest.mediaType
        }
        return OpenedImage(
            form: .registry, tag: reference.tag, pinnedDigest: reference.digest?.text,
            descriptor: ImageDescriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count)),
            target: .document(bytes), store: self)
    }

    /// With the digest that the registry states.
    private func manifest(_ reference: String) async throws(ProbeFailure) -> (bytes: [UInt8], digest: String?) {
        let what = "\(client.address.repository) at \(reference)"
        do {
            return try await client.get("manifests/\(reference)", what, accept: Self.manifestTypes) { response, body in
                let bytes = try await body.bytes(atMost: ImageManifestDocument.longest, "a manifest")
                return (bytes, response.values(of: "docker-content-digest").first)
            }
        } catch {
            throw (error as? RegistryFailure)?.failure ?? ProbeFailure(error, place: client.address.name)
        }
    }

    /// The digest of what was read, when neither the reference nor the registry states another one.
    private func digest(
        of bytes: [UInt8], stated: ContentDigest?, pinned: ContentDigest?
    ) throws(ProbeFailure) -> String {
        for digest in [pinned, stated].compactMap({ $0 }) {
            guard var verification = DigestVerification(digest) else {
                throw ProbeFailure(.unsupported, "a digest by \(digest.algorithm) cannot be verified")
            }
            bytes.withUnsafeBytes { verification.update($0) }
            guard verification.holds else {
                throw ProbeFailure(
                    .malformed, "\(client.address.name) sent a manifest that is not that of \(digest.text)")
            }
        }
        return pinned?.text ?? DigestVerification.sha256(of: bytes)
    }

    func forEachPiece(
        of blob: ImageDescriptor, _ kind: BlobKind, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        guard let digest = ContentDigest(blob.digest) else { throw BlobProblem.missing(blob) }
        let (folder, accept) = kind == .manifest ? ("manifests", Self.manifestTypes) : ("blobs", "*/*")
        do {
            try await client.get("\(folder)/\(digest.text)", "the blob \(digest.text)", accept: accept) { _, body in
                try await body.forEachPiece(take)
            }
        } catch let failure as RegistryFailure {
            if failure.status == 404 { throw BlobProblem.missing(blob) }
            throw failure.failure
        }
    }
}
