import CZstd

/// The frames of a zstd stream one after the other, skippable ones left out (RFC 8878 §3.1).
final class ZstdStream {
    /// The logarithm of the largest window in bytes; RFC 8878 §3.1.1.1.2 asks for 8 MiB at least.
    private static let windowLogarithm: CInt = 25

    private let stream: OpaquePointer
    private let output: UnsafeMutableRawBufferPointer
    /// Whether the last frame that began has ended.
    private(set) var isWhole = false

    init() throws(InflationProblem) {
        guard let stream = ZSTD_createDStream() else { throw .needsTooMuchMemory(.zstd) }
        self.stream = stream
        output = .allocate(byteCount: Inflater.pieceSize, alignment: 16)
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLogarithm)
    }

    deinit {
        ZSTD_freeDStream(stream)
        output.deallocate()
    }

    func inflate(_ piece: UnsafeRawBufferPointer, _ handOut: (UnsafeRawBufferPointer) throws -> Void) throws {
        var input = ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
        var isOutputFull = false
        while input.pos < input.size || isOutputFull {
            var out = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let status = ZSTD_decompressStream(stream, &out, &input)
            guard ZSTD_isError(status) == 0 else { throw problem(status) }
            isWhole = status == 0
            isOutputFull = out.pos == out.size && !isWhole
            if out.pos > 0 { try handOut(UnsafeRawBufferPointer(rebasing: output[..<out.pos])) }
        }
    }

    private func problem(_ status: Int) -> InflationProblem {
        switch ZSTD_getErrorCode(status) {
        case ZSTD_error_frameParameter_windowTooLarge, ZSTD_error_memory_allocation: .needsTooMuchMemory(.zstd)
        // Where a frame should begin, something else stands.
        case ZSTD_error_prefix_unknown: .malformed(.zstd, "other bytes stand where a frame should begin")
        default: .malformed(.zstd, ZSTD_getErrorName(status).map { String(cString: $0) } ?? "its data are broken")
        }
    }
}
