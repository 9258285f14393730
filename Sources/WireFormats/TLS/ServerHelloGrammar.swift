extension ServerHello {
    /// The random that marks a HelloRetryRequest: SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3).
    package static let retryRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C
    ]

    init(reading body: ArraySlice<UInt8>) throws(TLSFault) {
        var cursor = TLSCursor(body, of: "a ServerHello")
        let legacyVersion = try cursor.uint16()
        let random = Array(try cursor.bytes(32))
        let sessionID = Array(try cursor.vector(lengthBytes: 1))
        guard sessionID.count <= 32 else { throw .malformed("a ServerHello with a session ID of over 32 bytes") }
        let suite = try cursor.uint16()
        let compressionMethod = try cursor.uint8()
        let extensions = cursor.isAtEnd ? [] : try Self.extensions(try cursor.vector(lengthBytes: 2))
        try cursor.expectEnd()
        self.init(
            isRetryRequest: random == Self.retryRandom, version: legacyVersion, suite: suite,
            compressionMethod: compressionMethod, random: random, sessionID: sessionID, extensions: extensions)
        for item in extensions { try read(item) }
        guard !isRetryRequest || version >= ProtocolVersion.tls13.code else {
            throw .malformed("a HelloRetryRequest that does not choose TLS 1.3")
        }
    }

    private static func extensions(_ block: ArraySlice<UInt8>) throws(TLSFault) -> [HelloExtension] {
        var cursor = TLSCursor(block, of: "a block of extensions")
        var extensions: [HelloExtension] = []
        var types: Set<UInt16> = []
        while !cursor.isAtEnd {
            let type = try cursor.uint16()
            guard types.insert(type).inserted else { throw .malformed("a ServerHello with extension \(type) twice") }
            extensions.append(HelloExtension(type: type, body: Array(try cursor.vector(lengthBytes: 2))))
        }
        return extensions
    }

    private mutating func read(_ item: HelloExtension) throws(TLSFault) {
        switch ExtensionType(rawValue: item.type) {
        case .supportedVersions:
            var cursor = TLSCursor(item.body[...], of: "a supported_versions extension")
            version = try cursor.uint16()
            try cursor.expectEnd()
        case .keyShare:
            var cursor = TLSCursor(item.body[...], of: "a key_share extension")
            keyShareGroup = try cursor.uint16()
            if !isRetryRequest { _ = try cursor.vector(lengthBytes: 2) }
            try cursor.expectEnd()
        case .alpn:
            applicationProtocol = try Self.applicationProtocol(item.body)
        case .signedCertificateTimestamp:
            timestamps = item.body
        default: break
        }
    }

    /// Exactly one protocol of at least one byte (RFC 7301 §3.1).
    private static func applicationProtocol(_ body: [UInt8]) throws(TLSFault) -> [UInt8] {
        var cursor = TLSCursor(body[...], of: "an ALPN extension")
        var names = TLSCursor(try cursor.vector(lengthBytes: 2), of: "an ALPN extension")
        try cursor.expectEnd()
        let name = Array(try names.vector(lengthBytes: 1))
        try names.expectEnd()
        guard !name.isEmpty else { throw .malformed("an ALPN extension with an empty name") }
        return name
    }
}
