/// Reads a tar archive piece by piece, keeping nothing but the header it is in: what nobody wants is skipped uncopied.
///
/// Give it the stream in chunks of any size, ask `next` until it needs more, then call `finish` at the stream's end.
package struct TarReader: Sendable {
    /// What a hostile archive may cost.
    package struct Limits: Sendable {
        package var entries = 2_000_000
        /// Bytes of a name or link; the kernel's own `PATH_MAX`.
        package var nameLength = 4096
        /// Bytes of a PAX header or a long name, as in Go's `archive/tar`.
        package var extensionLength = 1 << 20

        package init() {}
    }

    package enum Event {
        case entry(TarEntry)
        /// The next bytes of the content that was wanted; they stay valid as long as the chunk.
        case content(UnsafeRawBufferPointer)
        /// The chunk is used up.
        case needsInput
        /// The archive's own end; what follows in the stream is not looked at.
        case end
    }

    private enum Extension { case longName, longLink, pax, globalPAX }

    private let limits: Limits
    /// Bytes of the archive taken so far.
    private var position: Int64 = 0
    private var partialBlock: [UInt8] = []
    private var content: Int64 = 0
    private var wanted: Int64 = 0
    private var padding: Int64 = 0
    private var pendingExtension: (kind: Extension, length: Int, bytes: [UInt8])?
    private var longName: [UInt8]?
    private var longLink: [UInt8]?
    private var pax: PAXRecords?
    /// An entry whose header goes on in further blocks.
    private var sparseEntry: TarEntry?
    /// An entry that was read and not yet told.
    private var readyEntry: TarEntry?
    private var zeroBlocks = 0
    private var entries = 0
    private var isAtEnd = false

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// The next event; takes from the front of the chunk what it needed for it.
    package mutating func next(_ chunk: inout UnsafeRawBufferPointer) throws(TarError) -> Event {
        while !isAtEnd {
            if let entry = readyEntry {
                readyEntry = nil
                return .entry(entry)
            }
            if wanted > 0 {
                guard !chunk.isEmpty else { return .needsInput }
                let piece = take(wanted, of: &chunk)
                wanted -= Int64(piece.count)
                return .content(piece)
            }
            guard try advance(&chunk) else { return .needsInput }
        }
        _ = take(.max, of: &chunk)
        return .end
    }

    /// Asks for the first bytes of the entry that the last event was; called before the next one.
    package mutating func want(_ count: Int64) {
        wanted = min(max(0, count), content)
        content -= wanted
    }

    /// Leaves out what nobody wanted of the last entry: the next chunk begins that many bytes further on.
    ///
    /// - Parameter most: how many bytes are left of the stream.
    package mutating func skip(upTo most: Int64) -> Int64 {
        guard pendingExtension == nil, wanted == 0, readyEntry == nil else { return 0 }
        let ofContent = min(content, most)
        content -= ofContent
        let ofPadding = content == 0 ? min(padding, most - ofContent) : 0
        padding -= ofPadding
        position += ofContent + ofPadding
        return ofContent + ofPadding
    }

    /// Says that the stream ends here; a stream that ends inside an entry is an error, one without zero blocks is not.
    package mutating func finish() throws(TarError) {
        guard !isAtEnd else { return }
        let isInside =
            !partialBlock.isEmpty || wanted > 0 || content > 0 || pendingExtension != nil || sparseEntry != nil
            || pax != nil || longName != nil || longLink != nil
        if isInside { throw failure(.truncated, "the archive ends inside an entry") }
        isAtEnd = true
    }

    // MARK: Blocks

    /// Skips what nobody wanted, or reads the next block; false when the chunk ended before.
    private mutating func advance(_ chunk: inout UnsafeRawBufferPointer) throws(TarError) -> Bool {
        if pendingExtension != nil { return try collectExtension(&chunk) }
        content -= Int64(take(content, of: &chunk).count)
        guard content == 0 else { return false }
        padding -= Int64(take(padding, of: &chunk).count)
        guard padding == 0 else { return false }
        let size = TarHeader.blockSize
        if partialBlock.isEmpty, chunk.count >= size {
            try read(take(Int64(size), of: &chunk))
            return true
        }
        partialBlock += take(Int64(size - partialBlock.count), of: &chunk)
        guard partialBlock.count == size else { return false }
        let block = partialBlock
        partialBlock.removeAll(keepingCapacity: true)
        try block.withUnsafeBytes { bytes in Result { () throws(TarError) in try read(bytes) } }.get()
        return true
    }

    private mutating func take(_ count: Int64, of chunk: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let length = Int(min(count, Int64(chunk.count)))
        let piece = UnsafeRawBufferPointer(rebasing: chunk.prefix(length))
        chunk = UnsafeRawBufferPointer(rebasing: chunk.dropFirst(length))
        position += Int64(length)
        return piece
    }

    private mutating func read(_ block: UnsafeRawBufferPointer) throws(TarError) {
        if let sparseEntry {
            // The last of the blocks that GNU's sparse header goes on in says so in its 505th byte.
            if block[504] == 0 {
                self.sparseEntry = nil
                finishHeader(sparseEntry)
            }
            return
        }
        if TarHeader.isZero(block) {
            zeroBlocks += 1
            isAtEnd = zeroBlocks == 2
            if isAtEnd { try checkNothingPends() }
            return
        }
        guard zeroBlocks == 0 else { throw failure(.malformed, "something follows a block of zeros") }
        let header: TarHeader
        do throws(TarHeader.Problem) {
            header = try TarHeader(block)
        } catch {
            throw failure(.malformed, error.reason, before: block.count)
        }
        try read(header)
    }

    // MARK: Headers

    private mutating func read(_ header: TarHeader) throws(TarError) {
        switch header.typeFlag {
        case UInt8(ascii: "L"): try startExtension(.longName, size: header.size)
        case UInt8(ascii: "K"): try startExtension(.longLink, size: header.size)
        case UInt8(ascii: "x"): try startExtension(.pax, size: header.size)
        case UInt8(ascii: "g"): try startExtension(.globalPAX, size: header.size)
        default: try readEntry(header)
        }
    }

    private mutating func readEntry(_ header: TarHeader) throws(TarError) {
        entries += 1
        guard entries <= limits.entries else { throw failure(.tooLarge, "the archive has too many entries") }
        var entry = TarEntry(
            name: longName ?? pax?.name ?? header.name, kind: Self.kind(header.typeFlag),
            mode: Int(header.mode & 0o7777), userID: pax?.userID ?? header.userID,
            groupID: pax?.groupID ?? header.groupID, size: pax?.size ?? header.size,
            linkName: longLink ?? pax?.linkPath ?? header.linkName,
            isSparse: pax?.isSparse == true || header.typeFlag == UInt8(ascii: "S"))
        (longName, longLink, pax) = (nil, nil, nil)
        // V7 had no type for directories.
        if header.typeFlag == 0, entry.name.last == UInt8(ascii: "/") { entry.kind = .directory }
        guard entry.name.count <= limits.nameLength, entry.linkName.count <= limits.nameLength else {
            throw failure(.tooLarge, "a name is longer than \(limits.nameLength) bytes")
        }
        switch entry.kind {
        case .file, .other: break
        default: entry.size = 0
        }
        guard entry.size >= 0, entry.size <= Self.largestSize else {
            throw failure(.malformed, "an entry's size is no size")
        }
        if header.hasMoreSparseBlocks { sparseEntry = entry } else { finishHeader(entry) }
    }

    /// Leaves room for padding and positions without overflow.
    private static let largestSize = Int64.max / 4

    private mutating func finishHeader(_ entry: TarEntry) {
        var entry = entry
        entry.contentOffset = position
        content = entry.size
        padding = Self.padding(after: entry.size)
        readyEntry = entry
    }

    private static func padding(after size: Int64) -> Int64 { (512 - size % 512) % 512 }

    private static func kind(_ typeFlag: UInt8) -> TarEntry.Kind {
        switch typeFlag {
        case 0, UInt8(ascii: "0"): .file
        case UInt8(ascii: "1"): .hardLink
        case UInt8(ascii: "2"): .symbolicLink
        case UInt8(ascii: "3"): .characterDevice
        case UInt8(ascii: "4"): .blockDevice
        case UInt8(ascii: "5"): .directory
        case UInt8(ascii: "6"): .fifo
        default: .other(typeFlag)
        }
    }

    // MARK: Extensions

    private mutating func startExtension(_ kind: Extension, size: Int64) throws(TarError) {
        guard size >= 0 else { throw failure(.malformed, "an extension's size is negative") }
        guard size <= limits.extensionLength else { throw failure(.tooLarge, "an extension is too long") }
        entries += 1
        guard entries <= limits.entries else { throw failure(.tooLarge, "the archive has too many entries") }
        pendingExtension = (kind, Int(size), [])
        padding = Self.padding(after: size)
    }

    /// False when the chunk ended before the extension did.
    private mutating func collectExtension(_ chunk: inout UnsafeRawBufferPointer) throws(TarError) -> Bool {
        guard var pending = pendingExtension else { return true }
        pendingExtension = nil
        pending.bytes += take(Int64(pending.length - pending.bytes.count), of: &chunk)
        guard pending.bytes.count == pending.length else {
            pendingExtension = pending
            return false
        }
        switch pending.kind {
        case .longName: longName = Array(pending.bytes.prefix { $0 != 0 })
        case .longLink: longLink = Array(pending.bytes.prefix { $0 != 0 })
        case .pax, .globalPAX:
            guard let records = PAXRecords(pending.bytes) else {
                throw failure(.malformed, "a PAX header has a record that is none", before: pending.length)
            }
            // Container runtimes read global headers and do not apply them.
            if pending.kind == .pax { pax = records }
        }
        return true
    }

    private func checkNothingPends() throws(TarError) {
        guard pax == nil, longName == nil, longLink == nil else {
            throw failure(.malformed, "the archive ends after an extension, without its entry")
        }
    }

    private func failure(_ code: TarError.Code, _ reason: String, before length: Int = 0) -> TarError {
        TarError(code, reason, offset: max(0, position - Int64(length)))
    }
}
