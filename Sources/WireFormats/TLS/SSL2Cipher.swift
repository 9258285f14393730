/// A cipher kind of SSLv2, three bytes (draft-hickman-netscape-ssl-00 §C.4).
package struct SSL2Cipher: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The draft's name, `SSL_CK_RC4_128_WITH_MD5`; one that is unknown reads `0x010203`.
    package var name: String {
        Self.rows.first { $0.code == rawValue }?.name ?? rawValue.codeText(digits: 6)
    }

    /// The seven kinds of the draft, and those that Netscape, Microsoft and OpenSSL spoke besides.
    package static let all: [SSL2Cipher] = rows.map { SSL2Cipher(rawValue: $0.code) }

    private static let rows: [(code: UInt32, name: String)] = [
        (0x010080, "SSL_CK_RC4_128_WITH_MD5"),
        (0x020080, "SSL_CK_RC4_128_EXPORT40_WITH_MD5"),
        (0x030080, "SSL_CK_RC2_128_CBC_WITH_MD5"),
        (0x040080, "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5"),
        (0x050080, "SSL_CK_IDEA_128_CBC_WITH_MD5"),
        (0x060040, "SSL_CK_DES_64_CBC_WITH_MD5"),
        (0x060140, "SSL_CK_DES_64_CBC_WITH_SHA"),
        (0x0700C0, "SSL_CK_DES_192_EDE3_CBC_WITH_MD5"),
        (0x0701C0, "SSL_CK_DES_192_EDE3_CBC_WITH_SHA"),
        (0x080080, "SSL_CK_RC4_64_WITH_MD5")
    ]
}
