import AuditModel
import Compression

/// A tar archive that can only be read from its start: compressed, or sent by a container engine.
protocol ArchiveStream: Sendable {
    /// Hands the archive's bytes to the closure until it wants no more.
    func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Bool) async throws
}

/// A compressed archive in a file.
struct CompressedArchive: ArchiveStream {
    let file: LocalFile

    func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Bool) async throws {
        struct Enough: Error {}
        var inflater = Inflater(limit: ImageLimits.archiveBytes)
        func handOut(_ piece: UnsafeRawBufferPointer) throws {
            guard try take(piece) else { throw Enough() }
        }
        do {
            try await file.forEachPiece(count: file.size) { try inflater.feed($0, handOut) }
            try inflater.finish(handOut)
        } catch is Enough {
            return
        } catch let problem as InflationProblem {
            throw ProbeFailure(problem, "the archive")
        }
    }
}

extension ProbeFailure {
    init(_ problem: InflationProblem, _ what: String) {
        switch problem {
        case .malformed: self.init(.malformed, "\(what) \(problem.reason)")
        case .truncated: self.init(.closedEarly, "\(what) \(problem.reason)")
        case .tooLarge: self.init(.tooLarge, "\(what) \(problem.reason)")
        case .needsTooMuchMemory: self.init(.unsupported, "\(what) \(problem.reason)")
        }
    }
}
