/// Takes records apart (RFC 8446 §5.1) as their bytes come, without holding their content.
struct RecordReader: Sendable {
    enum Event {
        /// A header was read.
        case record(type: UInt8, length: Int)
        /// Bytes of the record's content, at least one.
        case content(type: UInt8, ArraySlice<UInt8>)
    }

    static let changeCipherSpec: UInt8 = 20
    static let alert: UInt8 = 21
    static let handshake: UInt8 = 22
    /// Of a record's content: 2^14 and the expansion that TLS 1.3 allows (RFC 8446 §5.2).
    private static let longest = (1 << 14) + 256

    /// Of the record that is being read; empty between records.
    private var header: [UInt8] = []
    /// What is still to come of its content.
    private var missing = 0
    private var isFirst = true

    /// Whether a record has begun and not ended.
    var isInside: Bool { !header.isEmpty }

    /// The next event, taken from the front; nil when the bytes are used up.
    mutating func next(_ rest: inout ArraySlice<UInt8>) throws(TLSFault) -> Event? {
        guard let type = header.first, missing > 0 else { return try readHeader(&rest) }
        guard !rest.isEmpty else { return nil }
        let piece = rest.prefix(missing)
        rest = rest.dropFirst(piece.count)
        missing -= piece.count
        if missing == 0 { header.removeAll(keepingCapacity: true) }
        return .content(type: type, piece)
    }

    private mutating func readHeader(_ rest: inout ArraySlice<UInt8>) throws(TLSFault) -> Event? {
        let piece = rest.prefix(5 - header.count)
        header += piece
        rest = rest.dropFirst(piece.count)
        try checkHeader()
        guard header.count == 5 else { return nil }
        isFirst = false
        let type = header[0]
        missing = Int(header[3]) << 8 | Int(header[4])
        guard missing <= Self.longest else { throw .malformed("a record of \(missing) bytes") }
        if missing == 0 { header.removeAll(keepingCapacity: true) }
        return .record(type: type, length: missing)
    }

    /// Looks at as much of the header as has come, so that a foreign protocol is known by its first bytes.
    private func checkHeader() throws(TLSFault) {
        if let type = header.first, !(20...24).contains(type) {
            throw isFirst ? .notTLS : .malformed("a record of type \(type)")
        }
        if header.count > 1, header[1] != 3 {
            throw isFirst ? .notTLS : .malformed("a record whose version begins with \(header[1])")
        }
    }
}
