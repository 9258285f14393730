/// What a server says in SSLv2's framing before keys are there (draft-hickman-netscape-ssl-00).
enum SSL2Message {
    case hello(SSL2ServerHello)
    /// The code of an ERROR: 1 is no cipher, 2 no certificate, 4 bad certificate, 6 unsupported certificate type.
    case error(UInt16)
}

/// Joins the bytes of the first SSLv2 record, which has a header of two bytes and no padding, and reads its message.
struct SSL2MessageReader: Sendable {
    private var bytes: [UInt8] = []

    /// Whether a message has begun; the reader reads one only.
    var isInside: Bool { !bytes.isEmpty }

    /// The message once it is whole; nil when the bytes are used up.
    mutating func next(_ rest: inout ArraySlice<UInt8>) throws(TLSFault) -> SSL2Message? {
        take(&rest, upTo: 3)
        guard bytes.count >= 3 else { return nil }
        // Only an ERROR and a SERVER-HELLO can be here; anything else is another protocol.
        guard bytes[2] == 0 || bytes[2] == 4 else { throw .notTLS }
        let length = Int(bytes[0] & 0x7F) << 8 | Int(bytes[1])
        take(&rest, upTo: 2 + length)
        guard bytes.count >= 2 + length else { return nil }
        return try Self.message(bytes[2..<(2 + length)])
    }

    private mutating func take(_ rest: inout ArraySlice<UInt8>, upTo count: Int) {
        guard bytes.count < count else { return }
        let piece = rest.prefix(count - bytes.count)
        bytes += piece
        rest = rest.dropFirst(piece.count)
    }

    private static func message(_ body: ArraySlice<UInt8>) throws(TLSFault) -> SSL2Message {
        var cursor = TLSCursor(body, of: "an SSLv2 message")
        guard try cursor.uint8() == 4 else {
            let code = try cursor.uint16()
            try cursor.expectEnd()
            return .error(code)
        }
        // session-id-hit and certificate-type.
        _ = try cursor.bytes(2)
        let version = try cursor.uint16()
        let certificateLength = Int(try cursor.uint16())
        let ciphersLength = Int(try cursor.uint16())
        let connectionIDLength = Int(try cursor.uint16())
        let certificate = Array(try cursor.bytes(certificateLength))
        let ciphers = Array(try cursor.bytes(ciphersLength))
        _ = try cursor.bytes(connectionIDLength)
        try cursor.expectEnd()
        guard ciphers.count % 3 == 0 else { throw .malformed("an SSLv2 SERVER-HELLO with part of a cipher kind") }
        let kinds = stride(from: 0, to: ciphers.count, by: 3).map { start in
            ciphers[start..<start + 3].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        return .hello(SSL2ServerHello(version: version, ciphers: kinds, certificate: certificate))
    }
}
