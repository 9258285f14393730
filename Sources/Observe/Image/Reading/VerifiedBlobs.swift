import AuditModel
import Compression
import Facts
import WireFormats

/// Reads blobs and believes them only when size and digest hold.
struct VerifiedBlobs: Sendable {
    let store: any BlobStore

    /// The whole of a small blob.
    func bytes(of blob: ImageDescriptor, _ kind: BlobKind, atMost limit: Int) async throws(BlobProblem) -> [UInt8] {
        guard blob.size <= limit else {
            throw .failure(ProbeFailure(.tooLarge, "the blob \(blob.digest) has more than \(limit) bytes"))
        }
        var verification = try verification(of: blob)
        var bytes: [UInt8] = []
        do {
            bytes.reserveCapacity(Int(max(0, blob.size)))
            try await store.forEachPiece(of: blob, kind) { piece in
                guard piece.count <= blob.size - Int64(bytes.count) else { throw BlobProblem.mismatch(blob) }
                bytes += piece
                verification.update(piece)
            }
        } catch {
            throw BlobProblem(error, blob: blob)
        }
        guard bytes.count == blob.size, verification.holds else { throw .mismatch(blob) }
        return bytes
    }

    /// Hands what a layer inflates to to the closure, in one pass, and returns how many bytes that were.
    ///
    /// A layer that cannot be inflated or whose closure throws is read on to its end: when its digest is wrong,
    /// that is the reason which counts.
    ///
    /// - Parameter finish: called after the last piece; what it throws counts like what `take` throws.
    func inflate(
        _ layer: ImageDescriptor, limit: Int64, _ take: (UnsafeRawBufferPointer) throws -> Void,
        finish: () throws -> Void
    ) async throws(BlobProblem) -> Int64 {
        let isInflatedDigest = store.digestIsOfInflated(layer)
        var verification = try verification(of: layer)
        var inflater = Inflater(limit: limit)
        var stored: Int64 = 0
        var problem: (any Error)?
        func handOut(_ piece: UnsafeRawBufferPointer) throws {
            if isInflatedDigest { verification.update(piece) }
            try take(piece)
        }
        do {
            try await store.forEachPiece(of: layer, .blob) { piece in
                guard piece.count <= layer.size - stored else { throw BlobProblem.mismatch(layer) }
                stored += Int64(piece.count)
                if !isInflatedDigest { verification.update(piece) }
                guard problem == nil else { return }
                do { try inflater.feed(piece, handOut) } catch { problem = error }
                if isInflatedDigest, let problem { throw problem }
            }
            if problem == nil {
                do {
                    try inflater.finish(handOut)
                    try finish()
                } catch { problem = error }
            }
        } catch {
            throw Self.problem(error, layer)
        }
        let isBelievable = stored == layer.size && (verification.holds || problem != nil && isInflatedDigest)
        guard isBelievable else { throw .mismatch(layer) }
        if let problem { throw Self.problem(problem, layer) }
        return inflater.inflatedBytes
    }

    private func verification(of blob: ImageDescriptor) throws(BlobProblem) -> DigestVerification {
        if store.lacks(blob) { throw .missing(blob) }
        guard let verification = ContentDigest(blob.digest).flatMap(DigestVerification.init) else {
            throw .failure(ProbeFailure(.unsupported, "a blob's digest is of no algorithm that can be verified"))
        }
        return verification
    }

    private static func problem(_ error: any Error, _ layer: ImageDescriptor) -> BlobProblem {
        switch error {
        case let error as InflationProblem: .failure(ProbeFailure(error, "the layer \(layer.digest)"))
        case let error as TarError: .failure(ProbeFailure(error, "the layer \(layer.digest)"))
        default: BlobProblem(error, blob: layer)
        }
    }
}

extension ProbeFailure {
    init(_ error: TarError, _ what: String) {
        switch error.code {
        case .truncated: self.init(.closedEarly, "\(what) is cut: \(error.reason)")
        case .malformed: self.init(.malformed, "\(what) is no sound tar archive: \(error.reason)")
        case .tooLarge: self.init(.tooLarge, "\(what) is too large: \(error.reason)")
        }
    }
}
