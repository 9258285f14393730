import AuditModel
import Facts
import Synchronization
import WireFormats

/// Follows a manifest or an index down to the images of each platform and what else it lists.
struct ManifestWalk: Sendable {
    let blobs: VerifiedBlobs
    let readsAttestations: Bool
    let redactor: Redactor

    struct Findings: Sendable {
        var images: [ReadImage] = []
        var others: [OtherEntry] = []
        private var configurationBytes: Int64 = 0

        init(images: [ReadImage] = [], others: [OtherEntry] = []) { (self.images, self.others) = (images, others) }

        fileprivate mutating func add(_ result: LeafResult) throws(ProbeFailure) {
            switch result {
            case .image(let image):
                if image.image.configuration != nil {
                    configurationBytes += image.image.configurationDescriptor?.size ?? 0
                }
                images.append(image)
            case .other(let other): others.append(other)
            }
            guard configurationBytes <= ImageLimits.configurationBytes else {
                throw ProbeFailure(.tooLarge, "the configurations of all platforms are too large")
            }
        }
    }

    /// An entry that is no index.
    private struct Leaf: Sendable {
        let descriptor: ImageDescriptor
        var platform: ImagePlatform?
        var isAttestation = false
        /// Read already, for the target itself.
        var bytes: [UInt8]?
        /// Of a nested index that could not be read.
        var problem: BlobProblem?
    }

    /// - Parameter bytes: the target's own, verified.
    func findings(of target: ImageDescriptor, bytes: [UInt8]) async throws(ProbeFailure) -> Findings {
        var list = LeafList(seen: [target.digest])
        switch try Self.document(bytes) {
        case .manifest: list.leaves = [Leaf(descriptor: target, bytes: bytes)]
        case .index(let index): try await collect(index, depth: 1, into: &list)
        }
        var findings = Findings(others: list.others)
        try await read(list.leaves) { result throws(ProbeFailure) in try findings.add(result) }
        return findings
    }

    /// Held while a document is parsed.
    private static let reading = Mutex(())

    static func document(_ bytes: [UInt8]) throws(ProbeFailure) -> ImageManifestDocument {
        do throws(ImageDocumentError) {
            return try ImageManifestDocument(bytes)
        } catch {
            throw ProbeFailure(error)
        }
    }

    // MARK: Indexes

    private struct LeafList {
        var leaves: [Leaf] = []
        var others: [OtherEntry] = []
        var seen: Set<String>
        var entries = 0
    }

    private func collect(
        _ index: ImageIndex, depth: Int, into list: inout LeafList
    ) async throws(ProbeFailure) {
        list.entries += index.entries.count
        guard list.entries <= ImageLimits.indexEntries, depth <= ImageLimits.indexDepth else {
            throw ProbeFailure(.tooLarge, "the index lists too much, or has indexes within indexes too deep")
        }
        for entry in index.entries where list.seen.insert(entry.digest.text).inserted {
            var leaf = Leaf(descriptor: ImageDescriptor(entry), platform: entry.platform)
            switch ImageIndex.kind(of: entry) {
            case .manifest: list.leaves.append(leaf)
            case .attestation:
                leaf.isAttestation = true
                list.leaves.append(leaf)
            case .unknown: list.others.append(OtherEntry(kind: .unknown, descriptor: leaf.descriptor))
            case .index:
                do throws(BlobProblem) {
                    let nested = try await self.index(leaf.descriptor)
                    do throws(ProbeFailure) {
                        try await collect(nested, depth: depth + 1, into: &list)
                    } catch {
                        throw .failure(error)
                    }
                } catch {
                    if [.cancelled, .tooLarge].contains(error.failure.code) { throw error.failure }
                    leaf.problem = error
                    list.leaves.append(leaf)
                }
            }
        }
    }

    private func index(_ descriptor: ImageDescriptor) async throws(BlobProblem) -> ImageIndex {
        guard case .index(let index) = try await document(of: Leaf(descriptor: descriptor)) else {
            throw .failure(ProbeFailure(.malformed, "an index within the index is none"))
        }
        return index
    }

    // MARK: Leaves

    fileprivate enum LeafResult: Sendable {
        case image(ReadImage)
        case other(OtherEntry)
    }

    /// In the leaves' order; several at a time where the store is far away.
    private func read(
        _ leaves: [Leaf], _ take: (LeafResult) throws(ProbeFailure) -> Void
    ) async throws(ProbeFailure) {
        for start in stride(from: 0, to: leaves.count, by: blobs.store.concurrency) {
            if Task.isCancelled { throw .cancelled }
            let group = leaves[start..<min(start + blobs.store.concurrency, leaves.count)]
            for result in await read(group) { try take(result) }
        }
        if Task.isCancelled { throw .cancelled }
    }

    private func read(_ leaves: ArraySlice<Leaf>) async -> [LeafResult] {
        guard leaves.count > 1 else {
            guard let leaf = leaves.first else { return [] }
            return [await read(leaf)]
        }
        return await withTaskGroup(of: (Int, LeafResult).self) { group in
            for index in leaves.indices { group.addTask { (index, await read(leaves[index])) } }
            var results: [Int: LeafResult] = [:]
            for await (index, result) in group { results[index] = result }
            return leaves.indices.compactMap { results[$0] }
        }
    }

    private func read(_ leaf: Leaf) async -> LeafResult {
        if leaf.isAttestation { return .other(await attestation(leaf)) }
        var image = ReadImage(
            PlatformImage(
                os: leaf.platform?.os ?? "", architecture: leaf.platform?.architecture ?? "",
                variant: leaf.platform?.variant, manifest: leaf.descriptor))
        do throws(BlobProblem) {
            if let problem = leaf.problem { throw problem }
            guard case .manifest(let manifest) = try await document(of: leaf) else {
                throw .failure(ProbeFailure(.malformed, "an entry of the index is no manifest"))
            }
            guard manifest.isImage else { return .other(OtherEntry(kind: .artifact, descriptor: leaf.descriptor)) }
            guard manifest.layers.count <= ImageLimits.layers else {
                throw .failure(ProbeFailure(.tooLarge, "the image has more than \(ImageLimits.layers) layers"))
            }
            image.image.configurationDescriptor = ImageDescriptor(manifest.configuration)
            image.image.layers = manifest.layers.map(ImageDescriptor.init)
            try await readConfiguration(of: &image)
        } catch {
            image.image.note(error)
        }
        return .image(image)
    }

    /// Reads the configuration that the image's descriptor names, and looks which layers are not there at all.
    func readConfiguration(of image: inout ReadImage) async throws(BlobProblem) {
        for layer in image.image.layers where !layer.mayBeElsewhere && blobs.store.lacks(layer) {
            image.image.note(.missing(layer))
        }
        guard let descriptor = image.image.configurationDescriptor else { return }
        let bytes = try await blobs.bytes(of: descriptor, .blob, atMost: ImageConfigurationDocument.longest)
        do throws(ImageDocumentError) {
            // One at a time: what a hostile one costs while it is read is many times its size.
            let document = try Self.reading.withLock { _ throws(ImageDocumentError) in
                try ImageConfigurationDocument(bytes)
            }
            image.take(document, redactor: redactor)
        } catch {
            throw .failure(ProbeFailure(error))
        }
    }

    private func document(of leaf: Leaf) async throws(BlobProblem) -> ImageManifestDocument {
        var bytes = leaf.bytes
        if bytes == nil {
            bytes = try await blobs.bytes(of: leaf.descriptor, .manifest, atMost: ImageManifestDocument.longest)
        }
        do throws(ProbeFailure) {
            return try Self.document(bytes ?? [])
        } catch {
            throw .failure(error)
        }
    }

    /// One that cannot be read attests nothing.
    private func attestation(_ leaf: Leaf) async -> OtherEntry {
        var other = OtherEntry(kind: .attestation, descriptor: leaf.descriptor)
        if readsAttestations, case .manifest(let manifest)? = try? await document(of: leaf) {
            other.predicateTypes = manifest.predicateTypes.map { String($0.prefix(200)) }
        }
        return other
    }
}
