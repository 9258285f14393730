/// A header block of 512 bytes: old V7, ustar (POSIX.1-1988) and its `star` variant, or GNU.
///
/// Read as Go's `archive/tar` reads it, since container runtimes unpack layers with that.
struct TarHeader {
    static let blockSize = 512

    private enum Format { case version7, ustar, star, gnu }

    let typeFlag: UInt8
    let name: [UInt8]
    let linkName: [UInt8]
    let mode: Int64
    let userID: Int64
    let groupID: Int64
    let size: Int64
    /// Whether GNU's own sparse format goes on in further blocks (`tar.5`, old GNU).
    let hasMoreSparseBlocks: Bool

    /// - Parameter block: 512 bytes.
    /// - Throws: the reason, a sentence fragment, for a wrong checksum or a field that is no number.
    init(_ block: UnsafeRawBufferPointer) throws(Problem) {
        guard Self.hasValidChecksum(block) else { throw Problem("a header's checksum is wrong") }
        let format = Self.format(block)
        typeFlag = block[156]
        linkName = Self.text(block, 157, 100)
        mode = try Self.number(block, 100, 8)
        userID = try Self.number(block, 108, 8)
        groupID = try Self.number(block, 116, 8)
        size = try Self.number(block, 124, 12)
        hasMoreSparseBlocks = format == .gnu && typeFlag == UInt8(ascii: "S") && block[482] != 0
        let prefix = Self.prefix(block, format)
        let name = Self.text(block, 0, 100)
        self.name = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }

    struct Problem: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    static func isZero(_ block: UnsafeRawBufferPointer) -> Bool { block.allSatisfy { $0 == 0 } }

    private static func format(_ block: UnsafeRawBufferPointer) -> Format {
        let magic = block[257..<265]
        if magic.elementsEqual("ustar  \0".utf8) { return .gnu }
        guard magic.prefix(6).elementsEqual("ustar\0".utf8) else { return .version7 }
        return block[508..<512].elementsEqual("tar\0".utf8) ? .star : .ustar
    }

    private static func prefix(_ block: UnsafeRawBufferPointer, _ format: Format) -> [UInt8] {
        switch format {
        case .version7: []
        case .ustar: text(block, 345, 155)
        case .star: text(block, 345, 131)
        // GNU has times there. Old writers in Go put a ustar prefix beside GNU's magic, and Go still reads it.
        case .gnu:
            (try? number(block, 345, 12)) == nil || (try? number(block, 357, 12)) == nil ? text(block, 345, 155) : []
        }
    }

    /// The bytes of the block as sum, with the checksum's own field taken as spaces; old writers summed signed bytes.
    private static func hasValidChecksum(_ block: UnsafeRawBufferPointer) -> Bool {
        guard let stated = try? number(block, 148, 8) else { return false }
        var (sum, highBytes): (UInt32, UInt32) = (8 * 0x20, 0)
        for (start, end) in [(0, 148), (156, blockSize)] {
            for index in start..<end {
                sum &+= UInt32(block[index])
                highBytes &+= UInt32(block[index] >> 7)
            }
        }
        return stated == Int64(sum) || stated == Int64(sum) - 256 * Int64(highBytes)
    }

    /// Up to the first NUL.
    private static func text(_ block: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> [UInt8] {
        Array(block[start..<start + length].prefix { $0 != 0 })
    }

    /// Octal digits between spaces and NULs, or GNU's base 256 when the first bit is set.
    static func number(_ block: UnsafeRawBufferPointer, _ start: Int, _ length: Int) throws(Problem) -> Int64 {
        if block[start] & 0x80 != 0 {
            return try binary(block[start..<start + length], isNegative: block[start] & 0x40 != 0)
        }
        var index = start
        let end = start + length
        while index < end, block[index] == 0x20 || block[index] == 0 { index += 1 }
        var value: Int64 = 0
        while index < end, (0x30...0x37).contains(block[index]) {
            guard value < 1 << 59 else { throw Problem("a header's number is too large") }
            value = value << 3 | Int64(block[index] & 7)
            index += 1
        }
        // Go's reader stops at a NUL, and takes spaces for padding at the end alone.
        while index < end, block[index] == 0x20 { index += 1 }
        guard index == end || block[index] == 0 else { throw Problem("a header's number is none") }
        return value
    }

    /// Two's complement, big-endian, its first bit left out.
    private static func binary(
        _ field: Slice<UnsafeRawBufferPointer>, isNegative: Bool
    ) throws(Problem) -> Int64 {
        var value: UInt64 = 0
        for (offset, byte) in field.enumerated() {
            var byte = isNegative ? ~byte : byte
            if offset == 0 { byte &= 0x7F }
            guard value >> 56 == 0 else { throw Problem("a header's number is too large") }
            value = value << 8 | UInt64(byte)
        }
        guard value >> 63 == 0 else { throw Problem("a header's number is too large") }
        return isNegative ? ~Int64(value) : Int64(value)
    }
}
