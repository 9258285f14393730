/// A message of the handshake without its header.
struct HandshakeMessage {
    let type: UInt8
    let body: ArraySlice<UInt8>
}

/// Joins the content of handshake records into messages (RFC 8446 §5.1); holds one message at most.
struct HandshakeReader: Sendable {
    private let longest: Int
    /// The message as far as it came, with its header of four bytes.
    private var bytes: [UInt8] = []

    /// - Parameter longest: bytes; a message that announces more is refused before it is read.
    init(longest: Int) { self.longest = longest }

    /// Whether a message has begun and not ended.
    var isInside: Bool { !bytes.isEmpty }

    /// The next whole message, taken from the front; nil when the bytes are used up.
    mutating func next(_ rest: inout ArraySlice<UInt8>) throws(TLSFault) -> HandshakeMessage? {
        take(&rest, upTo: 4)
        guard bytes.count >= 4 else { return nil }
        let length = Int(bytes[1]) << 16 | Int(bytes[2]) << 8 | Int(bytes[3])
        guard length <= longest else { throw .tooLarge("a handshake message of \(length) bytes") }
        take(&rest, upTo: 4 + length)
        guard bytes.count == 4 + length else { return nil }
        let whole = bytes
        bytes = []
        return HandshakeMessage(type: whole[0], body: whole[4...])
    }

    private mutating func take(_ rest: inout ArraySlice<UInt8>, upTo count: Int) {
        guard bytes.count < count else { return }
        let piece = rest.prefix(count - bytes.count)
        bytes += piece
        rest = rest.dropFirst(piece.count)
    }
}
