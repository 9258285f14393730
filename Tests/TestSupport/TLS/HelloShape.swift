/// What a misbehaving server looks at in a ClientHello: read here once more, so that no mistake of ours is shared.
package struct HelloShape: Sendable {
    /// The record's length without its header.
    package let length: Int
    package let version: UInt16
    package let suites: [UInt16]
    package let extensions: [UInt16]
    /// The versions of `supported_versions`; empty without that extension.
    package let supportedVersions: [UInt16]
    package let groups: [UInt16]

    /// nil when the bytes are no whole ClientHello in a record of TLS.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count > 9, bytes[0] == 22, bytes[5] == 1 else { return nil }
        length = Int(bytes[3]) << 8 | Int(bytes[4])
        guard bytes.count >= 5 + length else { return nil }
        var rest = bytes[9..<(5 + length)]
        version = rest.takeNumber()
        rest = rest.dropFirst(32)
        rest = rest.dropFirst(Int(rest.first ?? 0) + 1)
        suites = rest.takeNumbers(Int(rest.takeNumber()))
        rest = rest.dropFirst(Int(rest.first ?? 0) + 1)
        rest = rest.dropFirst(2)
        var bodies: [(UInt16, ArraySlice<UInt8>)] = []
        while rest.count >= 4 {
            let type = rest.takeNumber()
            let body = rest.takeBytes(Int(rest.takeNumber()))
            bodies.append((type, body))
        }
        extensions = bodies.map(\.0)
        var versions = bodies.first { $0.0 == 43 }?.1.dropFirst() ?? []
        supportedVersions = versions.takeNumbers(versions.count)
        var named = bodies.first { $0.0 == 10 }?.1.dropFirst(2) ?? []
        groups = named.takeNumbers(named.count)
    }

    /// Whether it offers a version, in the field or, for TLS 1.3, in the extension.
    package func offers(_ code: UInt16) -> Bool {
        supportedVersions.isEmpty ? version == code : supportedVersions.contains(code)
    }

    /// Whether a value is there that RFC 8701 reserves for clients that test their servers.
    package var hasGrease: Bool {
        (suites + extensions + groups).contains { $0 & 0x0F0F == 0x0A0A && $0 >> 8 == $0 & 0xFF }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func takeNumber() -> UInt16 {
        takeBytes(2).reduce(0) { $0 << 8 | UInt16($1) }
    }

    fileprivate mutating func takeBytes(_ count: Int) -> ArraySlice<UInt8> {
        let taken = prefix(count)
        self = dropFirst(count)
        return taken
    }

    fileprivate mutating func takeNumbers(_ byteCount: Int) -> [UInt16] {
        var taken = takeBytes(byteCount)
        var numbers: [UInt16] = []
        while taken.count >= 2 { numbers.append(taken.takeNumber()) }
        return numbers
    }
}

extension LoopbackConnection {
    /// The bytes of the first record, or of SSLv2's first message, and what came with them; nil when the client closed.
    package func readHello() async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            if bytes.count >= 5 {
                let isRecord = bytes[0] & 0x80 == 0
                let length =
                    isRecord
                    ? 5 + (Int(bytes[3]) << 8 | Int(bytes[4])) : 2 + (Int(bytes[0] & 0x7F) << 8 | Int(bytes[1]))
                if bytes.count >= length { return bytes }
            }
            guard let more = try await read() else { return nil }
            bytes += more
        }
    }
}
