import AuditModel
import Facts
import WireFormats

/// Reads the layers of images from the top down, each once for all questions and all images that have it.
struct LayerReading: Sendable {
    let blobs: VerifiedBlobs
    let limits: ImageLimits

    /// An image, and what is looked for in its layers.
    struct Subject: Sendable {
        let layers: [ImageDescriptor]
        var root: ImageRoot
        /// What went wrong, in the order of reading.
        fileprivate(set) var problems: [(layer: Int, problem: BlobProblem)] = []

        init(layers: [ImageDescriptor], root: ImageRoot) {
            self.layers = layers
            self.root = root
        }

        /// Why layers could not be read, by their index.
        var failures: [Int: ProbeFailure] {
            Dictionary(problems.map { ($0.layer, $0.problem.failure) }) { first, _ in first }
        }
    }

    /// Reads until every subject's root has decided what it was asked.
    func read(_ subjects: inout [Subject]) async throws(ProbeFailure) {
        var left = limits.totalBytes
        while true {
            if Task.isCancelled { throw .cancelled }
            let next = subjects.indices.compactMap { index in
                subjects[index].root.nextLayer().map { (subject: index, layer: $0) }
            }
            guard let first = next.first else { return }
            let layer = subjects[first.subject].layers[first.layer]
            // Images of an index that are built alike want the same layer at the same time.
            let group = next.filter { subjects[$0.subject].layers[$0.layer] == layer }
            left -= try await read(layer, atMost: min(limits.layerBytes, left), for: group, of: &subjects)
        }
    }

    /// Returns how many bytes the layer inflated to, or could have when it was not read to its end.
    private func read(
        _ layer: ImageDescriptor, atMost limit: Int64, for group: [(subject: Int, layer: Int)],
        of subjects: inout [Subject]
    ) async throws(ProbeFailure) -> Int64 {
        var scans = group.map { subjects[$0.subject].root.scan(of: $0.layer) }
        do throws(BlobProblem) {
            let count = try await blobs.inflate(layer, limit: limit) { piece in
                for index in scans.indices { try scans[index].read(piece) }
            } finish: {
                for index in scans.indices { try scans[index].finish() }
            }
            for (place, scan) in zip(group, scans) {
                subjects[place.subject].root.add(scan)
            }
            return count
        } catch {
            if error.failure.code == .cancelled { throw .cancelled }
            for place in group {
                subjects[place.subject].problems.append((place.layer, error.ofLayer))
                subjects[place.subject].root.setUnreadable(place.layer)
            }
            return error.failure.code == .tooLarge ? limit : 0
        }
    }
}
