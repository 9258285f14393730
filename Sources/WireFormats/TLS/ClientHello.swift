/// A ClientHello as a client decides to send it, valid or not (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2, RFC 6101 §5.6.1.2).
package struct ClientHello: Sendable, Equatable {
    /// Of the record around it; 0x0301 is what middleboxes expect (RFC 8446 §5.1).
    package var recordVersion: UInt16
    /// The field `legacy_version`.
    package var legacyVersion: UInt16
    /// 32 bytes.
    package var random: [UInt8]
    /// At most 32 bytes.
    package var sessionID: [UInt8]
    package var suites: [UInt16]
    package var compressionMethods: [UInt8]
    /// In their order on the wire; nil leaves the whole block out, as SSLv3 does.
    package var extensions: [HelloExtension]?

    package init(
        recordVersion: UInt16, legacyVersion: UInt16, random: [UInt8], sessionID: [UInt8] = [], suites: [UInt16],
        compressionMethods: [UInt8] = [0], extensions: [HelloExtension]?
    ) {
        self.recordVersion = recordVersion
        self.legacyVersion = legacyVersion
        self.random = random
        self.sessionID = sessionID
        self.suites = suites
        self.compressionMethods = compressionMethods
        self.extensions = extensions
    }

    /// The bytes to send: the handshake message in records of at most 2^14 bytes (RFC 8446 §5.1).
    ///
    /// What a length field cannot hold is left out at its end; a short random is filled up with zeros.
    package var records: [UInt8] {
        let message = message
        let largest = 1 << 14
        var records: [UInt8] = []
        records.reserveCapacity(message.count + 5 * (1 + message.count / largest))
        for start in stride(from: 0, to: message.count, by: largest) {
            records.append(22)
            records.append(uint16: recordVersion)
            records.append(vector16: message[start..<min(start + largest, message.count)])
        }
        return records
    }

    /// The handshake message with its header of four bytes.
    package var message: [UInt8] {
        let body = body
        return [1, UInt8(body.count >> 16), UInt8(body.count >> 8 & 0xFF), UInt8(body.count & 0xFF)] + body
    }

    /// The hello with a padding extension at its end that brings the handshake message to a size (RFC 7685 §3).
    ///
    /// - Parameter total: bytes, header of the message included; a hello that is nearly as long already grows by five.
    package func padded(to total: Int) -> ClientHello {
        var hello = self
        let others = extensions ?? []
        hello.extensions = others + [.padding(count: 1)]
        let missing = max(0, total - hello.message.count)
        let room = 0xFFFF - Self.block(of: others).count - 4
        hello.extensions = others + [.padding(count: min(1 + missing, room))]
        return hello
    }

    private var body: [UInt8] {
        var body: [UInt8] = []
        body.append(uint16: legacyVersion)
        body += random.prefix(32)
        body += [UInt8](repeating: 0, count: max(0, 32 - random.count))
        body.append(vector8: sessionID.prefix(32))
        body.append(vector16: [UInt8](uint16s: suites.prefix(0x7FFF)))
        body.append(vector8: compressionMethods)
        if let extensions { body.append(vector16: Self.block(of: extensions)) }
        return body
    }

    /// The extensions as far as whole ones fit.
    private static func block(of extensions: [HelloExtension]) -> [UInt8] {
        var block: [UInt8] = []
        for item in extensions {
            guard block.count + 4 + item.body.count <= 0xFFFF else { break }
            block.append(uint16: item.type)
            block.append(vector16: item.body)
        }
        return block
    }
}

/// An extension of a hello: its type and the bytes of its body.
package struct HelloExtension: Sendable, Equatable {
    package var type: UInt16
    package var body: [UInt8]

    package init(type: UInt16, body: [UInt8]) {
        self.type = type
        self.body = body
    }

    package init(_ type: ExtensionType, _ body: [UInt8] = []) {
        self.init(type: type.rawValue, body: body)
    }
}
