/// A hello in SSLv2's framing: SSLv2 itself (draft-hickman-netscape-ssl-00 §CLIENT-HELLO), or TLS (RFC 5246 appendix E.2).
package struct SSL2ClientHello: Sendable, Equatable {
    /// 0x0002 for SSLv2; the code of SSLv3 or TLS offers that in the old framing.
    package var version: UInt16
    /// Three bytes each; a suite of TLS has 0 in the first.
    package var ciphers: [UInt32]
    /// 16 to 32 bytes.
    package var challenge: [UInt8]

    /// A hello that offers SSLv2 and nothing else.
    package init(ciphers: [SSL2Cipher] = SSL2Cipher.all, challenge: [UInt8]) {
        version = ProtocolVersion.ssl2.code
        self.ciphers = ciphers.map(\.rawValue)
        self.challenge = challenge
    }

    /// A hello that offers TLS in SSLv2's framing.
    package init(version: ProtocolVersion, suites: [UInt16], challenge: [UInt8]) {
        self.version = version.code
        ciphers = suites.map(UInt32.init)
        self.challenge = challenge
    }

    /// The bytes to send: one record with a header of two bytes; what does not fit is left out at its end.
    package var records: [UInt8] {
        let challenge = challenge.prefix(32)
        let mostCiphers = (0x7FFF - 9 - challenge.count) / 3
        var body: [UInt8] = [1]
        body.append(uint16: version)
        body.append(uint16: UInt16(3 * min(ciphers.count, mostCiphers)))
        body.append(uint16: 0)
        body.append(uint16: UInt16(challenge.count))
        for cipher in ciphers.prefix(mostCiphers) {
            body.append(UInt8(truncatingIfNeeded: cipher >> 16))
            body.append(uint16: UInt16(truncatingIfNeeded: cipher))
        }
        body += challenge
        return [0x80 | UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
    }
}
