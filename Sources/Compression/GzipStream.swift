import CZlib

/// The members of a gzip stream one after the other (RFC 1952 §2.2), and zeros that pad it as tapes do.
final class GzipStream {
    private enum Position {
        case inMember
        /// A member ended; another, padding or the end may follow.
        case afterMember
        case inPadding
    }

    /// Of a fixed address: zlib keeps a pointer to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer
    private var position = Position.inMember

    init() throws(InflationProblem) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: Inflater.pieceSize, alignment: 16)
        // 16 more than the window's bits: gzip and nothing else.
        let status = inflateInit2_(stream, MAX_WBITS + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .needsTooMuchMemory(.gzip) }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// Whether the stream may end here.
    var isWhole: Bool { position != .inMember }

    func inflate(_ piece: UnsafeRawBufferPointer, _ handOut: (UnsafeRawBufferPointer) throws -> Void) throws {
        var rest = piece
        while !rest.isEmpty {
            switch position {
            case .inMember: rest = try inflateMember(rest, handOut)
            case .afterMember:
                switch rest[0] {
                case 0: position = .inPadding
                case 0x1F where inflateReset(stream) == Z_OK: position = .inMember
                default: throw Self.trailingBytes
                }
            case .inPadding:
                guard rest.allSatisfy({ $0 == 0 }) else { throw Self.trailingBytes }
                return
            }
        }
    }

    private static let trailingBytes = InflationProblem.malformed(.gzip, "other bytes follow its end")

    /// Inflates until the input or the member ends; returns what is left of the input.
    private func inflateMember(
        _ input: UnsafeRawBufferPointer, _ handOut: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> UnsafeRawBufferPointer {
        // zlib counts in 32 bits.
        let count = min(input.count, 1 << 30)
        // zlib only reads from here; its C declaration lacks the const.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(count)
        repeat {
            stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(output.count)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            let produced = output.count - Int(stream.pointee.avail_out)
            if produced > 0 { try handOut(UnsafeRawBufferPointer(rebasing: output[..<produced])) }
            switch status {
            case Z_OK: break
            // No progress was possible: all input is used and all output handed out.
            case Z_BUF_ERROR where stream.pointee.avail_in == 0: break
            case Z_STREAM_END: position = .afterMember
            case Z_MEM_ERROR: throw InflationProblem.needsTooMuchMemory(.gzip)
            default: throw InflationProblem.malformed(.gzip, message)
            }
        } while position == .inMember && (stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0)
        let used = count - Int(stream.pointee.avail_in)
        return UnsafeRawBufferPointer(rebasing: input[used...])
    }

    /// zlib's own fixed words, such as `incorrect data check`.
    private var message: String { stream.pointee.msg.map { String(cString: $0) } ?? "its data are broken" }
}
