import AuditModel
import Facts

/// Where the blobs of an image lie: a layout, an archive, a registry.
protocol BlobStore: Sendable {
    /// Hands the stored bytes of a blob to the closure, piece by piece, unverified.
    ///
    /// - Throws: `BlobProblem.missing`, a `ProbeFailure`, or what the closure throws.
    func forEachPiece(
        of blob: ImageDescriptor, _ kind: BlobKind, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) async throws

    /// Whether it is known without reading it that a blob is not there.
    func lacks(_ blob: ImageDescriptor) -> Bool

    /// Whether the digest is that of what the stored layer inflates to, as `rootfs.diff_ids` names layers.
    func digestIsOfInflated(_ layer: ImageDescriptor) -> Bool

    /// How many blobs are read at the same time.
    var concurrency: Int { get }
}

extension BlobStore {
    func lacks(_ blob: ImageDescriptor) -> Bool { false }
    func digestIsOfInflated(_ layer: ImageDescriptor) -> Bool { false }
    var concurrency: Int { 1 }
}

/// Registries keep manifests and indexes apart from all other blobs.
enum BlobKind: Sendable {
    case manifest, blob
}

/// Why a blob could not be read, or not be believed.
enum BlobProblem: Error {
    case missing(ImageDescriptor)
    /// What was read has another digest or size.
    case mismatch(ImageDescriptor)
    case failure(ProbeFailure)

    init(_ error: any Error, blob: ImageDescriptor) {
        switch error {
        case let problem as BlobProblem: self = problem
        case let failure as ProbeFailure: self = .failure(failure)
        case let problem as LocalFile.Problem:
            self = problem == .missing ? .missing(blob) : .failure(ProbeFailure(problem, blob.digest))
        case is CancellationError: self = .failure(.cancelled)
        default:
            self = .failure(ProbeFailure(.malformed, "\(blob.digest) could not be read (\(printable("\(error)")))"))
        }
    }

    /// The same of a layer: one that may not be handed on lies elsewhere, and the image is whole without it here.
    var ofLayer: BlobProblem {
        guard case .missing(let layer) = self, layer.mayBeElsewhere else { return self }
        return .failure(ProbeFailure(.unsupported, "the layer \(layer.digest) may not be handed on, and is not here"))
    }

    /// The same for a capture.
    var failure: ProbeFailure {
        switch self {
        case .missing(let blob): ProbeFailure(.malformed, "the blob \(blob.digest) is missing")
        case .mismatch(let blob):
            ProbeFailure(.malformed, "the blob \(blob.digest) is not what its digest and size say")
        case .failure(let failure): failure
        }
    }
}

extension ProbeFailure {
    /// A file of this machine that could not be read.
    init(_ problem: LocalFile.Problem, _ what: String) {
        switch problem {
        case .missing: self.init(.nameNotResolved, "\(what): \(problem.reason)")
        case .tooLarge: self.init(.tooLarge, "\(what): \(problem.reason)")
        case .shortened: self.init(.closedEarly, "\(what): \(problem.reason)")
        case .isFolder, .isNoFile, .errno: self.init(.unsupported, "\(what): \(problem.reason)")
        }
    }
}
