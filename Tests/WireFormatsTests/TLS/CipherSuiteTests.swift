import Testing
import WireFormats

struct CipherSuiteTests {
    /// A suite and what its name says.
    struct Case: Sendable, CustomTestStringConvertible {
        let code: UInt16
        let says: String
        init(_ code: UInt16, _ says: String) { (self.code, self.says) = (code, says) }
        var testDescription: String { CipherSuite(rawValue: code).name }
    }

    static let cases: [Case] = [
        Case(0x0000, "null null null null null 0 ssl3-tls12"),
        Case(0x0001, "rsa rsa null null md5 0 ssl3-tls12"),
        Case(0x0003, "rsaExport rsa rc4 stream md5 40 export ssl3-tls12"),
        Case(0x0005, "rsa rsa rc4 stream sha1 128 ssl3-tls12"),
        Case(0x0006, "rsaExport rsa rc2 cbc md5 40 export ssl3-tls12"),
        Case(0x0007, "rsa rsa idea cbc sha1 128 ssl3-tls12"),
        Case(0x0008, "rsaExport rsa des40 cbc sha1 40 export ssl3-tls12"),
        Case(0x0009, "rsa rsa des cbc sha1 56 ssl3-tls12"),
        Case(0x000A, "rsa rsa tripleDES cbc sha1 112 ssl3-tls12"),
        Case(0x000D, "dh dss tripleDES cbc sha1 112 ssl3-tls12"),
        Case(0x0014, "dhe rsa des40 cbc sha1 40 export ssl3-tls12"),
        Case(0x0017, "dhAnon anonymous rc4 stream md5 40 export ssl3-tls12"),
        Case(0x0020, "krb5 krb5 rc4 stream sha1 128 ssl3-tls12"),
        Case(0x0026, "krb5 krb5 des40 cbc sha1 40 export ssl3-tls12"),
        Case(0x002C, "psk psk null null sha1 0 ssl3-tls12"),
        Case(0x002F, "rsa rsa aes128 cbc sha1 128 ssl3-tls12"),
        Case(0x003B, "rsa rsa null null sha256 0 tls10-tls12"),
        Case(0x003C, "rsa rsa aes128 cbc sha256 128 tls10-tls12"),
        Case(0x0061, "rsaExport rsa rc2 cbc md5 56 export ssl3-tls12"),
        Case(0x0062, "rsaExport rsa des cbc sha1 56 export ssl3-tls12"),
        Case(0x0065, "dhe dss rc4 stream sha1 56 export ssl3-tls12"),
        Case(0x0081, "gost gost gost28147 counter gost 256 tls10-tls12"),
        Case(0x0083, "gost gost null null gost 0 tls10-tls12"),
        Case(0x0096, "rsa rsa seed cbc sha1 128 ssl3-tls12"),
        Case(0x009E, "dhe rsa aes128 gcm aead 128 tls12-tls12"),
        Case(0x00A7, "dhAnon anonymous aes256 gcm aead 256 tls12-tls12"),
        Case(0x00AE, "psk psk aes128 cbc sha256 128 tls10-tls12"),
        Case(0x00B8, "rsaPSK rsa null null sha256 0 tls10-tls12"),
        Case(0x00C6, "tls13 tls13 sm4 gcm aead 128 tls13-tls13"),
        Case(0x00C7, "tls13 tls13 sm4 ccm aead 128 tls13-tls13"),
        Case(0x1301, "tls13 tls13 aes128 gcm aead 128 tls13-tls13"),
        Case(0x1303, "tls13 tls13 chacha20 poly1305 aead 256 tls13-tls13"),
        Case(0x1305, "tls13 tls13 aes128 ccm8 aead 128 tls13-tls13"),
        Case(0x1306, "tls13 tls13 aegis256 aegis aead 256 tls13-tls13"),
        Case(0x1307, "tls13 tls13 aegis128 aegis aead 128 tls13-tls13"),
        Case(0xC004, "ecdh ecdsa aes128 cbc sha1 128 ssl3-tls12"),
        Case(0xC012, "ecdhe rsa tripleDES cbc sha1 112 ssl3-tls12"),
        Case(0xC016, "ecdhAnon anonymous rc4 stream sha1 128 ssl3-tls12"),
        Case(0xC01D, "srp password aes128 cbc sha1 128 ssl3-tls12"),
        Case(0xC01E, "srp rsa aes128 cbc sha1 128 ssl3-tls12"),
        Case(0xC024, "ecdhe ecdsa aes256 cbc sha384 256 tls10-tls12"),
        Case(0xC02B, "ecdhe ecdsa aes128 gcm aead 128 tls12-tls12"),
        Case(0xC038, "ecdhePSK psk aes256 cbc sha384 256 tls10-tls12"),
        Case(0xC05C, "ecdhe ecdsa aria128 gcm aead 128 tls12-tls12"),
        Case(0xC077, "ecdhe rsa camellia256 cbc sha384 256 tls10-tls12"),
        Case(0xC09C, "rsa rsa aes128 ccm aead 128 tls12-tls12"),
        Case(0xC0AA, "dhePSK psk aes128 ccm8 aead 128 tls12-tls12"),
        Case(0xC0AF, "ecdhe ecdsa aes256 ccm8 aead 256 tls12-tls12"),
        Case(0xC0B3, "eccpwd password aes256 ccm aead 256 tls12-tls12"),
        Case(0xC0B4, "tls13 tls13 null null sha256 0 tls13-tls13"),
        Case(0xC100, "gost gost kuznyechik counter gost 256 tls12-tls12"),
        Case(0xC102, "gost gost gost28147 counter gost 256 tls12-tls12"),
        Case(0xC103, "tls13 tls13 kuznyechik mgm aead 256 tls13-tls13"),
        Case(0xC106, "tls13 tls13 magma mgm aead 256 tls13-tls13"),
        Case(0xCC14, "ecdhe ecdsa chacha20 poly1305 aead 256 tls12-tls12"),
        Case(0xCCA8, "ecdhe rsa chacha20 poly1305 aead 256 tls12-tls12"),
        Case(0xD003, "ecdhePSK psk aes128 ccm8 aead 128 tls12-tls12"),
        Case(0xFEFE, "rsa rsa des cbc sha1 56 ssl3-tls12"),
        Case(0xFF85, "gost gost gost28147 counter gost 256 tls10-tls12")
    ]

    @Test("A suite is what its name says", arguments: cases)
    func attributes(item: Case) {
        let suite = CipherSuite(rawValue: item.code)
        var words = [
            suite.keyExchange.rawValue, suite.authentication.rawValue, suite.encryption.rawValue, suite.mode.rawValue,
            suite.mac.rawValue, suite.strengthBits.map(String.init) ?? "?"
        ]
        if suite.isExport { words.append("export") }
        words.append("\(suite.versions.first?.rawValue ?? "?")-\(suite.versions.last?.rawValue ?? "?")")
        #expect(words.joined(separator: " ") == item.says)
    }

    @Test("Nothing of any suite's name is left unread", arguments: CipherSuite.all)
    func complete(suite: CipherSuite) {
        #expect(suite.keyExchange != .unknown && suite.authentication != .unknown && suite.encryption != .unknown)
        #expect(suite.mode != .unknown && suite.mac != .unknown && suite.strengthBits != nil)
        #expect(!suite.versions.isEmpty)
        #expect(suite.isAEAD == [.gcm, .ccm, .ccm8, .poly1305, .mgm, .aegis].contains(suite.mode))
        #expect((suite.mode == .null) == (suite.encryption == .null))
    }

    @Test("Every version has its candidates, and signals are no suites")
    func candidates() {
        #expect(CipherSuite.all(in: .ssl2).isEmpty)
        #expect(CipherSuite.all(in: .tls13).count == 15)
        #expect(CipherSuite.all(in: .tls12).count == CipherSuite.all.count - 15)
        #expect(CipherSuite.all(in: .tls10) == CipherSuite.all(in: .tls11))
        #expect(Set(CipherSuite.all(in: .ssl3)).isSubset(of: CipherSuite.all(in: .tls10)))
        for signal in [CipherSuite.fallbackSignal, CipherSuite.renegotiationSignal] {
            #expect(!CipherSuite.all.contains(CipherSuite(rawValue: signal)))
        }
    }

    @Test(
        "Forward secrecy is a matter of the key exchange",
        arguments: [
            (0xC02F, true), (0x009E, true), (0x1301, true), (0x0034, true), (0x009C, false), (0xC031, false),
            (0x00A0, false), (0x008C, false), (0xC035, true), (0x0000, false)
        ] as [(UInt16, Bool)])
    func forwardSecrecy(code: UInt16, isForwardSecret: Bool) {
        #expect(CipherSuite(rawValue: code).keyExchange.isForwardSecret == isForwardSecret)
    }
}
