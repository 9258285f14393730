/// Inflates a stream that comes in pieces and hands on what it holds, piece by piece, in constant memory.
///
/// The format is told by the stream's first bytes. Pieces handed out lie in the inflater's own buffer, or for a stream
/// that is not compressed in the piece that was fed: they are gone when the closure returns.
package struct Inflater: ~Copyable {
    /// Bytes of the buffer that inflated pieces are handed out from.
    static let pieceSize = 256 << 10

    /// nil until enough bytes came to tell.
    package private(set) var format: CompressionFormat?
    /// What was handed out so far.
    package private(set) var inflatedBytes: Int64 = 0

    private let limit: Int64
    /// The first bytes, until they are enough to tell the format.
    private var signature: [UInt8] = []
    private var gzip: GzipStream?
    private var zstd: ZstdStream?

    /// - Parameter limit: the most bytes that may be handed out.
    package init(limit: Int64) { self.limit = limit }

    /// Takes the next piece; throws an `InflationProblem`, or what the closure throws. After an error it is useless.
    package mutating func feed(
        _ piece: UnsafeRawBufferPointer, _ handOut: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard format == nil else { return try inflate(piece, handOut) }
        let missing = CompressionFormat.signatureLength - signature.count
        signature += piece.prefix(missing)
        guard signature.count == CompressionFormat.signatureLength else { return }
        try begin(handOut)
        try inflate(UnsafeRawBufferPointer(rebasing: piece.dropFirst(missing)), handOut)
    }

    /// Says that no piece follows; throws when the stream is not whole, or what the closure throws.
    package mutating func finish(_ handOut: (UnsafeRawBufferPointer) throws -> Void) throws {
        if format == nil { try begin(handOut) }
        if let gzip, !gzip.isWhole { throw InflationProblem.truncated(.gzip) }
        if let zstd, !zstd.isWhole { throw InflationProblem.truncated(.zstd) }
    }

    private mutating func begin(_ handOut: (UnsafeRawBufferPointer) throws -> Void) throws {
        let format = CompressionFormat(signature: signature)
        self.format = format
        switch format {
        case .none: break
        case .gzip: gzip = try GzipStream()
        case .zstd: zstd = try ZstdStream()
        }
        try signature.withUnsafeBytes { try inflate($0, handOut) }
    }

    private mutating func inflate(
        _ piece: UnsafeRawBufferPointer, _ handOut: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard !piece.isEmpty else { return }
        var total = inflatedBytes
        defer { inflatedBytes = total }
        let limit = limit
        func bounded(_ output: UnsafeRawBufferPointer) throws {
            guard output.count <= limit - total else { throw InflationProblem.tooLarge(limit: limit) }
            total += Int64(output.count)
            try handOut(output)
        }
        if let gzip {
            try gzip.inflate(piece, bounded)
        } else if let zstd {
            try zstd.inflate(piece, bounded)
        } else {
            try bounded(piece)
        }
    }
}
