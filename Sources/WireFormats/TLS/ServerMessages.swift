/// What the messages after a ServerHello of TLS 1.2 and older carry.
enum ServerMessages {
    /// The certificates in DER, the leaf first (RFC 5246 §7.4.2).
    static func certificates(_ body: ArraySlice<UInt8>, atMost limit: Int) throws(TLSFault) -> [[UInt8]] {
        var cursor = TLSCursor(body, of: "a Certificate message")
        var list = TLSCursor(try cursor.vector(lengthBytes: 3), of: "a Certificate message")
        try cursor.expectEnd()
        var certificates: [[UInt8]] = []
        while !list.isAtEnd {
            guard certificates.count < limit else { throw .tooLarge("a chain of more than \(limit) certificates") }
            let certificate = Array(try list.vector(lengthBytes: 3))
            guard !certificate.isEmpty else { throw .malformed("a Certificate message with an empty certificate") }
            certificates.append(certificate)
        }
        return certificates
    }

    /// The OCSP response (RFC 6066 §8); nil for a status of another type.
    static func staple(_ body: ArraySlice<UInt8>) throws(TLSFault) -> [UInt8]? {
        var cursor = TLSCursor(body, of: "a CertificateStatus")
        guard try cursor.uint8() == 1 else { return nil }
        let response = Array(try cursor.vector(lengthBytes: 3))
        try cursor.expectEnd()
        return response
    }
}

extension ServerKeyExchange {
    /// Reads as far as the group; what follows is of no use without our half (RFC 5246 §7.4.3, RFC 8422 §5.4).
    init(reading body: ArraySlice<UInt8>, of suite: CipherSuite) throws(TLSFault) {
        var cursor = TLSCursor(body, of: "a ServerKeyExchange")
        switch suite.keyExchange {
        case .dhe, .dhAnon:
            self = try Self.diffieHellman(&cursor)
        case .ecdhe, .ecdhAnon:
            self = try Self.curve(&cursor)
        case .dhePSK:
            // The identity hint comes first (RFC 4279 §3).
            _ = try cursor.vector(lengthBytes: 2)
            self = try Self.diffieHellman(&cursor)
        case .ecdhePSK:
            // The identity hint comes first (RFC 5489 §2).
            _ = try cursor.vector(lengthBytes: 2)
            self = try Self.curve(&cursor)
        default:
            self = .other
        }
    }

    private static func diffieHellman(_ cursor: inout TLSCursor) throws(TLSFault) -> ServerKeyExchange {
        let prime = try cursor.vector(lengthBytes: 2)
        return .diffieHellman(prime: Array(prime.drop { $0 == 0 }))
    }

    /// Curve type 3 is named_curve; 1 and 2 are explicit.
    private static func curve(_ cursor: inout TLSCursor) throws(TLSFault) -> ServerKeyExchange {
        try cursor.uint8() == 3 ? .namedCurve(try cursor.uint16()) : .other
    }
}
