/// What a server sent in answer to a hello, as far as it is in clear.
package struct ServerFlight: Sendable, Equatable {
    /// Descriptions of alerts at level warning, in their order.
    package var warnings: [UInt8] = []
    /// A ServerHello or HelloRetryRequest.
    package var hello: ServerHello?
    /// SSLv2's SERVER-HELLO.
    package var ssl2Hello: SSL2ServerHello?
    /// DER, the leaf first; nil when no Certificate message came in clear.
    package var certificates: [[UInt8]]?
    /// The OCSP response of a CertificateStatus message (RFC 6066 §8).
    package var staple: [UInt8]?
    package var keyExchange: ServerKeyExchange?
    /// Whether a CertificateRequest came.
    package var requestsClientCertificate = false
    /// Whether ServerHelloDone came, or all that is in clear of TLS 1.3: the flight was read whole.
    package var isComplete = false
    /// How it ended when it did not end by being complete.
    package var end: End?

    package enum End: Sendable, Equatable {
        /// A fatal alert with its description.
        case alert(UInt8)
        /// SSLv2's ERROR message with its code: the server reads SSLv2's framing and refuses.
        case ssl2Error(UInt16)
        /// The stream ended.
        case closed
        /// The first bytes, at most 16, are no record of TLS.
        case notTLS([UInt8])
        /// A record or message that breaks the grammar; a sentence fragment says which.
        case malformed(String)
        /// More bytes, messages or certificates than the reader takes.
        case tooLarge(String)
    }

    package init() {}
}

/// A ServerHello or HelloRetryRequest (RFC 8446 §4.1.3, §4.1.4; RFC 5246 §7.4.1.3).
package struct ServerHello: Sendable, Equatable {
    package var isRetryRequest: Bool
    /// The version chosen: `supported_versions` wins over the field `legacy_version`.
    package var version: UInt16
    package var suite: UInt16
    package var compressionMethod: UInt8
    /// 32 bytes.
    package var random: [UInt8]
    package var sessionID: [UInt8]
    package var extensions: [HelloExtension]
    /// Of `key_share`: the group alone is in a HelloRetryRequest.
    package var keyShareGroup: UInt16?
    /// Of ALPN (RFC 7301 §3.1).
    package var applicationProtocol: [UInt8]?
    /// Of `signed_certificate_timestamp` (RFC 6962 §3.3).
    package var timestamps: [UInt8]?

    package init(
        isRetryRequest: Bool, version: UInt16, suite: UInt16, compressionMethod: UInt8, random: [UInt8],
        sessionID: [UInt8], extensions: [HelloExtension], keyShareGroup: UInt16? = nil,
        applicationProtocol: [UInt8]? = nil, timestamps: [UInt8]? = nil
    ) {
        self.isRetryRequest = isRetryRequest
        self.version = version
        self.suite = suite
        self.compressionMethod = compressionMethod
        self.random = random
        self.sessionID = sessionID
        self.extensions = extensions
        self.keyShareGroup = keyShareGroup
        self.applicationProtocol = applicationProtocol
        self.timestamps = timestamps
    }

    /// The version that the server says it would have liked better than (RFC 8446 §4.1.3): `tls12` when it speaks
    /// TLS 1.3, `tls11` when it speaks TLS 1.2 and chose less; nil without a sentinel.
    package var downgradeSentinel: ProtocolVersion? {
        switch random.suffix(8) {
        case [0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44, 0x01]: .tls12
        case [0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44, 0x00]: .tls11
        default: nil
        }
    }
}

/// The parameters of a ServerKeyExchange, as far as the suite lets one read them.
package enum ServerKeyExchange: Sendable, Equatable {
    /// Finite-field Diffie-Hellman (RFC 5246 §7.4.3): the prime without leading zeros.
    case diffieHellman(prime: [UInt8])
    /// A named curve (RFC 8422 §5.4).
    case namedCurve(UInt16)
    /// Explicit curves, SRP, PSK hints, export RSA.
    case other
}

/// SSLv2's SERVER-HELLO (draft-hickman-netscape-ssl-00).
package struct SSL2ServerHello: Sendable, Equatable {
    package var version: UInt16
    /// Three bytes each.
    package var ciphers: [UInt32]
    /// DER; empty when none was sent.
    package var certificate: [UInt8]

    package init(version: UInt16, ciphers: [UInt32], certificate: [UInt8]) {
        self.version = version
        self.ciphers = ciphers
        self.certificate = certificate
    }
}
