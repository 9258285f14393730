import Compression
import TestSupport
import Testing

struct InflaterTests {
    private static let text = Array("root:x:0:0:root:/root:/bin/sh\n".utf8)
    /// More than one buffer of the inflater, and not one byte like the next.
    private static let long = (0..<400_003).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    private static let skippable: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]

    struct BrokenStream: CustomTestStringConvertible {
        let testDescription: String
        let stream: [UInt8]
        let problem: InflationProblem

        init(_ name: String, _ stream: [UInt8], _ problem: InflationProblem) {
            (testDescription, self.stream, self.problem) = (name, stream, problem)
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let stream: [UInt8]
        let expected: [UInt8]
        let format: CompressionFormat

        init(_ name: String, _ stream: [UInt8], _ expected: [UInt8], _ format: CompressionFormat) {
            (testDescription, self.stream, self.expected, self.format) = (name, stream, expected, format)
        }
    }

    static let soundStreams = [
        Case("nothing", [], [], .none),
        Case("three bytes", [1, 2, 3], [1, 2, 3], .none),
        Case("plain", long, long, .none),
        Case("gzip", gzip(text), text, .gzip),
        Case("gzip of nothing", gzip([]), [], .gzip),
        Case("long gzip", gzip(long), long, .gzip),
        Case("stored gzip", gzip(long, level: 0), long, .gzip),
        Case("gzip with members", gzip(text) + gzip([]) + gzip(long) + gzip(text), text + long + text, .gzip),
        Case("padded gzip", gzip(text) + [UInt8](repeating: 0, count: 700), text, .gzip),
        Case(
            "gzip with a file name", [0x1F, 0x8B, 8, 8] + gzip(text)[4..<10] + [0x61, 0] + gzip(text)[10...], text,
            .gzip),
        Case("zstd", zstd(text), text, .zstd),
        Case("zstd of nothing", zstd([]), [], .zstd),
        Case("long zstd", zstd(long), long, .zstd),
        Case("zstd with frames", zstd(text) + skippable + zstd(long) + skippable, text + long, .zstd),
        Case("zstd that begins with a skippable frame", skippable + zstd(text), text, .zstd),
        Case("nothing but a skippable frame", skippable, [], .zstd)
    ]

    @Test("a stream inflates to what it holds, whatever pieces it comes in", arguments: soundStreams)
    func sound(_ test: Case) throws {
        for pieceSize in [1, 7, 4096, 65_537, 10_000_000] where test.stream.count / pieceSize < 50_000 {
            let (output, format) = try inflate(test.stream, pieceSize: pieceSize)
            #expect(output == test.expected, "pieces of \(pieceSize)")
            #expect(format == test.format)
        }
    }

    static let brokenStreams = [
        BrokenStream("gzip cut in its header", Array(gzip(text)[..<6]), .truncated(.gzip)),
        BrokenStream("gzip of two bytes", [0x1F, 0x8B], .truncated(.gzip)),
        BrokenStream("gzip cut in its data", Array(gzip(long)[..<5000]), .truncated(.gzip)),
        BrokenStream("gzip cut in its checksum", gzip(text).dropLast(5), .truncated(.gzip)),
        BrokenStream("gzip whose second member is cut", gzip(text) + gzip(text).dropLast(), .truncated(.gzip)),
        BrokenStream("gzip followed by text", gzip(text) + text, .malformed(.gzip, "other bytes follow its end")),
        BrokenStream(
            "gzip followed by what begins like gzip", gzip(text) + [0x1F, 1],
            .malformed(.gzip, "incorrect header check")),
        BrokenStream(
            "gzip followed by padding and text", gzip(text) + [0, 0] + text,
            .malformed(.gzip, "other bytes follow its end")
        ),
        BrokenStream(
            "gzip with a wrong checksum", gzip(text).dropLast(8) + [1, 2, 3, 4] + gzip(text).suffix(4),
            .malformed(.gzip, "incorrect data check")
        ),
        BrokenStream(
            "gzip with a wrong length", gzip(text).dropLast(4) + [1, 2, 3, 4],
            .malformed(.gzip, "incorrect length check")
        ),
        BrokenStream(
            "gzip of another method", [0x1F, 0x8B, 7, 0, 0, 0, 0, 0, 0, 0],
            .malformed(.gzip, "unknown compression method")),
        BrokenStream("zstd cut in its data", Array(zstd(long)[..<5000]), .truncated(.zstd)),
        BrokenStream("zstd cut in its header", Array(zstd(text)[..<5]), .truncated(.zstd)),
        BrokenStream("zstd whose second frame is cut", zstd(text) + zstd(text).dropLast(), .truncated(.zstd)),
        BrokenStream(
            "zstd followed by text", zstd(text) + text,
            .malformed(.zstd, "other bytes stand where a frame should begin")
        ),
        BrokenStream("zstd with a huge window", zstdFrame(windowLogarithm: 31), .needsTooMuchMemory(.zstd)),
        BrokenStream(
            "a long skippable frame that is cut", [0x5A, 0x2A, 0x4D, 0x18, 255, 255, 255, 255], .truncated(.zstd))
    ]

    @Test("a broken stream is an error, whatever pieces it comes in", arguments: brokenStreams)
    func broken(_ test: BrokenStream) {
        for pieceSize in [1, 7, 4096, 10_000_000] {
            #expect(throws: test.problem, "pieces of \(pieceSize)") { try inflate(test.stream, pieceSize: pieceSize) }
        }
    }

    @Test("a window of 8 MiB, which every reader must take, is taken")
    func window() throws {
        #expect(try inflate(zstdFrame(windowLogarithm: 23), pieceSize: 100).output == [0x41])
    }

    @Test("a stream that inflates to more than its bound is stopped there", arguments: [CompressionFormat.gzip, .zstd])
    func bound(_ format: CompressionFormat) throws {
        let zeros = [UInt8](repeating: 0, count: 4 << 20)
        let bomb = format == .gzip ? gzip(zeros, level: 9) : zstd(zeros, level: 9)
        #expect(bomb.count < 8 << 10)
        #expect(throws: InflationProblem.tooLarge(limit: 4 << 20 - 1)) {
            try inflate(bomb, pieceSize: 512, limit: 4 << 20 - 1)
        }
        #expect(try inflate(bomb, pieceSize: 512, limit: 4 << 20).output == zeros)
        var handedOut = 0
        var inflater = Inflater(limit: 1 << 20)
        do {
            try bomb.withUnsafeBytes { try inflater.feed($0) { handedOut += $0.count } }
            Issue.record("the bound did not hold")
        } catch {}
        #expect(handedOut <= 1 << 20)
        #expect(inflater.inflatedBytes == handedOut)
    }

    @Test("an error of the closure ends the inflation and comes through")
    func closure() {
        struct Enough: Error {}
        for stream in [gzip(Self.long), zstd(Self.long), Self.long] {
            var inflater = Inflater(limit: .max)
            #expect(throws: Enough.self) {
                try stream.withUnsafeBytes { try inflater.feed($0) { _ in throw Enough() } }
            }
        }
    }

    @Test("streams with any byte changed never trap and never hang")
    func hostile() {
        for stream in [gzip(Self.text) + gzip(Self.text), zstd(Self.text) + Self.skippable + zstd(Self.text)] {
            for index in stream.indices {
                for change: UInt8 in [0x01, 0x80, 0xFF] {
                    var changed = stream
                    changed[index] ^= change
                    _ = try? inflate(changed, pieceSize: 13, limit: 1 << 20)
                }
            }
        }
    }
}

@discardableResult
private func inflate(
    _ stream: [UInt8], pieceSize: Int, limit: Int64 = .max
) throws -> (output: [UInt8], format: CompressionFormat?) {
    var inflater = Inflater(limit: limit)
    var output: [UInt8] = []
    var position = 0
    while position < stream.count {
        let piece = stream[position..<min(position + pieceSize, stream.count)]
        try piece.withUnsafeBytes { try inflater.feed($0) { output += $0 } }
        position += pieceSize
    }
    try inflater.finish { output += $0 }
    return (output, inflater.format)
}
