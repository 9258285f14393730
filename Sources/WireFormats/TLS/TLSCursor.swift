/// What stops a reader of TLS.
enum TLSFault: Error, Equatable {
    /// The grammar is broken; a sentence fragment says where.
    case malformed(String)
    /// More than the reader takes.
    case tooLarge(String)
    /// The first bytes are no record.
    case notTLS
}

/// Reads integers and vectors of TLS from the front (RFC 8446 §3); every read is bounded by what is there.
struct TLSCursor {
    private var rest: ArraySlice<UInt8>
    /// What is being read, for messages: `a ServerHello`.
    private let name: String

    init(_ bytes: ArraySlice<UInt8>, of name: String) {
        rest = bytes
        self.name = name
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func uint8() throws(TLSFault) -> UInt8 { UInt8(truncatingIfNeeded: try integer(bytes: 1)) }

    mutating func uint16() throws(TLSFault) -> UInt16 { UInt16(truncatingIfNeeded: try integer(bytes: 2)) }

    mutating func bytes(_ count: Int) throws(TLSFault) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .malformed("\(name) that is cut short") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A vector whose length takes 1, 2 or 3 bytes.
    mutating func vector(lengthBytes: Int) throws(TLSFault) -> ArraySlice<UInt8> {
        try bytes(try integer(bytes: lengthBytes))
    }

    func expectEnd() throws(TLSFault) {
        guard isAtEnd else { throw .malformed("\(name) with bytes after its end") }
    }

    private mutating func integer(bytes count: Int) throws(TLSFault) -> Int {
        try bytes(count).reduce(0) { $0 << 8 | Int($1) }
    }
}
