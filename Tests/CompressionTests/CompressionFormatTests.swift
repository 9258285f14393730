import Compression
import Testing

struct CompressionFormatTests {
    @Test(
        "a stream's first bytes say how it is compressed",
        arguments: [
            ([0x1F, 0x8B, 8, 0], .gzip), ([0x28, 0xB5, 0x2F, 0xFD], .zstd), ([0x50, 0x2A, 0x4D, 0x18], .zstd),
            ([0x5F, 0x2A, 0x4D, 0x18], .zstd), ([0x60, 0x2A, 0x4D, 0x18], .none), ([0x1F], .none), ([], .none),
            ([0x28, 0xB5, 0x2F], .none), (Array("etc/".utf8), .none)
        ] as [([UInt8], CompressionFormat)])
    func signature(_ bytes: [UInt8], _ format: CompressionFormat) {
        #expect(CompressionFormat(signature: bytes) == format)
    }
}
