import CZlib
import CZstd

/// One member of a gzip stream, as zlib writes it.
package func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
    var stream = z_stream()
    let size = CInt(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let count = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            deflate(&stream, Z_FINISH)
            return output.count - Int(stream.avail_out)
        }
    }
    return Array(output[..<count])
}

/// One frame of a zstd stream.
package func zstd(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&output, output.count, bytes, bytes.count, level)
    return Array(output[..<count])
}

/// A zstd frame whose header asks for a window of 2 to the power of the logarithm.
package func zstdFrame(windowLogarithm: UInt8) -> [UInt8] {
    // No content size, no checksum; an exponent from 10 on; one raw block of one byte, the last (RFC 8878 §3.1.1).
    [0x28, 0xB5, 0x2F, 0xFD, 0x00, (windowLogarithm - 10) << 3, 0x09, 0x00, 0x00, 0x41]
}
